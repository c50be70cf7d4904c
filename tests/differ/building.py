"""Schemas by hand, for tests: as short to write as what they say."""

from __future__ import annotations

from typing import Any

from driftcheck.differ.engine import Comparison, compare
from driftcheck.findings import Finding
from driftcheck.model import Column, Expression, Index, IndexKey, Location, Schema, Table
from driftcheck.reading import Capabilities, Reading, Source
from driftcheck.sql import parse_type


def column(name: str, type_name: str = "text", **facts: Any) -> Column:
    if isinstance(facts.get("default"), str):
        facts["default"] = Expression(facts["default"])
    return Column(name=name, type=parse_type(type_name), **facts)


def table(name: str, *columns: Column | str, schema: str = "public", **facts: Any) -> Table:
    held = tuple(column(*one.split(" ", 1)) if isinstance(one, str) else one for one in columns)
    return Table(schema=schema, name=name, columns=held, **facts)


def index(name: str, *names: str, **facts: Any) -> Index:
    return Index(name=name, keys=tuple(IndexKey(column=one) for one in names), **facts)


def source(name: str, schema: Schema, cannot: str = "", kind: str = "sql") -> Source:
    capabilities = Capabilities(kind.upper(), frozenset(cannot.split()))
    return Source(name, kind, Reading(schema, capabilities, home=Location(f"{name}.txt")))


def schema(*tables: Table, **others: Any) -> Schema:
    return Schema(tables=tables, **others)


def comparison(expected: Schema, actual: Schema, cannot: tuple[str, str] = ("", ""), **words: str) -> Comparison:
    settings = {word.replace("_", "-"): value for word, value in words.items()}
    return compare(source("truth", expected, cannot[0]), source("other", actual, cannot[1]), settings)


def findings(expected: Schema, actual: Schema, **words: str) -> list[Finding]:
    """What drifts, without the column order that a mutation may bring with it."""
    found = comparison(expected, actual, **words).findings
    return [one for one in found if one.rule.code != "DR212"]


def codes(expected: Schema, actual: Schema, **words: str) -> list[str]:
    return sorted(one.rule.code for one in findings(expected, actual, **words))
