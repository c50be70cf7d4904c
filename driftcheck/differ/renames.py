"""Tables and columns that seem to have got another name, offered with the evidence.

A rename is offered, never assumed silently: it is one finding instead of a missing and an extra object, and what the
renamed object holds is compared under the other source's name for it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import field

from ..frozen import dataclass
from ..model import Column, ForeignKey, Schema, Table
from ..normalize.expressions.type_families import is_text
from .matching import pair_columns
from .owned import owner

#: (schema, name) of a table.
Key = tuple[str, str]

#: Tables are one table under two names if at least so much of their columns is the same, and at least so many are.
_ALIKE, _FEWEST = 0.8, 3

#: Names so much more alike than any other's decide between columns that fit equally well.
_SIMILAR = 0.5


@dataclass(frozen=True, slots=True)
class Renames:
    """What the other source calls differently: the truth's name → the other's name. Columns by the table's new key."""

    tables: dict[Key, Key] = field(default_factory=dict)
    columns: dict[Key, dict[str, str]] = field(default_factory=dict)

    def table(self, schema: str, name: str) -> Key:
        return self.tables.get((schema, name), (schema, name))

    def column(self, table: Key, name: str) -> str:
        """The name of the column `name` in the table that is now `table`."""
        return self.columns.get(table, {}).get(name, name)

    def __bool__(self) -> bool:
        return bool(self.tables or self.columns)


def find_renames(truth: Schema, other: Schema) -> Renames:
    """Every table and column of `truth` for which `other` seems to have only another name."""
    tables = _tables(truth, other)
    theirs = {table.key: table for table in other.tables}
    columns = {}
    for table in truth.tables:
        key = tables.get(table.key, table.key)
        if (same := theirs.get(key)) is not None and (found := _columns(table, same, tables)):
            columns[key] = found
    return Renames(tables, columns)


def _tables(truth: Schema, other: Schema) -> dict[Key, Key]:
    here, there = ({table.key for table in side.tables} for side in (truth, other))
    opaque = {(one.schema, one.name) for side in (truth, other) for one in side.opaque if one.kind in ("", "table")}
    here, there = here | opaque, there | opaque
    missing = [table for table in truth.tables if table.key not in there and owner(table) is None]
    extra = [table for table in other.tables if table.key not in here and owner(table) is None]
    fits = [(mine.key, theirs.key) for mine in missing for theirs in extra if _nearly_the_same(mine, theirs)]
    return dict(_only(fits))


def _nearly_the_same(mine: Table, theirs: Table) -> bool:
    if "columns" in mine.unknown | theirs.unknown:
        return False
    common = _shape(mine) & _shape(theirs)
    most = max(len(mine.columns), len(theirs.columns))
    return len(common) >= _FEWEST and len(common) >= _ALIKE * most


def _shape(table: Table) -> set[tuple[str, str]]:
    return {(column.name, str(column.type)) for column in table.columns}


def _only(fits: list[tuple[Key, Key]]) -> Iterator[tuple[Key, Key]]:
    """Those of `fits` in which neither side fits anything else."""
    for mine, theirs in fits:
        if sum(mine == one for one, _ in fits) == 1 and sum(theirs == one for _, one in fits) == 1:
            yield mine, theirs


def _columns(mine: Table, theirs: Table, tables: dict[Key, Key]) -> dict[str, str]:
    found = pair_columns(mine, theirs)
    spelled = dict(_only_pairs(_in_two_spellings(found.missing, found.extra)))
    fits = [
        (column.name, candidate.name)
        for column in found.missing
        for candidate in found.extra
        if column.name not in spelled and candidate.name not in spelled.values()
        if _agree(column, candidate) and _role(mine, column.name, tables) == _role(theirs, candidate.name, {})
    ]
    return spelled | dict(_best(fits))


def _in_two_spellings(missing: Iterable[Column], extra: Iterable[Column]) -> list[tuple[str, str]]:
    """Names that are one but for underscores and capitals, whatever else differs: providerId, provider_id."""
    extra = tuple(extra)
    return [(one.name, other.name) for one in missing for other in extra if _spelled(one) == _spelled(other)]


def _spelled(column: Column) -> str:
    return column.name.replace("_", "").lower()


def _only_pairs(fits: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for pair in fits:
        if sum(pair[0] == one for one, _ in fits) == 1 and sum(pair[1] == one for _, one in fits) == 1:
            yield pair


def _agree(mine: Column, theirs: Column) -> bool:
    """Whether all but the names is the same. Texts of different lengths are: that is a finding of its own."""
    facts = ("nullable", "default", "generated", "identity")
    if any(name in mine.unknown | theirs.unknown for name in ("type", *facts)):
        return False
    same = mine.type == theirs.type or (is_text(mine.type) and is_text(theirs.type))
    return same and all(getattr(mine, name) == getattr(theirs, name) for name in facts)


def _role(table: Table, column: str, tables: dict[Key, Key]) -> Hashable:
    """What a column refers to, and which keys it is part of, in words free of its own name."""
    return (
        frozenset(_targets(table.foreign_keys, column, tables)),
        table.primary_key is not None and _with(table.primary_key.columns, column),
        frozenset(_with(unique.columns, column) for unique in table.uniques if column in unique.columns),
        frozenset(
            _with([key.column or str(key.expression) for key in index.keys], column)
            for index in table.indexes
            if index.unique and any(key.column == column for key in index.keys)
        ),
    )


def _targets(keys: Iterable[ForeignKey], column: str, tables: dict[Key, Key]) -> Iterator[Hashable]:
    for key in keys:
        if column in key.columns:
            target = (key.target_schema, key.target_table)
            at = key.columns.index(column)
            yield tables.get(target, target), key.target_columns[at : at + 1], len(key.columns)


def _with(columns: Iterable[str], column: str) -> tuple[str, ...] | None:
    names = tuple(columns)
    return tuple("" if name == column else name for name in names) if column in names else None


def _best(fits: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pairs that nothing else fits as well; where several fit, names much alike decide."""
    from difflib import SequenceMatcher  # few schemas have anything that could be renamed

    alike = {pair: SequenceMatcher(None, *pair).ratio() for pair in fits}
    for pair in fits:
        rivals = [other for other in fits if other != pair and (other[0] == pair[0] or other[1] == pair[1])]
        if not rivals or (alike[pair] >= _SIMILAR and all(alike[pair] > alike[other] for other in rivals)):
            yield pair
