"""COMMENT ON: tables and their columns have room for one in the model, other objects do not."""

from __future__ import annotations

from dataclasses import replace

from ....model import DEFAULT_SCHEMA, Comment
from ....sql.tokens import Token
from ..comments import IN_TABLES, RELATIONS, ROUTINES, TYPES
from ..cursor import Cursor
from ..entries import TableEntry, ViewEntry
from ..errors import ForeignError, UnreadableError
from ..outcome import IRRELEVANT, READ, Outcome, unmodelled
from ..session import Session
from .alter_column import column_missing
from .routines import routine_key

_HELD = RELATIONS | TYPES | IN_TABLES | ROUTINES | {"schema"}
#: What else may have a comment, by the words behind ON.
_KINDS = {
    "index": "indexes", "view": "views", "materialized view": "materialized views", "sequence": "sequences",
    "constraint": "constraints", "function": "functions", "procedure": "functions", "routine": "functions",
    "aggregate": "functions", "trigger": "triggers", "policy": "policies", "rule": "rules", "type": "types",
    "domain": "types", "schema": "schemas", "role": "roles", "database": "databases", "event trigger": "event triggers",
}  # fmt: skip


def comment_on(cursor: Cursor, session: Session) -> Outcome:
    """What follows COMMENT ON."""
    kind = cursor.accept_any("table", "column", "foreign")
    if kind == "foreign" and not cursor.accept("table"):
        return unmodelled("comments on foreign data wrappers")
    if kind in ("table", "foreign"):
        table = session.table(cursor)
        place = cursor.location(cursor.tokens[0])
        table.comment = _text(cursor)
        table.places["comment"] = place
        return READ
    if kind != "column":
        return _on_another(cursor, session)
    return _on_column(cursor, session)


def _hold(cursor: Cursor, session: Session) -> None:
    """Keeps a comment to be written again, where what it is on can be told."""
    place = cursor.location()
    kind = cursor.accept_any(*_HELD)
    if kind == "materialized":
        cursor.expect("view")
    if not kind:
        return
    schema: str | None
    table, signature = None, None
    try:
        if kind in ROUTINES:
            schema, name, signature = routine_key(cursor, session)
        elif kind == "schema":
            schema, name = None, cursor.identifier()
        elif kind in IN_TABLES:
            name = cursor.identifier()
            cursor.expect("on")
            key = session.assumed(*cursor.name()[:2])
            schema, table = key
        else:
            written, name, _ = cursor.name()
            found = session.type_key(written, name) if kind in TYPES else None
            schema, name = found or session.assumed(written, name)
        text = _text(cursor)
    except (UnreadableError, ForeignError):
        return
    key_of = (kind, schema, table, name, signature)
    session.catalog.comments.pop(key_of, None)
    if text is not None:
        session.catalog.comments[key_of] = Comment(
            kind=kind, schema=schema, name=name, table=table, signature=signature, text=text, location=place
        )


def _on_another(cursor: Cursor, session: Session) -> Outcome:
    """A comment on what has no room for one. Those of extensions and of the schema public come with them."""
    if cursor.at("extension") or cursor.at("schema", DEFAULT_SCHEMA):
        return IRRELEVANT
    _hold(cursor.part(cursor.pos, len(cursor.tokens) - 1), session)
    words = _KINDS.get(cursor.word) or _KINDS.get(f"{cursor.word} {cursor.peek().word}") or "other objects"
    return unmodelled(f"comments on {words}")


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
    if isinstance(found, ViewEntry):
        _on_column_of_view(cursor, found, token)
        return unmodelled("comments on columns of views")
    if not isinstance(found, TableEntry) and session.type_key(schema, name):
        return unmodelled("comments on attributes of types")
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


def _on_column_of_view(cursor: Cursor, view: ViewEntry, token: Token) -> None:
    name, text = token.name, _text(cursor)
    view.comments.pop(name, None)
    if text is not None:
        schema, table = view.key
        place = cursor.location(token)
        view.comments[name] = Comment(kind="column", schema=schema, table=table, name=name, text=text, location=place)
