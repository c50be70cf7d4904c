"""Collated index keys."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, collate, func

metadata = MetaData()

names = Table("names", metadata, Column("id", Integer, primary_key=True), Column("name", String))
Index("ix_c", collate(names.c.name, "C"))
Index("ix_c_desc", names.c.name.collate("POSIX").desc())
Index("ix_lower", func.lower(names.c.name).collate("C"))
