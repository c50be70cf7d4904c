"""The columns that a plain query gives: those of one table that is known, or expressions with a cast."""

from __future__ import annotations

from dataclasses import replace

from ....frozen import dataclass
from ....model import Column, ColumnType
from ....sql.tokens import STRING
from ..cursor import Cursor
from ..entries import TableEntry
from ..errors import UnreadableError
from ..session import Session
from ..type_rules import column_type
from ..typed_outputs import typed_outputs

#: What may be behind a query's only table.
_BEHIND = ("where", "group", "order", "limit", "offset", "having", "fetch", "with")


@dataclass(slots=True)
class _Origin:
    """The table that is read, and the name it has in the query."""

    table: TableEntry
    alias: str


def output_columns(query: Cursor, session: Session) -> list[Column] | None:
    """The columns of a table made by CREATE TABLE AS, with their types and collations; None if they can't be known."""
    text = " ".join(token.text for token in query.tokens[query.pos : -1])
    try:
        found = _outputs(query, session)
    except UnreadableError:
        found = None
    if found is None:
        found = typed_outputs(session, text)
    names = [column.name for column in found] if found is not None else []
    return found if len(set(names)) == len(names) else None


def _outputs(query: Cursor, session: Session) -> list[Column] | None:
    while query.at("("):
        start, end = query.skip_group()
        if not query.done and not query.at("with"):
            return None
        query = query.part(start, end)
    if query.accept("table"):
        return _all(_origin(query, session))
    query.expect("select")
    query.accept("all")
    if query.accept("distinct") and query.accept("on"):
        query.skip_group()
    listed = list(query.parts(*query.skip_until("from", *_BEHIND)))
    origin = _origin(query, session) if query.accept("from") else None
    columns: list[Column] = []
    for item in listed:
        more = _item(item, origin, session)
        if more is None:
            return None
        columns.extend(more)
    return columns


def _origin(query: Cursor, session: Session) -> _Origin | None:
    query.accept("only")
    if not query.at_name or query.at("lateral"):
        return None
    schema, name, _ = query.name()
    table = session.find(schema, name)
    alias = name
    if query.accept("as") or (query.at_name and query.word not in _BEHIND):
        alias = query.identifier()
    if not isinstance(table, TableEntry) or "columns" in table.unknown:
        return None
    if not query.done and query.word not in _BEHIND:
        return None
    if any(token.word in ("union", "intersect", "except") for token in query.tokens[query.pos :]):
        return None
    return _Origin(table, alias)


def _all(origin: _Origin | None) -> list[Column] | None:
    return None if origin is None else [_bare(column, column.name) for column in origin.table.columns.values()]


def _bare(column: Column, name: str) -> Column:
    """What a query hands on of a column."""
    unknown = column.unknown & {"type", "collation"}
    return Column(name=name, type=column.type, collation=column.collation, unknown=unknown)


def _item(item: Cursor, origin: _Origin | None, session: Session) -> list[Column] | None:
    """The columns of one item of the list."""
    if item.at("*"):
        return _all(origin)
    typed = _typed(item, session)
    if typed is not None or origin is None:
        return typed
    item.pos = 0
    name = item.identifier()
    if item.accept("."):
        if name != origin.alias:
            return None
        if item.at("*"):
            return _all(origin)
        name = item.identifier()
    column = origin.table.columns.get(name)
    if column is None:
        return None
    return [_bare(column, _name(item, name))]


def _name(item: Cursor, name: str) -> str:
    item.accept("as")
    name = item.identifier() if item.at_name else name
    item.finish()
    return name


def _typed(item: Cursor, session: Session) -> list[Column] | None:
    """`expression::type AS name`, where the cast is the last thing done: behind a constant, a name or a parenthesis."""
    item.pos = 0
    if item.at("("):
        item.skip_group()
    elif item.at_name and not (item.peek().word == "." and item.peek(2).word == "*"):
        item.name()
        if item.at("("):
            item.skip_group()
    elif item.token.kind == STRING or item.at("null"):
        item.advance()
    else:
        return None
    if not item.accept("::"):
        return None
    type_: ColumnType = column_type(item, session)
    if not item.accept("as"):
        return None
    return [Column(name=_name(item, ""), type=type_)]


def renamed(columns: list[Column], names: tuple[str, ...]) -> list[Column]:
    """`columns` with the names of a list before AS, which may be shorter."""
    return [
        replace(column, name=names[position]) if position < len(names) else column
        for position, column in enumerate(columns)
    ]
