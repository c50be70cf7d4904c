"""From Drizzle's columns to the model's."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import replace
from functools import lru_cache

from ... import model
from ...frozen import dataclass
from ...model import ColumnType, Expression, Generated, Identity, truncate
from ...model import serial as serials
from ...model.naming import object_name
from ...sql import SqlError, Stream, read_type
from ...typescript.runtime.values import UNDEFINED, BigInt, JsObject, Unknown, Value, clipped, is_function
from .columns import PgColumn
from .columns.kind import option
from .context import Context
from .defaults import application_text, default_of
from .literals import NotKnown
from .rendering import expression
from .schemas import PgEnum
from .sql import SqlObject
from .tables import PgTable

#: Longer types are none, with all that may be behind them.
_LONGEST = 10_000


@dataclass(slots=True)
class _Type:
    """A type with what was written behind it."""

    type: ColumnType
    generated: Expression | None = None
    collation: str | None = None
    not_null: bool = False
    default: Expression | None = None


def column_model(
    table: PgTable, column: PgColumn, context: Context, taken: Container[str]
) -> tuple[model.Column, model.Sequence | None]:
    """The column, and the sequence that a serial column owns. What is not known of it is noted as a gap."""
    unknown: set[str] = set()
    name = f"{table.schema or 'public'}.{table.name}.{column.name}"

    def not_known(fact: str, why: Unknown) -> None:
        unknown.add(fact)
        context.gap(column.location or why.location, f"{fact} of column {column.name}", why, name)

    written = _type(column, lambda why: not_known("type", why))
    default: Expression | None = None
    try:
        default = default_of(column)
        _refuse_second(column, written, default)
        default = default or written.default
    except NotKnown as error:
        not_known("default", error.unknown)
    generated = Generated(written.generated) if written.generated is not None else None
    try:
        if (formula := generated_as(column)) is not None:
            generated = Generated(formula)
    except NotKnown as error:
        not_known("generated", error.unknown)
    identity = None
    try:
        identity = _identity(table, column)
    except NotKnown as error:
        not_known("identity", error.unknown)
    facts = column.facts
    made = model.Column(
        name=truncate(column.name),
        type=written.type,
        nullable=not (facts.not_null or facts.primary or written.not_null),
        default=default,
        application_default=application_text(facts.default_fn),
        application_onupdate=application_text(facts.on_update_fn),
        generated=generated,
        identity=identity,
        collation=written.collation,
        location=column.location,
        unknown=frozenset(unknown),
    )
    return _with_sequence(table, made, taken)


def _refuse_second(column: PgColumn, written: _Type, default: Expression | None) -> None:
    """Raises NotKnown for a default beside what else gives the column its values: PostgreSQL refuses the table."""
    others = {
        "is generated": written.generated is not None or column.facts.generated is not UNDEFINED,
        "is an identity": column.facts.identity is not None,
        "has a default in its type": written.default is not None,
        "is a serial": not written.type.quoted and serials.integer_of(written.type.name) is not None,
    }
    for what, true in others.items():
        if true and default is not None:
            raise NotKnown(Unknown(f"the column {what}, and PostgreSQL takes no default beside that", column.location))


def _with_sequence(
    table: PgTable, column: model.Column, taken: Container[str]
) -> tuple[model.Column, model.Sequence | None]:
    integer = None if column.type.quoted or column.type.dimensions else serials.integer_of(column.type.name)
    if integer is None:
        return column, None
    sequence, default = serials.owned_sequence(
        table.schema or "public", truncate(str(table.name)), column.name, integer, taken=taken, location=column.location
    )
    return replace(column, type=ColumnType(integer), nullable=False, default=default), sequence


def _type(column: PgColumn, not_known: Callable[[Unknown], None]) -> _Type:
    kind, dimensions = column.kind, column.facts.dimensions
    sql_type = kind.sql_type
    if isinstance(kind.enum, PgEnum) and isinstance(kind.enum.name, str) and not isinstance(kind.enum.schema, Unknown):
        enum = kind.enum
        return _Type(ColumnType(truncate(enum.name), (), enum.schema, dimensions, quoted=True))
    if isinstance(sql_type, Unknown):
        not_known(sql_type)
        return _Type(ColumnType("unknown"))
    if len(sql_type) > _LONGEST:
        not_known(Unknown(f"{clipped(repr(sql_type))} is not a type that is understood", column.location))
        return _Type(ColumnType("unknown"))
    try:
        found = _written(sql_type)
    except SqlError:
        not_known(Unknown(f"{clipped(repr(sql_type))} is not a type that is understood", column.location))
        return _Type(ColumnType(sql_type))
    return replace(found, type=replace(found.type, dimensions=found.type.dimensions + dimensions))


@lru_cache(512)
def _written(text: str) -> _Type:
    """A type, and what some custom types say behind it: drizzle-kit copies it into the column as it is."""
    stream = Stream.of(text)
    found = _Type(read_type(stream))
    while not stream.done:
        if stream.accept("collate"):
            found.collation = ".".join(stream.path())
        elif stream.accept("not", "null"):
            found.not_null = True
        elif stream.accept("default"):
            found.default = Expression(stream.until("not", "generated", "collate"))
        else:
            stream.expect("generated", "always", "as")
            found.generated = Expression(stream.group())
            stream.accept("stored")
    return found


def generated_as(column: PgColumn) -> Expression | None:
    """`generatedAlwaysAs(…)`: SQL, a function that gives some, or a plain string, which Drizzle takes as SQL.

    None if the column is not generated. Raises NotKnown.
    """
    value = column.facts.generated
    if value is UNDEFINED:
        return None
    reference = getattr(column.table, "site", None)
    if is_function(value) and reference is not None:
        value = reference.call(value, [])
    if isinstance(value, Unknown):
        raise NotKnown(value)
    if isinstance(value, SqlObject):
        return expression(value, column.context.budget, bare=True)
    if isinstance(value, str):
        return Expression(value)
    raise NotKnown(Unknown("what it is generated as is neither SQL nor text", column.location))


#: The largest value of a bigint, and so of any sequence.
_LARGEST = 2**63 - 1


def whole_number(options: Value, key: str) -> int | None:
    """An option of a sequence: a number, a BigInt, or one in a string. Raises NotKnown."""
    value = option(options, key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, BigInt):
        return value.value
    if isinstance(value, float) and value.is_integer():
        # `drizzle-kit pull` writes the largest bigint as a number, and JavaScript has none nearer than one too many.
        return _LARGEST if value == _LARGEST + 1 else int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d+\s*", value):
        return int(value)
    raise NotKnown(value if isinstance(value, Unknown) else Unknown(f"{key} is not a whole number"))


def flag(options: Value, key: str, default: bool = False) -> bool:
    """An option that is true or false. Raises NotKnown."""
    value = option(options, key)
    if isinstance(value, Unknown):
        raise NotKnown(value)
    return default if value is None else bool(value)


def _identity(table: PgTable, column: PgColumn) -> Identity | None:
    if column.facts.identity is None:
        return None
    always, options = column.facts.identity
    if isinstance(options, Unknown):
        raise NotKnown(options)
    options = options if isinstance(options, JsObject) else None
    increment = whole_number(options, "increment")
    minimum = whole_number(options, "minValue")
    if minimum is None and (increment or 1) < 0:
        minimum = -32768  # drizzle-kit looks for the type where its class's name stands, and takes the smallest
    return Identity(
        always=always,
        start=whole_number(options, "startWith"),
        increment=increment,
        minimum=minimum,
        maximum=whole_number(options, "maxValue"),
        cache=whole_number(options, "cache"),
        cycle=flag(options, "cycle"),
        sequence_name=_sequence_name(table, column, option(options, "name")),
    )


def _sequence_name(table: PgTable, column: PgColumn, given: Value) -> str | None:
    """The author's name, or Drizzle's own where PostgreSQL would choose another (it shortens long ones otherwise)."""
    if isinstance(given, Unknown):
        raise NotKnown(given)
    if isinstance(given, str) and given:
        return truncate(given)
    name = truncate(f"{table.name}_{column.name}_seq")
    own = object_name(truncate(str(table.name)), truncate(column.name), "seq")
    return None if name == own else name
