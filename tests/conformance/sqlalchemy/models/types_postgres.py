"""Types that only PostgreSQL has."""

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.dialects.postgresql import (
    BIT,
    BYTEA,
    CIDR,
    INET,
    JSON,
    JSONB,
    MACADDR,
    REGCLASS,
    TSVECTOR,
    UUID,
)

metadata = MetaData()

things = Table(
    "things",
    metadata,
    Column("bits", BIT(4)),
    Column("bits_varying", BIT(8, varying=True)),
    Column("bytes", BYTEA),
    Column("network", CIDR),
    Column("address", INET),
    Column("document", JSON),
    Column("document_binary", JSONB),
    Column("card", MACADDR),
    Column("relation", REGCLASS),
    Column("words", TSVECTOR),
    Column("identifier", UUID),
    Column("identifier_as_object", UUID(as_uuid=True)),
)
