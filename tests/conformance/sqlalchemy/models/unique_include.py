# SQLAlchemy: 2.0, 2.1
"""Columns that a unique constraint only carries."""

from sqlalchemy import Column, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

Table(
    "carriers",
    metadata,
    Column("a", Integer),
    Column("b", String(5)),
    UniqueConstraint("a", postgresql_include=["b"], name="carrier_a"),
)
