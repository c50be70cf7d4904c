"""Two tables that are the same one: which column, key, check and index of each is which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ..frozen import dataclass
from ..model import Check, Column, Exclusion, ForeignKey, Index, Table, Unique
from . import meaning
from .dependencies import columns_of, depends_on
from .pairing import Pairing, pair
from .scope import Scope

T = TypeVar("T")

#: The collections of a table whose objects depend on columns, by kind.
COLLECTIONS = {
    "foreign-key": "foreign_keys",
    "unique": "uniques",
    "exclusion": "exclusions",
    "check": "checks",
    "index": "indexes",
}


@dataclass(frozen=True, slots=True)
class TableMatch:
    """A table of the truth and the same table of the other source, with what belongs together inside.

    `under_missing` and `under_extra` hold, for each lost column, the (kind, object) pairs that depend on it and are
    therefore in none of the pairings. `as_index` pairs a unique constraint with a unique index on the same columns,
    whichever side has which.
    """

    expected: Table
    actual: Table
    columns: Pairing[Column]
    foreign_keys: Pairing[ForeignKey]
    uniques: Pairing[Unique]
    exclusions: Pairing[Exclusion]
    checks: Pairing[Check]
    indexes: Pairing[Index]
    as_index: tuple[tuple[Unique | Index, Unique | Index], ...]
    under_missing: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]
    under_extra: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]

    def follow(self, lost: Iterable[tuple[str, tuple[tuple[str, Any], ...]]], column: str) -> list[tuple[str, Any]]:
        return [item for name, items in lost if name == column for item in items]


def match(expected: Table, actual: Table, scope: Scope) -> TableMatch:
    """`expected` and `actual`, which are known to be the same table, matched inside."""
    if expected == actual and all(scope.kind(kind) for kind in COLLECTIONS):
        return _alike(expected, actual)
    columns = pair_columns(expected, actual)
    gone, come = _lacking(expected, actual), _lacking(actual, expected)
    mine = _Kept(expected, actual, gone, scope)
    theirs = _Kept(actual, expected, come, scope)
    forth, back = mine.in_two_forms(theirs), theirs.in_two_forms(mine)
    uniques = pair(mine.of("unique"), theirs.of("unique"), *meaning.UNIQUES)
    indexes = pair(mine.of("index"), theirs.of("index"), *meaning.INDEXES)
    uniques, indexes, as_index = _cross(uniques, indexes)
    as_index = (*forth, *((index, unique) for unique, index in back), *as_index)
    return TableMatch(
        expected,
        actual,
        columns,
        foreign_keys=pair(mine.of("foreign-key"), theirs.of("foreign-key"), *meaning.FOREIGN_KEYS),
        uniques=_again(uniques, meaning.UNIQUES_LEFT),
        exclusions=pair(mine.of("exclusion"), theirs.of("exclusion"), *meaning.EXCLUSIONS),
        checks=pair(mine.of("check"), theirs.of("check"), *meaning.checks(_mentions(expected, actual))),
        indexes=_again(indexes, meaning.INDEXES_LEFT),
        as_index=as_index,
        under_missing=mine.under(),
        under_extra=theirs.under(),
    )


def _alike(expected: Table, actual: Table) -> TableMatch:
    """Tables that are equal: what is at the same place is the same, and nothing has to be looked for."""
    pairs = {
        name: Pairing(tuple(zip(getattr(expected, name), getattr(actual, name), strict=True)))
        for name in ("columns", *COLLECTIONS.values())
    }
    return TableMatch(expected, actual, **pairs, as_index=(), under_missing=(), under_extra=())


def pair_columns(expected: Table, actual: Table) -> Pairing[Column]:
    """Columns by name. Where a side is known to have more columns than it lists, none counts as lacking there."""
    theirs = {column.name: column for column in actual.columns}
    mine = {column.name for column in expected.columns}
    missing = () if "columns" in actual.unknown else (c for c in expected.columns if c.name not in theirs)
    extra = () if "columns" in expected.unknown else (c for c in actual.columns if c.name not in mine)
    return Pairing(
        tuple((column, theirs[column.name]) for column in expected.columns if column.name in theirs),
        tuple(missing),
        tuple(extra),
    )


def _lacking(table: Table, opposite: Table) -> set[str]:
    """The columns of `table` that the other one lacks; none, where it is known to have more than it lists."""
    if "columns" in opposite.unknown:
        return set()
    return _unlisted(table, opposite)


def _unlisted(table: Table, opposite: Table) -> set[str]:
    return {column.name for column in table.columns} - {column.name for column in opposite.columns}


class _Kept:
    """One table's keys, checks and indexes, apart from those that depend on a column the other table lacks."""

    def __init__(self, table: Table, opposite: Table, lost: set[str], scope: Scope) -> None:
        self._kept: dict[str, list[Any]] = {}
        self._under: dict[str, list[tuple[str, Any]]] = {}
        #: Columns that the other table may have all the same, with keys that nobody could read.
        hidden = _unlisted(table, opposite) if "columns" in opposite.unknown else set()
        for kind, name in COLLECTIONS.items():
            readable = scope.kind(kind) and name not in opposite.unknown
            self._kept[kind] = [one for one in getattr(table, name) if self._stays(kind, one, lost)]
            if not readable:
                self._kept[kind] = [
                    one for one in self._kept[kind] if scope.kind(kind) and self._is_met(one, opposite, name)
                ]
            elif hidden:
                self._kept[kind] = [
                    one for one in self._kept[kind] if not depends_on(one, hidden) or self._is_met(one, opposite, name)
                ]

    def _stays(self, kind: str, one: Any, lost: set[str]) -> bool:
        if not lost or not (columns := depends_on(one, lost)):
            return True
        for column in columns:
            self._under.setdefault(column, []).append((kind, one))
        return False

    @staticmethod
    def _is_met(one: Any, opposite: Table, name: str) -> bool:
        """Whether the other table has one of that name, or on the same columns: the only ones that can be compared
        where not all of them are known.
        """
        about = _on(one)
        return any(other.name == one.name or (about and _on(other) == about) for other in getattr(opposite, name))

    def in_two_forms(self, other: _Kept) -> list[tuple[Unique, Index]]:
        """Constraints of this table of which the other has nothing but a unique index, whatever else has its name.

        What is found is taken out of both.
        """
        constraints, indexes = self.of("unique"), other.of("index")
        alone = [one for one in constraints if not any(set(v.columns) == set(one.columns) for v in other.of("unique"))]
        own = [_on(index) for index in self.of("index") if _like_a_constraint(index)]
        found = _constraint_and_index(
            tuple(one for one in alone if one.columns not in own),
            tuple(index for index in indexes if any(index.name == plain.name for plain in self.of("index"))),
        )
        for constraint, index in found:
            constraints.remove(constraint)
            indexes.remove(index)
        return found

    def of(self, kind: str) -> list[Any]:
        return self._kept[kind]

    def under(self) -> tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]:
        return tuple((column, tuple(items)) for column, items in sorted(self._under.items()))


