"""Tables that reference each other, themselves, and one another through `use_alter`."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Table

metadata = MetaData()

Table(
    "departments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("head_id", ForeignKey("employees.id", use_alter=True, name="department_head")),
    Column("parent_id", ForeignKey("departments.id", ondelete="SET NULL")),
)
Table(
    "employees",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department_id", ForeignKey("departments.id")),
    Column("boss_id", Integer),
    ForeignKeyConstraint(["boss_id"], ["employees.id"], name="employee_boss"),
)
Table("chickens", metadata, Column("id", Integer, primary_key=True), Column("egg_id", ForeignKey("eggs.id", name="c")))
Table(
    "eggs", metadata, Column("id", Integer, primary_key=True), Column("chicken_id", ForeignKey("chickens.id", name="e"))
)
