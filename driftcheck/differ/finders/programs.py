"""Views, functions and triggers."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding
from ...model import Table, View
from .. import meaning
from ..between import Between, reference
from ..facts import drifts
from ..meaning import by
from ..pairing import Stage, pair
from . import indexes
from .free import compared, lost, readable
from .security import of_tables


def find(between: Between) -> Iterator[Finding]:
    yield from _views(between)
    if between.scope.kind("function"):
        yield from _functions(between)
    if between.scope.kind("trigger"):
        yield from of_tables(between, "trigger", "triggers", meaning.TRIGGERS, ("DR821", "DR822"))


def _views(between: Between) -> Iterator[Finding]:
    pairing = compared(between, "view", "views")
    yield from lost(between, "view", pairing, ("DR801", "DR802"))
    for expected, actual in pairing.pairs:
        yield from drifts(between, "view", expected, actual, reference("view", actual))
        if between.scope.kind("index") and "indexes" not in expected.unknown | actual.unknown:
            yield from _view_indexes(between, expected, actual)


def _view_indexes(between: Between, expected: View, actual: View) -> Iterator[Finding]:
    stand_in = Table(schema=actual.schema, name=actual.name)
    found = pair(expected.indexes, actual.indexes, *meaning.INDEXES, *meaning.INDEXES_LEFT)
    for one in found.missing:
        yield between.missing("DR501", reference("index", one, stand_in), one, actual.location)
    for one in found.extra:
        yield between.extra("DR502", reference("index", one, stand_in), one, expected.location)
    for mine, theirs in found.pairs:
        yield from indexes.compare(between, mine, theirs, reference("index", theirs, stand_in))


def _functions(between: Between) -> Iterator[Finding]:
    """By name and argument types, as PostgreSQL tells them apart; an only namesake is the same with other arguments."""
    sides = (between.expected.functions, between.actual.functions)
    stages = (by("schema", "name", "signature"), Stage(by("schema", "name").key, alone=True))
    pairing = readable(between, "functions", pair(*sides, *stages))
    yield from lost(between, "function", pairing, ("DR811", "DR812"))
    for expected, actual in pairing.pairs:
        yield from drifts(between, "function", expected, actual, reference("function", actual))
