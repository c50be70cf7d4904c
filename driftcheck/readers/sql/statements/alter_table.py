"""ALTER TABLE: what it names, and its actions one by one."""

from __future__ import annotations

from ....model import Column, ColumnType, Location, Partition
from .. import inheritance, table_parts
from ..cursor import Cursor
from ..entries import EXISTENCE, SequenceEntry, TableEntry, ViewEntry
from ..errors import DuplicateError, RefusedError, StateError, UnreadableError
from ..outcome import IRRELEVANT, READ, Outcome
from ..partition_rules import check_bound, check_child, check_new_columns, check_partitioned
from ..session import Session
from . import renames
from .alter_column import alter_column
from .alter_constraint import add_constraint, alter_constraint, drop_constraint, pass_on, validate_constraint
from .blocks import not_in_transaction
from .columns import ColumnDraft, add_column_sequence, check_values, read_column
from .constraints import at_constraint
from .drop_column import drop_column
from .options import storage_parameters
from .sequences import alter_sequence_action
from .triggers import enable_trigger
from .views import alter_view_action


def alter_table(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER [FOREIGN] TABLE. PostgreSQL takes views, sequences and indexes here as well."""
    if cursor.accept("all", "in", "tablespace"):
        return IRRELEVANT
    if_exists = cursor.accept("if", "exists")
    only = cursor.accept("only")
    mark = cursor.pos
    schema, name, _ = cursor.name()
    cursor.accept("*")
    found = session.find(schema, name)
    if found is not None and not isinstance(found, TableEntry):
        if cursor.at("rename", "to") or cursor.at("set", "schema"):
            return renames.rename_relation(cursor, session, found)
        if cursor.at("owner"):
            return IRRELEVANT
        if isinstance(found, ViewEntry):
            return alter_view_action(cursor, session, found)
        if isinstance(found, SequenceEntry):
            return alter_sequence_action(cursor, session, found)
    if found is None and if_exists:
        return READ
    if cursor.at("owner", "to"):
        return IRRELEVANT
    cursor.pos = mark
    table = session.table(cursor, exists=not if_exists)
    cursor.accept("*")
    if cursor.at("rename") or cursor.at("set", "schema"):
        return renames.rename_in_table(cursor, session, table, only)
    if cursor.done:
        raise cursor.unexpected("an action was expected")
    return _actions(cursor, session, table, only)


def _actions(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    outcomes = []
    start = cursor.pos
    for part in sorted(cursor.parts(start, len(cursor.tokens) - 1), key=_turn):
        try:
            outcomes.append(_action(part, session, table, only))
            part.finish()
        except RefusedError:
            raise
        except UnreadableError as error:
            session.gap_at(part, error, about=".".join(table.key))
            outcomes.append(READ)
    irrelevant = table.temporary or all(outcome.irrelevant for outcome in outcomes)
    return IRRELEVANT if irrelevant else READ


def _turn(action: Cursor) -> int:
    """What is dropped goes first, and constraints come when all columns are there (`AlterTablePass`, tablecmds.c)."""
    words = [token.word for token in action.tokens[:5]]
    if words[0] == "add":
        return 4 if at_constraint(action.part(1, len(action.tokens) - 1)) else 2
    if words[0] == "drop":
        return 0
    if words[0] != "alter" or words[1] == "constraint":
        return 5
    verb = words[3:] if words[1] == "column" else words[2:]
    return 0 if verb[:1] == ["drop"] else 1 if verb[:1] == ["type"] or verb[:2] == ["set", "data"] else 3


def _action(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    word = cursor.word
    cursor.advance()
    if word == "add":
        return _add(cursor, session, table, only)
    if word == "drop":
        return _drop(cursor, session, table, only)
    if word == "alter":
        if cursor.accept("constraint"):
            return alter_constraint(cursor, session, table)
        cursor.accept("column")
        return alter_column(cursor, session, table, only)
    if word == "validate":
        cursor.expect("constraint")
        return validate_constraint(cursor, session, table)
    if word in ("enable", "disable", "force", "no"):
        return _switch(cursor, session, table, word)
    if word in ("set", "reset"):
        return _set(cursor, session, table, word)
    if word in ("attach", "detach"):
        return _partition(cursor, session, table, word)
    if word == "inherit":
        return _inherit(cursor, session, table)
    if word == "replica":
        cursor.until()
        session.unmodelled["replica identities"] += 1
        return READ
    if word == "owner":
        cursor.until()
        return IRRELEVANT
    if word == "cluster":
        cursor.until()
        session.unmodelled["indexes to cluster on"] += 1
        return READ
    if word == "of":
        schema, name, _ = cursor.name()
        table.of_type = ".".join(session.type_key(schema, name) or (schema or "public", name))
        return READ
    if word == "options":
        cursor.skip_group()
        return READ
    cursor.pos -= 1
    raise cursor.unexpected("an action was expected")


def _add(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    if at_constraint(cursor):
        return add_constraint(cursor, session, table, only)
    cursor.accept("column")
    if_not_exists = cursor.accept("if", "not", "exists")
    first = cursor.token
    name = cursor.identifier()
    cursor.pos -= 1
    if name in table.columns:
        if if_not_exists:
            cursor.until()
            return READ
        if EXISTENCE in table.columns[name].unknown:
            del table.columns[name]
    if name in table.columns:
        why = f'column "{name}" of relation "{table.name}" already exists'
        raise DuplicateError(why, first, ".".join((*table.key, name)))
    element = cursor.part(cursor.pos, len(cursor.tokens) - 1)
    cursor.until()
    draft = _new_column(element, session, table, name)
    if draft.sequence is not None:
        add_column_sequence(session, table, draft)
    _take_column(session, table, draft.column, only)
    check_values(session, table, draft.column)
    before = set(table.constraints)
    table_parts.place_together(session, table, [item.constraint for item in draft.drafts])
    for item in [item for key, item in table.constraints.items() if key not in before and not only]:
        pass_on(session, table, item)
    return READ


def _new_column(element: Cursor, session: Session, table: TableEntry, name: str) -> ColumnDraft:
    """The column that `element` defines. If it cannot be read, the table may have it all the same."""
    try:
        return read_column(element, session, table)
    except RefusedError:
        raise
    except UnreadableError:
        type_ = ColumnType(element.cut(1, len(element.tokens) - 1) or "?")
        place = element.location(element.tokens[0])
        table.columns[name] = Column(name=name, type=type_, location=place, unknown=frozenset({EXISTENCE}))
        raise


def _take_column(session: Session, table: TableEntry, column: Column, only: bool) -> None:
    """Adds a column to `table` and to its children; one that had it already has passed it on (ATExecAddColumn)."""
    merged = column.name in table.columns
    inheritance.merge_column(session, table, column)
    if not only and not merged:
        for child in session.catalog.children_of(table):
            _take_column(session, child, inheritance.inherited(column), only)


def _drop(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    if cursor.accept("constraint"):
        return drop_constraint(cursor, session, table, only)
    cursor.accept("column")
    return drop_column(cursor, session, table, only)


def _switch(cursor: Cursor, session: Session, table: TableEntry, word: str) -> Outcome:
    """Row-level security, triggers and rules turned on and off."""
    place = table_place(cursor)
    if word == "no":
        if cursor.accept("inherit"):
            parent = session.table(cursor)
            if parent.key not in table.inherits and not table.unknown:
                raise StateError(f'relation "{parent.name}" is not a parent of relation "{table.name}"')
            table.inherits = tuple(item for item in table.inherits if item != parent.key)
            table.places["inherits"] = place
            return READ
        cursor.expect("force")
    if cursor.accept("row", "level", "security"):
        if word in ("force", "no"):
            table.force_row_security = word == "force"
            table.places["force_row_security"] = place
        else:
            table.row_security = word == "enable"
            table.places["row_security"] = place
        return READ
    mode = cursor.accept_any("replica", "always")
    if cursor.accept("trigger"):
        enable_trigger(cursor, session, table.key, mode or ("origin" if word == "enable" else "disabled"))
        return READ
    cursor.expect("rule")
    cursor.identifier()
    session.unmodelled["rules"] += 1
    return READ


def table_place(cursor: Cursor) -> Location:
    """Where an action on a table stands: its first word (ENABLE, SET, …)."""
    return cursor.location(cursor.tokens[0])


def _set(cursor: Cursor, session: Session, table: TableEntry, word: str) -> Outcome:
    place = table_place(cursor)
    if cursor.at("("):
        options = storage_parameters(cursor)
        table.options = (
            {**table.options, **options}
            if word == "set"
            else {k: v for k, v in table.options.items() if k not in options}
        )
        table.places["options"] = place
    elif cursor.accept("tablespace"):
        table.tablespace = cursor.identifier()
        table.places["tablespace"] = place
    elif which := cursor.accept_any("logged", "unlogged"):
        table.unlogged = which == "unlogged"
        table.places["unlogged"] = place
    elif cursor.accept("without"):
        cursor.accept_any("oids", "cluster")
        return IRRELEVANT
    elif cursor.accept("access", "method"):
        cursor.identifier()
        session.unmodelled["access methods of tables"] += 1
    else:
        raise cursor.unexpected()
    return READ


def _partition(cursor: Cursor, session: Session, table: TableEntry, word: str) -> Outcome:
    cursor.expect("partition")
    place = table_place(cursor)
    child = session.table(cursor)
    if word == "detach":
        if cursor.accept("concurrently"):
            not_in_transaction(session, "ALTER TABLE ... DETACH CONCURRENTLY")
        cursor.accept("finalize")
        of = child.partition_of
        if (of is None or (of.parent_schema, of.parent_table) != table.key) and not child.unknown:
            raise StateError(f'relation "{child.name}" is not a partition of relation "{table.name}"')
        child.partition_of = None
        child.places["partition_of"] = place
        return READ
    check_partitioned(table)
    _refuse_circle(session, child, table)
    bound = inheritance.bound(cursor)
    check_new_columns(child, table)
    check_bound(table, child.name, bound, session.catalog.latest_children(table))
    check_child(session, child, table)
    child.partition_of = Partition(table.schema, table.name, bound)
    child.places["partition_of"] = place
    session.catalog.depend(child.key, table.key)
    inheritance.complete_partition(session, child)
    return READ


def _refuse_circle(session: Session, child: TableEntry, parent: TableEntry) -> None:
    """No table may inherit from itself, by whatever detour."""
    if any(entry is parent for entry in session.catalog.family_of(child)):
        raise StateError("circular inheritance not allowed")


def _inherit(cursor: Cursor, session: Session, table: TableEntry) -> Outcome:
    parent = session.table(cursor)
    _refuse_circle(session, table, parent)
    inheritance.refuse_twice(table, parent)
    check_child(session, table, parent)
    table.inherits += (parent.key,)
    table.places["inherits"] = table_place(cursor)
    session.catalog.depend(table.key, parent.key)
    return READ
