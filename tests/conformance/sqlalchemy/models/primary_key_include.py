# SQLAlchemy: 2.1
"""Columns that a primary key only carries."""

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, Table

metadata = MetaData()

Table(
    "carried",
    metadata,
    Column("a", Integer, autoincrement=False),
    Column("b", Integer),
    PrimaryKeyConstraint("a", postgresql_include=["b"]),
)
