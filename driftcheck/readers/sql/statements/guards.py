"""Conditions of a DO block that ask the catalog whether something exists, answered from the catalog at hand."""

from __future__ import annotations

from ..cursor import Cursor
from ..session import Session
from ..tokens import QUOTED, STRING, WORD, Token, identifier, string
from .catalogs import CATALOGS, FIELDS, JOINED, SCHEMA_FIELDS, Row, enum_labels
from .constants import Scope, UnknownValueError, evaluate_text
from .substitution import compared, substituted

#: How deep parentheses and NOT are followed.
_DEEPEST = 20


def holds(condition: Cursor, session: Session, scope: Scope, depth: int = 0) -> bool | None:
    """Whether the condition is true at this point; None if that can't be told."""
    if depth > _DEEPEST:
        return None
    condition.pos = 0
    if condition.accept("not"):
        inner = holds(condition.part(1, len(condition.tokens) - 1), session, scope, depth + 1)
        return None if inner is None else not inner
    if condition.at("("):
        start, end = condition.skip_group()
        return holds(condition.part(start, end), session, scope, depth + 1) if condition.done else None
    for word, neutral in (("or", False), ("and", True)):
        condition.pos = 0
        parts = list(condition.parts(0, len(condition.tokens) - 1, word))
        if len(parts) > 1:
            answers = [holds(part, session, scope, depth + 1) for part in parts]
            if (not neutral) in answers:
                return not neutral
            return None if None in answers else neutral
    condition.pos = 0
    if condition.accept("exists"):
        start, end = condition.skip_group()
        query = substituted(condition.part(start, end), scope)
        return _exists(query, session) if condition.done and query is not None else None
    if condition.accept("to_regclass", "(") or condition.accept("to_regtype", "("):
        return _is_null(condition, session, scope)
    return compared(condition, scope)


def _is_null(condition: Cursor, session: Session, scope: Scope) -> bool | None:
    """`to_regclass('name') IS [NOT] NULL`, from behind the parenthesis."""
    try:
        text = evaluate_text(condition.part(*condition.skip_until(")")), scope)
    except UnknownValueError:
        return None
    parts = [part.strip().strip('"') for part in text.split(".")]
    if not condition.accept(")") or not condition.accept("is"):
        return None
    negated = condition.accept("not")
    if not condition.accept("null") or not condition.done:
        return None
    schema = parts[-2] if len(parts) > 1 else None
    found = session.find(schema, parts[-1]) is not None or session.type_key(schema, parts[-1]) is not None
    return found if negated else not found


def _exists(query: Cursor, session: Session) -> bool | None:
    """`SELECT … FROM catalog WHERE column = 'value' AND …`: whether such a row would be there."""
    if query.word != "select":
        return None
    tables = _catalogs(query)
    wanted = _equalities(query)
    rows = [rows for name, rows in CATALOGS.items() if name in tables]
    if not wanted or not rows or not tables <= CATALOGS.keys() | JOINED:
        return None
    for source in rows:
        fields = FIELDS[source]
        asked = {fields[column]: value for column, value in wanted.items() if column in fields}
        if asked and _names_object(source, asked):
            known = {column for column in wanted if column in fields or column in SCHEMA_FIELDS}
            if known == set(wanted):
                schemas = [wanted[column] for column in wanted if column in SCHEMA_FIELDS and column not in fields]
                return any(_matches(row, asked, schemas) for row in source(session))
    return None


def _names_object(source: object, asked: Row) -> bool:
    return "name" in asked or source is enum_labels


def _matches(row: Row, asked: Row, schemas: list[str]) -> bool:
    return all(row.get(key) == value for key, value in asked.items()) and all(
        row.get("schema", value) == value for value in schemas
    )


def _catalogs(query: Cursor) -> set[str]:
    """Catalog tables that the query names in FROM and JOIN."""
    found: set[str] = set()
    tokens, text = query.tokens, query.source.text
    for position, token in enumerate(tokens):
        if token.word in ("from", "join"):
            at = position + 1
            while tokens[at + 1].word == "." and at + 2 < len(tokens):
                at += 2
            if tokens[at].kind in (WORD, QUOTED):
                found.add(identifier(tokens[at], text))
    return found


def _equalities(query: Cursor) -> dict[str, str]:
    """`column = 'value'` and `column = 'name'::regclass`, by the column's name without its qualifier.

    A comparison that is none of these comes under a name that nothing answers to.
    """
    found: dict[str, str] = {}
    tokens, text = query.tokens, query.source.text
    start = next((i for i, token in enumerate(tokens) if token.word == "where"), len(tokens) - 1)
    for position in range(start, len(tokens) - 1):
        token, behind = tokens[position], tokens[position + 1]
        if behind.word in ("<>", "!=", "like", "ilike", "in", "~", "<", ">", "is") and token.kind in (WORD, QUOTED):
            if token.word != "not":
                found[f"{token.word} {behind.word}"] = ""
            continue
        if token.word == "or" or token.word == "not":
            found[token.word] = ""
        if behind.word != "=" or token.kind not in (WORD, QUOTED):
            continue
        value = tokens[position + 2]
        column = identifier(token, text)
        if value.kind == STRING:
            found[column] = _value(string(value, text), tokens[position + 3 : position + 5])
        elif value.word == "(":
            nested = [string(item, text) for item in tokens[position + 2 : position + 20] if item.kind == STRING]
            found[column] = nested[0] if nested else ""
        elif value.word == "current_schema":
            found[column] = "public"
        elif value.kind not in (WORD, QUOTED):
            found[column] = ""
    return found


def _value(value: str, behind: list[Token]) -> str:
    """A name cast to regclass loses its schema: names are compared without it."""
    words = [token.word for token in behind]
    if words[:1] == ["::"] and words[1:2] in (["regclass"], ["regtype"]):
        return value.replace('"', "").split(".")[-1]
    return value
