"""PostgreSQL's own ENUM type, in an array too."""

from sqlalchemy import Column, Integer, MetaData, Table
from sqlalchemy.dialects.postgresql import ARRAY, ENUM

metadata = MetaData()

mood = ENUM("sad", "ok", "happy", name="mood")
people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mood", mood, server_default="ok"),
    Column("history", ARRAY(mood)),
)
