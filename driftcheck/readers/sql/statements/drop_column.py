"""DROP COLUMN, and what goes with a column."""

from __future__ import annotations

from ....model import Check, Exclusion, ForeignKey, Index, PrimaryKey, Unique
from ....sql.references import columns_in, names_in
from ..catalog import parents_of
from ..cursor import Cursor
from ..entries import EXISTENCE, Constraint, Key, TableEntry
from ..errors import StateError
from ..outcome import READ, Outcome
from ..session import Session
from .alter_column import column_missing
from .alter_constraint import release_key
from .drop_view import release_policies, release_views
from .needs import policies_of, views_of
from .speaks import of_column


def drop_column(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    """What follows DROP [COLUMN]."""
    if_exists = cursor.accept("if", "exists")
    token = cursor.token
    name = cursor.identifier()
    cascade = cursor.accept_any("cascade", "restrict") == "cascade"
    if name not in table.columns:
        if if_exists:
            return READ
        if "columns" in table.unknown:
            return READ
        raise column_missing(table, name, token)
    if not session.blind and not table.unknown and any(_has(session, key, name) for key in parents_of(table)):
        raise StateError(f'cannot drop inherited column "{name}"')
    remove_column(session, table, name, cascade, only=only)
    return READ


def _has(session: Session, key: Key, column: str) -> bool:
    parent = session.catalog.table(key)
    return parent is not None and not parent.unknown and column in parent.columns


def remove_column(session: Session, table: TableEntry, name: str, cascade: bool, *, only: bool = False) -> None:
    """Drops a column with its constraints, indexes and sequences, as PostgreSQL does even without CASCADE."""
    _release_policies(session, table, name, cascade)
    _release_triggers(session, table, name, cascade)
    _release_views(session, table, name, cascade)
    for item in list(table.constraints.values()):
        if name in constraint_columns(item, table):
            if isinstance(item, PrimaryKey | Unique):
                what = f"column {name} of table {table.name}"
                release_key(session, table, item.columns, cascade, name=item.name, what=what)
            session.catalog.remove_constraint(table, item.name)
    for index in list(table.indexes.values()):
        if name in index_columns(index, table):
            session.catalog.remove_index((table.schema, index.name))
    _drop_generated(session, table, name, cascade)
    for entry in session.catalog.owned_sequences(table.key, name):
        session.catalog.discard(entry.key)
    del table.columns[name]
    for child in () if only else session.catalog.children_of(table):
        if name in child.columns:
            remove_column(session, child, name, cascade)


def needed_column(table: TableEntry, name: str) -> StateError:
    return StateError(f"cannot drop column {name} of table {table.name} because other objects depend on it")


def constraint_columns(item: Constraint, table: TableEntry) -> set[str]:
    """The columns of `table` on which the constraint stands."""
    if isinstance(item, Check):
        return set(columns_in(str(item.expression), table.name, table.columns))
    if isinstance(item, Exclusion):
        texts = [str(element.expression) for element in item.elements]
        texts += [str(item.predicate)] if item.predicate is not None else []
        return {name for text in texts for name in columns_in(text, table.name, table.columns)} | set(item.include)
    if isinstance(item, ForeignKey):
        return {*item.columns, *(item.target_columns if (item.target_schema, item.target_table) == table.key else ())}
    return {*item.columns, *item.include}


def index_columns(index: Index, table: TableEntry) -> set[str]:
    """The columns of `table` that the index uses, in its predicate too."""
    found = {key.column for key in index.keys if key.column is not None} | set(index.include)
    texts = [str(key.expression) for key in index.keys if key.expression is not None]
    texts += [str(index.predicate)] if index.predicate is not None else []
    return found | {name for text in texts for name in columns_in(text, table.name, table.columns)}


def _drop_generated(session: Session, table: TableEntry, name: str, cascade: bool) -> None:
    """Generated columns that are computed from the dropped one go by CASCADE only."""
    for column in list(table.columns.values()):
        if column.name == name or column.generated is None or column.name not in table.columns:
            continue
        if name in columns_in(str(column.generated.expression), table.name, table.columns):
            if not cascade:
                raise needed_column(table, name)
            remove_column(session, table, column.name, cascade, only=True)


def _release_policies(session: Session, table: TableEntry, name: str, cascade: bool) -> None:
    policies = session.catalog.policies.get(table.key, {})
    for policy in list(policies.values()):
        texts = [str(part) for part in (policy.using, policy.check) if part is not None]
        if any(_speaks_itself(text, table, name) for text in texts):
            if not cascade and EXISTENCE not in policy.unknown:
                raise needed_column(table, name)
            del policies[policy.name]
    if cascade:
        release_policies(session, of_column(session, table, name))
    elif not session.blind and next(policies_of(session, table, name), None) is not None:
        raise needed_column(table, name)


def _speaks_itself(text: str, table: TableEntry, name: str) -> bool:
    """Whether a policy speaks of a column of its table; in a subselect only a name with the table's counts."""
    found = [item for item in names_in(text) if item.role == "column" and item.name == name]
    return any(item.qualifiers[-1] == table.name if item.qualifiers else "select" not in text.lower() for item in found)


def _release_triggers(session: Session, table: TableEntry, name: str, cascade: bool) -> None:
    """Triggers that name the column in UPDATE OF or WHEN go by CASCADE only."""
    triggers = session.catalog.triggers.get(table.key, {})
    for trigger in list(triggers.values()):
        when = columns_in(str(trigger.when), table.name, {name}) if trigger.when is not None else []
        if name in trigger.update_columns or when:
            if not cascade and EXISTENCE not in trigger.unknown:
                raise needed_column(table, name)
            del triggers[trigger.name]


def _release_views(session: Session, table: TableEntry, name: str, cascade: bool) -> None:
    if cascade:
        release_views(session, of_column(session, table, name))
    elif not session.blind and next(views_of(session, table, name), None) is not None:
        raise needed_column(table, name)
