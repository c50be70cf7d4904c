"""The argument lists and results of functions. PostgreSQL keeps no modifiers there: `varchar(20)` is `varchar`."""

from __future__ import annotations

from dataclasses import replace

from ..model import ColumnType, quote
from ..sql import SqlError, Stream, parse_type, read_type
from ..sql.strings import literal
from .expressions import Site
from .expressions.assignment import assigned
from .known import Known
from .tokens import words_of
from .types import canonical_type

_MODES = ("in", "out", "inout", "variadic")


def canonical_arguments(text: str, known: Known) -> str:
    """An argument list: modes other than IN, names, canonical types and defaults."""
    return ", ".join(_argument(part, known) for part in split_list(text))


def canonical_result(text: str | None, known: Known) -> str | None:
    """What stands after RETURNS: a type, SETOF a type, or TABLE and its columns."""
    if text is None:
        return None
    try:
        stream = Stream.of(text)
        if stream.accept("setof"):
            return "SETOF " + value_type(stream.until(), known)
        if stream.accept("table") and (columns := stream.group()) and stream.done:
            return f"TABLE({canonical_arguments(columns, known)})"
    except SqlError:
        pass
    return value_type(text.strip(), known)


def value_type(text: str, known: Known) -> str:
    """The type of an argument or result, without modifiers; the words of `text` if it is no type (`t.c%TYPE`)."""
    try:
        found = canonical_type(parse_type(text), known.types)
    except ValueError:
        return words_of(text)
    return str(replace(found, modifiers=()))


def split_list(text: str) -> list[str]:
    """`text` cut at its commas outside parentheses and strings."""
    try:
        return [part.until() for part in Stream.of(text).parts() if not part.done]
    except SqlError:
        return [text.strip()]


def _argument(text: str, known: Known) -> str:
    try:
        stream = Stream.of(text)
    except SqlError:
        return " ".join(text.split())
    words = []
    if stream.word in _MODES and len(stream.tokens) > 2:
        mode = stream.advance().word
        words = [] if mode == "in" else [mode.upper()]
    start, end = stream.skip_until("default", "=", ":=")
    name, type_ = _name_and_type(stream.part(start, end), known)
    words.extend([quote(name)] if name else [])
    words.append(str(replace(type_, modifiers=())) if type_ else words_of(stream.cut(start, end)))
    if not stream.done:
        stream.advance()
        words.append("DEFAULT " + _default(stream.until(), type_, known))
    return " ".join(words)


def _default(text: str, type_: ColumnType | None, known: Known) -> str:
    """A default in SQL: constants without the cast to the argument's own type, all else by its words."""
    try:
        node = assigned(Site(known).analyse(text), known.base(type_) or ColumnType("text"))
    except (ValueError, RecursionError):
        return words_of(text)
    if node.kind == "literal":
        return literal(node.text)
    return {"null": "NULL", "empty_array": "'{}'"}.get(node.kind) or words_of(text)


def _name_and_type(argument: Stream, known: Known) -> tuple[str | None, ColumnType | None]:
    """An argument is a type, or a name and a type; where both readings work (`double precision`) the type wins."""
    if (type_ := _type(argument, known)) is not None:
        return None, type_
    argument.pos = 0
    if not argument.at_name:
        return None, None
    name = argument.identifier()
    type_ = _type(argument, known)
    return (None if type_ is None else name), type_


def _type(stream: Stream, known: Known) -> ColumnType | None:
    """The type that is all of the rest of `stream`."""
    try:
        found = read_type(stream)
        stream.finish()
    except SqlError:
        return None
    return canonical_type(found, known.types)
