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
from ..mend import Mend, Phase, Steps, Writer, each, full, name, step
from .asides import conditions_aside, set_aside
from .counting import changed


def _create(mend: Mend) -> Steps:
    yield from each(Phase.CREATE_TYPES, types.create(mend.expected))


def _drop_type(mend: Mend) -> Steps:
    if kept_inside(mend.between.truth, mend.finding.object):
        yield step(Phase.COMMENTS, f"-- export {name(mend.actual)} in {mend.between.truth.name}, which declares it")
        return
    word = "DOMAIN" if isinstance(mend.actual, Domain) else "TYPE"
    yield step(Phase.DROP_TYPES, f"DROP {word} {full(mend.actual)}", destructive=True)


def _labels(mend: Mend) -> Steps:
    """New labels are added in their place; to lose one, or to move one, the type has to be made anew."""
    wanted, now = mend.expected.values, mend.actual.values
    if [label for label in wanted if label in now] != list(now):
        yield from _anew(mend)
        return
    for number, label in enumerate(wanted):
        if label not in now:
            place = f" AFTER {literal(wanted[number - 1])}" if number else f" BEFORE {literal(now[0])}" if now else ""
            yield step(Phase.LABELS, f"ALTER TYPE {full(mend.actual)} ADD VALUE {literal(label)}{place}")


def _anew(mend: Mend) -> Steps:
    enum: Enum = mend.actual
    lost = bool(set(enum.values) - set(mend.expected.values))
    former = replace(enum, name=f"{enum.name}_former")
    statements = [
        f"ALTER TYPE {full(enum)} RENAME TO {name(former)}",
        *types.create(replace(mend.expected, name=enum.name)),
    ]
    for table, column in _columns_of(mend, enum):
        statements += _converted(mend, table, column)
        yield from set_aside(mend, table.key, column.name)
        yield from conditions_aside(mend, table.key, column.name)
    statements.append(f"DROP TYPE {full(former)}")
    text = ";\n".join(statement.strip().removesuffix(";") for statement in statements)
    yield step(Phase.COLUMNS, text, destructive=lost)


def _columns_of(mend: Mend, enum: Enum) -> Iterator[tuple[Table, Column]]:
    for table in mend.between.actual.tables:
        for column in table.columns:
            if (column.type.schema or "public", column.type.name) == (enum.schema, enum.name):
                yield table, column


def _converted(mend: Mend, table: Table, column: Column) -> Iterator[str]:
    """A default that drifts is left to its own mend: its label may be the one that goes."""
    head = f"ALTER TABLE {table} ALTER COLUMN {name(column)}"
    if column.default is not None:
        yield f"{head} DROP DEFAULT"
    text = "::text" + "[]" * column.type.dimensions
    yield f"{head} TYPE {column.type} USING {name(column)}{text}::{column.type}"
    wanted = mend.between.table(mend.schema, table.key)
    same = wanted.column(column.name) if wanted is not None else None
    if column.default is not None and (same is None or same.default == column.default):
        yield f"{head} SET DEFAULT {default(column.default)}"


def _domain(mend: Mend) -> Steps:
    wanted, now = mend.expected, mend.actual
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


def _type(mend: Mend) -> Steps:
    wanted, now = mend.expected, mend.actual
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


def _sequence(mend: Mend) -> Steps:
    yield from each(Phase.CREATE_TYPES, types.create(mend.expected))
    yield from each(Phase.ALTER, types.ownership(mend.expected))


def _drop_sequence(mend: Mend) -> Steps:
    yield step(Phase.DROP_TYPES, f"DROP SEQUENCE {full(mend.actual)}", destructive=True)


def _counting(mend: Mend) -> Steps:
    wanted, now = mend.expected, mend.actual
    if wanted.type != now.type:
        yield step(Phase.ALTER, f"ALTER SEQUENCE {full(now)} AS {wanted.type}")
    parts = list(changed(wanted, now))
    if wanted.owned_by != now.owned_by:
        parts.append("OWNED BY " + (".".join(map(quote, wanted.owned_by)) if wanted.owned_by else "NONE"))
    if parts:
        yield step(Phase.KEYS, f"ALTER SEQUENCE {full(now)} {' '.join(parts)}")


def _extension(mend: Mend) -> Steps:
    yield step(Phase.CREATE_TYPES, types.extension(mend.expected))


def _named(phase: Phase, text: str, *, destructive: bool = False) -> Writer:
    def write(mend: Mend) -> Steps:
        thing = mend.expected or mend.actual
        yield step(phase, text.format(name(thing), quote(getattr(mend.expected, "schema", None) or "public")),
                   destructive=destructive)  # fmt: skip

    return write


def _role(mend: Mend) -> Steps:
    yield step(Phase.LABELS, security.role(mend.expected))


def _role_options(mend: Mend) -> Steps:
    role: Role = mend.expected
    words = [
        "CREATEDB" if role.create_database else "NOCREATEDB",
        "CREATEROLE" if role.create_role else "NOCREATEROLE",
        "INHERIT" if role.inherit else "NOINHERIT",
    ]
    yield step(Phase.ALTER, f"ALTER ROLE {name(role)} {' '.join(words)}")


def _function(mend: Mend) -> Steps:
    """OR REPLACE keeps what depends on it, where PostgreSQL takes it: same kind, result and argument names."""
    wanted, now = mend.expected, mend.actual
    if now is not None and any(getattr(wanted, f) != getattr(now, f) for f in ("signature", "kind", "returns")):
        yield from _drop_function(mend)
        yield from _callers(mend, now)
        now = None
    for text in programs.create_function(wanted):
        if now is not None:
            text = re.sub(r"^CREATE (FUNCTION|PROCEDURE|AGGREGATE)", r"CREATE OR REPLACE \1", text)
        yield step(Phase.FUNCTIONS, text)


def _callers(mend: Mend, function: Function) -> Steps:
    """Triggers that call the function: they go before it is dropped, and come back as they were."""
    drifting = [id(actual) for _, actual in mend.between.subjects.values()]
    for trigger in mend.between.actual.triggers:
        calls = (trigger.function_schema or DEFAULT_SCHEMA, trigger.function) == (function.schema, function.name)
        if calls and id(trigger) not in drifting:
            on = qualified(trigger.schema, trigger.table)
            yield step(Phase.UNHOOK, f"DROP TRIGGER {name(trigger)} ON {on}")
            yield from each(Phase.HOOK, programs.triggers(Schema(triggers=(trigger,))))


def _drop_function(mend: Mend) -> Steps:
    function: Function = mend.actual
    what = f"DROP {function.kind.upper()} {full(function)}({', '.join(function.signature)})"
    phase = Phase.DROP_FUNCTIONS if mend.expected is None else Phase.CREATE_TYPES
    yield step(phase, what, destructive=mend.expected is None)


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
