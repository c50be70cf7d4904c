"""Defaults from sequences: the server's, and the application's."""

from sqlalchemy import BigInteger, Column, Integer, MetaData, Sequence, Table

metadata = MetaData()

numbers = Sequence("numbers", metadata=metadata, start=100, increment=5)
others = Sequence("others", metadata=metadata)

invoices = Table(
    "invoices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", BigInteger, numbers, server_default=numbers.next_value(), nullable=False),
    Column("other", Integer, server_default=others.next_value()),
    Column("client_side", Integer, Sequence("client_side")),
)
