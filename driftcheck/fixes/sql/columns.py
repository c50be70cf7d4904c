"""ALTER statements for columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...differ.serials import counts, sequence_of
from ...findings import Step
from ...model import DEFAULT_SCHEMA, Column, ColumnType, Identity, Schema, Table, qualified, quote
from ...writers.sql import tables, types
from ...writers.sql.text import collate, default, literal
from ..drift import Drift, Phase, Steps, Writer, alter, each, full, name, step
from . import views
from .conversion import converted, narrows
from .counting import changed
from .keys import definition
from .recreate_dependents import (
    add_generated,
    blocked,
    described,
    drop_generated,
    policies_on,
    set_aside,
    standing_on,
    triggers_on,
)
from .renames import followers


def _column(drift: Drift, what: str) -> str:
    return alter(drift, f"ALTER COLUMN {name(drift.actual)} {what}")


def _add(drift: Drift) -> Steps:
    yield from _added(drift, drift.expected)
    yield from described(drift, drift.expected)
    for _, thing in drift.following:
        yield from definition(drift, thing)
    yield from _key_with(drift, drift.expected.name)


def _added(drift: Drift, column: Column) -> Steps:
    """ADD COLUMN, with the sequence of a serial column before it."""
    if column.generated is not None:
        yield from add_generated(drift, column)
        return
    sequence = sequence_of(drift.schema, drift.key, column)
    if sequence is not None:
        yield from each(Phase.CREATE_TYPES, types.create(replace(sequence, owned_by=None)))
        yield from each(Phase.ALTER, types.ownership(sequence))
    holder = Table(schema=drift.key[0], name=drift.key[1], columns=(column,))
    created, *more = tables.create(holder, Schema())
    text = " ".join(created[created.index("(") + 1 : created.rindex(")")].split("\n")).strip()
    yield step(Phase.COLUMNS, alter(drift, f"ADD COLUMN {text}"))
    yield from each(Phase.ALTER, iter(more))


def _remove(drift: Drift) -> Steps:
    if drift.actual.generated is not None:
        yield drop_generated(drift, drift.actual, destructive=True)
    else:
        leaning = list(_leaning(drift, drift.actual.name))
        told = "".join(f"\n-- and with it {one}" for one in leaning)
        what = f"DROP COLUMN {name(drift.actual)}{' CASCADE' if leaning else ''};{told}"
        yield step(Phase.DROP_COLUMNS, alter(drift, what), destructive=True)
    yield from _key_with(drift, drift.actual.name)


def _leaning(drift: Drift, column: str) -> Iterator[str]:
    """What PostgreSQL would not let the column go from under, and that has no fix of its own."""
    for policy in policies_on(drift, drift.key, column):
        yield f"policy {name(policy)} on {qualified(policy.schema, policy.table)}"
    for trigger in triggers_on(drift, drift.key, column):
        if not drift.remade(trigger):
            yield f"trigger {name(trigger)}"
    for view in views.on_column(drift, drift.key, column):
        if not drift.remade(view):
            yield f"view {full(view)}, if it stands on it"


def _key_with(drift: Drift, column: str) -> Steps:
    """The primary key, if a lost column is part of it: it has no finding of its own then."""
    wanted, now = drift.expected_table.primary_key, drift.table.primary_key
    if wanted == now or not any(key is not None and column in key.columns for key in (wanted, now)):
        return
    if now is not None and column not in now.columns:
        yield step(Phase.DROP_KEYS, alter(drift, f"DROP CONSTRAINT {name(now)}"))
    if wanted is not None:
        yield from definition(drift, wanted)


def _type(drift: Drift) -> Steps:
    """A default has to step aside: PostgreSQL would try to cast it along."""
    wanted, now = drift.expected, drift.actual
    using = converted(name(now), now.type, wanted.type, _declared(drift, now.type) or _declared(drift, wanted.type))
    moves = now.default is not None and not counts(now) and "AT TIME ZONE" not in using
    yield from set_aside(drift, drift.key, now.name)
    if moves:
        yield step(Phase.COLUMNS, _column(drift, "DROP DEFAULT"))
    lossy = narrows(now.type, wanted.type) or blocked(drift, drift.key, now.name)
    text = f"TYPE {wanted.type}{collate(wanted.collation)}{using}"
    yield step(Phase.ALTER, _column(drift, text), destructive=lossy)
    if moves and wanted.default is not None:
        yield step(Phase.KEYS, _column(drift, f"SET DEFAULT {default(wanted.default)}"))
    sequence = sequence_of(drift.between.actual, drift.key, now)
    if sequence is not None and counts(wanted) and str(now.type) != str(wanted.type):
        yield step(Phase.ALTER, f"ALTER SEQUENCE {full(sequence)} AS {wanted.type}")


def _declared(drift: Drift, type_: ColumnType) -> bool:
    """Whether the type is an enum of one of the sources: two enums have no cast between them but by way of text."""
    key = (type_.schema or DEFAULT_SCHEMA, type_.name)
    return any((one.schema, one.name) == key for side in (drift.schema, drift.between.actual) for one in side.enums)


def _nullable(drift: Drift) -> Steps:
    if drift.expected.nullable != drift.actual.nullable:
        what = "DROP NOT NULL" if drift.expected.nullable else "SET NOT NULL"
        yield step(Phase.ALTER, _column(drift, what))


def _default(drift: Drift) -> Steps:
    """SET or DROP DEFAULT; for a serial column with its sequence, and NOT NULL, which serial brings along."""
    sequence = sequence_of(drift.schema, drift.key, drift.expected)
    former = sequence_of(drift.between.actual, drift.key, drift.actual)
    if drift.expected.default is None:
        yield step(Phase.COLUMNS, _column(drift, "DROP DEFAULT"))
        if former is not None and counts(drift.actual):
            yield step(Phase.DROP_TYPES, f"DROP SEQUENCE {full(former)}", destructive=True)
    else:
        if sequence is not None and former is None:
            yield from each(Phase.CREATE_TYPES, types.create(replace(sequence, owned_by=None)))
            yield from each(Phase.ALTER, types.ownership(sequence))
        yield step(Phase.KEYS, _column(drift, f"SET DEFAULT {default(drift.expected.default)}"))
        if sequence is not None and former is None:
            yield _resume(drift, f"{literal(full(sequence))}")
    yield from _nullable(drift)


def _resume(drift: Drift, sequence: str) -> Step:
    """Let a new sequence go on behind the highest value there is."""
    highest = f"(SELECT coalesce(max({name(drift.actual)}), 0) + 1 FROM {drift.on})"
    return step(Phase.INDEXES, f"SELECT setval({sequence}, {highest}, false)")


def _identity(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if wanted.identity is not None and now.identity is not None:
        yield from _identity_options(drift, wanted.identity, now.identity)
        return
    if now.identity is not None:
        yield step(Phase.COLUMNS, _column(drift, "DROP IDENTITY"))
        yield from _default(drift)
        return
    if now.default is not None:
        yield step(Phase.COLUMNS, _column(drift, "DROP DEFAULT"))
    former = sequence_of(drift.between.actual, drift.key, now)
    if former is not None:
        yield step(Phase.DROP_COLUMNS, f"ALTER SEQUENCE {full(former)} OWNED BY NONE")
        yield step(Phase.COLUMNS, f"DROP SEQUENCE IF EXISTS {full(former)} CASCADE")
    yield step(Phase.COLUMNS, _column(drift, "SET NOT NULL"))
    yield step(Phase.ALTER, _column(drift, f"ADD {types.identity(wanted.identity)}"))
    table = literal(drift.on)
    yield _resume(drift, f"pg_get_serial_sequence({table}, {literal(now.name)})")


def _identity_options(drift: Drift, wanted: Identity, now: Identity) -> Steps:
    if wanted.always != now.always:
        yield step(Phase.ALTER, _column(drift, f"SET GENERATED {'ALWAYS' if wanted.always else 'BY DEFAULT'}"))
    options = [f"SET {option}" for option in changed(wanted, now)]
    if options:
        yield step(Phase.ALTER, _column(drift, " ".join(options)))
    automatic = f"{drift.key[1]}_{drift.actual.name}_seq"
    names = [one.sequence_name or automatic for one in (now, wanted)]
    if names[0] != names[1]:
        yield step(Phase.RENAME, f"ALTER SEQUENCE {quote(drift.key[0])}.{quote(names[0])} RENAME TO {quote(names[1])}")


def _generated(drift: Drift) -> Steps:
    """Only a stored column can be made plain and keep its values; all else is a new column, and what stands on it."""
    wanted = drift.expected
    if wanted.generated is None:
        yield step(Phase.COLUMNS, _column(drift, "DROP EXPRESSION"))
        if wanted.default is not None:
            yield step(Phase.KEYS, _column(drift, f"SET DEFAULT {default(wanted.default)}"))
        return
    yield from views.set_aside(drift, views.on_column(drift, drift.key, drift.actual.name))
    yield drop_generated(drift, drift.actual, destructive=drift.actual.generated is None)
    yield from add_generated(drift, wanted)
    yield from described(drift, wanted)
    for thing in standing_on(drift.expected_table, wanted.name):
        yield from definition(drift, thing)


def _collation(drift: Drift) -> Steps:
    collation = collate(drift.expected.collation) or ' COLLATE "default"'
    yield step(Phase.ALTER, _column(drift, f"TYPE {drift.expected.type}{collation}"))


def _comment(drift: Drift) -> Steps:
    text = literal(drift.expected.comment) if drift.expected.comment is not None else "NULL"
    yield step(Phase.COMMENTS, f"COMMENT ON COLUMN {drift.on}.{name(drift.actual)} IS {text}")


def _rename(drift: Drift) -> Steps:
    yield from followers(drift)
    yield step(Phase.RENAME, alter(drift, f"RENAME COLUMN {name(drift.actual)} TO {name(drift.expected)}"))


def _order(drift: Drift) -> Steps:
    yield step(Phase.COMMENTS, f"-- PostgreSQL cannot move a column: reorder those of {drift.on} where it is created")


def _storage(drift: Drift) -> Steps:
    if drift.expected.storage != drift.actual.storage:
        yield step(Phase.ALTER, _column(drift, f"SET STORAGE {(drift.expected.storage or 'default').upper()}"))
    if drift.expected.compression != drift.actual.compression:
        yield step(Phase.ALTER, _column(drift, f"SET COMPRESSION {drift.expected.compression or 'default'}"))


WRITERS: dict[str, Writer] = {
    "DR201": _add,
    "DR202": _remove,
    "DR203": _type,
    "DR204": _nullable,
    "DR205": _default,
    "DR206": _generated,
    "DR207": _identity,
    "DR208": _collation,
    "DR209": _comment,
    "DR210": _rename,
    "DR211": _default,
    "DR212": _order,
    "DR213": _storage,
}
