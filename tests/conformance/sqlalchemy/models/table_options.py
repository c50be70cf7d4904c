"""Unlogged, partitioned and inheriting tables."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, MetaData, Table, Text

metadata = MetaData()

Table("fast", metadata, Column("id", Integer, primary_key=True), prefixes=["UNLOGGED"])
Table(
    "measures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    postgresql_partition_by="RANGE (day)",
)
Table("hashed", metadata, Column("id", Integer), postgresql_partition_by="HASH (id)")
Table("parents", metadata, Column("a", Integer, CheckConstraint("a > 0")), Column("z", Text))
Table("children", metadata, Column("b", Integer), postgresql_inherits="parents")
