"""Keys and checks."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Check, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, Schema, Table, Unique, qualified, quote
from .absent import written
from .partitions import parent_of
from .text import bare, collate, grouped, names, parts


def within_table(table: Table, inherited: frozenset[Check]) -> Iterator[str]:
    """The constraints that stand in CREATE TABLE itself: all but foreign keys and checks not yet valid."""
    if table.primary_key is not None and written(table.primary_key):
        yield _named(table.primary_key) + _primary_key(table.primary_key)
    repeats = _repeats(table)
    yield from (_named(item) + _unique(item) for item in table.uniques if written(item) and item not in repeats)
    yield from (_named(item) + _exclusion(item) for item in table.exclusions if written(item))
    for check in table.checks:
        if _made_with_table(check) and check not in inherited and written(check):
            yield _named(check) + _check(check)


def _repeats(table: Table) -> list[Unique]:
    """Unique constraints on the columns of the primary key or of an earlier one: CREATE TABLE would drop them
    silently (`transformIndexConstraints`, parse_utilcmd.c), ALTER TABLE makes them.
    """
    seen = {table.primary_key.columns} if table.primary_key is not None else set()
    found = []
    for item in table.uniques:
        if item.columns in seen:
            found.append(item)
        seen.add(item.columns)
    return found


def added(table: Table) -> Iterator[str]:
    """What CREATE TABLE cannot make: uniques that repeat another key, and checks that are not valid yet."""
    for item in _repeats(table):
        if written(item):
            yield f"ALTER TABLE {table} ADD {_named(item)}{_unique(item)};\n"
    for check in table.checks:
        if not _made_with_table(check) and written(check):
            yield f"ALTER TABLE {table} ADD {_named(check)}{_check(check)} NOT VALID;\n"


def _made_with_table(check: Check) -> bool:
    """NOT VALID means nothing in CREATE TABLE; what is not enforced is never valid, and says so by that alone."""
    return check.validated or not check.enforced


def foreign_keys(table: Table, schema: Schema) -> Iterator[str]:
    """The foreign keys of `table`, but for those that a partition gets from its parent."""
    parent = parent_of(table, schema)
    passed_on = frozenset() if parent is None else frozenset(_foreign_key(key) for key in parent.foreign_keys)
    for key in table.foreign_keys:
        if written(key) and _foreign_key(key) not in passed_on:
            yield f"ALTER TABLE {table} ADD {_named(key)}{_foreign_key(key)};\n"


def _named(item: PrimaryKey | ForeignKey | Unique | Exclusion | Check) -> str:
    return f"CONSTRAINT {quote(item.name)} "


def _primary_key(key: PrimaryKey) -> str:
    return f"PRIMARY KEY {_key_columns(key)}{_include(key.include)}{_deferred(key)}"


def _unique(key: Unique) -> str:
    nulls = "" if key.nulls_distinct else "NULLS NOT DISTINCT "
    return f"UNIQUE {nulls}{_key_columns(key)}{_include(key.include)}{_deferred(key)}"


def _key_columns(key: PrimaryKey | Unique) -> str:
    return names(key.columns)[:-1] + (" WITHOUT OVERLAPS)" if key.without_overlaps else ")")


def _include(columns: tuple[str, ...]) -> str:
    return f" INCLUDE {names(columns)}" if columns else ""


def _deferred(key: PrimaryKey | Unique | Exclusion | ForeignKey) -> str:
    if not key.deferrable:
        return ""
    return " DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else " DEFERRABLE"


def _exclusion(item: Exclusion) -> str:
    elements = ", ".join(map(_element, item.elements))
    where = f" WHERE {grouped(item.predicate)}" if item.predicate is not None else ""
    return f"EXCLUDE USING {quote(item.method)} ({elements}){_include(item.include)}{where}{_deferred(item)}"


def _element(element: ExclusionElement) -> str:
    opclass = f" {parts(element.opclass)}" if element.opclass is not None else ""
    return f"{grouped(element.expression)}{collate(element.collation)}{opclass} WITH {element.operator}"


def _check(check: Check) -> str:
    inherit = " NO INHERIT" if check.no_inherit else ""
    return f"CHECK ({bare(check.expression)}){inherit}{'' if check.enforced else ' NOT ENFORCED'}"


def _foreign_key(key: ForeignKey) -> str:
    period = "PERIOD " if key.period else ""
    text = (
        f"FOREIGN KEY {_with_period(key.columns, period)} REFERENCES {qualified(key.target_schema, key.target_table)}"
    )
    if key.target_columns:
        text += f" {_with_period(key.target_columns, period)}"
    if key.match == "full":
        text += " MATCH FULL"
    if key.on_update != "no action":
        text += f" ON UPDATE {key.on_update.upper()}"
    if key.on_delete != "no action":
        text += f" ON DELETE {key.on_delete.upper()}"
        text += f" {names(key.delete_columns)}" if key.delete_columns else ""
    text += _deferred(key)
    if not key.enforced:
        return text + " NOT ENFORCED"
    return text + ("" if key.validated else " NOT VALID")


def _with_period(columns: tuple[str, ...], period: str) -> str:
    *first, last = map(quote, columns)
    return f"({', '.join([*first, period + last])})"
