"""Composite and named primary keys, and a counting column that does not come first."""

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()

Table("pairs", metadata, Column("b", String(5), primary_key=True), Column("a", Integer, primary_key=True))
Table(
    "named",
    metadata,
    Column("x", Integer),
    Column("y", Integer),
    PrimaryKeyConstraint("y", "x", name="named_key"),
)
Table(
    "counting",
    metadata,
    Column("tenant", String(5), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=True),
)
Table("without", metadata, Column("x", Integer))
