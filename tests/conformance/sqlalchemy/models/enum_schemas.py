"""Enums in schemas of their own, of their table's, and of the metadata."""

from sqlalchemy import Column, Enum, Integer, MetaData, Table

metadata = MetaData(schema="app")

first = Table(
    "first",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("own", Enum("a", "b", name="own_kind", schema="app")),
    Column("of_table", Enum("c", "d", name="table_kind", inherit_schema=True)),
    Column("of_metadata", Enum("e", "f", name="metadata_kind", metadata=metadata)),
)
