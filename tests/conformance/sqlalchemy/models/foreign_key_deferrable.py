"""Deferrable foreign keys and MATCH FULL."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Table

metadata = MetaData()

Table("targets", metadata, Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True))
Table("single", metadata, Column("id", Integer, primary_key=True))
Table(
    "sources",
    metadata,
    Column("a", Integer),
    Column("b", Integer),
    Column("immediate", ForeignKey("single.id", deferrable=True, initially="IMMEDIATE")),
    Column("deferred", ForeignKey("single.id", deferrable=True, initially="DEFERRED")),
    Column("said", ForeignKey("single.id", deferrable=False)),
    ForeignKeyConstraint(["a", "b"], ["targets.a", "targets.b"], match="FULL", ondelete="CASCADE"),
)
