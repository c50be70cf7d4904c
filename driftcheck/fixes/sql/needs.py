"""What the fixes of a run are to each other: where one waits for somebody, those that need it have to wait with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...differ.dependencies import columns_of
from ...model import (
    DEFAULT_SCHEMA,
    Check,
    Column,
    Enum,
    Exclusion,
    Expression,
    ForeignKey,
    Function,
    Index,
    Policy,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
    View,
)
from ...sql.references import columns_named, things_named
from ..drift import Drift
from . import functions, renames, types
from .conversion import alike
from .recreate_dependents import in_the_way, keys_between
from .steps import Ref, ref

Key = tuple[str, str]

#: Rules about a column whose fixes others need: whether it is there, and of what type.
_OF_COLUMNS = frozenset({"DR201", "DR202", "DR203", "DR206"})
#: Rules about a column whose fixes need nothing.
_BY_THEMSELVES = frozenset({"DR202", "DR204", "DR209", "DR212", "DR213"})
_RENAMES = frozenset({"DR103", "DR210"})
#: Stands for all renames.
_RENAMED: Ref = ("renamed",)


def settled(drift: Drift) -> frozenset[Ref]:
    """The objects that are as the truth has them when the fix is made."""
    if drift.code in _RENAMES:
        return frozenset([_RENAMED])
    things = [one for one in (drift.expected, drift.actual) if one is not None]
    if any(isinstance(one, Column) for one in things) and drift.code not in _OF_COLUMNS:
        return frozenset()
    return frozenset(ref(one, drift.key) for one in things)


def needed_by(drift: Drift) -> frozenset[Ref]:
    """The objects that have to be as the truth has them before the fix is made."""
    if drift.code in _BY_THEMSELVES:
        return frozenset()
    if drift.code in _RENAMES:
        return frozenset(_names(drift))
    return frozenset([*_used(drift, drift.expected), *_names(drift), *_obstacles(drift)])


def _used(drift: Drift, thing: Any, key: Key | None = None) -> Iterator[Ref]:
    """What the definition of `thing` speaks of."""
    key = key or drift.key
    if isinstance(thing, Column):
        yield "Column", *key, thing.name
        yield from _type_of(drift, thing, thing.default)
        if thing.generated is not None:
            yield from _columns(drift, key, things_named(thing.generated.expression.sql), thing.generated.expression)
        for _, one in drift.following if drift.code == "DR201" else ():
            yield from _used(drift, one)
    elif isinstance(thing, ForeignKey):
        target = (thing.target_schema, thing.target_table)
        yield from _columns(drift, key, thing.columns)
        yield from _columns(drift, target, _targets(drift, thing))
    elif isinstance(thing, PrimaryKey | Unique | Check | Index | Exclusion):
        yield from _columns(drift, key, columns_of(thing), *_conditions(thing))
        if isinstance(thing, Index) and thing.predicate is not None:
            yield from _columns(drift, key, columns_named(thing.predicate.sql), thing.predicate)
    elif isinstance(thing, Policy | Trigger | View):
        if isinstance(thing, View) and drift.between.renames:
            yield _RENAMED  # it speaks of all by its name in the end
        for expression in _conditions(thing):
            yield from _anywhere(drift, expression, key)
        yield from _columns(drift, key, getattr(thing, "update_columns", ()))
    elif isinstance(thing, Table):
        parts: tuple[Any, ...] = (*thing.columns, *thing.foreign_keys, *_hooks(drift, thing))
        for part in parts:
            yield from _used(drift, part, thing.key)


def _hooks(drift: Drift, table: Table) -> list[Policy | Trigger]:
    things: tuple[Policy | Trigger, ...] = (*drift.schema.policies, *drift.schema.triggers)
    return [one for one in things if (one.schema, one.table) == table.key]


def _conditions(thing: Any) -> Iterator[Expression]:
    for name in ("definition", "using", "check", "when", "expression", "predicate"):
        if isinstance(found := getattr(thing, name, None), Expression):
            yield found


def _targets(drift: Drift, key: ForeignKey) -> tuple[str, ...]:
    target = drift.between.expected_tables.get((key.target_schema, key.target_table))
    if key.target_columns or target is None or target.primary_key is None:
        return key.target_columns
    return target.primary_key.columns


def _columns(drift: Drift, key: Key, names: Any, *said: Expression) -> Iterator[Ref]:
    """Columns of a table, and their types where a label is said that these get by a fix."""
    table = drift.between.expected_tables.get(key)
    for name in names:
        yield "Column", *key, name
        column = table.column(name) if table is not None else None
        for expression in said if column is not None else ():
            yield from _type_of(drift, column, expression)


def _anywhere(drift: Drift, expression: Expression, home: Key) -> Iterator[Ref]:
    """Views that a query or condition may speak of, and columns of its own table and of those that it names."""
    spoken = things_named(expression.sql)
    for view in (*drift.schema.views, *drift.between.actual.views):
        if view.name in spoken and (view.schema, view.name) != home:
            yield ref(view, home)
    for table in (*drift.schema.tables, *drift.between.actual.tables):
        if table.name in spoken or table.key == home:
            everything = "*" in expression.sql
            names = [one.name for one in table.columns if everything or one.name in spoken]
            yield from _columns(drift, table.key, names, expression)


def _type_of(drift: Drift, column: Any, said: Expression | None) -> Iterator[Ref]:
    """The enum of a column, if the drifting source's has not yet the label that is said."""
    key = (column.type.schema or DEFAULT_SCHEMA, column.type.name)
    now, wanted = (
        next((one.values for one in side.enums if (one.schema, one.name) == key), ())
        for side in (drift.between.actual, drift.schema)
    )
    if said is not None and any(f"'{value}'" in said.sql for value in set(wanted) - set(now)):
        yield Enum.__name__, key[0], "", key[1]


