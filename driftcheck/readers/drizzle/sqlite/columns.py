"""From a column of sqlite-core to the model's.

Source: `generateSqliteSnapshot` of drizzle-kit (src/serializer/sqliteSerializer.ts); in the 1.0 line
src/dialects/sqlite/drizzle.ts.
"""

from __future__ import annotations

from dataclasses import replace

from .... import model
from ....dialects.sqlite.cursor import Cursor
from ....dialects.sqlite.lexer import NotSqlite, Statement, tokens
from ....dialects.sqlite.place import Places
from ....dialects.sqlite.tables import Draft, read_column
from ....model import ColumnType, Expression, Generated, Identity
from ....typescript.runtime.values import UNDEFINED, BigInt, JsArray, JsObject, Unknown, Value, clipped
from ..column_facts import generated_as
from ..columns import PgColumn
from ..columns.kind import option
from ..context import Context
from ..defaults import application_text
from ..line import Line
from ..literals import NotKnown, is_scalar, json_text, quoted, scalar_text, timestamp_text
from ..rendering import expression
from ..sql import SqlObject
from ..tables import PgTable

_LONGEST = 2_000


def column_model(table: PgTable, column: PgColumn, context: Context) -> model.Column:
    """The column. What is not known of it is noted as a gap."""
    unknown: set[str] = set()

    def not_known(fact: str, why: Unknown) -> None:
        unknown.add(fact)
        about = f"{model.DEFAULT_SCHEMA}.{table.name}.{column.name}"
        context.gap(column.location or why.location, f"{fact} of column {column.name}", why, about)

    facts = column.facts
    try:
        written = _written(column)
    except NotKnown as error:
        not_known("type", error.unknown)
        written = model.Column(name=column.name, type=ColumnType("unknown"))
    default, generated, identity = written.default, written.generated, None
    try:
        default = default_of(column) or default
    except NotKnown as error:
        not_known("default", error.unknown)
    try:
        generated = _generated(column) or generated
    except NotKnown as error:
        not_known("generated", error.unknown)
    try:
        identity = Identity(autoincrement=True) if facts.primary and _counts(column) else None
    except NotKnown as error:
        not_known("identity", error.unknown)
    return replace(
        written,
        nullable=written.nullable and not _is_not_null(column),
        default=default,
        application_default=application_text(facts.default_fn),
        application_onupdate=application_text(facts.on_update_fn),
        generated=generated,
        identity=identity,
        location=column.location,
        unknown=frozenset(unknown),
    )


def _is_not_null(column: PgColumn) -> bool:
    """drizzle-kit 1.0 writes PRIMARY KEY alone, behind which SQLite lets NULL in, but for a rowid."""
    if column.context.line is Line.NEXT and column.facts.primary:
        return False
    return bool(column.facts.not_null or column.facts.primary)


def _counts(column: PgColumn) -> bool:
    value = option(column.facts.primary_config, "autoIncrement")
    if isinstance(value, Unknown):
        raise NotKnown(value)
    return bool(value)


def _written(column: PgColumn) -> model.Column:
    """The column with its type, and what some custom types say behind it. Raises NotKnown."""
    sql_type = column.kind.sql_type
    if isinstance(sql_type, Unknown):
        raise NotKnown(sql_type)
    not_understood = Unknown(f"{clipped(repr(sql_type))} is not a type that is understood", column.location)
    if len(sql_type) > _LONGEST:
        raise NotKnown(not_understood)
    text = quoted(column.name) + " " + sql_type
    try:
        cursor = Cursor(Statement(text, tuple(tokens(text))))
        found = read_column(cursor, Draft("", Places("", "")))
    except NotSqlite as error:
        raise NotKnown(not_understood) from error
    if not cursor.done:
        raise NotKnown(not_understood)
    return found


def default_of(column: PgColumn) -> Expression | None:
    """The column's default in the database, if it has one. Raises NotKnown."""
    value = column.facts.default
    if value is UNDEFINED or value is None:
        return None
    if isinstance(value, Unknown):
        raise NotKnown(value)
    budget = column.context.budget
    if isinstance(value, SqlObject):
        return expression(value, budget, bare=True)
    if column.context.line is Line.NEXT:
        value = column.kind.encode(value, budget)
        if isinstance(value, SqlObject):
            return expression(value, budget, bare=True)
    return Expression(_text(column, value))


def _text(column: PgColumn, value: Value) -> str:
    """A literal: what is no text, number or truth value is JSON, dates of the 0.x line included."""
    if isinstance(value, str):
        # drizzle-kit 1.0 doubles each backslash of a text, which changes what it says.
        doubled = column.context.line is Line.NEXT and column.kind.class_name == "SQLiteText"
        return quoted(value.replace("\\", "\\\\") if doubled else value)
    if isinstance(value, BigInt) or is_scalar(value):
        return scalar_text(value)
    budget = column.context.budget
    if isinstance(value, JsArray | JsObject):
        return quoted(json_text(value, budget))
    moment = timestamp_text(value)
    if moment is not None:
        return quoted(f'"{moment}"' if column.context.line is Line.STABLE else moment)
    raise NotKnown(Unknown(f"a {type(value).__name__} is given where a plain value is needed", column.location))


def _generated(column: PgColumn) -> Generated | None:
    """`generatedAlwaysAs(…, { mode })`. Raises NotKnown."""
    made = generated_as(column)
    if made is None:
        return None
    mode = option(column.facts.generated_config, "mode")
    if isinstance(mode, Unknown):
        raise NotKnown(mode)
    return Generated(made, mode == "stored")
