"""ALTER statements for columns."""

from __future__ import annotations

from collections.abc import Iterator

from ...differ.serials import counts, sequence_of
from ...findings import Step
from ...model import DEFAULT_SCHEMA, Column, ColumnType, Identity
from ...writers.sql import tables, types
from ...writers.sql.absent import absent, written
from ...writers.sql.gate import SqlText, column_type, default, joined, literal, sql, word
from ...writers.sql.gate import name as identifier
from ...writers.sql.text import collate, qualified
from ..drift import Drift
from . import required, sequences, views
from .conversion import alike, converted, narrows
from .counting import changed
from .keys import definition
from .recreate_dependents import (
    add_generated,
    blocked,
    dependents_of,
    described,
    drop_generated,
    policies_on,
    recreate_conditions,
    recreate_dependents,
    recreate_keys,
    triggers_on,
)
from .renames import followers
from .steps import Phase, Steps, Writer, alter, each, full, name, needed, on, said, step


def _column(drift: Drift, what: SqlText) -> SqlText:
    return alter(drift, sql("ALTER COLUMN {} {}", name(drift.actual), what))


def _add(drift: Drift) -> Steps:
    yield from _added(drift, drift.expected)
    yield from map(said, absent(drift.expected))
    yield from described(drift, drift.expected)
    for _, thing in drift.following:
        yield from definition(drift, thing) if written(thing) else map(said, absent(thing))
    key = _key_with(drift, drift.expected.name)
    yield from required.waiting(key) if required.wants_values(drift.expected) else key


def _added(drift: Drift, column: Column) -> Steps:
    """ADD COLUMN, with the sequence of a serial column before it."""
    if column.generated is not None:
        yield from add_generated(drift, column)
        return
    sequence = sequence_of(drift.schema, drift.key, column)
    if sequence is not None:
        yield from sequences.made(drift, sequence)
    if required.wants_values(column):
        yield from required.added(drift, needed(column))
    else:
        yield step(Phase.COLUMNS, alter(drift, sql("ADD COLUMN {}", tables.column(needed(column)))))
    yield from each(Phase.ALTER, tables.alterations(drift.key, column))


def _remove(drift: Drift) -> Steps:
    if drift.actual.generated is not None:
        yield drop_generated(drift, drift.actual, destructive=True)
    else:
        leaning = [f"and with it {one}" for one in _leaning(drift, drift.actual.name)]
        what = sql("DROP COLUMN {} CASCADE" if leaning else "DROP COLUMN {}", name(drift.actual))
        yield step(Phase.DROP_COLUMNS, alter(drift, what), *leaning, destructive=True)
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
            yield f"view {full(view)}, if it depends on it"


def _key_with(drift: Drift, column: str) -> Steps:
    """The primary key, if a lost column is part of it: it has no finding of its own then."""
    wanted, now = drift.expected_table.primary_key, drift.table.primary_key
    if wanted == now or not any(key is not None and column in key.columns for key in (wanted, now)):
        return
    if now is not None and column not in now.columns:
        yield step(Phase.DROP_KEYS, alter(drift, sql("DROP CONSTRAINT {}", name(now))))
    if wanted is not None:
        yield from definition(drift, wanted)


def _type(drift: Drift) -> Steps:
    """A default has to be dropped first: PostgreSQL would try to cast it along."""
    wanted, now = drift.expected, drift.actual
    using = converted(name(now), now.type, wanted.type, _declared(drift, now.type) or _declared(drift, wanted.type))
    moves = now.default is not None and not counts(now) and "AT TIME ZONE" not in using
    yield from recreate_dependents(drift, drift.key, now.name)
    if not alike(now.type, wanted.type):
        yield from recreate_conditions(drift, drift.key, now.name)
        yield from recreate_keys(drift, drift.key, now.name)
    if moves:
        yield step(Phase.COLUMNS, _column(drift, sql("DROP DEFAULT")))
    lossy = narrows(now.type, wanted.type) or blocked(drift, drift.key, now.name)
    text = sql("TYPE {}{}{}", column_type(wanted.type), collate(wanted.collation), using)
    yield step(Phase.ALTER, _column(drift, text), destructive=lossy)
    if moves and wanted.default is not None:
        yield step(Phase.KEYS, _column(drift, sql("SET DEFAULT {}", default(wanted.default))))
    sequence = sequence_of(drift.between.actual, drift.key, now)
    if sequence is not None and counts(wanted) and str(now.type) != str(wanted.type):
        yield step(Phase.ALTER, sql("ALTER SEQUENCE {} AS {}", full(sequence), column_type(wanted.type)))


def _declared(drift: Drift, type_: ColumnType) -> bool:
    """Whether the type is an enum of one of the sources: two enums have no cast between them but by way of text."""
    key = (type_.schema or DEFAULT_SCHEMA, type_.name)
    return any((one.schema, one.name) == key for side in (drift.schema, drift.between.actual) for one in side.enums)


def _nullable(drift: Drift) -> Steps:
    if drift.expected.nullable and not drift.actual.nullable:
        yield step(Phase.ALTER, _column(drift, sql("DROP NOT NULL")))
    elif not drift.expected.nullable and drift.actual.nullable:
        yield from required.no_longer_null(drift)


def _default(drift: Drift) -> Steps:
    """SET or DROP DEFAULT; for a serial column with its sequence, and NOT NULL, which serial brings along."""
    sequence = sequence_of(drift.schema, drift.key, drift.expected)
    former = sequence_of(drift.between.actual, drift.key, drift.actual)
    if drift.expected.default is None:
        yield step(Phase.COLUMNS, _column(drift, sql("DROP DEFAULT")))
        if former is not None and counts(drift.actual):
            yield step(Phase.DROP_TYPES, sql("DROP SEQUENCE {}", full(former)), destructive=True, apart=True)
    else:
        if sequence is not None and former is None:
            yield from sequences.made(drift, sequence)
        yield step(Phase.KEYS, _column(drift, sql("SET DEFAULT {}", default(drift.expected.default))))
        if sequence is not None and former is None:
            yield _resume(drift, literal(full(sequence)))
    yield from _nullable(drift)


