"""Statements for types, sequences, extensions, schemas, roles, views and functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...differ.between import kept_inside
from ...differ.serials import sequence_of
from ...model import DEFAULT_SCHEMA, Column, CompositeType, Domain, Enum, Role, Table
from ...sql.references import names_in
from ...writers.sql import security, types
from ...writers.sql.gate import NOTHING, SqlText, column_type, default, joined, label, sql, type_name
from ...writers.sql.gate import name as identifier
from ...writers.sql.text import collate, qualified
from ..drift import Drift
from . import functions
from .conversion import as_text, narrows
from .counting import changed
from .recreate_dependents import recreate_conditions, recreate_dependents
from .steps import Phase, Steps, Writer, each, full, name, needed, said, step


def _create(drift: Drift) -> Steps:
    yield from each(Phase.CREATE_TYPES, types.create(needed(drift.expected)))


def _drop_type(drift: Drift) -> Steps:
    if kept_inside(drift.between.truth, drift.finding.object):
        yield said(f"export {name(drift.actual)} in {drift.between.truth.name}, which declares it")
        return
    drop = sql("DROP DOMAIN {}" if isinstance(drift.actual, Domain) else "DROP TYPE {}", full(drift.actual))
    yield step(Phase.DROP_TYPES, drop, destructive=True)


def _labels(drift: Drift) -> Steps:
    """New labels are added in their place; to lose one, or to move one, the type has to be recreated.

    No transaction takes a label back: where what follows it fails, or is taken back, it is there already the next time.
    """
    wanted, now = drift.expected.values, drift.actual.values
    if is_made_anew(drift.expected, drift.actual):
        yield from _anew(drift)
        return
    place = sql(" BEFORE {}", label(now[0])) if now else NOTHING
    for value in wanted:
        if value not in now:
            added = sql("ADD VALUE IF NOT EXISTS {}{}", label(value), place)
            yield step(Phase.LABELS, sql("ALTER TYPE {} {}", full(drift.actual), added))
        place = sql(" AFTER {}", label(value))


def is_made_anew(wanted: Enum, now: Enum) -> bool:
    """Whether a label goes or moves, which no ALTER TYPE does."""
    return [value for value in wanted.values if value in now.values] != list(now.values)


def _anew(drift: Drift) -> Steps:
    enum: Enum = drift.actual
    lost = bool(set(enum.values) - set(drift.expected.values))
    former = replace(enum, name=f"{enum.name}_former")
    statements = [
        sql("ALTER TYPE {} RENAME TO {}", full(enum), name(former)),
        *types.create(replace(needed(drift.expected), name=enum.name)),
    ]
    for table, column in columns_of(drift, enum):
        statements += _converted(drift, table, column)
        yield from recreate_dependents(drift, table.key, column.name)
        yield from recreate_conditions(drift, table.key, column.name)
    for function in drift.between.actual.functions:
        if _speaks_of(f"{', '.join(function.signature)} {function.returns or ''} {function.arguments}", enum):
            yield from functions.recreate(drift, function)
    statements.append(sql("DROP TYPE {}", full(former)))
    yield step(Phase.RETYPE, joined(statements, ";\n"), destructive=lost)


def _speaks_of(arguments: str, enum: Enum) -> bool:
    return enum.name in arguments and any(name.name == enum.name for name in names_in(arguments))


def columns_of(drift: Drift, enum: Enum | CompositeType) -> Iterator[tuple[Table, Column]]:
    for table in drift.between.actual.tables:
        for column in table.columns:
            if (column.type.schema or "public", column.type.name) == (enum.schema, enum.name):
                yield table, column


def _converted(drift: Drift, table: Table, column: Column) -> Iterator[SqlText]:
    """A default that drifts is left to its own fix: its label may be the one that goes."""
    head = sql("ALTER TABLE {} ALTER COLUMN {}", qualified(*table.key), name(column))
    if column.default is not None:
        yield sql("{} DROP DEFAULT", head)
    type_, text = column_type(column.type), as_text(name(column), column.type.dimensions)
    yield sql("{} TYPE {} USING {}::{}", head, type_, text, type_)
    wanted = drift.between.expected_tables.get(table.key)
    same = wanted.column(column.name) if wanted is not None else None
    if column.default is not None and (same is None or same.default == column.default):
        yield sql("{} SET DEFAULT {}", head, default(column.default))


def _domain(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    head = sql("ALTER DOMAIN {}", full(now))
    if wanted.default != now.default:
        what = sql("SET DEFAULT {}", default(wanted.default)) if wanted.default is not None else sql("DROP DEFAULT")
        yield step(Phase.ALTER, sql("{} {}", head, what))
    if wanted.nullable != now.nullable:
        yield step(Phase.ALTER, sql("{} DROP NOT NULL" if wanted.nullable else "{} SET NOT NULL", head))
    for check in now.checks:
        if check not in wanted.checks:
            yield step(Phase.DROP_KEYS, sql("{} DROP CONSTRAINT {}", head, name(check)))
    for check in wanted.checks:
        if check not in now.checks:
            yield step(Phase.KEYS, sql("{} ADD {}", head, types.domain_check(needed(check))))
    if (wanted.type, wanted.collation) != (now.type, now.collation):
        yield said(f"{full(now)} cannot be given another type: make a new domain and alter its columns")


def _type(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if not isinstance(now, CompositeType):
        yield said(f"the range type {full(now)} cannot be altered: make a new one and alter its columns")
        return
    head = sql("ALTER TYPE {}", full(now))
    mine = {attribute.name: attribute for attribute in wanted.attributes}
    theirs = {attribute.name: attribute for attribute in now.attributes}
    for gone in theirs.keys() - mine.keys():
        yield step(Phase.DROP_COLUMNS, sql("{} DROP ATTRIBUTE {} CASCADE", head, identifier(gone)), destructive=True,
                   apart=True)  # fmt: skip
    for attribute in wanted.attributes:
        if attribute.name not in theirs:
            yield step(Phase.COLUMNS, sql("{} ADD ATTRIBUTE {} CASCADE", head, types.attribute(attribute)))
        elif theirs[attribute.name] != attribute:
            typed = sql("{} TYPE {}{}", name(attribute), column_type(attribute.type), collate(attribute.collation))
            lossy = narrows(theirs[attribute.name].type, attribute.type)
            if any(True for _ in columns_of(drift, now)):
                yield said(f"{full(now)}.{name(attribute)} keeps its type while columns are of it: make a new type")
            else:
                yield step(
                    Phase.ALTER, sql("{} ALTER ATTRIBUTE {} CASCADE", head, typed), destructive=lossy, apart=lossy
                )


def _sequence(drift: Drift) -> Steps:
    yield from each(Phase.CREATE_TYPES, types.create(needed(drift.expected)))
    yield from each(Phase.ALTER, types.ownership(drift.expected))


def _drop_sequence(drift: Drift) -> Steps:
    key = (drift.actual.schema, drift.actual.name)
    counted = (sequence_of(drift.schema, table.key, one) for table in drift.schema.tables for one in table.columns)
    if any(one is not None and (one.schema, one.name) == key for one in counted):
        yield said(f"{full(drift.actual)} is that of a column")
        return
    yield step(Phase.DROP_TYPES, sql("DROP SEQUENCE {}", full(drift.actual)), destructive=True)


def _counting(drift: Drift) -> Steps:
    wanted, now = drift.expected, drift.actual
    if wanted.type != now.type:
        yield step(Phase.ALTER, sql("ALTER SEQUENCE {} AS {}", full(now), type_name(wanted.type)))
    parts = list(changed(wanted, now))
    if wanted.owned_by != now.owned_by:
        owner = joined(map(identifier, wanted.owned_by), ".") if wanted.owned_by else sql("NONE")
        parts.append(sql("OWNED BY {}", owner))
    if parts:
        yield step(Phase.KEYS, sql("ALTER SEQUENCE {} {}", full(now), joined(parts, " ")))


def _extension(drift: Drift) -> Steps:
    yield step(Phase.CREATE_TYPES, types.extension(drift.expected))


def _named(phase: Phase, verb: SqlText, *, destructive: bool = False) -> Writer:
    def write(drift: Drift) -> Steps:
        yield step(phase, sql("{} {}", verb, name(drift.expected or drift.actual)), destructive=destructive)

    return write


def _move_extension(drift: Drift) -> Steps:
    schema = identifier(drift.expected.schema or DEFAULT_SCHEMA)
    yield step(Phase.ALTER, sql("ALTER EXTENSION {} SET SCHEMA {}", name(drift.expected), schema))


def _role(drift: Drift) -> Steps:
    yield step(Phase.LABELS, security.role(drift.expected))


def _role_options(drift: Drift) -> Steps:
    role: Role = drift.expected
    options = [
        sql("CREATEDB" if role.create_database else "NOCREATEDB"),
        sql("CREATEROLE" if role.create_role else "NOCREATEROLE"),
        sql("INHERIT" if role.inherit else "NOINHERIT"),
    ]
    yield step(Phase.ALTER, sql("ALTER ROLE {} {}", name(role), joined(options, " ")))


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
    "DR642": _named(Phase.DROP_TYPES, sql("DROP EXTENSION"), destructive=True),
    "DR643": _move_extension,
    "DR651": _named(Phase.LABELS, sql("CREATE SCHEMA IF NOT EXISTS")),
    "DR652": _named(Phase.RENAME, sql("DROP SCHEMA"), destructive=True),
    "DR661": _role,
    "DR662": _named(Phase.RENAME, sql("DROP ROLE"), destructive=True),
    "DR663": _role_options,
}
