"""An enum that belongs to the metadata and to no column is created all the same."""

from sqlalchemy import Column, Enum, Integer, MetaData, Table

metadata = MetaData()

unused = Enum("x", "y", name="unused_kind", metadata=metadata)
items = Table("items", metadata, Column("id", Integer, primary_key=True))
