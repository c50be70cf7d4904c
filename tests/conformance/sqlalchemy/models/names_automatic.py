"""Unnamed constraints, several of which would have the same name."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint, column

metadata = MetaData()

Table("targets", metadata, Column("id", Integer, primary_key=True))
Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Integer, CheckConstraint("a > 0"), ForeignKey("targets.id"), unique=True),
    Column("b", Integer, ForeignKey("targets.id")),
    Column("Upper", String(5), CheckConstraint("\"Upper\" <> 'b'")),
    CheckConstraint("a < 10"),
    CheckConstraint("a < b"),
    CheckConstraint("1 = 1"),
    CheckConstraint(column("b") > 5),
    CheckConstraint("'a' <> 'b' AND length(b::text) < 3"),
    UniqueConstraint("a", "b"),
    UniqueConstraint("b", "a"),
)
Table("items_a", metadata, Column("key", Integer, unique=True), Column("id", Integer, primary_key=True))
