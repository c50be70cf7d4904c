"""Calls of functions that change the schema: what they do then is not followed, and must not go unsaid."""

from __future__ import annotations

import re

from ..cursor import Cursor
from ..errors import UnreadableError
from ..session import Session
from ..tokens import QUOTED, WORD, identifier

_CHANGE = re.compile(
    r"\b(?:create|alter|drop)\s+(?:or\s+replace\s+|unique\s+|unlogged\s+|materialized\s+|constraint\s+|foreign\s+)*"
    r"(?:table|index|view|type|domain|sequence|schema|policy|trigger|function|procedure|extension|column|constraint)\b",
    re.IGNORECASE,
)
#: PostGIS's functions that add a column, or take one away.
_EXTENSIONS = frozenset({"addgeometrycolumn", "dropgeometrycolumn", "dropgeometrytable"})


def refuse_schema_changes(statement: Cursor, session: Session) -> None:
    """Raises UnreadableError if a function that the statement calls creates, alters or drops something."""
    tokens, text = statement.tokens, statement.source.text
    for position, token in enumerate(tokens[:-1]):
        if token.kind in (WORD, QUOTED) and tokens[position + 1].word == "(":
            name = identifier(token, text)
            if name in _EXTENSIONS or any(_CHANGE.search(body) for body in _bodies(name, session)):
                raise UnreadableError(f"it calls {name}, which changes the schema, and that is not followed")


def _bodies(name: str, session: Session) -> list[str]:
    return [function.body for key, function in session.catalog.functions.items() if key[1] == name]
