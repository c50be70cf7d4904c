"""Statements for tables, their row-level security and policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...differ.serials import sequence_of
from ...findings import Step
from ...model import Policy, Schema, Table, Trigger
from ...writers.sql import constraints, indexes, partitions, programs, security, tables
from ...writers.sql.absent import absent
from ...writers.sql.gate import Refused, SqlText, joined, literal, partition_bound, path, sql
from ...writers.sql.gate import name as identifier
from ...writers.sql.text import dotted, parameters, qualified
from ..drift import Drift
from . import sequences
from .renames import followers
from .steps import Phase, Steps, Writer, alter, each, name, needed, on, said, step


def _create(drift: Drift) -> Steps:
    table: Table = drift.expected
    views = [one for one in drift.between.actual.views if (one.schema, one.name) == table.key]
    if any(not drift.goes(one) for one in views):
        raise Refused("has the name of a view that is there")
    for column in table.columns:
        if (sequence := sequence_of(drift.schema, table.key, column)) is not None:
            yield from sequences.made(drift, sequence)
    alone = Schema(tables=(table,))
    for part in (table, *_of(drift.schema.policies, table), *_of(drift.schema.triggers, table)):
        yield from map(said, absent(part))
    yield from each(Phase.TABLES, tables.create(table, alone))
    yield from each(Phase.KEYS, constraints.added(table))
    yield from each(Phase.INDEXES, indexes.of_table(table, alone))
    yield from each(Phase.FOREIGN_KEYS, constraints.foreign_keys(table, alone))
    yield from each(Phase.ATTACH, partitions.attached(alone))
    yield from each(Phase.HOOK, _hooks(drift, table))
    if drift.between.scope.fact("table", "comment"):
        yield from each(Phase.COMMENTS, tables.comments(alone))


def _hooks(drift: Drift, table: Table) -> Iterator[SqlText]:
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
    yield step(Phase.DROP_TABLES, sql("DROP TABLE {} CASCADE", on(drift)), destructive=True)


def _rename(drift: Drift) -> Steps:
    wanted: Table = drift.expected
    yield from followers(drift)
    if wanted.name != drift.actual.name:
        yield step(Phase.RENAME_TABLES, alter(drift, sql("RENAME TO {}", name(wanted))))
    if wanted.schema != drift.actual.schema:
        renamed = qualified(drift.actual.schema, wanted.name)
        yield step(Phase.RENAME_TABLES, sql("ALTER TABLE {} SET SCHEMA {}", renamed, identifier(wanted.schema)))


def _definition(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if wanted.unlogged != now.unlogged:
        yield step(Phase.ALTER, alter(drift, sql("SET UNLOGGED" if wanted.unlogged else "SET LOGGED")))
    gone = sorted(dict(now.options).keys() - dict(wanted.options).keys())
    if gone:
        yield step(Phase.ALTER, alter(drift, sql("RESET ({})", joined(map(dotted, gone)))))
    if wanted.options and wanted.options != now.options:
        yield step(Phase.ALTER, alter(drift, sql("SET {}", parameters(wanted.options))))
    if wanted.tablespace != now.tablespace:
        tablespace = identifier(wanted.tablespace if wanted.tablespace is not None else "pg_default")
        yield step(Phase.ALTER, alter(drift, sql("SET TABLESPACE {}", tablespace)))
    if wanted.partition_by != now.partition_by:
        yield said(f"{on(drift)} cannot be altered to this: create a new one, copy its rows and swap the names")
    else:
        yield from each(Phase.ATTACH, _let_go(drift), order=-1)
        yield from each(Phase.ATTACH, _hung_up(drift))


def _let_go(drift: Drift) -> Iterator[SqlText]:
    """What the table is no partition, child or instance of any more, or under another bound."""
    wanted, now = drift.expected, drift.actual
    if now.partition_of is not None and now.partition_of != wanted.partition_of:
        parent = qualified(now.partition_of.parent_schema, now.partition_of.parent_table)
        yield sql("ALTER TABLE {} DETACH PARTITION {}", parent, on(drift))
    for parents in now.inherits:
        if parents not in wanted.inherits:
            yield alter(drift, sql("NO INHERIT {}", qualified(*parents)))
    if now.of_type is not None and wanted.of_type is None:
        yield alter(drift, sql("NOT OF"))


def _hung_up(drift: Drift) -> Iterator[SqlText]:
    wanted, now = drift.expected, drift.actual
    if wanted.partition_of is not None and now.partition_of != wanted.partition_of:
        parent = qualified(wanted.partition_of.parent_schema, wanted.partition_of.parent_table)
        bound = partition_bound(wanted.partition_of.bound)
        tables = (drift.between.expected_tables, drift.between.actual_tables)
        above = [side.get((wanted.partition_of.parent_schema, wanted.partition_of.parent_table)) for side in tables]
        if above[0] is not None and above[1] is not None and above[0].partition_by != above[1].partition_by:
            return  # the parent has to be another table first, which is said of that
        yield sql("ALTER TABLE {} ATTACH PARTITION {} {}", parent, on(drift), bound)
    for parents in wanted.inherits:
        if parents not in now.inherits:
            yield alter(drift, sql("INHERIT {}", qualified(*parents)))
    if wanted.of_type is not None and now.of_type != wanted.of_type:
        yield alter(drift, sql("OF {}", path(wanted.of_type)))


def _comment(drift: Drift) -> Steps:
    text = literal(drift.expected.comment) if drift.expected.comment is not None else sql("NULL")
    yield step(Phase.COMMENTS, sql("COMMENT ON TABLE {} IS {}", on(drift), text))


def _secure(drift: Drift) -> Steps:
    yield enable(drift.key)


def enable(key: tuple[str, str]) -> Step:
    return step(Phase.HOOK, sql("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", qualified(*key)))


def _expose(drift: Drift) -> Steps:
    yield step(Phase.HOOK, alter(drift, sql("DISABLE ROW LEVEL SECURITY")), destructive=True)


def _force(drift: Drift) -> Steps:
    forced = sql("FORCE" if drift.expected.force_row_security else "NO FORCE")
    yield step(Phase.HOOK, alter(drift, sql("{} ROW LEVEL SECURITY", forced)))


def _add_hook(drift: Drift) -> Steps:
    yield from each(Phase.HOOK, _made(drift.expected))


def _made(thing: Policy | Trigger) -> Iterator[SqlText]:
    if isinstance(thing, Policy):
        yield from security.row_security(Schema(policies=(needed(thing),)))
    else:
        yield from programs.triggers(Schema(triggers=(needed(thing),)))


def _word(thing: Policy | Trigger) -> SqlText:
    return sql("POLICY" if isinstance(thing, Policy) else "TRIGGER")


def _drop_hook(drift: Drift) -> Steps:
    thing = drift.actual
    drop = sql("DROP {} {} ON {}", _word(thing), name(thing), on(drift))
    yield step(Phase.UNHOOK, drop, destructive=drift.expected is None)


def _swap_hook(drift: Drift) -> Steps:
    yield from _drop_hook(drift)
    yield from _add_hook(drift)


def _rename_hook(drift: Drift) -> Steps:
    hook = sql("{} {} ON {}", _word(drift.actual), name(drift.actual), on(drift))
    yield step(Phase.RENAME, sql("ALTER {} RENAME TO {}", hook, name(drift.expected)))


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
