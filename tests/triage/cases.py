"""Findings and sources for the tests of this package."""

from __future__ import annotations

from driftcheck.differ.rules import rule
from driftcheck.findings import Finding, ObjectRef, Side
from driftcheck.model import Location, Schema
from driftcheck.reading import Capabilities, Gap, Reading, Source, Unexported

TEXT = Side("text", Location("schema.ts", 5))
INTEGER = Side("integer", Location("schema.sql", 7, end_line=9))


def finding(
    word: str = "DR203",
    *,
    source: str = "sql",
    table: str | None = "users",
    name: str = "email",
    kind: str = "column",
    schema: str = "public",
    expected: Side = TEXT,
    actual: Side = INTEGER,
) -> Finding:
    found = rule(word)
    ref = ObjectRef(kind, schema, name, table)
    return Finding(found, found.severity, source, ref, expected, actual, f"{ref} drifts")


def source(
    schema: Schema,
    *,
    name: str = "sql",
    kind: str = "sql",
    files: tuple[str, ...] = (),
    gaps: tuple[Gap, ...] = (),
    unexported: tuple[Unexported, ...] = (),
    cannot: frozenset[str] = frozenset(),
) -> Source:
    reading = Reading(schema, Capabilities(kind, cannot), files, gaps, unexported)
    return Source(name, kind, reading)
