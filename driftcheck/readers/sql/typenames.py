"""Column types as they stand in statements, and the spelling of types in a function's signature."""

from __future__ import annotations

from dataclasses import replace

from ...model import ColumnType
from ...sql.tokens import QUOTED
from .cursor import Cursor

#: First word → words that may follow it, the longest first, in a type of more than one word.
_PHRASES = {
    "double": (("precision",),),
    "character": (("varying",),),
    "char": (("varying",),),
    "nchar": (("varying",),),
    "bit": (("varying",),),
    "national": (("character", "varying"), ("char", "varying"), ("character",), ("char",)),
}
_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second"})


def read_type(cursor: Cursor) -> ColumnType:
    """The type that stands at `cursor`, as `model.parse_type` would take it apart."""
    first = cursor.token
    if not first.is_name:
        raise cursor.unexpected("a type was expected")
    if first.word in _PHRASES and cursor.peek().word != ".":
        type_ = ColumnType(_phrase(cursor))
    else:
        schema, name, token = cursor.name()
        type_ = ColumnType(name, schema=schema, quoted=token.kind == QUOTED)
    if cursor.at("%", "type"):
        raise cursor.unexpected()
    if type_.name == "interval" and not type_.quoted and cursor.word in _FIELDS:
        type_ = replace(type_, name=f"interval {_interval_fields(cursor)}")
    if cursor.at("("):
        start, end = cursor.skip_group()
        words = tuple(" ".join(part.cut(0, len(part.tokens) - 1).split()) for part in cursor.parts(start, end))
        type_ = replace(type_, modifiers=words)
    if type_.name in ("time", "timestamp") and not type_.quoted:
        for zone in ("with", "without"):
            if cursor.accept(zone, "time", "zone"):
                type_ = replace(type_, name=f"{type_.name} {zone} time zone")
    return replace(type_, dimensions=_dimensions(cursor)) if cursor.word in ("[", "array") else type_


def _phrase(cursor: Cursor) -> str:
    first = cursor.word
    cursor.advance()
    for phrase in _PHRASES[first]:
        if cursor.accept(*phrase):
            return " ".join((first, *phrase))
    return first


def _interval_fields(cursor: Cursor) -> str:
    first = cursor.word
    cursor.advance()
    if cursor.at("to") and cursor.peek().word in _FIELDS:
        cursor.advance()
        return f"{first} to {cursor.advance().word}"
    return first


def _dimensions(cursor: Cursor) -> int:
    count = 0
    if cursor.accept("array"):
        count = 1
        if not cursor.at("["):
            return count
        count = 0
    while cursor.accept("["):
        if not cursor.at("]"):
            cursor.integer()
        cursor.expect("]")
        count += 1
    return count


#: What PostgreSQL's grammar and catalog call these types (gram.y, pg_type): `format_type`'s spelling.
_SPELLING = {
    "int": "integer", "int4": "integer", "int2": "smallint", "int8": "bigint", "bool": "boolean",
    "float": "double precision", "float4": "real", "float8": "double precision",
    "decimal": "numeric", "dec": "numeric",
    "varchar": "character varying", "char varying": "character varying", "nchar varying": "character varying",
    "national character varying": "character varying", "national char varying": "character varying",
    "char": "character", "nchar": "character", "bpchar": "character", "national character": "character",
    "national char": "character",
    "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
    "time": "time without time zone", "timetz": "time with time zone", "varbit": "bit varying",
}  # fmt: skip


def signature_type(type_: ColumnType) -> str:
    """`type_` as it stands in a function's identity: PostgreSQL's spelling, without modifiers."""
    schema = None if type_.schema in ("pg_catalog", "public") else type_.schema
    name = type_.name
    if not type_.quoted and schema is None:
        name = "interval" if name.startswith("interval ") else _SPELLING.get(name, name)
        if type_.name == "float" and type_.modifiers and type_.modifiers[0].isdigit() and int(type_.modifiers[0]) < 25:
            name = "real"
    plain = ColumnType(name, (), schema, min(type_.dimensions, 1), quoted=False)
    return str(plain)


#: What the grammar calls these types inside (`SystemTypeName`, gram.y): automatic names show it.
INTERNAL = {
    "int": "int4", "integer": "int4", "smallint": "int2", "bigint": "int8", "boolean": "bool", "real": "float4",
    "float": "float8", "double precision": "float8", "decimal": "numeric", "dec": "numeric",
    "character varying": "varchar", "char varying": "varchar", "character": "bpchar", "char": "bpchar",
    "timestamp with time zone": "timestamptz", "timestamp without time zone": "timestamp",
    "time with time zone": "timetz", "time without time zone": "time", "bit varying": "varbit",
}  # fmt: skip
