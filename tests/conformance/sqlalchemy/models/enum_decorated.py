"""A native enum beneath a type decorator and beneath a variant."""

from sqlalchemy import Column, Enum, Integer, MetaData, String, Table, TypeDecorator

metadata = MetaData()


class Wrapped(TypeDecorator):
    impl = Enum("one", "two", name="wrapped_kind")
    cache_ok = True


wrapped = Table(
    "wrapped",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Wrapped),
    Column("variant", String(5).with_variant(Enum("three", name="variant_kind"), "postgresql")),
)
