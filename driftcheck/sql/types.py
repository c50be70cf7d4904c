"""Type names, wherever they are: in a column, a cast, an argument list, or alone.

`Typename` in src/backend/parser/gram.y; https://www.postgresql.org/docs/current/datatype.html. A type is only taken
apart here: that `int4` and `integer` are one is for `normalize/` to say.
"""

from __future__ import annotations

from functools import lru_cache

from ..model import ColumnType
from .errors import SqlError
from .lexer import tokens_of
from .stream import Stream, spaced
from .tokens import QUOTED, whole

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


@lru_cache(maxsize=4096)
def parse_type(text: str) -> ColumnType:
    """`text` taken apart: `timestamp(3) with time zone`, `"public"."status"[]`, `numeric(10, 2)`.

    Raises ValueError if there is more in `text` than one type, or no type at all.
    """
    try:
        stream = Stream.of(text)
        type_ = read_type(stream)
        stream.finish()
    except SqlError:
        raise ValueError(f"not a type: {text!r}") from None
    return type_


def read_type(stream: Stream, parts: int = 2) -> ColumnType:
    """The type that is at `stream`, whose name may have so many `parts`: of three, the first is a database."""
    if not stream.at_name:
        raise stream.unexpected("a type was expected")
    schema, quoted = None, False
    if stream.word in _PHRASES and stream.peek().word != ".":
        name = _phrase(stream)
    else:
        schema, name, quoted = _named(stream, parts)
    if name == "interval" and not quoted and stream.word in _FIELDS:
        name = f"interval {interval_fields(stream)}"
    found = modifiers(stream)
    if name in ("time", "timestamp") and not quoted:
        for zone in ("with", "without"):
            if stream.accept(zone, "time", "zone"):
                name = f"{name} {zone} time zone"
    return ColumnType(name, found, schema, _dimensions(stream), quoted)


def _phrase(stream: Stream) -> str:
    first = stream.word
    stream.advance()
    for phrase in _PHRASES[first]:
        if stream.accept(*phrase):
            return " ".join((first, *phrase))
    return first


def _named(stream: Stream, parts: int) -> tuple[str | None, str, bool]:
    """The schema, the name, and whether that is in quotes."""
    path = stream.path()
    token = stream.tokens[stream.pos - 1]
    if len(path) > parts:
        raise stream.error(f"a name of more than {_NUMBERS[parts]} parts", token)
    return path[-2] if len(path) > 1 else None, path[-1], token.kind == QUOTED


_NUMBERS = {2: "two", 3: "three"}


def without_casts(text: str) -> Stream:
    """What stands before the casts (`::type`) at the end of `text`, as a stream."""
    stream = Stream(tokens_of(text))
    start, end = stream.skip_until("::")
    try:
        while stream.accept("::"):
            read_type(stream)
        stream.finish()
    except SqlError:
        return stream.part(0, len(stream.tokens) - 1)
    return stream.part(start, end)


def interval_fields(stream: Stream) -> str:
    """`year to month` behind INTERVAL or its constant; "" if there are none."""
    first = stream.accept_any(*_FIELDS)
    if first and stream.at("to") and stream.peek().word in _FIELDS:
        stream.advance()
        return f"{first} to {stream.advance().word}"
    return first


def modifiers(stream: Stream) -> tuple[str, ...]:
    """What is in parentheses behind a type's name, without needless blanks."""
    if not stream.at("("):
        return ()
    return tuple(spaced(part.tokens[:-1]) for part in stream.items())


def _dimensions(stream: Stream) -> int:
    if stream.accept("array") and not stream.at("["):
        return 1
    count = 0
    while stream.accept("["):
        if not stream.at("]"):
            stream.integer()
        stream.expect("]")
        count += 1
    return count


#: What the catalog calls a type → what `format_type` calls it, where that is another name.
_SHOWN = {
    "int4": "integer", "int2": "smallint", "int8": "bigint", "bool": "boolean", "float4": "real",
    "float8": "double precision", "varchar": "character varying", "bpchar": "character", "varbit": "bit varying",
    "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
    "time": "time without time zone", "timetz": "time with time zone",
}  # fmt: skip
_IN_CATALOG = {shown: name for name, shown in _SHOWN.items()}
#: Every other name of a type → what `format_type` calls it. The grammar alone knows some of them.
SPELLING = {
    **_SHOWN, "int": "integer", "float": "double precision", "decimal": "numeric", "dec": "numeric",
    "char varying": "character varying", "nchar varying": "character varying",
    "national character varying": "character varying", "national char varying": "character varying",
    "char": "character", "nchar": "character", "national character": "character", "national char": "character",
}  # fmt: skip


def catalog_name(name: str) -> str:
    """What PostgreSQL's grammar calls the type inside (`SystemTypeName`, gram.y): automatic names show it."""
    shown = SPELLING.get(name, name)
    return _IN_CATALOG.get(shown, shown)


@lru_cache(maxsize=2_000)
def signature_type(type_: ColumnType) -> str:
    """`type_` as it is in a function's identity: PostgreSQL's spelling, without modifiers."""
    schema = None if type_.schema in ("pg_catalog", "public") else type_.schema
    name = type_.name
    if not type_.quoted and schema is None:
        name = "interval" if name.startswith("interval ") else SPELLING.get(name, name)
        if type_.name == "float" and type_.modifiers and (whole(type_.modifiers[0]) or 25) < 25:
            name = "real"
    return str(ColumnType(name, (), schema, min(type_.dimensions, 1), quoted=type_.quoted))
