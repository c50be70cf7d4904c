"""What functions of a schema give back as rows: RETURNS TABLE, OUT arguments, SETOF a table or composite type."""

from __future__ import annotations

from ..model import DEFAULT_SCHEMA, ColumnType, Function, Schema
from ..sql import SqlError, Stream, parse_type, read_type
from ..sql.arguments import Argument, read_argument
from .names import dotted
from .types import UserTypes, canonical_type

#: (name, type) of each column in order.
Columns = tuple[tuple[str, ColumnType | None], ...]


def results_of(schema: Schema, types: UserTypes) -> dict[str, Columns | ColumnType]:
    """By a function's name, the columns of its rows, or the type that a row has; without what is not known."""
    found: dict[str, Columns | ColumnType | None] = {}
    for function in schema.functions:
        name = dotted([function.schema or DEFAULT_SCHEMA, function.name])
        found[name] = None if name in found else _result(function, types)
    return {name: result for name, result in found.items() if result is not None}


def _result(function: Function, types: UserTypes) -> Columns | ColumnType | None:
    try:
        stream = Stream.of(function.returns or "")
        if stream.accept("table"):
            return _columns(list(arguments_of(stream.part(*stream.skip_group()).until())), types)
        given = [one for one in arguments_of(function.arguments) if one.mode in ("out", "inout")]
        if len(given) > 1:
            return _columns(given, types)
        stream.accept("setof")
        return None if given or stream.done else canonical_type(parse_type(stream.until()), types)
    except (SqlError, ValueError):
        return None


def arguments_of(text: str) -> list[Argument[Stream]]:
    """The arguments of a list. Raises SqlError for what is none."""
    whole = Stream.of(text)
    return [read_argument(part) for part in whole.parts(0, len(whole.tokens) - 1)] if not whole.done else []


def _columns(arguments: list[Argument[Stream]], types: UserTypes) -> Columns:
    return tuple(
        (one.name or f"column{index + 1}", canonical_type(read_type(one.type, parts=3), types))
        for index, one in enumerate(arguments)
    )
