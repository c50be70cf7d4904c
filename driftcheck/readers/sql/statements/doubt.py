"""What statements that may or may not be run leave uncertain: marked as unknown, so that it is not compared."""

from __future__ import annotations

from dataclasses import replace

from ..cursor import Cursor
from ..entries import TableEntry
from ..errors import UnreadableError
from ..session import Session

_FIELDS = {
    "foreign": "foreign_keys", "check": "checks", "unique": "uniques", "primary": "primary_key",
    "exclude": "exclusions", "security": "row_security",
}  # fmt: skip
_OF_CONSTRAINT = {
    "ForeignKey": "foreign_keys", "Check": "checks", "Unique": "uniques", "PrimaryKey": "primary_key",
    "Exclusion": "exclusions",
}  # fmt: skip
_OF_COLUMN = frozenset({"type", "nullable", "default", "generated", "identity", "collation"})


def doubt(part: Cursor, session: Session) -> None:
    """Marks what the ALTER TABLE and CREATE TABLE statements in `part` would change."""
    last = len(part.tokens) - 1
    for statement in part.parts(0, last, ";"):
        statement.skip_until("alter", "create")
        try:
            if statement.accept("alter", "table"):
                _altered(statement, session)
            elif statement.accept("create", "table"):
                _created(statement, session)
        except UnreadableError:
            continue


def _created(statement: Cursor, session: Session) -> None:
    statement.accept("if", "not", "exists")
    key, token = session.new_key(statement)
    if key not in session.catalog.relations:
        session.opaque("table", key, statement.location(token))


def _altered(statement: Cursor, session: Session) -> None:
    statement.accept("if", "exists")
    statement.accept("only")
    schema, name, _ = statement.name()
    table = session.find(schema, name)
    if not isinstance(table, TableEntry):
        return
    for action in statement.parts(statement.pos, len(statement.tokens) - 1):
        _action(action, table)


def _action(action: Cursor, table: TableEntry) -> None:
    words = {token.word for token in action.tokens}
    table.unknown.update(field for word, field in _FIELDS.items() if word in words)
    verb = action.accept_any("add", "drop", "alter", "rename", "validate")
    if not verb or (verb == "rename" and action.at("to")):
        return
    if action.accept("constraint"):
        action.accept("if", "exists")
        found = table.constraints.get(action.identifier())
        if found is not None:
            table.unknown.add(_OF_CONSTRAINT[type(found).__name__])
        return
    if action.word in _FIELDS:
        return
    action.accept("column")
    if not action.accept("if", "exists"):
        action.accept("if", "not", "exists")
    column = table.columns.get(action.identifier())
    if verb == "alter" and column is not None:
        table.columns[column.name] = replace(column, unknown=column.unknown | _OF_COLUMN)
    else:
        table.unknown.add("columns")
