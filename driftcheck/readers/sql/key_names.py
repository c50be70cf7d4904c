"""The names PostgreSQL gives to the keys of an index, and to expressions."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import IndexKey
from ...sql import catalog_name, read_type, tokens_of
from ...sql.text import SourceText
from ...sql.tokens import NUMBER, STRING
from .cursor import Cursor

#: Parentheses around parentheses that are looked through; more mean nothing a person wrote.
_DEEPEST = 50
#: How deep an expression's name is looked for.
_MOST_NESTED = 5


def unwrapped(cursor: Cursor) -> Cursor:
    """The tokens without the parentheses that go around all of them."""
    for _ in range(_DEEPEST):
        if not (cursor.at("(") and _is_group(cursor)):
            break
        cursor = cursor.part(1, len(cursor.tokens) - 2)
    return cursor


def _is_group(cursor: Cursor) -> bool:
    """Whether one pair of parentheses goes around all of it."""
    start, end = cursor.skip_group()
    whole = cursor.done and end > start
    cursor.pos = 0
    return whole


def key_names(keys: Iterable[IndexKey], include: Iterable[str] = ()) -> list[str]:
    """What the keys are called inside an index (`ChooseIndexColumnNames`, indexcmds.c)."""
    return distinct([*(_base_name(key) for key in keys), *include])


def distinct(bases: Iterable[str]) -> list[str]:
    """The names, a repeated one numbered."""
    names: list[str] = []
    for base in bases:
        name, number = base, 0
        while name in names:
            number += 1
            name = f"{base}{number}"
        names.append(name)
    return names


def _base_name(key: IndexKey) -> str:
    if key.column is not None:
        return key.column
    return figure_name(str(key.expression)) or "expr"


def figure_name(sql: str, depth: int = 0) -> str | None:
    """The name PostgreSQL's FigureColname gives an expression: its column, function or type; None if it has none."""
    if depth > _MOST_NESTED:
        return None
    cursor = unwrapped(Cursor(SourceText("", sql), tokens_of(sql)))
    name, strong = _primary_name(cursor, depth)
    while not cursor.done:
        if cursor.accept("collate"):
            cursor.name()
        elif cursor.word == "::":
            cursor.advance()
            type_name = _type_name(cursor)
            if not strong:
                name = type_name
        else:
            return None
    return name


def _primary_name(cursor: Cursor, depth: int) -> tuple[str | None, bool]:
    """The name of the primary expression that is first, and whether a cast leaves it its name."""
    if cursor.at("("):
        start, end = cursor.skip_group()
        inner = cursor.cut(start, end)
        name = figure_name(inner, depth + 1)
        return name, name is not None and cursor.tokens[start].kind not in (STRING, NUMBER)
    if cursor.accept("case"):
        cursor.skip_until("\0")
        return "case", True
    if cursor.at_string or cursor.token.kind == NUMBER:
        cursor.advance()
        return None, False
    if cursor.at("cast", "("):
        cursor.advance()
        cast = cursor.part(*cursor.skip_group())
        before = cast.until("as")
        cast.accept("as")
        return figure_name(before, depth + 1) or _type_name(cast), True
    if not cursor.token.is_name:
        cursor.skip_until("\0")
        return None, False
    name = cursor.identifier()
    while cursor.accept("."):
        name = cursor.identifier()
    if cursor.accept("["):
        cursor.skip_until("]")
        cursor.accept("]")
    if cursor.at("("):
        cursor.skip_group()
    elif name == "array":
        return "array", True
    return name, True


def _type_name(cursor: Cursor) -> str | None:
    return catalog_name(read_type(cursor, parts=3).name)
