"""The argument lists and results of functions. PostgreSQL keeps no modifiers there: `varchar(20)` is `varchar`."""

from __future__ import annotations

from dataclasses import replace

from ..model import ColumnType, Function, quote
from ..sql import SqlError, Stream, parse_type, read_type
from ..sql.arguments import read_argument
from ..sql.stream import split
from ..sql.strings import literal
from .expressions import Site
from .expressions.assignment import assigned
from .expressions.tree import serialize
from .known import Known
from .parsed_bodies import Spelled
from .results import arguments_of
from .tokens import words_of
from .types import canonical_type


def canonical_arguments(text: str, known: Known) -> str:
    """An argument list: modes other than IN, names, canonical types and defaults; also that of an ordered-set
    aggregate, which has ORDER BY in its midst.
    """
    lists = [[_argument(part, known) for part in split(one)] for one in _around_order(text)]
    shown = (", ".join(shown for shown, _ in found) for found in lists)
    canonical = (", ".join(canonical for _, canonical in found) for found in lists)
    return Spelled(" ORDER BY ".join(shown).strip(), " ORDER BY ".join(canonical).strip())


def _around_order(text: str) -> list[str]:
    """The arguments before and behind ORDER BY, or all of them."""
    if "order" not in text.lower():
        return [text]
    try:
        stream = Stream.of(text)
        before = stream.until("order")
        return [before, stream.until()] if stream.accept("order", "by") else [text]
    except SqlError:
        return [text]


def canonical_result(function: Function, known: Known) -> str | None:
    """What is after RETURNS: a type, SETOF a type, or TABLE and its columns; without it, what OUT arguments make."""
    text = function.returns
    if text is None:
        return _result_of(function.arguments, known) if function.kind == "function" else None
    try:
        stream = Stream.of(text)
        if stream.accept("setof"):
            return "SETOF " + value_type(stream.until(), known)
        if stream.accept("table") and (columns := stream.group()) and stream.done:
            return f"TABLE({canonical_arguments(columns, known)})"
    except SqlError:
        pass
    return value_type(text.strip(), known)


def _result_of(arguments: str, known: Known) -> str | None:
    """The type of the one OUT argument; a record if there are more."""
    try:
        given = [one.type for one in arguments_of(arguments) if one.mode in ("out", "inout")]
    except SqlError:
        return None
    if len(given) > 1:
        return "record"
    return value_type(given[0].until(), known) if given else None


def value_type(text: str, known: Known) -> str:
    """The type of an argument or result, without modifiers; the words of `text` if it is no type (`t.c%TYPE`)."""
    try:
        found = canonical_type(parse_type(text), known.types)
    except ValueError:
        return words_of(text)
    return str(replace(found, modifiers=()))


def _argument(text: str, known: Known) -> tuple[str, str]:
    """An argument as it is shown, and in canonical form."""
    try:
        argument = read_argument(Stream.of(text))
    except SqlError:
        return words_of(text), words_of(text)
    type_ = _type(argument.type, known)
    if type_ is None and argument.type.tokens[-2].word != "type":  # `t.c%TYPE`
        return words_of(text), words_of(text)
    words = [argument.mode.upper()] if argument.mode != "in" else []
    words += [quote(argument.name)] if argument.name is not None else []
    words.append(str(replace(type_, modifiers=())) if type_ else words_of(argument.type.whole))
    if argument.default is None:
        return " ".join(words), " ".join(words)
    shown, canonical = _default(argument.default.until(), type_, known)
    return " ".join((*words, "DEFAULT", shown)), " ".join((*words, "DEFAULT", canonical))


def _default(text: str, type_: ColumnType | None, known: Known) -> tuple[str, str]:
    """A default as it is shown, constants without the cast to the argument's own type, and in canonical form."""
    try:
        node = assigned(Site(known).analyse(text), known.base(type_) or ColumnType("text"))
    except (ValueError, RecursionError):
        return words_of(text), words_of(text)
    plain = literal(node.text) if node.kind == "literal" else {"null": "NULL", "empty_array": "'{}'"}.get(node.kind)
    return plain or words_of(text), plain or serialize(node)


def _type(stream: Stream, known: Known) -> ColumnType | None:
    """The type that is all of the rest of `stream`."""
    try:
        found = read_type(stream)
        stream.finish()
    except SqlError:
        return None
    return canonical_type(found, known.types)
