"""ALTER statements for columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...differ.serials import counts, sequence_of
from ...findings import Step
from ...model import DEFAULT_SCHEMA, Column, ColumnType, Identity, Schema, Table, qualified, quote
from ...writers.sql import tables, types
from ...writers.sql.text import collate, default, literal
from ..mend import Mend, Phase, Steps, Writer, alter, each, full, name, step
from . import views
from .asides import add_generated, blocked, described, drop_generated, policies_on, set_aside, standing_on, triggers_on
from .conversion import converted, narrows
from .counting import changed
from .keys import definition
from .renames import followers


def _column(mend: Mend, what: str) -> str:
    return alter(mend, f"ALTER COLUMN {name(mend.actual)} {what}")


def _add(mend: Mend) -> Steps:
    yield from _added(mend, mend.expected)
    yield from described(mend, mend.expected)
    for _, thing in mend.following:
        yield from definition(mend, thing)
    yield from _key_with(mend, mend.expected.name)


def _added(mend: Mend, column: Column) -> Steps:
    """ADD COLUMN, with the sequence of a serial column before it."""
    if column.generated is not None:
        yield from add_generated(mend, column)
        return
    sequence = sequence_of(mend.schema, mend.key, column)
    if sequence is not None:
        yield from each(Phase.CREATE_TYPES, types.create(replace(sequence, owned_by=None)))
        yield from each(Phase.ALTER, types.ownership(sequence))
    holder = Table(schema=mend.key[0], name=mend.key[1], columns=(column,))
    created, *more = tables.create(holder, Schema())
    text = " ".join(created[created.index("(") + 1 : created.rindex(")")].split("\n")).strip()
    yield step(Phase.COLUMNS, alter(mend, f"ADD COLUMN {text}"))
    yield from each(Phase.ALTER, iter(more))


def _remove(mend: Mend) -> Steps:
    if mend.actual.generated is not None:
        yield drop_generated(mend, mend.actual, destructive=True)
    else:
        leaning = list(_leaning(mend, mend.actual.name))
        told = "".join(f"\n-- and with it {one}" for one in leaning)
        what = f"DROP COLUMN {name(mend.actual)}{' CASCADE' if leaning else ''};{told}"
        yield step(Phase.DROP_COLUMNS, alter(mend, what), destructive=True)
    yield from _key_with(mend, mend.actual.name)


def _leaning(mend: Mend, column: str) -> Iterator[str]:
    """What PostgreSQL would not let the column go from under, and that has no mend of its own."""
    for policy in policies_on(mend, mend.key, column):
        yield f"policy {name(policy)} on {qualified(policy.schema, policy.table)}"
    for trigger in triggers_on(mend, mend.key, column):
        if not mend.remade(trigger):
            yield f"trigger {name(trigger)}"
    for view in views.on_column(mend, mend.key, column):
        if not mend.remade(view):
            yield f"view {full(view)}, if it stands on it"


def _key_with(mend: Mend, column: str) -> Steps:
    """The primary key, if a lost column is part of it: it has no finding of its own then."""
    wanted, now = mend.expected_table.primary_key, mend.table.primary_key
    if wanted == now or not any(key is not None and column in key.columns for key in (wanted, now)):
        return
    if now is not None and column not in now.columns:
        yield step(Phase.DROP_KEYS, alter(mend, f"DROP CONSTRAINT {name(now)}"))
    if wanted is not None:
        yield from definition(mend, wanted)


def _type(mend: Mend) -> Steps:
    """A default has to step aside: PostgreSQL would try to cast it along."""
    wanted, now = mend.expected, mend.actual
    using = converted(name(now), now.type, wanted.type, _declared(mend, now.type) or _declared(mend, wanted.type))
    moves = now.default is not None and not counts(now) and "AT TIME ZONE" not in using
    yield from set_aside(mend, mend.key, now.name)
    if moves:
        yield step(Phase.COLUMNS, _column(mend, "DROP DEFAULT"))
    lossy = narrows(now.type, wanted.type) or blocked(mend, mend.key, now.name)
    text = f"TYPE {wanted.type}{collate(wanted.collation)}{using}"
    yield step(Phase.ALTER, _column(mend, text), destructive=lossy)
    if moves and wanted.default is not None:
        yield step(Phase.KEYS, _column(mend, f"SET DEFAULT {default(wanted.default)}"))
    sequence = sequence_of(mend.between.actual, mend.key, now)
    if sequence is not None and counts(wanted) and str(now.type) != str(wanted.type):
        yield step(Phase.ALTER, f"ALTER SEQUENCE {full(sequence)} AS {wanted.type}")


def _declared(mend: Mend, type_: ColumnType) -> bool:
    """Whether the type is an enum of one of the sources: two enums have no cast between them but by way of text."""
    key = (type_.schema or DEFAULT_SCHEMA, type_.name)
    return any((one.schema, one.name) == key for side in (mend.schema, mend.between.actual) for one in side.enums)


def _nullable(mend: Mend) -> Steps:
    if mend.expected.nullable != mend.actual.nullable:
        what = "DROP NOT NULL" if mend.expected.nullable else "SET NOT NULL"
        yield step(Phase.ALTER, _column(mend, what))


def _default(mend: Mend) -> Steps:
    """SET or DROP DEFAULT; for a serial column with its sequence, and NOT NULL, which serial brings along."""
    sequence = sequence_of(mend.schema, mend.key, mend.expected)
    former = sequence_of(mend.between.actual, mend.key, mend.actual)
    if mend.expected.default is None:
        yield step(Phase.COLUMNS, _column(mend, "DROP DEFAULT"))
        if former is not None and counts(mend.actual):
            yield step(Phase.DROP_TYPES, f"DROP SEQUENCE {full(former)}", destructive=True)
    else:
        if sequence is not None and former is None:
            yield from each(Phase.CREATE_TYPES, types.create(replace(sequence, owned_by=None)))
            yield from each(Phase.ALTER, types.ownership(sequence))
        yield step(Phase.KEYS, _column(mend, f"SET DEFAULT {default(mend.expected.default)}"))
        if sequence is not None and former is None:
            yield _resume(mend, f"{literal(full(sequence))}")
    yield from _nullable(mend)


def _resume(mend: Mend, sequence: str) -> Step:
    """Let a new sequence go on behind the highest value there is."""
    highest = f"(SELECT coalesce(max({name(mend.actual)}), 0) + 1 FROM {mend.on})"
    return step(Phase.INDEXES, f"SELECT setval({sequence}, {highest}, false)")


def _identity(mend: Mend) -> Steps:
    wanted, now = mend.expected, mend.actual
    if wanted.identity is not None and now.identity is not None:
        yield from _identity_options(mend, wanted.identity, now.identity)
        return
    if now.identity is not None:
        yield step(Phase.COLUMNS, _column(mend, "DROP IDENTITY"))
        yield from _default(mend)
        return
    if now.default is not None:
        yield step(Phase.COLUMNS, _column(mend, "DROP DEFAULT"))
    former = sequence_of(mend.between.actual, mend.key, now)
    if former is not None:
        yield step(Phase.DROP_COLUMNS, f"ALTER SEQUENCE {full(former)} OWNED BY NONE")
        yield step(Phase.COLUMNS, f"DROP SEQUENCE IF EXISTS {full(former)} CASCADE")
    yield step(Phase.COLUMNS, _column(mend, "SET NOT NULL"))
    yield step(Phase.ALTER, _column(mend, f"ADD {types.identity(wanted.identity)}"))
    table = literal(mend.on)
    yield _resume(mend, f"pg_get_serial_sequence({table}, {literal(now.name)})")


def _identity_options(mend: Mend, wanted: Identity, now: Identity) -> Steps:
    if wanted.always != now.always:
        yield step(Phase.ALTER, _column(mend, f"SET GENERATED {'ALWAYS' if wanted.always else 'BY DEFAULT'}"))
    options = [f"SET {option}" for option in changed(wanted, now)]
    if options:
        yield step(Phase.ALTER, _column(mend, " ".join(options)))
    automatic = f"{mend.key[1]}_{mend.actual.name}_seq"
    names = [one.sequence_name or automatic for one in (now, wanted)]
    if names[0] != names[1]:
        yield step(Phase.RENAME, f"ALTER SEQUENCE {quote(mend.key[0])}.{quote(names[0])} RENAME TO {quote(names[1])}")


def _generated(mend: Mend) -> Steps:
    """Only a stored column can be made plain and keep its values; all else is a new column, and what stands on it."""
    wanted = mend.expected
    if wanted.generated is None:
        yield step(Phase.COLUMNS, _column(mend, "DROP EXPRESSION"))
        if wanted.default is not None:
            yield step(Phase.KEYS, _column(mend, f"SET DEFAULT {default(wanted.default)}"))
        return
    yield from views.set_aside(mend, views.on_column(mend, mend.key, mend.actual.name))
    yield drop_generated(mend, mend.actual, destructive=mend.actual.generated is None)
    yield from add_generated(mend, wanted)
    yield from described(mend, wanted)
    for thing in standing_on(mend.expected_table, wanted.name):
        yield from definition(mend, thing)


def _collation(mend: Mend) -> Steps:
    collation = collate(mend.expected.collation) or ' COLLATE "default"'
    yield step(Phase.ALTER, _column(mend, f"TYPE {mend.expected.type}{collation}"))


def _comment(mend: Mend) -> Steps:
    text = literal(mend.expected.comment) if mend.expected.comment is not None else "NULL"
    yield step(Phase.COMMENTS, f"COMMENT ON COLUMN {mend.on}.{name(mend.actual)} IS {text}")


def _rename(mend: Mend) -> Steps:
    yield from followers(mend)
    yield step(Phase.RENAME, alter(mend, f"RENAME COLUMN {name(mend.actual)} TO {name(mend.expected)}"))


def _order(mend: Mend) -> Steps:
    yield step(Phase.COMMENTS, f"-- PostgreSQL cannot move a column: reorder those of {mend.on} where it is created")


def _storage(mend: Mend) -> Steps:
    if mend.expected.storage != mend.actual.storage:
        yield step(Phase.ALTER, _column(mend, f"SET STORAGE {(mend.expected.storage or 'default').upper()}"))
    if mend.expected.compression != mend.actual.compression:
        yield step(Phase.ALTER, _column(mend, f"SET COMPRESSION {mend.expected.compression or 'default'}"))


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
