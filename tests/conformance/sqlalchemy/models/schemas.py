"""Tables in several schemas, one with a name to quote, and one in public by name."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

metadata = MetaData()

Table("things", metadata, Column("id", Integer, primary_key=True, index=True))
Table("things", metadata, Column("id", Integer, primary_key=True, index=True), schema="one")
Table("things", metadata, Column("id", Integer, primary_key=True), schema="Second One")
third = Table("others", metadata, Column("id", Integer, primary_key=True), schema="public")
Table(
    "links",
    metadata,
    Column("a", ForeignKey("things.id")),
    Column("b", ForeignKey("one.things.id")),
    Column("c", ForeignKey("Second One.things.id")),
    Column("d", ForeignKey("public.others.id")),
    schema="one",
)
Index("ix_others", third.c.id)
