"""Keys that repeat another one of their CREATE TABLE: PostgreSQL makes one index, and one constraint, of them."""

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.schema import AddConstraint

metadata = MetaData()

Table("of_key", metadata, Column("id", Integer, primary_key=True, unique=True))

Table("named_by_unique", metadata, Column("id", Integer, primary_key=True), UniqueConstraint("id", name="only_id"))

Table(
    "named_by_key",
    metadata,
    Column("a", Integer),
    Column("b", Integer),
    PrimaryKeyConstraint("a", "b", name="the_key"),
    UniqueConstraint("a", "b", name="another"),
    UniqueConstraint("b", "a"),
)

Table(
    "twice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a", Integer, unique=True),
    Column("b", Integer),
    UniqueConstraint("a"),
    UniqueConstraint("a", name="first_name"),
    UniqueConstraint("a", name="second_name"),
    UniqueConstraint("a", name="later", deferrable=True),
    UniqueConstraint("b", name="b_by_name"),
    UniqueConstraint("b"),
    Index("b_index", "b", unique=True),
)

Table(
    "excluded",
    metadata,
    Column("id", Integer, primary_key=True),
    ExcludeConstraint(("id", "="), using="btree"),
    ExcludeConstraint(("id", "="), using="btree", name="not_equal"),
    ExcludeConstraint(("id", "="), using="hash"),
)

late = Table("added_later", metadata, Column("id", Integer, primary_key=True))
event.listen(late, "after_create", AddConstraint(UniqueConstraint(late.c.id, name="late_id")))
