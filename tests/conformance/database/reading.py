"""A database and what made it, read and compared both ways."""

from __future__ import annotations

from pathlib import Path

from driftcheck.check.readings import PythonChoice, normalized, read_one
from driftcheck.config import parse_source
from driftcheck.differ.engine import Comparison, compare
from driftcheck.findings import NotCompared
from driftcheck.model import Schema
from driftcheck.project import Project
from driftcheck.reading import Capabilities, Reading, Source
from driftcheck.triage import without_kept

SQL = Capabilities("SQL")


def database(dsn: str, name: str = "database") -> Source:
    return read_one(Project(Path("/")), parse_source(f"{name}=database:{dsn}"), PythonChoice(timeout=60))


def script(path: Path) -> Source:
    """The SQL at `path`, of which nothing may be lost."""
    found = read_one(Project(path.parent), parse_source(f"sql:{path.name}"))
    assert not found.reading.gaps
    return found


def declared(schema: Schema) -> Source:
    return Source("declared", "sql", Reading(schema, SQL))


def drift(truth: Source, other: Source) -> list[str]:
    """The message of every finding."""
    return _told(compared(truth, other)[0])


def not_compared(truth: Source, other: Source) -> list[NotCompared]:
    comparison, left = compared(truth, other)
    return [*left, *comparison.not_compared]


def compared(truth: Source, other: Source) -> tuple[Comparison, list[NotCompared]]:
    return _compared(*_understood(truth, other))


def both_ways(one: Source, other: Source) -> list[str]:
    first, second = _understood(one, other)
    return [*_told(_compared(first, second)[0]), *_told(_compared(second, first)[0])]


def _told(comparison: Comparison) -> list[str]:
    return [f"{finding.rule.code} {finding.message}" for finding in comparison.findings]


def _understood(one: Source, other: Source) -> tuple[Source, Source]:
    assert not one.reading.gaps
    assert not other.reading.gaps
    return normalized(one), normalized(other)


def _compared(one: Source, two: Source) -> tuple[Comparison, list[NotCompared]]:
    (first, said), (second, also) = without_kept(one, two), without_kept(two, one)
    return compare(first, second, {}), [*said, *also]
