"""CREATE TABLE in its forms."""

from __future__ import annotations

from dataclasses import replace

from ....model import Check, ForeignKey
from ....sql import tokens_of
from .. import inheritance
from ..catalog import TEMPORARY
from ..cursor import Cursor
from ..entries import Constraint, TableEntry
from ..errors import DuplicateError, UnreadableError
from ..existence import making, new_key
from ..key_rules import partition_columns
from ..outcome import IRRELEVANT, READ, Outcome
from ..partition_rules import check_key
from ..session import Session
from ..table_parts import place_together
from .columns import ColumnDraft, add_column_sequence, check_values, read_column, read_overrides
from .constraints import Draft, at_constraint, read_not_null, read_table_constraint
from .options import generic_options, storage_parameters
from .outputs import output_columns, renamed


def create_table(
    cursor: Cursor, session: Session, *, temporary: bool, unlogged: bool, foreign: bool = False
) -> Outcome:
    """What follows CREATE … TABLE."""
    if_not_exists = cursor.accept("if", "not", "exists")
    key, token = new_key(cursor, session, temporary=temporary)
    place = cursor.location(token, cursor.tokens[-1])
    if if_not_exists and key in session.catalog.relations:
        return READ
    if session.catalog.in_the_way(key) is not None:
        raise DuplicateError(f'relation "{key[1]}" already exists', token, ".".join(key))
    table = TableEntry(*key, location=place, unlogged=unlogged, temporary=key[0] == TEMPORARY)
    with making(session, cursor, "table", key, place):
        parts = _read(cursor, session, table, foreign)
        _build(session, table, parts)
    return IRRELEVANT if table.temporary else READ


def select_into(cursor: Cursor, session: Session) -> Outcome | None:
    """SELECT … INTO t … makes the table t, as CREATE TABLE t AS does; None if there is no INTO. Behind the SELECT."""
    depth = 0
    for at in range(cursor.pos, len(cursor.tokens) - 1):
        word = cursor.tokens[at].word
        depth += (word == "(") - (word == ")")
        if not depth and word in ("from", "union", "intersect", "except"):
            return None
        if not depth and word == "into":
            break
    else:
        return None
    head = cursor.tokens[:at]
    cursor.pos = at + 1
    temporary = bool(cursor.accept_any("temp", "temporary"))
    unlogged = cursor.accept("unlogged")
    cursor.accept("table")
    start = cursor.pos
    cursor.name()
    name, rest = cursor.tokens[start : cursor.pos], cursor.tokens[cursor.pos :]
    as_query = cursor.over([*name, *tokens_of("as")[:-1], *head, *rest])
    return create_table(as_query, session, temporary=temporary, unlogged=unlogged)


class _TableParts:
    """What the statement's list holds, before any of it is in the catalog. Numbers are places in the list."""

    def __init__(self) -> None:
        self.columns: list[ColumnDraft] = []
        self.likes: list[inheritance.Like] = []
        self.constraints: list[tuple[int, Draft]] = []
        self.pending: list[tuple[int, Cursor]] = []


def _read(cursor: Cursor, session: Session, table: TableEntry, foreign: bool) -> _TableParts:
    parts = _TableParts()
    mark, elements = cursor.pos, cursor.items() if cursor.at("(") else None
    if query_at := _query_position(cursor):
        cursor.pos = mark
        return _as_query(cursor, session, table, query_at)
    if elements is not None:
        _columns(elements, session, table, parts)
    elif cursor.accept("partition", "of"):
        inheritance.begin_partition(cursor, session, table)
        _columns(_overrides(cursor), session, table, parts)
        inheritance.read_bound(cursor, session, table)
    elif cursor.accept("of"):
        inheritance.take_type(cursor, session, table)
        _columns(_overrides(cursor), session, table, parts)
    else:
        cursor.expect("(")
    clauses(cursor, session, table, foreign)
    for position, element in parts.pending:
        if not read_not_null(element, table):
            parts.constraints.append((position, read_table_constraint(element, session, table)))
    return parts


def _overrides(cursor: Cursor) -> list[Cursor]:
    """What a list says of columns that the table has from elsewhere."""
    return cursor.items() if cursor.at("(") else []


def _columns(elements: list[Cursor], session: Session, table: TableEntry, parts: _TableParts) -> None:
    if empty := next((element for element in elements if element.done), None):
        raise UnreadableError("a column is missing between two commas", empty.token)
    for position, element in enumerate(elements):
        if at_constraint(element):
            parts.pending.append((position, element))
        else:
            _column(position, element, session, table, parts)


