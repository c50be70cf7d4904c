"""What depends on a column and keeps PostgreSQL from altering it: set aside before, and back as it was after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...differ.dependencies import columns_of, depends_on
from ...findings import Step
from ...model import Check, Column, Expression, Index, Policy, Schema, Table, Trigger
from ...sql.references import things_named
from ...writers.sql import programs, security, tables
from ...writers.sql.gate import sql
from ...writers.sql.text import qualified
from ..drift import Drift
from . import views
from .keys import definition, dropped
from .steps import Phase, Steps, alter, at, each, name, needed, step

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
            yield from _made_again(at(drift, key), generated)


def blocked(drift: Drift, key: Key, column: str) -> bool:
    """Whether something that the truth does not have at all is in the way, so that it has to be given up first."""
    return any(map(drift.goes, (*views.on_column(drift, key, column), *_generated_from(drift, key, column))))


def recreate_conditions(drift: Drift, key: Key, column: str) -> Steps:
    """Checks and indexes whose expressions speak of the column: their operators belong to its type."""
    there = at(drift, key)
    conditions: tuple[Check | Index, ...] = (*there.table.checks, *there.table.indexes)
    for thing in conditions:
        if column in _expressed(thing) and not drift.remade(thing):
            yield dropped(there, thing)
            yield from definition(there, thing)


def _expressed(thing: Check | Index) -> frozenset[str]:
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


def _made_again(drift: Drift, column: Column) -> Steps:
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
    return step(Phase.DROP_COLUMNS, alter(drift, drop), destructive=destructive, order=-1)


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
