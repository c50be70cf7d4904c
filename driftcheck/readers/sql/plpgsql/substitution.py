"""Variables of PL/pgSQL in a query or condition, and comparisons of what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....model.identifiers import RESERVED
from ....sql import tokens_of
from ....sql.text import EmbeddedText
from ....sql.tokens import END
from ..cursor import Cursor
from .constraint_text import like_pieces
from .expressions import UnknownValueError, Variables, evaluate, evaluate_text, quote_literal, text_of


def compared(part: Cursor, variables: Variables) -> bool | None:
    """What a comparison of known values gives: `=`, `<>`, IN, LIKE, `= ANY (array)`, IS NULL; None if unknown."""
    start, behind = part.skip_until("=", "<>", "!=", "is", "in", "not", "like", "ilike")
    if behind == start or part.done:
        return None
    try:
        subject = evaluate(part.part(start, behind), variables)
        if part.accept("is"):
            negated = part.accept("not")
            return (subject is None) is not negated if part.accept("null") and part.done else None
        negated = part.accept("not") or part.at("<>") or part.at("!=")
        wanted = wanted_by(part, variables)
    except UnknownValueError:
        return None
    if not isinstance(subject, str):
        return None
    found = wanted.fullmatch(subject) is not None if isinstance(wanted, re.Pattern) else subject in wanted
    return found is not negated


def wanted_by(cursor: Cursor, variables: Variables) -> frozenset[str] | re.Pattern[str]:
    """What the operator at `cursor` and its operand ask for: values or a pattern. Raises UnknownValueError."""
    if cursor.accept("in"):
        inner = cursor.part(*cursor.skip_group())
        items = list(inner.parts(0, len(inner.tokens) - 1))
        return frozenset(evaluate_text(item, variables) for item in items)
    if like := cursor.accept_any("like", "ilike"):
        pattern = evaluate_text(cursor.part(cursor.pos, len(cursor.tokens) - 1), variables)
        return re.compile("".join(like_pieces(pattern)), re.DOTALL | (re.IGNORECASE if like == "ilike" else 0))
    if not cursor.accept_any("=", "<>", "!="):
        raise UnknownValueError
    if cursor.accept("any"):
        array = evaluate(cursor.part(*cursor.skip_group()), variables)
        if not isinstance(array, tuple) or not cursor.done:
            raise UnknownValueError
        return frozenset(item for item in array if isinstance(item, str))
    return frozenset({evaluate_text(cursor.part(cursor.pos, len(cursor.tokens) - 1), variables)})


def substituted(part: Cursor, variables: Variables) -> Cursor | None:
    """`part` with the values of variables in place of their names, as PL/pgSQL gives them to a query.

    None if it names a variable whose value is not known.
    """
    pieces: list[str] = []
    tokens, text, position, changed = part.tokens, part.source.text, 0, False
    while tokens[position].kind != END:
        found = _variable(part, position, variables)
        if found is None:
            token = tokens[position]
            pieces.append(text[token.start : token.end])
            position += 1
            continue
        written, length = found
        if written is None:
            return None
        pieces.append(written)
        position += length
        changed = True
    if not changed:
        return part
    source = EmbeddedText(" ".join(pieces), part.location(tokens[0]))
    return Cursor(source, tokens_of(source.text), 0, part.qualify)


def _variable(part: Cursor, position: int, variables: Variables) -> tuple[str | None, int] | None:
    """The constant to write for the variable at `position` and how many tokens it stands for; None if it is none."""
    token = part.tokens[position]
    if not token.is_name or _word_at(part, position - 1) == "." or _word_at(part, position + 1) == "(":
        return None
    name = token.name
    if not variables.declares(name) or (_word_at(part, position + 1) == "." and name not in variables.records):
        return None
    if _names_relation(part, position):
        return None
    try:
        end = position + 1
        value = variables.known.get(name)
        if name in variables.unknown:
            return None, 1
        if _word_at(part, end) == ".":
            field = part.tokens[end + 1]
            if not isinstance(value, Mapping) or not field.is_name or field.name not in value:
                return None, 1
            value, end = value[field.name], end + 2
        if isinstance(value, tuple):
            if _word_at(part, end) == "[":
                return None, 1
            items = ", ".join(quote_literal(text_of(item)) for item in value)
            return f"ARRAY[{items}]", end - position
        return "NULL" if value is None else quote_literal(text_of(value)), end - position
    except UnknownValueError:
        return None, 1


def _names_relation(part: Cursor, position: int) -> bool:
    """Whether the name at `position` is that of a table, or an alias."""
    before = part.tokens[position - 1] if position else None
    if before is None or not before.is_name:
        return False
    return before.word not in RESERVED or before.word in ("from", "as")


def _word_at(part: Cursor, position: int) -> str:
    return part.tokens[position].word if 0 <= position < len(part.tokens) else ""
