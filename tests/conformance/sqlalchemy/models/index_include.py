"""Columns that an index only carries."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table

metadata = MetaData()

rows = Table("rows", metadata, Column("a", Integer), Column("b", String(9)), Column("c", Integer, key="key_of_c"))
Index("ix_rows_a", rows.c.a, postgresql_include=["b"])
Index("ix_rows_b", rows.c.b, unique=True, postgresql_include=[rows.c.a, rows.c.key_of_c])
