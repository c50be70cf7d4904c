"""Keys and checks."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Check, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, Schema, Table, Unique
from .absent import written
from .gate import NOTHING, SqlText, expression, grouped, joined, name, operator, path, sql, words
from .partitions import parent_of
from .text import collate, names, qualified


def within_table(table: Table, inherited: frozenset[Check], schema: Schema | None = None) -> Iterator[SqlText]:
    """The constraints that are in CREATE TABLE itself: all but foreign keys and checks not yet valid.

    An exclusion constraint of the parent is made on a partition when that is attached, whatever stands there already.
    """
    parent = parent_of(table, schema) if schema is not None else None
    passed_on = () if parent is None else [exclusion(item) for item in parent.exclusions if written(item)]
    if table.primary_key is not None and written(table.primary_key):
        yield named(table.primary_key, _primary_key(table.primary_key))
    repeats = _repeats(table)
    yield from (named(item, _unique(item)) for item in table.uniques if written(item) and item not in repeats)
    exclusions = ((item, exclusion(item)) for item in table.exclusions if written(item))
    yield from (named(item, text) for item, text in exclusions if text not in passed_on)
    for check in table.checks:
        if _made_with_table(check) and check not in inherited and written(check):
            yield named(check, checked(check))


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


def added(table: Table) -> Iterator[SqlText]:
    """What CREATE TABLE cannot make: uniques that repeat another key, and checks that are not valid yet."""
    for item in _repeats(table):
        if written(item):
            yield adding(table, named(item, _unique(item)))
    for check in table.checks:
        if not _made_with_table(check) and written(check):
            yield sql("{} NOT VALID", adding(table, named(check, checked(check))))


def adding(table: Table, constraint: SqlText) -> SqlText:
    return sql("ALTER TABLE {} ADD {}", qualified(*table.key), constraint)


def _made_with_table(check: Check) -> bool:
    """NOT VALID means nothing in CREATE TABLE; what is not enforced is never valid, and says so by that alone."""
    return check.validated or not check.enforced


def foreign_keys(table: Table, schema: Schema) -> Iterator[SqlText]:
    """The foreign keys of `table`, but for those that a partition gets from its parent."""
    parent = parent_of(table, schema)
    passed_on = () if parent is None else [_foreign_key(key) for key in parent.foreign_keys if written(key)]
    for key in table.foreign_keys:
        if written(key) and (text := _foreign_key(key)) not in passed_on:
            yield adding(table, named(key, text))


def named(item: PrimaryKey | ForeignKey | Unique | Exclusion | Check, definition: SqlText) -> SqlText:
    return sql("CONSTRAINT {} {}", name(item.name), definition)


def _primary_key(key: PrimaryKey) -> SqlText:
    return sql("PRIMARY KEY {}{}{}", _key_columns(key), _include(key.include), _deferred(key))


def _unique(key: Unique) -> SqlText:
    nulls = NOTHING if key.nulls_distinct else sql("NULLS NOT DISTINCT ")
    return sql("UNIQUE {}{}{}{}", nulls, _key_columns(key), _include(key.include), _deferred(key))


def _key_columns(key: PrimaryKey | Unique) -> SqlText:
    listed = joined(map(name, key.columns))
    return sql("({} WITHOUT OVERLAPS)", listed) if key.without_overlaps else sql("({})", listed)


def _include(columns: tuple[str, ...]) -> SqlText:
    return sql(" INCLUDE {}", names(columns)) if columns else NOTHING


def _deferred(key: PrimaryKey | Unique | Exclusion | ForeignKey) -> SqlText:
    if not key.deferrable:
        return NOTHING
    return sql(" DEFERRABLE INITIALLY DEFERRED") if key.initially_deferred else sql(" DEFERRABLE")


def exclusion(item: Exclusion) -> SqlText:
    elements = joined(map(_element, item.elements))
    where = sql(" WHERE {}", grouped(item.predicate)) if item.predicate is not None else NOTHING
    rest = sql("{}{}{}", _include(item.include), where, _deferred(item))
    return sql("EXCLUDE USING {} ({}){}", name(item.method), elements, rest)


def _element(element: ExclusionElement) -> SqlText:
    opclass = sql(" {}", path(element.opclass)) if element.opclass is not None else NOTHING
    key = sql("{}{}{}", grouped(element.expression), collate(element.collation), opclass)
    return sql("{} WITH {}", key, operator(element.operator))


def checked(check: Check) -> SqlText:
    inherit = sql(" NO INHERIT") if check.no_inherit else NOTHING
    enforced = NOTHING if check.enforced else sql(" NOT ENFORCED")
    return sql("CHECK ({}){}{}", expression(check.expression), inherit, enforced)


def _foreign_key(key: ForeignKey) -> SqlText:
    columns, target = _columns(key.columns, key.period), qualified(key.target_schema, key.target_table)
    text = sql("FOREIGN KEY {} REFERENCES {}", columns, target)
    if key.target_columns:
        text = sql("{} {}", text, _columns(key.target_columns, key.period))
    if key.match == "full":
        text = sql("{} MATCH FULL", text)
    if key.on_update != "no action":
        text = sql("{} ON UPDATE {}", text, words(key.on_update))
    if key.on_delete != "no action":
        text = sql("{} ON DELETE {}", text, words(key.on_delete))
        text = sql("{} {}", text, names(key.delete_columns)) if key.delete_columns else text
    text = sql("{}{}", text, _deferred(key))
    if not key.enforced:
        return sql("{} NOT ENFORCED", text)
    return text if key.validated else sql("{} NOT VALID", text)


def _columns(columns: tuple[str, ...], period: bool) -> SqlText:
    *first, last = map(name, columns)
    return sql("({})", joined([*first, sql("PERIOD {}", last) if period else last]))
