# SQLAlchemy: 2.1
"""A generated column that is not stored (PostgreSQL 18)."""

from sqlalchemy import Column, Computed, Integer, MetaData, Table

metadata = MetaData()

squares = Table(
    "squares",
    metadata,
    Column("side", Integer, primary_key=True, autoincrement=False),
    Column("area", Integer, Computed("side * side", persisted=False)),
)
