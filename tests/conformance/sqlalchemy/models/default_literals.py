"""Server defaults that are strings: SQLAlchemy quotes them whatever the type."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Interval, MetaData, Numeric, String, Table, Text

metadata = MetaData()

literals = Table(
    "literals",
    metadata,
    Column("word", String(20), server_default="user"),
    Column("empty", Text, server_default=""),
    Column("quoted", Text, server_default='it\'s 100% "fine" :here \\ there'),
    Column("number", Integer, server_default="42"),
    Column("amount", Numeric(10, 2), server_default="0.00"),
    Column("yes", Boolean, server_default="true"),
    Column("no", Boolean, server_default="f"),
    Column("day", Date, server_default="2020-01-01"),
    Column("moment", DateTime(timezone=True), server_default="2020-01-01 00:00:00+00"),
    Column("span", Interval, server_default="1 day"),
)
