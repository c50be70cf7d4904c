"""Dates, times and intervals, with zones and precisions."""

from sqlalchemy import TIMESTAMP, Column, Date, DateTime, Interval, MetaData, Table, Time
from sqlalchemy.dialects import postgresql

metadata = MetaData()

moments = Table(
    "moments",
    metadata,
    Column("naive", DateTime),
    Column("aware", DateTime(timezone=True)),
    Column("stamp", TIMESTAMP),
    Column("stamp_aware", TIMESTAMP(timezone=True)),
    Column("stamp_precise", postgresql.TIMESTAMP(precision=3)),
    Column("stamp_precise_aware", postgresql.TIMESTAMP(timezone=True, precision=0)),
    Column("day", Date),
    Column("clock", Time),
    Column("clock_aware", Time(timezone=True)),
    Column("clock_precise", postgresql.TIME(precision=2)),
    Column("span", Interval),
    Column("span_precise", postgresql.INTERVAL(precision=4)),
    Column("span_days", postgresql.INTERVAL(fields="DAY TO SECOND")),
    Column("span_generic", Interval(second_precision=6)),
)
