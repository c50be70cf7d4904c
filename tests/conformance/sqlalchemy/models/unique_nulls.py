# SQLAlchemy: 2.0, 2.1
"""Keys in which NULLs are equal (PostgreSQL 15), constraint and index."""

from sqlalchemy import Column, Index, Integer, MetaData, Table, UniqueConstraint

metadata = MetaData()

Table(
    "slots",
    metadata,
    Column("a", Integer),
    Column("b", Integer),
    UniqueConstraint("a", "b", postgresql_nulls_not_distinct=True),
    Index("slots_b", "b", unique=True, postgresql_nulls_not_distinct=True),
)
