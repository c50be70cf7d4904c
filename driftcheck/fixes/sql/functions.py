"""Functions: replaced where PostgreSQL takes it, else dropped and made again, with all that calls them set aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import DEFAULT_SCHEMA, Column, Expression, Function, Schema, Trigger
from ...sql.arguments import read_argument
from ...sql.errors import SqlError
from ...sql.references import FUNCTION, names_in
from ...sql.stream import Stream
from ...writers.sql import programs, security
from ...writers.sql.gate import default, joined, sql, type_name, words
from ...writers.sql.gate import name as identifier
from ...writers.sql.text import qualified
from ..drift import Drift
from . import views
from .keys import definition, dropped
from .recreate_dependents import remake_generated
from .steps import Phase, Ref, Steps, Writer, alter, at, each, full, name, needed, ref, step

Key = tuple[str, str]


def _function(drift: Drift) -> Steps:
    """OR REPLACE keeps what depends on it, where PostgreSQL takes it."""
    wanted, now = drift.expected, drift.actual
    if now is not None and not _replaceable(now, wanted):
        yield from _unmade(drift, now)
        yield from set_aside(drift, now)
        now = None
    late = Phase.LATE_FUNCTIONS if _of_new_table(drift, wanted) else Phase.FUNCTIONS
    yield from each(late, programs.create_function(needed(wanted), replace=now is not None))


def _of_new_table(drift: Drift, function: Function) -> bool:
    """Whether rows of a table come in or out that the script makes."""
    spoken = f"{function.arguments} {function.returns or ''}"
    new = drift.between.expected_tables.keys() - drift.between.actual_tables.keys()
    return any(name in spoken for _, name in new)


def _replaceable(now: Function, wanted: Function) -> bool:
    """Whether CREATE OR REPLACE takes it: the same kind and result, names that stay, and no default less.

    https://www.postgresql.org/docs/current/sql-createfunction.html
    """
    if any(getattr(wanted, f) != getattr(now, f) for f in ("signature", "kind", "returns")):
        return False
    before, after = _arguments(now), _arguments(wanted)
    if before is None or after is None or now.kind == "aggregate":
        return now.arguments == wanted.arguments
    if len(before) != len(after):
        return False
    return all(
        old[0] == new[0] and (old[1] in (None, new[1])) and old[2] == new[2] and (new[3] or not old[3])
        for old, new in zip(before, after, strict=True)
    )


def _arguments(function: Function) -> list[tuple[str, str | None, str, bool]] | None:
    """Mode, name, type (of results alone, for those that come in are compared), and whether there is a default."""
    try:
        found = [read_argument(part) for part in Stream.of(function.arguments).parts() if not part.done]
    except (SqlError, ValueError):
        return None
    return [
        (one.mode, one.name, one.type.until() if one.mode == "out" else "", one.default is not None) for one in found
    ]


def recreate(drift: Drift, function: Function) -> Steps:
    """Drops the function and makes it again as it was; one with a fix of its own is left to that."""
    if not drift.remade(function):
        yield from _unmade(drift, function)
        yield from set_aside(drift, function)
        yield from each(Phase.FUNCTIONS, programs.create_function(needed(function)))


def _unmade(drift: Drift, function: Function, phase: Phase = Phase.UNMAKE, *, destructive: bool = False) -> Steps:
    # An aggregate of nothing is called by a star.
    given = joined(map(type_name, function.signature)) or sql("*" if function.kind == "aggregate" else "")
    what = sql("DROP {} {}({})", words(function.kind), full(function), given)
    yield step(phase, what, destructive=destructive)


def set_aside(drift: Drift, function: Function) -> Steps:
    """What calls the function goes before it is dropped, and comes back as it was."""
    for thing, key in callers(drift, function):
        if drift.remade(thing):
            continue
        there = at(drift, key)
        if isinstance(thing, Trigger):
            yield step(Phase.UNHOOK, sql("DROP TRIGGER {} ON {}", name(thing), qualified(*key)))
            yield from each(Phase.HOOK, programs.triggers(Schema(triggers=(needed(thing),))))
        elif type(thing).__name__ == "Policy":
            yield step(Phase.UNHOOK, sql("DROP POLICY {} ON {}", name(thing), qualified(*key)))
            yield from each(Phase.HOOK, security.row_security(Schema(policies=(needed(thing),))))
        elif type(thing).__name__ == "View":
            yield from views.recreate(drift, [thing])
        elif not isinstance(thing, Column):
            yield dropped(there, thing)
            yield from definition(there, thing)
        elif thing.generated is not None:
            yield from remake_generated(there, thing)
        elif thing.default is not None:
            head = sql("ALTER COLUMN {}", identifier(thing.name))
            yield step(Phase.DROP_GENERATED, alter(there, sql("{} DROP DEFAULT", head)))
            if not drift.drifting.about(thing):
                yield step(Phase.KEYS, alter(there, sql("{} SET DEFAULT {}", head, default(thing.default))))


def in_the_way(drift: Drift, function: Function) -> Iterator[Ref]:
    """What calls the function, but has a fix of its own that sets it aside."""
    yield from (ref(thing, key) for thing, key in callers(drift, function) if drift.remade(thing))


def callers(drift: Drift, function: Function) -> Iterator[tuple[Any, Key]]:
    """All of the drifting source that calls a function of that name, with the table that it belongs to."""
    actual = drift.between.actual
    called = [view for view in actual.views if _calls(view.definition, function)]
    for view in (*called, *views.on_views(drift, called)):
        yield view, (view.schema, view.name)
    for policy in actual.policies:
        if _calls(policy.using, function) or _calls(policy.check, function):
            yield policy, (policy.schema, policy.table)
    for trigger in actual.triggers:
        # Of several functions of a name triggers call the one without arguments.
        runs = (trigger.function_schema or DEFAULT_SCHEMA, trigger.function) == (function.schema, function.name)
        if (runs and not function.signature) or _calls(trigger.when, function):
            yield trigger, (trigger.schema, trigger.table)
    for table in actual.tables:
        for thing in (*table.columns, *table.checks, *table.indexes, *table.exclusions):
            if any(_calls(one, function) for one in _expressions(thing)):
                yield thing, table.key


def _expressions(thing: Any) -> Iterator[Expression | None]:
    yield getattr(thing, "default", None)
    yield getattr(thing, "predicate", None)
    yield getattr(getattr(thing, "generated", None), "expression", None)
    if isinstance(expression := getattr(thing, "expression", None), Expression):
        yield expression
    yield from (one.expression for one in (*getattr(thing, "keys", ()), *getattr(thing, "elements", ())))


def _calls(expression: Expression | None, function: Function) -> bool:
    if expression is None or function.name not in expression.sql:
        return False
    return any(
        one.role == FUNCTION and one.name == function.name and one.schema in (None, function.schema)
        for one in names_in(expression.sql)
    )


def _drop_function(drift: Drift) -> Steps:
    """Last of all, unless something goes on by calling another of its name."""
    function: Function = drift.actual
    namesake = any((one.schema, one.name) == (function.schema, function.name) for one in drift.schema.functions)
    if namesake and any(True for _ in callers(drift, function)):
        yield from set_aside(drift, function)
        yield from _unmade(drift, function, destructive=True)
    else:
        yield from _unmade(drift, function, Phase.DROP_FUNCTIONS, destructive=True)


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(("DR811", "DR813"), _function),
    "DR812": _drop_function,
}
