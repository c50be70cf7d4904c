"""COMMENT ON: tables and columns have room for one in the model, other objects do not."""

from __future__ import annotations

from dataclasses import replace

from ..cursor import Cursor
from ..entries import TableEntry, ViewEntry
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session
from .alter_column import column_missing


def comment_on(cursor: Cursor, session: Session) -> Outcome:
    """What follows COMMENT ON."""
    kind = cursor.accept_any("table", "column", "foreign")
    if kind == "foreign" and not cursor.accept("table"):
        return IRRELEVANT
    if kind in ("table", "foreign"):
        table = session.table(cursor)
        place = cursor.location(cursor.tokens[0])
        table.comment = _text(cursor)
        table.places["comment"] = place
        return READ
    if kind != "column":
        return IRRELEVANT
    return _on_column(cursor, session)


def _text(cursor: Cursor) -> str | None:
    cursor.expect("is")
    if cursor.accept("null"):
        return None
    return cursor.string() or None


def _on_column(cursor: Cursor, session: Session) -> Outcome:
    token = cursor.token
    parts = [cursor.identifier()]
    while cursor.accept("."):
        token = cursor.token
        parts.append(cursor.identifier())
    if len(parts) < 2:
        raise cursor.unexpected("table.column was expected")
    schema, name, column_name = parts[-3] if len(parts) > 2 else None, parts[-2], parts[-1]
    found = session.find(schema, name)
    if isinstance(found, ViewEntry) or (found is None and session.type_key(schema, name)):
        return IRRELEVANT
    if not isinstance(found, TableEntry):
        raise session.missing("relation", schema, name, token)
    column = found.columns.get(column_name)
    text = _text(cursor)
    if column is None:
        if "columns" in found.unknown:
            return READ
        raise column_missing(found, column_name, token)
    places = (*(item for item in column.places if item[0] != "comment"), ("comment", cursor.location(token)))
    found.columns[column_name] = replace(column, comment=text, places=places)
    return READ
