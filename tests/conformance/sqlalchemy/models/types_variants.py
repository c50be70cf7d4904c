"""`with_variant`, with and without a variant for PostgreSQL."""

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects.mysql import LONGTEXT
from sqlalchemy.dialects.postgresql import CIDR

metadata = MetaData()

variants = Table(
    "variants",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("body", Text().with_variant(LONGTEXT(), "mysql")),
    Column("address", String(43).with_variant(CIDR(), "postgresql")),
    Column("small", Integer().with_variant(String(9), "sqlite").with_variant(BigInteger(), "postgresql")),
)
