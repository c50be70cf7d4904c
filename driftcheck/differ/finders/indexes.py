"""Indexes, of tables and of materialized views."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding, ObjectRef
from ...model import Index
from ..between import Between, reference
from ..facts import drift, drifts
from ..rules import facts_of
from .keys import lost


def find(between: Between) -> Iterator[Finding]:
    for match in between.matches:
        yield from lost(between, match, "index", match.indexes, ("DR501", "DR502"))
        for expected, actual in match.indexes.pairs:
            yield from compare(between, expected, actual, reference("index", actual, match.actual))


def compare(between: Between, expected: Index, actual: Index, about: ObjectRef) -> Iterator[Finding]:
    """Two indexes that belong together. Keys are compared part by part; a name counts only if all else agrees."""
    if expected == actual:
        return
    codes = _key_rules(between, expected, actual) if "keys" not in expected.unknown | actual.unknown else set()
    if expected.method != actual.method:
        codes.discard("DR508")
    for code in sorted(codes):
        yield drift(between, code, "index", expected, actual, about, ["keys"])
    yield from drifts(between, "index", expected, actual, about, skip=("name",) if codes else ())


def _key_rules(between: Between, expected: Index, actual: Index) -> set[str]:
    """The rules under which the keys of two indexes differ."""
    if len(expected.keys) != len(actual.keys):
        return {"DR503"}
    return {
        str(fact.code)
        for mine, theirs in zip(expected.keys, actual.keys, strict=True)
        for name, fact in facts_of("index-key").items()
        if getattr(mine, name) != getattr(theirs, name) and between.scope.fact("index-key", name)
    }
