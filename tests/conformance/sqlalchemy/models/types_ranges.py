"""Ranges."""

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.dialects.postgresql import DATERANGE, INT4RANGE, INT8RANGE, NUMRANGE, TSRANGE, TSTZRANGE

metadata = MetaData()

ranges = Table(
    "ranges",
    metadata,
    Column("days", DATERANGE),
    Column("small", INT4RANGE),
    Column("large", INT8RANGE),
    Column("exact", NUMRANGE),
    Column("naive", TSRANGE),
    Column("aware", TSTZRANGE),
)
