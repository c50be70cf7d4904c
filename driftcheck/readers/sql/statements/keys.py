"""Keys of an index or of an exclusion constraint, and the name PostgreSQL would give an index for them."""

from __future__ import annotations

from collections.abc import Iterable

from ....model import Expression, IndexKey
from ....sql import catalog_name, read_type, tokens_of
from ....sql.tokens import NUMBER, STRING
from ..cursor import Cursor
from ..entries import SYSTEM_COLUMNS, TableEntry, ViewEntry
from ..errors import MissingError
from ..session import Session
from ..text import SourceText
from .options import collation, operator_class, storage_parameters


def read_key(cursor: Cursor, session: Session, owner: TableEntry | ViewEntry) -> IndexKey:
    """One key: `column`, `function(…)` or `(expression)`, with what may follow it."""
    column, expression = _subject(cursor, owner)
    collated = collation(cursor, session) if cursor.accept("collate") else None
    opclass, options = None, {}
    if cursor.at_name and cursor.word not in ("asc", "desc", "nulls", "with"):
        opclass = operator_class(cursor)
        if cursor.at("("):
            options = storage_parameters(cursor)
    descending = cursor.accept_any("asc", "desc") == "desc"
    nulls_first = descending
    if cursor.accept("nulls"):
        which = cursor.accept_any("first", "last")
        if not which:
            raise cursor.unexpected("FIRST or LAST was expected")
        nulls_first = which == "first"
    return IndexKey(
        column=column,
        expression=expression,
        descending=descending,
        nulls_first=nulls_first,
        opclass=opclass,
        opclass_options=tuple(sorted(options.items())),
        collation=collated,
    )


def _subject(cursor: Cursor, owner: TableEntry | ViewEntry) -> tuple[str | None, Expression | None]:
    start = cursor.pos
    if cursor.at("("):
        inner = _unwrapped(cursor.part(*cursor.skip_group()))
        if len(inner.tokens) == 2 and inner.at_name and known_column(owner, inner.identifier()):
            return inner.tokens[0].name, None
        inner.pos = 0
        return None, inner.expression(0, len(inner.tokens) - 1)
    token = cursor.token
    name = cursor.identifier()
    if cursor.word not in ("(", "."):
        if not known_column(owner, name):
            raise MissingError(f'column "{name}" does not exist', token)
        return name, None
    while cursor.accept("."):
        cursor.identifier()
    if not cursor.at("("):
        raise cursor.unexpected("an expression in parentheses was expected")
    cursor.skip_group()
    return None, cursor.expression(start, cursor.pos)


#: Parentheses around parentheses that are looked through; more mean nothing a person wrote.
_DEEPEST = 50
#: How deep an expression's name is looked for.
_MOST_NESTED = 5


def _unwrapped(cursor: Cursor) -> Cursor:
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


def known_column(owner: TableEntry | ViewEntry, name: str) -> bool:
    """Whether `owner` has, or for all that is known may have, a column of this name."""
    if isinstance(owner, ViewEntry) or name in SYSTEM_COLUMNS:
        return True
    return name in owner.columns or owner.opaque or "columns" in owner.unknown


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
    cursor = _unwrapped(Cursor(SourceText("", sql), tokens_of(sql)))
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
