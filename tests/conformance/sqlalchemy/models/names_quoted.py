"""Names in mixed case, with spaces and signs, and reserved words."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

Table("User Accounts", metadata, Column("Id", Integer, primary_key=True), Column("e-mail", String(50), unique=True))
Table(
    "select",
    metadata,
    Column("from", Integer, primary_key=True),
    Column("user", ForeignKey("User Accounts.Id"), index=True),
    Column('quo"ted', String(3)),
    Column("100%", Integer),
    Column("naïve", Integer),
    CheckConstraint('"100%" > 0', name="Percent Check"),
    UniqueConstraint("100%", "naïve", name='a "unique" one'),
    Index("Mixed Index", "naïve"),
)
