"""What depends on a column and keeps PostgreSQL from altering it: set aside before, and back as it was after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...differ.dependencies import columns_of, depends_on
from ...findings import Step
from ...model import Check, Column, Exclusion, Expression, ForeignKey, Index, Policy, Schema, Table, Trigger
from ...sql.references import things_named
from ...writers.sql import programs, security, tables
from ...writers.sql.gate import sql
from ...writers.sql.text import qualified
from ..drift import Drift
from . import views
from .keys import definition, dropped
from .steps import Phase, Ref, Steps, alter, at, each, name, needed, ref, step

Key = tuple[str, str]


def recreate_dependents(drift: Drift, key: Key, column: str) -> Steps:
    """Views, policies, triggers and generated columns that speak of the column. What drifts has its own fix."""
    yield from views.recreate(drift, views.on_column(drift, key, column))
    for policy in policies_on(drift, key, column):
        if not drift.remade(policy):
            on = qualified(policy.schema, policy.table)
            yield step(Phase.UNHOOK, sql("DROP POLICY {} ON {}", name(policy), on))
            yield from each(Phase.HOOK, security.row_security(Schema(policies=(needed(policy),))))
    for trigger in triggers_on(drift, key, column):
        if not drift.remade(trigger):
            yield step(Phase.UNHOOK, sql("DROP TRIGGER {} ON {}", name(trigger), qualified(*key)))
            yield from each(Phase.HOOK, programs.triggers(Schema(triggers=(needed(trigger),))))
    for generated in _generated_from(drift, key, column):
        if not drift.remade(generated):
            yield from remake_generated(at(drift, key), generated)


def in_the_way(drift: Drift, key: Key, column: str, *, conditions: bool) -> Iterator[Ref]:
    """What would be set aside for the column, but has a fix of its own that does so; `conditions` too, if asked."""
    found: list[tuple[Any, Key]] = [(view, key) for view in views.on_column(drift, key, column)]
    found += [(policy, key) for policy in policies_on(drift, key, column)]
    found += [(trigger, key) for trigger in triggers_on(drift, key, column)]
    found += [(generated, key) for generated in _generated_from(drift, key, column)]
    if conditions:
        found += [(thing, key) for thing in _conditions(drift, key, column)]
        found += [(one, table.key) for table, one in keys_between(drift, key, column)]
    yield from (ref(thing, home) for thing, home in found if drift.remade(thing))


def blocked(drift: Drift, key: Key, column: str) -> bool:
    """Whether something that the truth does not have at all is in the way, so that it has to be given up first."""
    return any(map(drift.goes, (*views.on_column(drift, key, column), *_generated_from(drift, key, column))))


def recreate_conditions(drift: Drift, key: Key, column: str) -> Steps:
    """Checks and indexes whose expressions speak of the column: their operators belong to its type."""
    there = at(drift, key)
    for thing in _conditions(drift, key, column):
        if not drift.remade(thing):
            yield dropped(there, thing)
            yield from definition(there, thing)


def recreate_keys(drift: Drift, key: Key, column: str) -> Steps:
    """Foreign keys from and to the column, of which both ends have to be of types that can be compared."""
    for table, one in keys_between(drift, key, column):
        if not drift.remade(one):
            yield dropped(at(drift, table.key), one)
            yield from definition(at(drift, table.key), one)


def keys_between(drift: Drift, key: Key, column: str) -> Iterator[tuple[Table, ForeignKey]]:
    """Foreign keys of the drifting source of which the column is one of either end, each with its table."""
    for table in drift.between.actual.tables:
        for one in table.foreign_keys:
            if (table.key == key and column in one.columns) or column in _referred(drift, one, key):
                yield table, one


def _referred(drift: Drift, key: ForeignKey, table: Key) -> tuple[str, ...]:
    """The columns of `table` that a foreign key refers to."""
    target = drift.between.actual_tables.get(table)
    if (key.target_schema, key.target_table) != table or target is None:
        return ()
    return key.target_columns or (target.primary_key.columns if target.primary_key is not None else ())


def _conditions(drift: Drift, key: Key, column: str) -> Iterator[Check | Index | Exclusion]:
    table = at(drift, key).table
    things: tuple[Check | Index | Exclusion, ...] = (*table.checks, *table.exclusions, *table.indexes)
    for thing in things:
        if column in _expressed(thing):
            yield thing


def _expressed(thing: Check | Index | Exclusion) -> frozenset[str]:
    plain = {key.column for key in thing.keys} | set(thing.include) if isinstance(thing, Index) else set()
    spoken = _spoken(thing.predicate) if isinstance(thing, Index) else frozenset()
    return (columns_of(thing) - plain) | spoken


def policies_on(drift: Drift, key: Key, column: str) -> Iterator[Policy]:
    """Policies of the drifting source that speak of the column; PostgreSQL neither drops nor alters it under them."""
    for policy in drift.between.actual.policies:
        said = [_spoken(expression) for expression in (policy.using, policy.check)]
        here = (policy.schema, policy.table) == key
        if any(column in one and (here or key[1] in one) for one in said):
            yield policy


def triggers_on(drift: Drift, key: Key, column: str) -> Iterator[Trigger]:
    """Triggers of the table that name the column."""
    for trigger in drift.between.actual.triggers:
        spoken = _spoken(trigger.when)
        if (trigger.schema, trigger.table) == key and (column in trigger.update_columns or column in spoken):
            yield trigger


def _generated_from(drift: Drift, key: Key, column: str) -> Iterator[Column]:
    for one in at(drift, key).table.columns:
        if one.generated is not None and one.name != column and column in _spoken(one.generated.expression):
            yield one


def _spoken(expression: Expression | None) -> frozenset[str]:
    return things_named(expression.sql) if expression is not None else frozenset()


def remake_generated(drift: Drift, column: Column) -> Steps:
    """Its values are computed, so nothing is lost."""
    yield from views.recreate(drift, views.on_column(drift, drift.key, column.name))
    yield drop_generated(drift, column)
    yield from add_generated(drift, column)
    yield from described(drift, drift.expected_table.column(column.name) or column)
    for thing in dependents_of(drift.table, column.name):
        if not drift.remade(thing):
            yield from definition(drift, thing)


def drop_generated(drift: Drift, column: Column, *, destructive: bool = False) -> Step:
    """Before the columns it is made from can go."""
    drop = sql("DROP COLUMN {}", name(column))
    return step(Phase.DROP_GENERATED, alter(drift, drop), destructive=destructive)


def add_generated(drift: Drift, column: Column) -> Steps:
    """After the columns it is made from have their types."""
    yield step(Phase.ALTER, alter(drift, sql("ADD COLUMN {}", tables.column(needed(column)))), order=1)
    yield from each(Phase.ALTER, tables.alterations(drift.key, column), order=2)


def described(drift: Drift, column: Column) -> Steps:
    """The comment on a column that is new; a comment that drifts says the same twice, which a script holds once."""
    if column.comment is not None and drift.between.scope.fact("column", "comment"):
        yield step(Phase.COMMENTS, tables.comment_on_column(drift.key, column.name, column.comment))


def dependents_of(table: Table, column: str) -> Iterator[Any]:
    """Keys, checks and indexes that go with the column when it is dropped."""
    for things in (table.uniques, table.checks, table.exclusions, table.indexes, table.foreign_keys):
        yield from (thing for thing in things if depends_on(thing, (column,)))
