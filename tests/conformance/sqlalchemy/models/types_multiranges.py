# SQLAlchemy: 2.0, 2.1
"""Multiranges."""

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, INT4MULTIRANGE, TSTZMULTIRANGE

metadata = MetaData()

multiranges = Table(
    "multiranges",
    metadata,
    Column("days", DATEMULTIRANGE),
    Column("numbers", INT4MULTIRANGE),
    Column("moments", TSTZMULTIRANGE),
)
