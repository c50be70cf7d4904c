"""Whether two sources can be of one database at all: whether they share a table, under one name or another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..dialects import dialect_named
from ..errors import SourceError
from ..model import Table
from ..reading import Source

#: Columns that tables of any database have: by these alone two tables are not the same.
_COMMON = frozenset({"id", "created_at", "updated_at", "deleted_at", "createdat", "updatedat", "deletedat"})
#: A table under another name has at least so many of the columns, and more than half of them.
_FEWEST = 3
#: Tables of each side that are looked at for that.
_MOST = 500
#: How many names of tables a message lists.
_LISTED = 8


def share_a_table(one: Source, other: Source) -> bool:
    """Whether a table of `one` is in `other`; one without tables may belong to anything.

    A table of another name counts if most of its columns agree in name.
    """
    here, there = one.schema.tables, other.schema.tables
    if not here or not there or _names(one) & _names(other):
        return True
    theirs = list(map(_columns, there[:_MOST]))
    return any(_alike(mine, table) for mine in map(_columns, here[:_MOST]) for table in theirs)


def _names(source: Source) -> set[tuple[str, str]]:
    """Its tables, those that are known by their names alone included."""
    unread = ((one.schema, one.name) for one in source.schema.opaque if one.kind in ("", "table"))
    return {table.key for table in source.schema.tables}.union(unread)


def _columns(table: Table) -> frozenset[str]:
    return frozenset(column.name.lower() for column in table.columns)


def _alike(ours: frozenset[str], others: frozenset[str]) -> bool:
    both = ours & others
    return len(both) >= _FEWEST and 2 * len(both) > max(len(ours), len(others)) and bool(both - _COMMON)


def demand_one_dialect(truth: Source, other: Source) -> None:
    """Raises SourceError if `other` is of another engine than `truth`."""
    engines = [dialect_named(source.reading.dialect) for source in (truth, other)]
    if engines[0] is not engines[1]:
        raise SourceError(
            f"{truth.name} is of {engines[0].title}, and {other.name} of {engines[1].title}: they are no one database",
            hint=f"name sources of one engine; if all of them are {engines[0].title}'s, say so: "
            f'--dialect {engines[0].name}, or dialect = "{engines[0].name}" in the config',
            source=other.name,
        )


def in_names_of(truth: Source, other: Source) -> Source:
    """`other` with its names as `truth` spells them, where the engine takes two spellings for one name."""
    align = dialect_named(truth.reading.dialect).align
    if align is None:
        return other
    schema = align.load()(truth.schema, other.schema)
    return replace(other, reading=replace(other.reading, schema=schema))


def two_databases(truth: Source, others: Iterable[Source], how_to_mean_it: str) -> SourceError:
    """The error that `truth` and `others`, which share no table with it, come to."""
    said = "; ".join(f"{source.name} has {_listed(source)}" for source in (truth, *others))
    return SourceError(f"these look like two databases, without one table in common: {said}", hint=how_to_mean_it)


def _listed(source: Source) -> str:
    names = [f"{table.schema}.{table.name}".removeprefix("public.") for table in source.schema.tables]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