def _names(drift: Drift) -> Iterator[Ref]:
    """What has the name now that the object is to get, and has to go first."""
    if drift.code in _RENAMES:
        for table, thing, new in renames.following(drift):
            yield from _taken(drift, table.key, thing, new)
        return
    wanted = drift.expected
    for thing in _named(wanted) if drift.actual is None or wanted is None or wanted.name != drift.actual.name else ():
        yield from _taken(drift, drift.key, thing, thing.name)


def _taken(drift: Drift, key: Key, thing: Any, name: str) -> Iterator[Ref]:
    """Those of the drifting source's objects that the truth does not have, and that have a name which `thing` gets."""
    actual = drift.between.actual
    table = drift.between.actual_tables.get(key)
    if table is not None and not isinstance(thing, Index | Table | View):
        keys: tuple[Any, ...] = (*table.checks, *table.foreign_keys, *table.uniques, *table.exclusions)
        for one in keys:
            yield from _leaving(drift, table, one, name)
    if isinstance(thing, Check | ForeignKey):
        return
    for other in actual.tables:
        for one in (*other.indexes, *other.uniques, *other.exclusions) if other.schema == key[0] else ():
            yield from _leaving(drift, other, one, name)
    relations: tuple[Any, ...] = (*actual.tables, *actual.views, *actual.sequences)
    for relation in relations:
        if (relation.schema, relation.name) == (key[0], name) and drift.goes(relation):
            yield ref(relation, key)


def _leaving(drift: Drift, table: Table, one: Any, name: str) -> Iterator[Ref]:
    """A key, check or index of that name, or the column with which it goes."""
    if one.name == name:
        if drift.goes(one):
            yield ref(one, table.key)
        for column in table.columns:
            if column.name in columns_of(one) and drift.goes(column):
                yield ref(column, table.key)


def _named(thing: Any) -> list[Any]:
    if isinstance(thing, Table):
        keys = () if thing.primary_key is None else (thing.primary_key,)
        return [thing, *keys, *thing.uniques, *thing.indexes, *thing.exclusions]
    kinds = (PrimaryKey, Unique, Index, Exclusion, Check, ForeignKey, View)
    return [thing] if isinstance(thing, kinds) else []


def _obstacles(drift: Drift) -> Iterator[Ref]:
    """What keeps PostgreSQL from it, and is set aside by a fix of its own."""
    if drift.code in ("DR203", "DR206"):
        other = not alike(drift.actual.type, drift.expected.type)
        yield from in_the_way(drift, drift.key, drift.actual.name, conditions=other)
        for table, key in keys_between(drift, drift.key, drift.actual.name) if other else ():
            yield from (one for one in _used(drift, key, table.key) if one != ("Column", *drift.key, drift.actual.name))
    elif drift.code in ("DR603", "DR604") and types.is_made_anew(drift.expected, drift.actual):
        for table, column in types.columns_of(drift, drift.actual):
            yield from in_the_way(drift, table.key, column.name, conditions=True)
    elif isinstance(drift.actual, Function):
        yield from functions.in_the_way(drift, drift.actual)
