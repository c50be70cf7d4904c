"""Columns: type, nullability, what fills them, in PostgreSQL's words."""

from __future__ import annotations

import enum
from typing import Any

from sqlalchemy import Sequence, exc
from sqlalchemy import types as sqltypes
from sqlalchemy.schema import DefaultClause

from .compiling import Compiler, why, word

Facts = dict[str, Any]


def describe_column(column: Any, compiler: Compiler, gap: Any) -> Facts:
    """The facts of one column; `gap(field, reason)` is called for each that has no form."""
    facts: Facts = {
        "name": str(column.name),
        "nullable": bool(column.nullable),
        "comment": word(column.comment),
        "serial": _serial(column, compiler),
        "application_default": application_value(column, column.default, compiler, gap),
        "application_onupdate": application_value(column, column.onupdate, compiler, gap),
    }
    for field, part in _PARTS:
        try:
            facts.update(part(column, compiler, gap))
        except Exception as error:  # noqa: BLE001 # types and expressions are the project's own code
            gap(field, why(error))
    return facts


def _type(column: Any, compiler: Compiler, gap: Any) -> Facts:
    text, collation = compiler.type_and_collation(column.type, column)
    return {"type": text, "collation": word(collation)}


def _serial(column: Any, compiler: Compiler) -> str | None:
    """The serial type that SQLAlchemy would write: its rule for a primary key that counts by itself."""
    counts_itself = (
        column.primary_key
        and column is column.table._autoincrement_column
        and column.identity is None
        and (column.default is None or (isinstance(column.default, Sequence) and column.default.optional))
    )
    if not counts_itself:
        return None
    type_ = compiler.resolved(column.type)
    if isinstance(type_, sqltypes.BigInteger):
        return "bigserial"
    return "smallserial" if isinstance(type_, sqltypes.SmallInteger) else "serial"


def _default(column: Any, compiler: Compiler, gap: Any) -> Facts:
    default = column.server_default
    if default is None or column.computed is not None or column.identity is not None:
        return {}
    if not isinstance(default, DefaultClause):
        gap("default", "FetchedValue() says that the server fills it in, but not with what")
        return {}
    if isinstance(default.arg, str):
        return {"default": compiler.literal(default.arg)}
    return {"default": compiler.expression(default.arg)}


def _computed(column: Any, compiler: Compiler, gap: Any) -> Facts:
    if column.computed is None:
        return {}
    expression = compiler.expression(column.computed.sqltext)
    stored = column.computed.persisted
    if stored is None and not compiler.leaves_storage_open:
        stored = True
    return {"generated": {"expression": expression, "stored": None if stored is None else bool(stored)}}


def _identity(column: Any, compiler: Compiler, gap: Any) -> Facts:
    if column.identity is None:
        return {}
    return {"identity": {**sequence_options(column.identity), "always": bool(column.identity.always)}}


_PARTS = (("type", _type), ("default", _default), ("generated", _computed), ("identity", _identity))


def sequence_options(options: Any) -> Facts:
    """The options of an Identity or Sequence that the author set."""
    return {
        name: bool(value) if name == "cycle" else int(value)
        for name, value in (
            ("start", options.start),
            ("increment", options.increment),
            ("minimum", options.minvalue),
            ("maximum", options.maxvalue),
            ("cache", options.cache),
            ("cycle", options.cycle),
        )
        if value is not None
    }


def application_value(column: Any, default: Any, compiler: Compiler, gap: Any) -> str | None:
    """What SQLAlchemy itself fills in, as a short text: the value, the function's name, the SQL."""
    if default is None:
        return None
    if isinstance(default, Sequence):
        name = f"{default.schema}.{default.name}" if default.schema else str(default.name)
        return f"nextval('{name}')"
    if getattr(default, "is_clause_element", False):
        try:
            return compiler.expression(default.arg)
        except Exception:  # noqa: BLE001 # the text is for people only; PostgreSQL never sees it
            return "an SQL expression"
    if getattr(default, "is_callable", False):
        name = getattr(default.arg, "__name__", type(default.arg).__name__)
        return "lambda" if name == "<lambda>" else str(name)
    return _scalar(column, getattr(default, "arg", default))


def _scalar(column: Any, value: Any) -> str:
    if isinstance(value, enum.Enum):
        stored = getattr(column.type, "_db_value_for_elem", None)
        try:
            return str(stored(value)) if stored else str(value.value)
        except (exc.SQLAlchemyError, LookupError, AttributeError, TypeError):
            return str(value.value)
    return str(value)
