"""Columns: missing, extra, and every fact about those that both sides have."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding, ObjectRef, Side
from ...model import Column, Table
from ...sql.tokens import END
from ...sql.types import without_casts
from .. import words
from ..between import Between, reference
from ..facts import differing, drift, drifts, sentence
from ..matching import TableMatch
from ..serials import counts, is_one_sequence, is_serial


def find(between: Between) -> Iterator[Finding]:
    for match in between.matches:
        yield from _lost(between, match)
        for expected, actual in match.columns.pairs:
            if expected != actual:
                yield from _compare(between, match, expected, actual)
        yield from _order(between, match)


def _lost(between: Between, match: TableMatch) -> Iterator[Finding]:
    for column in match.columns.missing:
        about = reference("column", column, match.actual)
        related = [reference(kind, one, match.actual) for kind, one in match.follow(match.under_missing, column.name)]
        related += _primary_key(match.expected, column, match)
        yield between.missing("DR201", about, column, match.actual.place("columns"), related)
    for column in match.columns.extra:
        about = reference("column", column, match.actual)
        related = [reference(kind, one, match.actual) for kind, one in match.follow(match.under_extra, column.name)]
        related += _primary_key(match.actual, column, match)
        yield between.extra("DR202", about, column, match.expected.place("columns"), related)


def _primary_key(table: Table, column: Column, match: TableMatch) -> list[ObjectRef]:
    """The primary key that a lost column is part of."""
    return [reference("primary-key", table.primary_key, match.actual)] if _in_key(table, column) else []


def _compare(between: Between, match: TableMatch, expected: Column, actual: Column) -> Iterator[Finding]:
    about = reference("column", actual, match.actual)
    filled = _filled(between, expected, actual, about)
    skip = {"default", "application_default", "generated", "identity"}
    if _follows(match, expected, actual):
        skip.add("nullable")
    softer = between.dialect.softer_type.load()(match.expected, expected, match.actual, actual)
    if softer is not None and "type" in differing(between, "column", expected, actual):
        skip.add("type")
        yield drift(between, softer, "column", expected, actual, about, ["type"])
    yield from drifts(between, "column", expected, actual, about, skip)
    if filled is not None:
        yield filled


def _filled(between: Between, expected: Column, actual: Column, about: ObjectRef) -> Finding | None:
    """What fills the column if nobody does: one of generation, identity and default, and one finding at most."""
    differ = differing(between, "column", expected, actual)
    for name, code in (("generated", "DR206"), ("identity", "DR207")):
        if name in differ:
            return _filling(between, code, expected, actual, about, name)
    if "default" not in expected.unknown | actual.unknown and is_one_sequence(expected, actual):
        return _ownership(between, expected, actual, about)
    if "default" not in differ:
        return None
    if (expected.default is None or actual.default is None) and _in_code(expected, actual):
        return _filling(between, "DR211", expected, actual, about, "application_default")
    if expected.type != actual.type and _bare(expected) == _bare(actual):
        return None
    return drift(between, "DR205", "column", expected, actual, about, ["default"])


def _ownership(between: Between, expected: Column, actual: Column, about: ObjectRef) -> Finding:
    """Both count with one sequence, which belongs to the column on one side only."""
    said = [
        "with a sequence of its own" if is_serial(one) else "with a sequence of nobody" for one in (expected, actual)
    ]
    message = f"{about} counts {said[1]} in {between.other.name}; {between.truth.name} says {said[0]}"
    sides = Side(said[0], expected.place("default")), Side(said[1], actual.place("default"))
    return between.finding("DR207", about, *sides, message, fact="default", subjects=(expected, actual))


def _in_code(expected: Column, actual: Column) -> bool:
    """Whether the side without a default in the database has one in its application's code."""
    without = expected if expected.default is None else actual
    return without.application_default is not None and "application_default" not in without.unknown


def _filling(between: Between, code: str, expected: Column, actual: Column, about: ObjectRef, name: str) -> Finding:
    if code != "DR211" and getattr(expected, name) is not None and getattr(actual, name) is not None:
        return drift(between, code, "column", expected, actual, about, [name])
    said = (_source_of_values(expected), _source_of_values(actual))
    message = sentence(between, about, "default" if code == "DR211" else "", *said)
    sides = (Side(said[0], expected.place(name)), Side(said[1], actual.place(name)))
    return between.finding(code, about, *sides, message, fact=name, subjects=(expected, actual))


def _source_of_values(column: Column) -> str:
    """Where the column's value comes from when an INSERT leaves it out."""
    for value in (column.generated, column.identity):
        if value is not None:
            return str(words.plain(value))
    if column.default is not None:
        return f"DEFAULT {column.default}"
    if column.application_default is not None:
        return f"set by application code ({column.application_default})"
    return "a plain column"


def _bare(column: Column) -> str:
    """A default without quotes and casts: what is left when the same literal is written for two types."""
    bare = without_casts(column.default.sql if column.default is not None else "")
    return bare.token.value if bare.at_string and bare.peek().kind == END else bare.whole


def _follows(match: TableMatch, expected: Column, actual: Column) -> bool:
    """Whether a difference in NOT NULL follows from another finding: a primary key, an identity, a serial."""
    strict = (match.expected, expected) if not expected.nullable else (match.actual, actual)
    loose = (match.actual, actual) if not expected.nullable else (match.expected, expected)
    if _in_key(*strict) and not _in_key(*loose):
        return True
    if strict[1].identity is not None and loose[1].identity is None:
        return True
    return counts(strict[1]) and loose[1].default is None and loose[1].identity is None


def _in_key(table: Table, column: Column) -> bool:
    return table.primary_key is not None and column.name in table.primary_key.columns


def _order(between: Between, match: TableMatch) -> Iterator[Finding]:
    """The columns that both have, in their two orders. Only ALTER cannot fix this, so the rule is off by default."""
    expected = [mine.name for mine, _ in match.columns.pairs]
    common = set(expected)
    actual = [column.name for column in match.actual.columns if column.name in common]
    if expected == actual:
        return
    about = reference("table", match.actual)
    said = (", ".join(expected), ", ".join(actual))
    sides = (Side(said[0], match.expected.place("columns")), Side(said[1], match.actual.place("columns")))
    message = sentence(between, about, "column order", *said)
    both = (match.expected, match.actual)
    yield between.finding("DR212", about, *sides, message, fact="columns", subjects=both)
