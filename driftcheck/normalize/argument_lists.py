"""The argument lists and results of functions. PostgreSQL keeps no modifiers there: `varchar(20)` is `varchar`."""

from __future__ import annotations

from dataclasses import replace

from ..model import ColumnType, parse_type, quote
from .expressions import Site
from .expressions.assignment import assigned
from .expressions.lexer import Token, tokenize
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
    stripped = text.strip()
    lowered = stripped.lower()
    if lowered.startswith("setof "):
        return "SETOF " + value_type(stripped[6:], known)
    if lowered.startswith("table"):
        inside = stripped[5:].strip()
        if inside.startswith("(") and inside.endswith(")"):
            return f"TABLE({canonical_arguments(inside[1:-1], known)})"
    return value_type(stripped, known)


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
        tokens = tokenize(text)
    except ValueError:
        return [text.strip()]
    parts, start, depth = [], 0, 0
    for token in tokens:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0) if token.kind == "mark" else 0
        if token.kind == "end" or (depth == 0 and token.is_mark(",")):
            parts.append(text[start : token.start].strip())
            start = token.end
    return [part for part in parts if part]


def _argument(text: str, known: Known) -> str:
    try:
        tokens = tokenize(text)
    except ValueError:
        return " ".join(text.split())
    words = []
    first = tokens[0]
    if first.is_word(*_MODES) and len(tokens) > 2:
        words = [] if first.text == "in" else [first.text.upper()]
        tokens = tokens[1:]
    equals = next((token for token in tokens if token.is_word("default") or token.is_mark("=", ":=")), None)
    end = equals.start if equals is not None else len(text)
    name, type_ = _name_and_type(text[:end], tokens, known)
    words.extend([quote(name)] if name else [])
    words.append(str(replace(type_, modifiers=())) if type_ else words_of(text[tokens[0].start : end]))
    if equals is not None:
        words.append("DEFAULT " + _default(text[equals.end :].strip(), type_, known))
    return " ".join(words)


def _default(text: str, type_: ColumnType | None, known: Known) -> str:
    """A default in SQL: constants without the cast to the argument's own type, all else by its words."""
    try:
        node = assigned(Site(known).analyse(text), known.base(type_) or ColumnType("text"))
    except (ValueError, RecursionError):
        return words_of(text)
    if node.kind == "literal":
        return "'" + node.text.replace("'", "''") + "'"
    return {"null": "NULL", "empty_array": "'{}'"}.get(node.kind) or words_of(text)


def _name_and_type(text: str, tokens: list[Token], known: Known) -> tuple[str | None, ColumnType | None]:
    """An argument is a type, or a name and a type; where both readings work (`double precision`) the type wins."""
    first = tokens[0]
    try:
        return None, canonical_type(parse_type(text[first.start :].strip()), known.types)
    except ValueError:
        pass
    if first.kind not in ("word", "quoted"):
        return None, None
    try:
        return first.text, canonical_type(parse_type(text[first.end :].strip()), known.types)
    except ValueError:
        return None, None
