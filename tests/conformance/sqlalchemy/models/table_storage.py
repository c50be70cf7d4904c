# SQLAlchemy: 2.1
"""Storage parameters of a table."""

from sqlalchemy import Column, Integer, MetaData, Table

metadata = MetaData()

Table(
    "stored",
    metadata,
    Column("id", Integer, primary_key=True),
    postgresql_with={"fillfactor": 70, "autovacuum_enabled": False},
)
