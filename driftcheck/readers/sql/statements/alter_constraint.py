"""ADD, ALTER, VALIDATE and DROP CONSTRAINT of ALTER TABLE."""

from __future__ import annotations

from dataclasses import replace

from ....model import Check, ForeignKey, Index, Location, PrimaryKey, Unique
from ....sql import Token
from .. import inheritance
from ..cursor import Cursor
from ..entries import Constraint, TableEntry
from ..errors import MissingError, RefusedError, StateError, UnreadableError
from ..outcome import READ, Outcome
from ..session import Session
from ..table_parts import place_constraint
from .constraints import Draft, attributes, constraint_field, read_not_null, read_table_constraint


def add_constraint(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    """What follows ADD, when it is a constraint."""
    element = cursor.part(cursor.pos, len(cursor.tokens) - 1)
    cursor.until()
    if read_not_null(element, table):
        return READ
    try:
        draft = read_table_constraint(element, session, table)
    except RefusedError:
        raise
    except UnreadableError:
        table.unknown |= {constraint_field(element)}
        raise
    if draft.using_index is not None:
        draft.constraint = _of_index(session, table, draft, cursor.token)
    placed = place_constraint(session, table, draft.constraint)
    if not only:
        pass_on(session, table, placed)
    return READ


def pass_on(session: Session, table: TableEntry, placed: Constraint) -> None:
    """Partitions take over every constraint of their parent, other children its checks.

    One that had it already has passed it on (ATAddCheckNNConstraint).
    """
    for child in session.catalog.children_of(table):
        takes = child.partition_of is not None or isinstance(placed, Check)
        if takes and inheritance.pass_on_constraint(session, child, placed):
            pass_on(session, child, placed)


def _of_index(session: Session, table: TableEntry, draft: Draft, token: Token) -> Constraint:
    """ADD … USING INDEX: the constraint that the index becomes, under the constraint's name or else the index's."""
    assert draft.using_index is not None
    index = table.indexes.get(draft.using_index)
    if index is None:
        raise MissingError(f'index "{draft.using_index}" does not exist', token)
    columns = _usable_columns(index, token)
    session.catalog.remove_index((table.schema, index.name))
    key = draft.constraint
    assert isinstance(key, PrimaryKey | Unique)
    key = replace(key, name=key.name or index.name, columns=columns, include=index.include)
    return replace(key, nulls_distinct=index.nulls_distinct) if isinstance(key, Unique) else key


def _usable_columns(index: Index, token: Token) -> tuple[str, ...]:
    """The columns of an index that becomes a constraint. Raises StateError."""
    if not index.unique:
        raise StateError(f'"{index.name}" is not a unique index', token)
    if any(key.column is None for key in index.keys):
        raise StateError(f'index "{index.name}" contains expressions', token)
    if index.predicate is not None:
        raise StateError(f'"{index.name}" is a partial index', token)
    for number, key in enumerate(index.keys, 1):
        if key.descending or key.nulls_first or key.opclass is not None:
            raise StateError(
                f'index "{index.name}" column number {number} does not have default sorting behavior', token
            )
    return tuple(key.column for key in index.keys if key.column is not None)


def _constraint(cursor: Cursor, table: TableEntry, *, if_exists: bool = False) -> Constraint | None:
    token = cursor.token
    name = cursor.identifier()
    found = table.constraints.get(name)
    if found is None and not if_exists:
        if table.unknown & {"primary_key", "foreign_keys", "uniques", "exclusions", "checks", "columns"}:
            raise UnreadableError(f"whether {table.name} has a constraint {name} is not known here", token)
        why = f'constraint "{name}" of relation "{table.name}" does not exist'
        raise MissingError(why, token, ".".join((*table.key, name)))
    return found


def alter_constraint(cursor: Cursor, session: Session, table: TableEntry) -> Outcome:
    """`ALTER CONSTRAINT name [NOT] DEFERRABLE …`."""
    place = cursor.location()
    found = _constraint(cursor, table)
    if not isinstance(found, ForeignKey):
        why = f'constraint "{found.name if found else ""}" of relation "{table.name}" is not a foreign key constraint'
        raise StateError(why, cursor.tokens[cursor.pos - 1])
    draft = Draft(found, place)
    if cursor.at("deferrable") and cursor.peek().word != "initially":
        draft.constraint = replace(found, initially_deferred=False)
    attributes(cursor, draft)
    changed = draft.constraint
    assert isinstance(changed, ForeignKey)
    if not changed.deferrable:
        changed = replace(changed, initially_deferred=False)
    if changed.enforced != found.enforced:
        # What is not enforced is not known to hold; to enforce it again, the server looks at all rows.
        changed = replace(changed, validated=changed.enforced)
    flags = ("deferrable", "initially_deferred", "enforced", "validated")
    fields = [f for f in flags if getattr(found, f) != getattr(changed, f)]
    _set(session, table, found, {field: getattr(changed, field) for field in fields}, place)
    return READ


def _set(session: Session, table: TableEntry, key: ForeignKey, values: dict[str, bool], place: Location) -> None:
    """Gives the foreign key those values, and that of each partition which came with it."""
    changed = replace(key, **values, places=(*key.places, *((field, place) for field in values)))  # type: ignore[arg-type]  # fields of ForeignKey
    table.constraints[key.name] = changed
    for child in session.catalog.children_of(table):
        for item in list(child.constraints.values()):
            if isinstance(item, ForeignKey) and child.partition_of is not None and replace(item, name=key.name) == key:
                _set(session, child, item, values, place)


def validate_constraint(cursor: Cursor, session: Session, table: TableEntry) -> Outcome:
    """`VALIDATE CONSTRAINT name`."""
    place = cursor.location()
    if _not_null(cursor, table) is not None:
        return READ
    found = _constraint(cursor, table)
    if isinstance(found, ForeignKey | Check):
        table.constraints[found.name] = replace(found, validated=True, places=(*found.places, ("validated", place)))
    return READ


def drop_constraint(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    """What follows DROP CONSTRAINT. Foreign keys that need a dropped key go with it by CASCADE only."""
    if_exists = cursor.accept("if", "exists")
    if (column := _not_null(cursor, table)) is not None:
        cursor.accept_any("cascade", "restrict")
        _release_not_null(session, table, column, cursor.location(), only)
        return READ
    found = _constraint(cursor, table, if_exists=if_exists)
    cascade = cursor.accept_any("cascade", "restrict") == "cascade"
    if found is None:
        return READ
    if isinstance(found, PrimaryKey | Unique):
        what = f"constraint {found.name} on table {table.name}"
        release_key(session, table, found.columns, cascade, name=found.name, what=what)
    remove_from_family(session, table, found, only)
    return READ


def _not_null(cursor: Cursor, table: TableEntry) -> str | None:
    """The column whose NOT NULL is the constraint whose name is here; None if it is another constraint."""
    name = cursor.token.name if cursor.token.is_name else ""
    column = table.not_null(name) if name not in table.constraints else None
    if column is not None:
        cursor.advance()
    return column


def _release_not_null(session: Session, table: TableEntry, name: str, place: Location, only: bool) -> None:
    column = table.columns.get(name)
    if column is None:
        return
    if (table.primary_key is not None and name in table.primary_key.columns) or column.identity is not None:
        raise StateError(f'column "{name}" is in a primary key or an identity column')
    table.columns[name] = replace(column, nullable=True, places=(*column.places, ("nullable", place)))
    for called in [called for called, one in table.not_nulls.items() if one == name]:
        del table.not_nulls[called]
    for child in () if only else session.catalog.children_of(table):
        _release_not_null(session, child, name, place, only)


def release_key(
    session: Session, table: TableEntry, columns: tuple[str, ...], cascade: bool, *, name: str, what: str
) -> None:
    """Drops the foreign keys to the key `columns`; without CASCADE, raises StateError if there are any."""
    others = [
        set(item.columns)
        for item in table.constraints.values()
        if isinstance(item, PrimaryKey | Unique) and item.name != name
    ]
    if set(columns) in others:
        return
    for other in session.catalog.referrers_of(table.key):
        for item in list(other.constraints.values()):
            if not isinstance(item, ForeignKey) or (item.target_schema, item.target_table) != table.key:
                continue
            if set(item.target_columns) != set(columns):
                continue
            if not cascade:
                raise StateError(f"cannot drop {what} because other objects depend on it")
            session.catalog.remove_constraint(other, item.name)


def remove_from_family(session: Session, table: TableEntry, constraint: Constraint, only: bool) -> None:
    """Drops `constraint` from `table` and from what inherits it. ONLY does not keep a partition from that."""
    session.catalog.remove_constraint(table, constraint.name)
    for child in session.catalog.children_of(table):
        if only and child.partition_of is None:
            continue
        for item in list(child.constraints.values()):
            if type(item) is type(constraint) and replace(item, name=constraint.name) == constraint:
                remove_from_family(session, child, item, only)
