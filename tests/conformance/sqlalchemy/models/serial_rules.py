"""Which key counts by itself: none of a text, of a reference, of two; the one that says so of two."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, text

metadata = MetaData()

Table("texts", metadata, Column("id", String(10), primary_key=True))
Table("parents", metadata, Column("id", Integer, primary_key=True))
Table("references", metadata, Column("id", ForeignKey("parents.id"), primary_key=True))
Table("off", metadata, Column("id", Integer, primary_key=True, autoincrement=False))
Table("pairs", metadata, Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True))
Table(
    "counting_pairs",
    metadata,
    Column("a", Integer, primary_key=True),
    Column("b", Integer, primary_key=True, autoincrement=True),
)
Table("defaults", metadata, Column("id", Integer, primary_key=True, server_default=text("7")))
Table("python_defaults", metadata, Column("id", Integer, primary_key=True, default=7))
Table(
    "ignores_reference",
    metadata,
    Column("id", Integer, ForeignKey("parents.id"), primary_key=True, autoincrement="ignore_fk"),
)
