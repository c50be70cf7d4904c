"""A table of the drifting source as it is once findings are ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...dialects.sqlite.clauses import NOT_NULL, about
from ...differ.dependencies import depends_on
from ...differ.matching import COLLECTIONS
from ...differ.rules import FIELDS
from ...model import Column, ForeignKey, Index, PrimaryKey, Table, Unique
from ...model.constraints import Check
from ..drift import Drift

_HOLDS: dict[type, str] = {ForeignKey: "foreign_keys", Unique: "uniques", Check: "checks", Index: "indexes"}
#: Rules of a column about more than a field of their own.
_WITH = {"DR211": ("default",), "DR215": ("type",), "DR206": ("generated", "default")}


def changed(table: Table, drifts: Iterable[Drift]) -> Table:
    """`table` with what the truth says in these findings, and nothing else of it."""
    for drift in drifts:
        table = _changed(table, drift)
    return table


def _changed(table: Table, drift: Drift) -> Table:
    wanted, now = drift.expected, drift.actual
    if drift.code == "DR201":
        return _with_column(table, wanted, drift)
    if drift.code == "DR202":
        return without_column(table, now.name, drift)
    if drift.code == "DR212":
        return _ordered(table, drift.expected_table)
    if drift.code == "DR104":
        return replace(table, options=drift.expected_table.options)
    if isinstance(now, Column) and isinstance(wanted, Column):
        return _with_facts(table, wanted, now.name, _facts(drift.code))
    if isinstance(wanted or now, PrimaryKey):
        return replace(table, primary_key=wanted)
    return _with_thing(_without_thing(table, now), wanted)


def _facts(code: str) -> tuple[str, ...]:
    return _WITH.get(code) or tuple(
        name for (kind, name), fact in FIELDS.items() if kind == "column" and fact.code == code
    )


def _with_facts(table: Table, wanted: Column, name: str, facts: tuple[str, ...]) -> Table:
    values = {fact: getattr(wanted, fact) for fact in facts}
    columns = tuple(replace(one, **values) if one.name == name else one for one in table.columns)
    return replace(table, columns=columns)


def _with_column(table: Table, column: Column, drift: Drift) -> Table:
    """The column where the truth has it, and what the truth has on it."""
    if table.column(column.name) is None:
        order = [one.name for one in drift.expected_table.columns]
        before = set(order[: order.index(column.name)])
        at = max((place for place, one in enumerate(table.columns, 1) if one.name in before), default=0)
        table = replace(table, columns=(*table.columns[:at], column, *table.columns[at:]))
    for _, thing in drift.following:
        table = _with_thing(table, thing)
    key = drift.expected_table.primary_key
    if key is not None and column.name in key.columns:
        table = replace(table, primary_key=key)
    said = about(NOT_NULL, (column.name,))
    options = [one for one in drift.expected_table.options if one[0].startswith(f"{said} ")]
    return replace(table, options=tuple(sorted({*table.options, *options})))


def without_column(table: Table, name: str, drift: Drift) -> Table:
    """Without the column and what is on it."""
    key = table.primary_key
    if key is not None and name in key.columns:
        key = drift.expected_table.primary_key
    kept: dict[str, Any] = {
        collection: tuple(one for one in getattr(table, collection) if not depends_on(one, (name,)))
        for collection in COLLECTIONS.values()
    }
    columns = tuple(one for one in table.columns if one.name != name)
    return replace(table, columns=columns, primary_key=key, **kept)


def _ordered(table: Table, like: Table) -> Table:
    order = {one.name: at for at, one in enumerate(like.columns)}
    return replace(table, columns=tuple(sorted(table.columns, key=lambda one: order.get(one.name, len(order)))))


def _without_thing(table: Table, thing: Any) -> Table:
    if thing is None:
        return table
    held = _HOLDS[type(thing)]
    left: dict[str, Any] = {held: tuple(one for one in getattr(table, held) if one is not thing)}
    return replace(table, **left)


def _with_thing(table: Table, thing: Any) -> Table:
    if thing is None or type(thing) not in _HOLDS:
        return table
    held = _HOLDS[type(thing)]
    there = getattr(table, held)
    more: dict[str, Any] = {held: (*there, thing)}
    return table if any(one is thing for one in there) else replace(table, **more)
