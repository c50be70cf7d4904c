"""Texts that go into SQLite's statements: each is lexed as what it claims to be, by SQLite's own rules.

They are not PostgreSQL's: comments do not nest, and a backslash or a dollar sign quotes nothing.
"""

from __future__ import annotations

import re

from ...model import ColumnType, Expression
from .lexer import NotSqlite, Token, tokens

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_MODIFIER = re.compile(r"[+-]?[A-Za-z0-9_.]+\Z")
#: Words that mean something where a column's constraints stand, and so are no part of a type.
_CONSTRAINTS = frozenset(
    "constraint primary not null unique check default collate references generated as on deferrable".split()
)


class Refused(ValueError):
    """A text is not what it claims to be. `why` is a clause without a subject."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def name(text: str) -> str:
    """An identifier in double quotes."""
    if not text or "\0" in text:
        raise Refused("is no name")
    return '"' + text.replace('"', '""') + '"'


def names(columns: tuple[str, ...]) -> str:
    return "(" + ", ".join(map(name, columns)) + ")"


def expression(written: Expression) -> str:
    """The tokens of a value, condition or query: nothing in it ends the statement or the brackets it stands in."""
    depth, parts = 0, []
    for token in _lexed(written.sql):
        if token.text == ";" and token.kind == "op":
            raise Refused("holds a semicolon")
        if token.kind == "op":
            depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            raise Refused("closes a bracket that it did not open")
        parts.append(token)
    if depth or not parts:
        raise Refused("does not close a bracket that it opens" if depth else "is empty")
    return _joined(written.sql, parts)


def _lexed(sql: str) -> list[Token]:
    if "\0" in sql:
        raise Refused("holds a NUL")
    try:
        return list(tokens(sql))
    except NotSqlite as error:
        raise Refused(f"cannot be read: {error.why}") from error


def _joined(sql: str, parts: list[Token]) -> str:
    """The tokens with what was between them, if that is blank; a comment is a space."""
    found, end = [], parts[0].start
    for token in parts:
        between = sql[end : token.start]
        found += [between if between.isspace() else " " * bool(between), token.text]
        end = token.end
    return "".join(found)


def grouped(written: Expression) -> str:
    """An expression in one pair of brackets."""
    return f"({expression(written)})"


def default(written: Expression) -> str:
    """A literal as it is, all else in brackets."""
    text, parts = expression(written), _lexed(written.sql)
    signed = len(parts) == 2 and parts[0].text in ("+", "-") and parts[1].kind == "number"
    bare = len(parts) == 1 and (parts[0].kind in ("string", "number", "blob") or parts[0].word)
    return text if signed or bare or _is_grouped(parts) else f"({text})"


def _is_grouped(parts: list[Token]) -> bool:
    """Whether one pair of brackets is around it all."""
    depth = 0
    for number, token in enumerate(parts):
        if token.kind == "op":
            depth += (token.text == "(") - (token.text == ")")
        if not depth and number < len(parts) - 1:
            return False
    return parts[0].text == "("


def column_type(type_: ColumnType) -> str:
    """The words of a type, those that are none of the grammar's in quotes, and its numbers."""
    if type_.dimensions or type_.schema is not None:
        raise Refused("is no type of SQLite's")
    words = [
        word if _WORD.match(word) and word.lower() not in _CONSTRAINTS else name(word) for word in type_.name.split()
    ]
    for modifier in type_.modifiers:
        if not _MODIFIER.match(modifier):
            raise Refused("has a modifier that is none")
    if type_.modifiers and not words:
        raise Refused("has a modifier and no name")
    return " ".join(words) + (f"({', '.join(type_.modifiers)})" if type_.modifiers else "")


def collation(text: str | None) -> str:
    return "" if text is None else f" COLLATE {name(text)}"


def remark(text: str) -> str:
    """A comment of one line."""
    return "-- " + " ".join(text.split())
