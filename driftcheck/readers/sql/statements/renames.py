"""RENAME and SET SCHEMA of relations, columns, constraints, types and schemas, with all that names them."""

from __future__ import annotations

from dataclasses import replace

from ....model import Check, Location
from ....sql.renames import renamed_relation
from ..cursor import Cursor
from ..entries import INDEXED, IndexEntry, Key, Relation, SequenceEntry, TableEntry, UserType, ViewEntry
from ..errors import DuplicateError, MissingError
from ..outcome import READ, Outcome
from ..rename_references import rename_column, rewrite_all, sequence_moved, table_moved, type_moved
from ..session import Session
from .alter_column import column_of
from .types import find_type


def rename_in_table(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    """`RENAME [COLUMN] a TO b`, `RENAME CONSTRAINT a TO b`, `RENAME TO b`, `SET SCHEMA s` of ALTER TABLE."""
    if cursor.at("set") or cursor.at("rename", "to"):
        return rename_relation(cursor, session, table)
    cursor.expect("rename")
    place = cursor.location()
    if cursor.accept("constraint"):
        _rename_constraint(cursor, session, table)
        return READ
    cursor.accept("column")
    token = cursor.token
    old = column_of(cursor, table).name
    cursor.expect("to")
    new = cursor.identifier()
    cursor.finish()
    rename_column(session, table, old, new, place, token)
    return READ


def _rename_constraint(cursor: Cursor, session: Session, table: TableEntry) -> None:
    token = cursor.token
    old = cursor.identifier()
    cursor.expect("to")
    new = cursor.identifier()
    if old not in table.constraints:
        why = f'constraint "{old}" for table "{table.name}" does not exist'
        raise MissingError(why, token, ".".join((*table.key, old)))
    _call_constraint(session, table, old, new, cursor.location(token))


def _call_constraint(session: Session, table: TableEntry, old: str, new: str, place: Location) -> None:
    """Renames a constraint; a check is one with those that the table's children inherit."""
    found, names = table.constraints[old], list(table.constraints)
    session.catalog.remove_constraint(table, old)
    session.catalog.add_constraint(table, replace(found, name=new, places=(*found.places, ("name", place))))
    table.constraints = {(new if n == old else n): table.constraints[new if n == old else n] for n in names}
    if isinstance(found, Check) and not found.no_inherit:
        for child in session.catalog.children_of(table):
            if isinstance(child.constraints.get(old), Check):
                _call_constraint(session, child, old, new, place)


def rename_relation(cursor: Cursor, session: Session, relation: Relation) -> Outcome:
    """`RENAME TO name` or `SET SCHEMA schema` of a table, view, sequence or index."""
    place = cursor.location()
    schema, name = relation.key
    if cursor.accept("set", "schema"):
        schema = cursor.identifier()
    else:
        cursor.expect("rename", "to")
        name = cursor.identifier()
    cursor.finish()
    move(session, relation, (schema, name), place)
    return READ


def move(session: Session, relation: Relation, new: Key, place: Location) -> None:
    """Gives `relation` the key `new`, and updates all that names it."""
    old = relation.key
    if new == old:
        return
    if new in session.catalog.relations or (new in session.catalog.types and not isinstance(relation, IndexEntry)):
        raise DuplicateError(f'relation "{new[1]}" already exists')
    if isinstance(relation, TableEntry):
        table_moved(session, relation, new, place)
    elif isinstance(relation, ViewEntry):
        _move_view(session, relation, new, place)
    elif isinstance(relation, SequenceEntry):
        sequence_moved(session, relation, new, place)
    elif isinstance(relation, IndexEntry):
        _rename_index(session, relation, new[1], place)


def _move_view(session: Session, entry: ViewEntry, new: Key, place: Location) -> None:
    catalog, old = session.catalog, entry.key
    for other in catalog.dependents_of(old):
        if isinstance(other, ViewEntry) and old in other.reads:
            other.reads = other.reads - {old} | {new}
            catalog.depend(other.key, new)
    rewrite_all(catalog, lambda sql: renamed_relation(sql, old, new))
    catalog.discard(old)
    fields = [field for field, a, b in (("schema", old[0], new[0]), ("name", old[1], new[1])) if a != b]
    places = (*entry.view.places, *((field, place) for field in fields))
    entry.view = replace(entry.view, schema=new[0], name=new[1], places=places)
    catalog.add(entry)
    for targets in catalog.dependents.values():
        if old in targets:
            targets[new] = targets.pop(old)
    for name in entry.indexes:
        catalog.discard((old[0], name))
        catalog.add(IndexEntry(new[0], name, new))


def _rename_index(session: Session, entry: IndexEntry, name: str, place: Location) -> None:
    """An index of a constraint takes the constraint's name along."""
    catalog = session.catalog
    owner = catalog.relations.get(entry.owner)
    if isinstance(owner, TableEntry) and isinstance(found := owner.constraints.get(entry.name), INDEXED):
        catalog.remove_constraint(owner, entry.name)
        catalog.add_constraint(owner, replace(found, name=name, places=(*found.places, ("name", place))))
        return
    if isinstance(owner, TableEntry | ViewEntry):
        owner.indexes = {
            (name if key == entry.name else key): (
                replace(index, name=name, places=(*index.places, ("name", place))) if key == entry.name else index
            )
            for key, index in owner.indexes.items()
        }
    catalog.discard(entry.key)
    catalog.add(IndexEntry(entry.schema, name, entry.owner))


def rename_type(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER TYPE or DOMAIN, for RENAME TO and SET SCHEMA."""
    place = cursor.location()
    found: UserType = find_type(cursor, session)
    old = (found.schema, found.name)
    if cursor.accept("set", "schema"):
        new = (cursor.identifier(), old[1])
    else:
        cursor.expect("rename", "to")
        new = (old[0], cursor.identifier())
    cursor.finish()
    if new == old:
        return READ
    if new in session.catalog.types or new in session.catalog.relations:
        raise DuplicateError(f'type "{new[1]}" already exists')
    session.catalog.remove_type(old)
    session.catalog.add_type(replace(found, schema=new[0], name=new[1], places=(*found.places, ("name", place))))
    type_moved(session, old, new)
    return READ


def rename_schema(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER SCHEMA."""
    token = cursor.token
    old = cursor.identifier()
    if cursor.at("owner"):
        return READ
    place = cursor.location(token)
    cursor.expect("rename", "to")
    new = cursor.identifier()
    catalog = session.catalog
    if old not in catalog.namespaces and not catalog.defines(old):
        raise MissingError(f'schema "{old}" does not exist', token)
    if old in catalog.namespaces:
        catalog.add_namespace(replace(catalog.namespaces[old], name=new))
    catalog.remove_namespace(old)
    for relation in [item for key, item in catalog.relations.items() if key[0] == old]:
        if isinstance(relation, TableEntry | ViewEntry | SequenceEntry) and relation.key[0] == old:
            move(session, relation, (new, relation.key[1]), place)
    for key in [item for item in catalog.types if item[0] == old]:
        found = catalog.types[key]
        catalog.remove_type(key)
        catalog.add_type(replace(found, schema=new))
        type_moved(session, key, (new, key[1]))
    for function_key in [item for item in catalog.functions if item[0] == old]:
        function = catalog.functions[function_key]
        catalog.remove_function(function_key)
        catalog.add_function(replace(function, schema=new))
    return READ
