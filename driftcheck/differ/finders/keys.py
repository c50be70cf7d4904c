"""Primary, foreign, unique and exclusion keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...findings import Finding, Side
from ...model import Index, PrimaryKey, Table, Unique
from .. import definitions
from ..between import Between, reference, unreadable
from ..facts import differing, drift, drifts, sentence
from ..matching import TableMatch
from ..pairing import Pairing


def find(between: Between) -> Iterator[Finding]:
    for match in between.matches:
        yield from _primary(between, match)
        yield from _foreign(between, match)
        yield from _uniques(between, match)
        yield from collection(between, match, "exclusion", match.exclusions, ("DR331", "DR332"))


def collection(
    between: Between, match: TableMatch, kind: str, pairing: Pairing[Any], codes: tuple[str, str]
) -> Iterator[Finding]:
    """What is missing, what is extra, and how pairs differ; for every kind of object that is in a table."""
    yield from lost(between, match, kind, pairing, codes)
    for expected, actual in pairing.pairs:
        if expected != actual:
            yield from drifts(between, kind, expected, actual, reference(kind, actual, match.actual))


def lost(
    between: Between, match: TableMatch, kind: str, pairing: Pairing[Any], codes: tuple[str, str]
) -> Iterator[Finding]:
    for one in pairing.missing:
        if not unreadable(between.actual, reference(kind, one, match.actual)):
            about = reference(kind, between.named(one), match.actual)
            yield between.missing(codes[0], about, one, match.actual.location)
    for one in pairing.extra:
        about = reference(kind, one, match.actual)
        if not unreadable(between.expected, about):
            yield between.extra(codes[1], about, one, match.expected.location)


def _primary(between: Between, match: TableMatch) -> Iterator[Finding]:
    expected, actual = match.expected.primary_key, match.actual.primary_key
    unknown = match.expected.unknown | match.actual.unknown
    if expected == actual or "primary_key" in unknown or not between.scope.kind("primary-key"):
        return
    if _common(match, expected) == _common(match, actual) and _loses_columns(match):
        return
    about = reference("primary-key", actual or expected, match.actual)
    if expected is not None and actual is not None:
        yield from drifts(between, "primary-key", expected, actual, about)
        return
    said = [definitions.primary_key(key) if key is not None else None for key in (expected, actual)]
    places = [(key or table).location for key, table in ((expected, match.expected), (actual, match.actual))]
    message = sentence(between, reference("table", match.actual), "primary key", said[0], said[1])
    sides = (Side(said[0], places[0]), Side(said[1], places[1]))
    yield between.finding("DR301", about, *sides, message, fact="columns", subjects=(expected, actual))


def _common(match: TableMatch, key: PrimaryKey | None) -> tuple[str, ...]:
    """The key's columns that both tables have."""
    both = {column.name for column, _ in match.columns.pairs}
    return tuple(name for name in key.columns if name in both) if key is not None else ()


def _loses_columns(match: TableMatch) -> bool:
    """Whether one of the keys depends on a column that the other table lacks: that column's finding reports it."""
    return any(
        key is not None and not {column.name for column in other.columns}.issuperset(key.columns)
        for key, other in (
            (match.expected.primary_key, match.actual),
            (match.actual.primary_key, match.expected),
        )
    )


def _foreign(between: Between, match: TableMatch) -> Iterator[Finding]:
    """A key that names no target columns means the target's primary key, which this source need not declare."""
    yield from lost(between, match, "foreign-key", match.foreign_keys, ("DR311", "DR312"))
    for expected, actual in match.foreign_keys.pairs:
        if expected != actual:
            about = reference("foreign-key", actual, match.actual)
            skip = () if expected.target_columns and actual.target_columns else ("target_columns",)
            yield from drifts(between, "foreign-key", expected, actual, about, skip)


def _uniques(between: Between, match: TableMatch) -> Iterator[Finding]:
    yield from lost(between, match, "unique", match.uniques, ("DR321", "DR322"))
    for expected, actual in match.uniques.pairs:
        about = reference("unique", actual, match.actual)
        if set(expected.columns) == set(actual.columns) and "columns" in differing(between, "unique", expected, actual):
            yield drift(between, "DR328", "unique", expected, actual, about, ["columns"])
            yield from drifts(between, "unique", expected, actual, about, skip=("columns", "name"))
        else:
            yield from drifts(between, "unique", expected, actual, about)
    for one, other in match.as_index:
        yield from _as_index(between, match.actual, one, other)


def _as_index(between: Between, table: Table, expected: Unique | Index, actual: Unique | Index) -> Iterator[Finding]:
    """A constraint against an index: they refuse the same rows, but only a constraint can be deferred."""
    about = reference("index" if isinstance(actual, Index) else "unique", actual, table)
    said = ("a unique index", "a unique constraint")
    if isinstance(actual, Index):
        said = said[::-1]
    sides = (Side(said[0], expected.location), Side(said[1], actual.location))
    message = sentence(between, about, "", *said)
    yield between.finding("DR325", about, *sides, message, subjects=(expected, actual))
    yield from drifts(between, "unique", _constraint(expected), _constraint(actual), about, skip=("name", "columns"))


def _constraint(thing: Unique | Index) -> Unique:
    """`thing` as a constraint, so that what both kinds can say is compared."""
    if isinstance(thing, Unique):
        return thing
    return Unique(
        name=thing.name,
        columns=tuple(key.column or "" for key in thing.keys),
        nulls_distinct=thing.nulls_distinct,
        include=thing.include,
        location=thing.location,
        places=thing.places,
        unknown=thing.unknown,
    )
