"""Type decorators, one of which chooses by dialect, and one on a key that counts."""

from sqlalchemy import BigInteger, Column, MetaData, String, Table, TypeDecorator
from sqlalchemy.dialects.postgresql import CIDR, JSONB
from sqlalchemy.types import CHAR, TEXT

metadata = MetaData()


class Key(TypeDecorator):
    impl = BigInteger
    cache_ok = True


class Lower(TypeDecorator):
    impl = String(80)
    cache_ok = True


class Document(TypeDecorator):
    impl = TEXT
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else TEXT())


class Network(TypeDecorator):
    impl = CHAR(43)
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(CIDR())


class Twice(TypeDecorator):
    impl = Lower
    cache_ok = True


decorated = Table(
    "decorated",
    metadata,
    Column("id", Key, primary_key=True),
    Column("email", Lower(), nullable=False),
    Column("document", Document),
    Column("network", Network),
    Column("twice", Twice),
)