def _on(one: Any) -> tuple[str, ...]:
    """The columns that a key or index is about; none of what has expressions instead."""
    if isinstance(one, Index):
        columns = tuple(key.column or "" for key in one.keys)
        return columns if all(columns) else ()
    return (*one.columns, one.target_table) if isinstance(one, ForeignKey) else getattr(one, "columns", ())


def _mentions(expected: Table, actual: Table) -> Callable[[Check], frozenset[str]]:
    names = {column.name for table in (expected, actual) for column in table.columns}
    return lambda check: columns_of(check).intersection(names)


def _again(pairing: Pairing[T], stages: tuple[Any, ...]) -> Pairing[T]:
    """What is left of `pairing`, tried again by further stages."""
    more = pair(pairing.missing, pairing.extra, *stages)
    return Pairing(pairing.pairs + more.pairs, more.missing, more.extra)


def _cross(
    uniques: Pairing[Unique], indexes: Pairing[Index]
) -> tuple[Pairing[Unique], Pairing[Index], tuple[tuple[Unique | Index, Unique | Index], ...]]:
    """Unique constraints of one side against plain unique indexes of the other, on the same columns."""
    forth = _constraint_and_index(uniques.missing, indexes.extra)
    back = _constraint_and_index(uniques.extra, indexes.missing)
    taken = {id(thing) for both in forth + back for thing in both}

    def left(things: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(thing for thing in things if id(thing) not in taken)

    return (
        Pairing(uniques.pairs, left(uniques.missing), left(uniques.extra)),
        Pairing(indexes.pairs, left(indexes.missing), left(indexes.extra)),
        (*forth, *((index, unique) for unique, index in back)),
    )


def _constraint_and_index(constraints: tuple[Unique, ...], indexes: tuple[Index, ...]) -> list[tuple[Unique, Index]]:
    free = [index for index in indexes if _like_a_constraint(index)]
    found = []
    for constraint in constraints:
        fitting = [index for index in free if tuple(key.column for key in index.keys) == constraint.columns]
        if fitting:
            index = next((index for index in fitting if index.name == constraint.name), fitting[0])
            free.remove(index)
            found.append((constraint, index))
    return found


def _like_a_constraint(index: Index) -> bool:
    """Whether a UNIQUE constraint could be made of it: PostgreSQL takes no predicate, expression, order or class."""
    return (
        index.unique
        and index.predicate is None
        and index.method == "btree"
        and all(
            key.column is not None and not key.descending and not key.nulls_first and key.opclass is None
            for key in index.keys
        )
    )
