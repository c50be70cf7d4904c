"""Statements for types, sequences, extensions, schemas, roles, views and functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...differ.between import kept_inside
from ...model import (
    DEFAULT_SCHEMA,
    Column,
    CompositeType,
    Domain,
    Enum,
    Function,
    Role,
    Schema,
    Table,
    qualified,
    quote,
)
from ...writers.sql import programs, security, types
from ...writers.sql.text import default, grouped, literal
from ..drift import Drift, Phase, Steps, Writer, each, full, name, step
from .counting import changed
from .recreate_dependents import conditions_aside, set_aside


def _create(drift: Drift) -> Steps:
    yield from each(Phase.CREATE_TYPES, types.create(drift.expected))


def _drop_type(drift: Drift) -> Steps:
    if kept_inside(drift.between.truth, drift.finding.object):
        yield step(Phase.COMMENTS, f"-- export {name(drift.actual)} in {drift.between.truth.name}, which declares it")
        return
    word = "DOMAIN" if isinstance(drift.actual, Domain) else "TYPE"
    yield step(Phase.DROP_TYPES, f"DROP {word} {full(drift.actual)}", destructive=True)


def _labels(drift: Drift) -> Steps:
    """New labels are added in their place; to lose one, or to move one, the type has to be made anew."""
    wanted, now = drift.expected.values, drift.actual.values
    if [label for label in wanted if label in now] != list(now):
        yield from _anew(drift)
        return
    for number, label in enumerate(wanted):
        if label not in now:
            place = f" AFTER {literal(wanted[number - 1])}" if number else f" BEFORE {literal(now[0])}" if now else ""
            yield step(Phase.LABELS, f"ALTER TYPE {full(drift.actual)} ADD VALUE {literal(label)}{place}")


def _anew(drift: Drift) -> Steps:
    enum: Enum = drift.actual
    lost = bool(set(enum.values) - set(drift.expected.values))
    former = replace(enum, name=f"{enum.name}_former")
    statements = [
        f"ALTER TYPE {full(enum)} RENAME TO {name(former)}",
        *types.create(replace(drift.expected, name=enum.name)),
    ]
    for table, column in _columns_of(drift, enum):
        statements += _converted(drift, table, column)
        yield from set_aside(drift, table.key, column.name)
        yield from conditions_aside(drift, table.key, column.name)
    statements.append(f"DROP TYPE {full(former)}")
    text = ";\n".join(statement.strip().removesuffix(";") for statement in statements)
    yield step(Phase.COLUMNS, text, destructive=lost)


def _columns_of(drift: Drift, enum: Enum) -> Iterator[tuple[Table, Column]]:
    for table in drift.between.actual.tables:
        for column in table.columns:
            if (column.type.schema or "public", column.type.name) == (enum.schema, enum.name):
                yield table, column


def _converted(drift: Drift, table: Table, column: Column) -> Iterator[str]:
    """A default that drifts is left to its own fix: its label may be the one that goes."""
    head = f"ALTER TABLE {table} ALTER COLUMN {name(column)}"
    if column.default is not None:
        yield f"{head} DROP DEFAULT"
    text = "::text" + "[]" * column.type.dimensions
    yield f"{head} TYPE {column.type} USING {name(column)}{text}::{column.type}"
    wanted = drift.between.expected_tables.get(table.key)
    same = wanted.column(column.name) if wanted is not None else None
    if column.default is not None and (same is None or same.default == column.default):
        yield f"{head} SET DEFAULT {default(column.default)}"


def _domain(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    head = f"ALTER DOMAIN {full(now)}"
    if wanted.default != now.default:
        what = f"SET DEFAULT {default(wanted.default)}" if wanted.default is not None else "DROP DEFAULT"
        yield step(Phase.ALTER, f"{head} {what}")
    if wanted.nullable != now.nullable:
        yield step(Phase.ALTER, f"{head} {'DROP' if wanted.nullable else 'SET'} NOT NULL")
    for check in now.checks:
        if check not in wanted.checks:
            yield step(Phase.DROP_KEYS, f"{head} DROP CONSTRAINT {name(check)}")
    for check in wanted.checks:
        if check not in now.checks:
            yield step(Phase.KEYS, f"{head} ADD CONSTRAINT {name(check)} CHECK {grouped(check.expression)}")
    if (wanted.type, wanted.collation) != (now.type, now.collation):
        yield step(
            Phase.COMMENTS, f"-- {full(now)} cannot be given another type: make a new domain and alter its columns"
        )


def _type(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if not isinstance(now, CompositeType):
        yield step(
            Phase.COMMENTS, f"-- the range type {full(now)} cannot be altered: make a new one and alter its columns"
        )
        return
    head = f"ALTER TYPE {full(now)}"
    mine = {attribute.name: attribute for attribute in wanted.attributes}
    theirs = {attribute.name: attribute for attribute in now.attributes}
    for gone in theirs.keys() - mine.keys():
        yield step(Phase.DROP_COLUMNS, f"{head} DROP ATTRIBUTE {quote(gone)} CASCADE", destructive=True)
    for attribute in wanted.attributes:
        if attribute.name not in theirs:
            yield step(Phase.COLUMNS, f"{head} ADD ATTRIBUTE {name(attribute)} {attribute.type} CASCADE")
        elif theirs[attribute.name] != attribute:
            what = f"ALTER ATTRIBUTE {name(attribute)} TYPE {attribute.type} CASCADE"
            yield step(Phase.ALTER, f"{head} {what}")


def _sequence(drift: Drift) -> Steps:
    yield from each(Phase.CREATE_TYPES, types.create(drift.expected))
    yield from each(Phase.ALTER, types.ownership(drift.expected))


def _drop_sequence(drift: Drift) -> Steps:
    yield step(Phase.DROP_TYPES, f"DROP SEQUENCE {full(drift.actual)}", destructive=True)


def _counting(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if wanted.type != now.type:
        yield step(Phase.ALTER, f"ALTER SEQUENCE {full(now)} AS {wanted.type}")
    parts = list(changed(wanted, now))
    if wanted.owned_by != now.owned_by:
        parts.append("OWNED BY " + (".".join(map(quote, wanted.owned_by)) if wanted.owned_by else "NONE"))
    if parts:
        yield step(Phase.KEYS, f"ALTER SEQUENCE {full(now)} {' '.join(parts)}")


def _extension(drift: Drift) -> Steps:
    yield step(Phase.CREATE_TYPES, types.extension(drift.expected))


def _named(phase: Phase, text: str, *, destructive: bool = False) -> Writer:
    def write(drift: Drift) -> Steps:
        thing = drift.expected or drift.actual
        yield step(phase, text.format(name(thing), quote(getattr(drift.expected, "schema", None) or "public")),
                   destructive=destructive)  # fmt: skip

    return write


def _role(drift: Drift) -> Steps:
    yield step(Phase.LABELS, security.role(drift.expected))


def _role_options(drift: Drift) -> Steps:
    role: Role = drift.expected
    words = [
        "CREATEDB" if role.create_database else "NOCREATEDB",
        "CREATEROLE" if role.create_role else "NOCREATEROLE",
        "INHERIT" if role.inherit else "NOINHERIT",
    ]
    yield step(Phase.ALTER, f"ALTER ROLE {name(role)} {' '.join(words)}")


def _function(drift: Drift) -> Steps:
    """OR REPLACE keeps what depends on it, where PostgreSQL takes it: same kind, result and argument names."""
    wanted, now = drift.expected, drift.actual
    if now is not None and any(getattr(wanted, f) != getattr(now, f) for f in ("signature", "kind", "returns")):
        yield from _drop_function(drift)
        yield from _callers(drift, now)
        now = None
    for text in programs.create_function(wanted):
        if now is not None:
            text = re.sub(r"^CREATE (FUNCTION|PROCEDURE|AGGREGATE)", r"CREATE OR REPLACE \1", text)
        yield step(Phase.FUNCTIONS, text)


def _callers(drift: Drift, function: Function) -> Steps:
    """Triggers that call the function: they go before it is dropped, and come back as they were.

    Of several functions of a name triggers call the one without arguments.
    """
    key = (function.schema, function.name)
    for trigger in () if function.signature else drift.between.actual.triggers:
        calls = (trigger.function_schema or DEFAULT_SCHEMA, trigger.function) == key
        if calls and not drift.drifting.about(trigger):
            on = qualified(trigger.schema, trigger.table)
            yield step(Phase.UNHOOK, f"DROP TRIGGER {name(trigger)} ON {on}")
            yield from each(Phase.HOOK, programs.triggers(Schema(triggers=(trigger,))))


def _drop_function(drift: Drift) -> Steps:
    function: Function = drift.actual
    what = f"DROP {function.kind.upper()} {full(function)}({', '.join(function.signature)})"
    phase = Phase.DROP_FUNCTIONS if drift.expected is None else Phase.CREATE_TYPES
    yield step(phase, what, destructive=drift.expected is None)


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(("DR601", "DR611", "DR631"), _create),
    **dict.fromkeys(("DR602", "DR612", "DR632"), _drop_type),
    **dict.fromkeys(("DR603", "DR604"), _labels),
    "DR613": _domain,
    "DR633": _type,
    "DR621": _sequence,
    "DR622": _drop_sequence,
    "DR623": _counting,
    "DR641": _extension,
    "DR642": _named(Phase.DROP_TYPES, "DROP EXTENSION {0}", destructive=True),
    "DR643": _named(Phase.ALTER, "ALTER EXTENSION {0} SET SCHEMA {1}"),
    "DR651": _named(Phase.LABELS, "CREATE SCHEMA IF NOT EXISTS {0}"),
    "DR652": _named(Phase.RENAME, "DROP SCHEMA {0}", destructive=True),
    "DR661": _role,
    "DR662": _named(Phase.RENAME, "DROP ROLE {0}", destructive=True),
    "DR663": _role_options,
    **dict.fromkeys(("DR811", "DR813"), _function),
    "DR812": _drop_function,
}
