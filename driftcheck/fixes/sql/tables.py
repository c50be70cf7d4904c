"""Statements for tables, their row-level security and policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...differ.serials import sequence_of
from ...findings import Step
from ...model import Policy, Schema, Table, Trigger, qualified, quote
from ...writers.sql import constraints, indexes, programs, security, tables, types
from ...writers.sql.text import literal, settings
from ..drift import Drift, Phase, Steps, Writer, alter, each, name, step
from .renames import followers


def _create(drift: Drift) -> Steps:
    table: Table = drift.expected
    for column in table.columns:
        if (sequence := sequence_of(drift.schema, table.key, column)) is not None:
            yield from each(Phase.CREATE_TYPES, types.create(replace(sequence, owned_by=None)))
            yield from each(Phase.ALTER, types.ownership(sequence))
    alone = Schema(tables=(replace(table, comment=table.comment),))
    yield from each(Phase.TABLES, tables.create(table, alone))
    yield from each(Phase.KEYS, constraints.added(table))
    yield from each(Phase.INDEXES, indexes.of_table(table, alone))
    yield from each(Phase.FOREIGN_KEYS, constraints.foreign_keys(table, alone))
    yield from each(Phase.HOOK, _hooks(drift, table))
    if drift.between.scope.fact("table", "comment"):
        yield from each(Phase.COMMENTS, tables.comments(alone))


def _hooks(drift: Drift, table: Table) -> Iterator[str]:
    """Policies and triggers of the table, where they are compared at all."""
    scope = drift.between.scope
    kept = replace(table, row_security=table.row_security and scope.fact("table", "row_security"))
    yield from security.row_security(
        Schema(tables=(kept,), policies=_of(drift.schema.policies, table) if scope.kind("policy") else ())
    )
    if scope.kind("trigger"):
        yield from programs.triggers(Schema(triggers=_of(drift.schema.triggers, table)))


def _of(things: tuple[Any, ...], table: Table) -> tuple[Any, ...]:
    return tuple(thing for thing in things if (thing.schema, thing.table) == table.key)


def _drop(drift: Drift) -> Steps:
    yield step(Phase.DROP_TABLES, f"DROP TABLE {drift.on} CASCADE", destructive=True)


def _rename(drift: Drift) -> Steps:
    wanted: Table = drift.expected
    yield from followers(drift)
    if wanted.name != drift.actual.name:
        yield step(Phase.RENAME_TABLES, alter(drift, f"RENAME TO {quote(wanted.name)}"))
    if wanted.schema != drift.actual.schema:
        moved = f"ALTER TABLE {quote(drift.actual.schema)}.{quote(wanted.name)} SET SCHEMA {quote(wanted.schema)}"
        yield step(Phase.RENAME_TABLES, moved)


def _definition(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if wanted.unlogged != now.unlogged:
        yield step(Phase.ALTER, alter(drift, "SET UNLOGGED" if wanted.unlogged else "SET LOGGED"))
    gone = sorted(dict(now.options).keys() - dict(wanted.options).keys())
    if gone:
        yield step(Phase.ALTER, alter(drift, f"RESET ({', '.join(gone)})"))
    if wanted.options and wanted.options != now.options:
        yield step(Phase.ALTER, alter(drift, f"SET {settings(wanted.options)}"))
    if wanted.tablespace != now.tablespace:
        yield step(Phase.ALTER, alter(drift, f"SET TABLESPACE {quote(wanted.tablespace or 'pg_default')}"))
    fixed = ("partition_by", "partition_of", "inherits", "of_type")
    if any(getattr(wanted, fact) != getattr(now, fact) for fact in fixed):
        text = f"-- {drift.on} cannot be altered to this: make it anew, copy its rows, and swap the names"
        yield step(Phase.COMMENTS, text)


def _comment(drift: Drift) -> Steps:
    text = literal(drift.expected.comment) if drift.expected.comment is not None else "NULL"
    yield step(Phase.COMMENTS, f"COMMENT ON TABLE {drift.on} IS {text}")


def _secure(drift: Drift) -> Steps:
    yield enable(drift.key)


def enable(key: tuple[str, str]) -> Step:
    return step(Phase.HOOK, f"ALTER TABLE {qualified(*key)} ENABLE ROW LEVEL SECURITY")


def _expose(drift: Drift) -> Steps:
    yield step(Phase.HOOK, alter(drift, "DISABLE ROW LEVEL SECURITY"), destructive=True)


def _force(drift: Drift) -> Steps:
    forced = drift.expected.force_row_security
    yield step(Phase.HOOK, alter(drift, f"{'FORCE' if forced else 'NO FORCE'} ROW LEVEL SECURITY"))


def _add_hook(drift: Drift) -> Steps:
    yield from each(Phase.HOOK, _made(drift.expected))


def _made(thing: Policy | Trigger) -> Iterator[str]:
    if isinstance(thing, Policy):
        yield from security.row_security(Schema(policies=(thing,)))
    else:
        yield from programs.triggers(Schema(triggers=(thing,)))


def _word(thing: Policy | Trigger) -> str:
    return "POLICY" if isinstance(thing, Policy) else "TRIGGER"


def _drop_hook(drift: Drift) -> Steps:
    thing = drift.actual
    yield step(Phase.UNHOOK, f"DROP {_word(thing)} {name(thing)} ON {drift.on}", destructive=drift.expected is None)


def _swap_hook(drift: Drift) -> Steps:
    yield from _drop_hook(drift)
    yield from _add_hook(drift)


def _rename_hook(drift: Drift) -> Steps:
    what = f"ALTER {_word(drift.actual)} {name(drift.actual)} ON {drift.on} RENAME TO {name(drift.expected)}"
    yield step(Phase.RENAME, what)


WRITERS: dict[str, Writer] = {
    "DR101": _create,
    "DR102": _drop,
    "DR103": _rename,
    "DR104": _definition,
    "DR109": _comment,
    "DR701": _secure,
    "DR702": _expose,
    "DR703": _force,
    **dict.fromkeys(("DR711", "DR821"), _add_hook),
    **dict.fromkeys(("DR712", "DR822"), _drop_hook),
    **dict.fromkeys(("DR713", "DR714", "DR715", "DR716", "DR717", "DR823"), _swap_hook),
    **dict.fromkeys(("DR719", "DR829"), _rename_hook),
}
