"""Identity columns, with and without options, on keys and not."""

from sqlalchemy import BigInteger, Column, Identity, Integer, MetaData, SmallInteger, Table

metadata = MetaData()

Table("by_default", metadata, Column("id", Integer, Identity(), primary_key=True))
Table("always", metadata, Column("id", BigInteger, Identity(always=True), primary_key=True))
Table(
    "options",
    metadata,
    Column("id", Integer, Identity(start=10, increment=2, minvalue=5, maxvalue=1000, cycle=True, cache=3)),
    Column("name", SmallInteger),
)