def _resume(drift: Drift, sequence: SqlText) -> Step:
    """Let a new sequence go on behind the highest value there is."""
    highest = sql("(SELECT coalesce(max({}), 0) + 1 FROM {})", name(drift.actual), on(drift))
    return step(Phase.INDEXES, sql("SELECT setval({}, {}, false)", sequence, highest))


def _identity(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if wanted.identity is None and now.identity is None:
        yield from _ownership(drift)
        return
    if wanted.identity is not None and now.identity is not None:
        yield from _identity_options(drift, wanted.identity, now.identity)
        return
    if now.identity is not None:
        # Before a sequence of that name is made.
        yield step(Phase.DROP_GENERATED, _column(drift, sql("DROP IDENTITY")))
        yield from _default(drift)
        return
    if now.default is not None:
        yield step(Phase.COLUMNS, _column(drift, sql("DROP DEFAULT")))
    former = sequence_of(drift.between.actual, drift.key, now)
    if former is not None:
        yield step(Phase.DROP_COLUMNS, sql("ALTER SEQUENCE {} OWNED BY NONE", full(former)))
        yield step(Phase.COLUMNS, sql("DROP SEQUENCE IF EXISTS {} CASCADE", full(former)))
    yield step(Phase.COLUMNS, _column(drift, sql("SET NOT NULL")))
    yield step(Phase.ALTER, _column(drift, sql("ADD {}", types.identity(wanted.identity))))
    yield _resume(drift, sql("pg_get_serial_sequence({}, {})", literal(on(drift)), literal(now.name)))


def _ownership(drift: Drift) -> Steps:
    """The sequence that both count with belongs to the column, or to nobody."""
    sequence = sequence_of(drift.schema, drift.key, drift.expected)
    if sequence is not None:
        yield from each(Phase.KEYS, types.ownership(sequence))
    elif (former := sequence_of(drift.between.actual, drift.key, drift.actual)) is not None:
        yield step(Phase.KEYS, sql("ALTER SEQUENCE {} OWNED BY NONE", full(former)))


def _identity_options(drift: Drift, wanted: Identity, now: Identity) -> Steps:
    if wanted.always != now.always:
        kind = sql("SET GENERATED ALWAYS" if wanted.always else "SET GENERATED BY DEFAULT")
        yield step(Phase.ALTER, _column(drift, kind))
    options = [sql("SET {}", option) for option in changed(wanted, now)]
    if options:
        yield step(Phase.ALTER, _column(drift, joined(options, " ")))
    automatic = f"{drift.key[1]}_{drift.actual.name}_seq"
    names = [one.sequence_name or automatic for one in (now, wanted)]
    if wanted.type != now.type:
        counts = word(wanted.type) if wanted.type is not None else column_type(drift.expected.type)
        yield step(Phase.ALTER, sql("ALTER SEQUENCE {} AS {}", qualified(drift.key[0], names[0]), counts))
    if names[0] != names[1]:
        sequence = qualified(drift.key[0], names[0])
        yield step(Phase.RENAME, sql("ALTER SEQUENCE {} RENAME TO {}", sequence, identifier(names[1])))


def _generated(drift: Drift) -> Steps:
    """Only a stored column can be made plain and keep its values; all else is a new column, and what depends on it."""
    wanted = drift.expected
    if wanted.generated is None:
        yield step(Phase.COLUMNS, _column(drift, sql("DROP EXPRESSION")))
        if wanted.default is not None:
            yield step(Phase.KEYS, _column(drift, sql("SET DEFAULT {}", default(wanted.default))))
        return
    yield from views.recreate(drift, views.on_column(drift, drift.key, drift.actual.name))
    yield drop_generated(drift, drift.actual, destructive=drift.actual.generated is None)
    yield from add_generated(drift, wanted)
    yield from described(drift, wanted)
    for thing in dependents_of(drift.expected_table, wanted.name):
        yield from definition(drift, thing)


def _collation(drift: Drift) -> Steps:
    collation = collate(drift.expected.collation) or sql(' COLLATE "default"')
    yield step(Phase.ALTER, _column(drift, sql("TYPE {}{}", column_type(drift.expected.type), collation)))


def _comment(drift: Drift) -> Steps:
    yield step(Phase.COMMENTS, tables.comment_on_column(drift.key, drift.actual.name, drift.expected.comment))


def _rename(drift: Drift) -> Steps:
    yield from followers(drift)
    yield step(Phase.RENAME, alter(drift, sql("RENAME COLUMN {} TO {}", name(drift.actual), name(drift.expected))))


def _order(drift: Drift) -> Steps:
    yield said(f"PostgreSQL cannot move a column: reorder those of {on(drift)} where it is created")


def _storage(drift: Drift) -> Steps:
    if drift.expected.storage != drift.actual.storage:
        yield step(Phase.ALTER, _column(drift, sql("SET STORAGE {}", word(drift.expected.storage or "default"))))
    if drift.expected.compression != drift.actual.compression:
        compression = identifier(drift.expected.compression) if drift.expected.compression else sql("default")
        yield step(Phase.ALTER, _column(drift, sql("SET COMPRESSION {}", compression)))


WRITERS: dict[str, Writer] = {
    "DR201": _add,
    "DR202": _remove,
    "DR203": _type,
    "DR214": _type,
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
