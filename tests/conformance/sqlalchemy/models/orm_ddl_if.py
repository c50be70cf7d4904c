# SQLAlchemy: 2.0, 2.1
"""Constraints and indexes for one kind of database only."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, MetaData, Table

metadata = MetaData()

Table(
    "chosen",
    metadata,
    Column("id", Integer, primary_key=True),
    CheckConstraint("id > 0", name="for_postgresql").ddl_if(dialect="postgresql"),
    CheckConstraint("id > 1", name="for_sqlite").ddl_if(dialect="sqlite"),
    Index("ix_for_sqlite", "id").ddl_if(dialect="sqlite"),
    Index("ix_for_postgresql", "id").ddl_if(dialect=("postgresql", "mysql")),
)
