"""Primary keys that count with a named sequence, or with one that PostgreSQL may leave out."""

from sqlalchemy import BigInteger, Column, Integer, MetaData, Sequence, Table

metadata = MetaData()

named = Table("named", metadata, Column("id", Integer, Sequence("named_counter"), primary_key=True))
optional = Table(
    "optional", metadata, Column("id", BigInteger, Sequence("optional_counter", optional=True), primary_key=True)
)
server_side = Table(
    "server_side",
    metadata,
    Column(
        "id",
        Integer,
        Sequence("server_counter", metadata=metadata),
        server_default=Sequence("server_counter").next_value(),
        primary_key=True,
    ),
)