def _column(position: int, element: Cursor, session: Session, table: TableEntry, parts: _TableParts) -> None:
    if element.accept("like"):
        like = inheritance.read_like(element, session)
        parts.likes.append(like)
        for column in inheritance.like_columns(like):
            if column.name in table.columns:
                raise _twice(column.name, element)
            table.columns[column.name] = replace(column, location=element.location(element.tokens[0]))
        return
    if table.partition_of is not None or table.of_type is not None:
        draft = read_overrides(element, session, table)
    else:
        draft = read_column(element, session, table)
        if draft.column.name in table.columns:
            raise _twice(draft.column.name, element)
    table.columns[draft.column.name] = draft.column
    parts.columns.append(draft)
    parts.constraints.extend((position, constraint) for constraint in draft.drafts)


def _twice(name: str, element: Cursor) -> DuplicateError:
    return DuplicateError(f'column "{name}" specified more than once', element.tokens[0])


def _query_position(cursor: Cursor) -> int:
    """Where the AS of CREATE TABLE … AS query stands; 0 if there is none."""
    depth = 0
    for position in range(cursor.pos, len(cursor.tokens) - 1):
        word = cursor.tokens[position].word
        depth += 1 if word == "(" else -1 if word == ")" else 0
        if not depth and word == "as" and cursor.tokens[position + 1].word in _QUERY:
            return position
    return 0


_QUERY = frozenset({"select", "with", "values", "table", "(", "execute"})


def _as_query(cursor: Cursor, session: Session, table: TableEntry, position: int) -> _TableParts:
    """CREATE TABLE AS: of a plain query the columns are known; of another the table exists, and that is all."""
    names = cursor.names() if cursor.at("(") else ()
    query = cursor.part(position + 1, _query_end(cursor))
    columns = output_columns(query, session)
    if columns is None:
        table.unknown |= {"columns"}
        if not table.temporary:
            session.gap(table.location, "its columns are those of a query", about=f"{table.schema}.{table.name}")
    else:
        table.columns = {item.name: replace(item, location=table.location) for item in renamed(columns, names)}
    clauses(cursor.part(cursor.pos, position), session, table, foreign=False)
    return _TableParts()


def _query_end(cursor: Cursor) -> int:
    """Before WITH [NO] DATA."""
    end = len(cursor.tokens) - 1
    words = [token.word for token in cursor.tokens[max(0, end - 3) : end]]
    return end - 3 if words == ["with", "no", "data"] else end - 2 if words[-2:] == ["with", "data"] else end


def clauses(cursor: Cursor, session: Session, table: TableEntry, foreign: bool) -> None:
    """What may follow the list: INHERITS, PARTITION BY, USING, WITH, ON COMMIT, TABLESPACE, SERVER and OPTIONS."""
    while not cursor.done:
        if cursor.accept("inherits"):
            inheritance.inherit_from(cursor, session, table)
        elif cursor.accept("partition", "by"):
            table.partition_by = read_partition_by(cursor)
        elif cursor.accept("using"):
            cursor.identifier()
        elif cursor.at("with", "("):
            cursor.advance()
            table.options.update(storage_parameters(cursor))
        elif cursor.accept("without", "oids") or cursor.accept("with", "oids"):
            continue
        elif cursor.accept("on", "commit"):
            table.passing = cursor.accept_any("drop", "delete", "preserve") == "drop"
            cursor.accept("rows")
        elif cursor.accept("tablespace"):
            table.tablespace = cursor.identifier()
        elif foreign and cursor.accept("server"):
            table.server = cursor.identifier()
        elif foreign and cursor.accept("options"):
            table.server_options.update(generic_options(cursor))
        else:
            raise cursor.unexpected()


def read_partition_by(cursor: Cursor) -> str:
    """`range (created_at)`: the strategy in lower case and the key as written."""
    strategy = cursor.identifier()
    return f"{strategy} ({cursor.group()})"


def _validated(constraint: Constraint) -> Constraint:
    """A new table is empty: NOT VALID says nothing there, and the server does not keep it."""
    if isinstance(constraint, Check | ForeignKey) and constraint.enforced and not constraint.validated:
        return replace(constraint, validated=True)
    return constraint


def _build(session: Session, table: TableEntry, parts: _TableParts) -> None:
    """Makes the table and what belongs to it, in the order in which the server does."""
    catalog = session.catalog
    for draft in parts.columns:
        check_values(session, table, draft.column)
        if draft.sequence is not None:
            add_column_sequence(session, table, draft)
    check_key(table, partition_columns(table))
    catalog.add(table)
    for key in (*table.inherits, *inheritance.partition_parent(table)):
        catalog.depend(table.key, key)
    inheritance.take_checks(session, table)
    drafts = sorted(parts.constraints, key=lambda item: item[0])
    constraints = [_validated(draft.constraint) for _, draft in drafts]
    constraints = [item for item in constraints if not inheritance.is_merged(session, table, item)]
    for like in parts.likes:
        constraints.extend(inheritance.like_constraints(like))
    place_together(session, table, constraints)
    for like in parts.likes:
        inheritance.copy_indexes(session, table, like)
    inheritance.complete_partition(session, table)
