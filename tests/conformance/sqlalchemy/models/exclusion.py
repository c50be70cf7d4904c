"""Exclusion constraints."""

from sqlalchemy import Column, Integer, MetaData, Table, func, text
from sqlalchemy.dialects.postgresql import TSRANGE, ExcludeConstraint

metadata = MetaData()

Table(
    "bookings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("during", TSRANGE),
    Column("low", Integer),
    Column("high", Integer),
    ExcludeConstraint(("during", "&&"), name="no_overlap", where=text("id > 5"), using="gist"),
    ExcludeConstraint(("during", "&&"), deferrable=True, initially="DEFERRED"),
    ExcludeConstraint((func.int4range(text("low"), text("high")), "&&"), name="no_overlap_either"),
    ExcludeConstraint(("low", "="), name="hashed", using="hash"),
    ExcludeConstraint(("during", "&&"), name="with_class", ops={"during": "range_ops"}),
)
