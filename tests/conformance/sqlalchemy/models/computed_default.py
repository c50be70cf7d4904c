# SQLAlchemy: 1.4, 2.0
"""A generated column that does not say whether it is stored: since 2.1 that depends on the server."""

from sqlalchemy import Column, Computed, Integer, MetaData, Table

metadata = MetaData()

squares = Table(
    "squares",
    metadata,
    Column("side", Integer, primary_key=True, autoincrement=False),
    Column("area", Integer, Computed("side * side")),
)
