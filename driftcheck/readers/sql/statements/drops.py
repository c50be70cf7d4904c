"""DROP of relations, types, schemas and extensions, with what goes along."""

from __future__ import annotations

from dataclasses import replace

from ....model import DEFAULT_SCHEMA, CompositeType, Domain, Extension, ForeignKey
from ..catalog import shown
from ..cursor import Cursor
from ..entries import EXISTENCE, INDEXED, IndexEntry, Key, Relation, SequenceEntry, TableEntry, ViewEntry, kind_of
from ..errors import ForeignError, MissingError, StateError, UnreadableError
from ..existence import written
from ..outcome import READ, Outcome
from ..session import Session
from .blocks import not_in_transaction
from .drop_column import remove_column
from .drop_view import drop_view, needed, release_policies
from .extension_members import members_of
from .functions import remove_function
from .needs import is_spoken_of, policies_reading, takes_type, uses_row_type, uses_type
from .release import release
from .speaks import of_relation, of_sequence, of_type


def _targets(cursor: Cursor) -> tuple[list[tuple[str | None, str, object]], bool]:
    """`name, …` and whether CASCADE follows."""
    found = [cursor.name()]
    while cursor.accept(","):
        found.append(cursor.name())
    cascade = cursor.accept_any("cascade", "restrict") == "cascade"
    cursor.finish()
    return [(schema, name, token) for schema, name, token in found], cascade


def drop_relation(cursor: Cursor, session: Session, kind: str) -> Outcome:
    """What follows DROP TABLE, VIEW, MATERIALIZED VIEW, SEQUENCE, INDEX or FOREIGN TABLE; `kind` in a word."""
    if kind == "index" and cursor.accept("concurrently"):
        not_in_transaction(session, "DROP INDEX CONCURRENTLY")
    if_exists = cursor.accept("if", "exists")
    mark = cursor.pos
    targets, cascade = _targets(cursor)
    dropped: list[Relation] = []
    for schema, name, _ in targets:
        found = session.find(schema, name)
        if found is not None and kind_of(found) == kind:
            dropped.append(found)
        elif found is not None:
            raise StateError(f'"{name}" is not {"an" if kind == "index" else "a"} {kind}', cursor.tokens[mark])
        elif (
            session.catalog.opaque.pop((kind.split()[-1], *session.assumed(schema, name)), None) is None
            and not if_exists
        ):
            raise session.missing(kind, schema, name, cursor.tokens[mark])
    together = {relation.key for relation in dropped}
    for relation in dropped:
        together |= _partitions(session, relation)
    for relation in dropped:
        if relation.key in session.catalog.relations:
            drop(session, relation, cascade, together)
    return READ


def _partitions(session: Session, relation: Relation) -> set[Key]:
    """The partitions that go with a table, those of its partitions too."""
    if not isinstance(relation, TableEntry):
        return set()
    return {entry.key for entry in session.catalog.family_of(relation) if entry.partition_of is not None}


def drop(session: Session, relation: Relation, cascade: bool, together: set[Key]) -> None:
    """Drops a relation of any kind with what is part of it, and by CASCADE with what depends on it."""
    if isinstance(relation, TableEntry):
        drop_table(session, relation, cascade, together)
    elif isinstance(relation, ViewEntry):
        drop_view(session, relation, cascade, together)
    elif isinstance(relation, IndexEntry):
        _drop_index(session, relation)
    elif isinstance(relation, SequenceEntry):
        drop_sequence(session, relation, cascade)


def drop_table(session: Session, table: TableEntry, cascade: bool, together: set[Key] | None = None) -> None:
    """Drops a table, its indexes, policies, triggers and owned sequences; others' foreign keys and views by CASCADE.

    `together` are relations that the same statement drops. Raises UnreadableError where PostgreSQL would refuse.
    """
    catalog, together = session.catalog, together or set()
    for other in catalog.dependents_of(table.key):
        if other.key == table.key or (other.key in together and not _is_partition_of(other, table)):
            continue
        if isinstance(other, TableEntry):
            _leave_table(session, other, table, cascade, together)
        elif isinstance(other, ViewEntry) and table.key in other.reads:
            if not cascade:
                raise needed("table", table.key)
            drop_view(session, other, cascade, together)
    for entry in catalog.owned_sequences(table.key):
        drop_sequence(session, entry, cascade=True)
    for name in list(table.constraints):
        catalog.remove_constraint(table, name)
    for name in list(table.indexes):
        catalog.remove_index((table.schema, name))
    catalog.policies.pop(table.key, None)
    catalog.triggers.pop(table.key, None)
    if cascade:
        release_policies(session, of_relation(session, table.key))
    elif not session.blind and next(policies_reading(session, table.key), None) is not None:
        raise needed("table", table.key)
    if not cascade and uses_row_type(session, table.key, together):
        raise needed("table", table.key)
    catalog.discard(table.key)


def _is_partition_of(other: Relation, table: TableEntry) -> bool:
    parent = other.partition_of if isinstance(other, TableEntry) else None
    return parent is not None and (parent.parent_schema, parent.parent_table) == table.key


def _leave_table(session: Session, other: TableEntry, table: TableEntry, cascade: bool, together: set[Key]) -> None:
    """`other` loses what ties it to the dropped `table`: foreign keys by CASCADE, or itself if it is its child."""
    catalog = session.catalog
    if _is_partition_of(other, table):
        if other.key in catalog.relations:
            drop_table(session, other, cascade, together)
        return
    if table.key in other.inherits:
        if not cascade:
            raise needed("table", table.key)
        drop_table(session, other, cascade)
        return
    for item in list(other.constraints.values()):
        if isinstance(item, ForeignKey) and (item.target_schema, item.target_table) == table.key:
            if not cascade and EXISTENCE not in item.unknown:
                raise needed("table", table.key)
            catalog.remove_constraint(other, item.name)


def _drop_index(session: Session, entry: IndexEntry) -> None:
    owner = session.catalog.relations.get(entry.owner)
    if isinstance(owner, TableEntry) and isinstance(owner.constraints.get(entry.name), INDEXED):
        why = f"constraint {entry.name} on table {owner.name} requires it"
        raise StateError(f"cannot drop index {entry.name} because {why}")
    index = owner.indexes.get(entry.name) if isinstance(owner, TableEntry) else None
    session.catalog.remove_index(entry.key)
    if index is None or not isinstance(owner, TableEntry) or not owner.partition_by:
        return
    for child in session.catalog.children_of(owner):
        for item in list(child.indexes.values()):
            if (item.keys, item.predicate, item.unique, item.method) == (
                index.keys, index.predicate, index.unique, index.method,
            ):  # fmt: skip
                _drop_index(session, IndexEntry(child.schema, item.name, child.key))


def drop_sequence(session: Session, entry: SequenceEntry, cascade: bool) -> None:
    """Drops a sequence; defaults that count with it go by CASCADE only."""
    catalog, speaks = session.catalog, of_sequence(session, entry.key)
    if cascade:
        release(session, speaks)
    else:
        if entry.of_identity and (owner := entry.sequence.owned_by) is not None:
            why = f"column {owner[2]} of table {owner[1]} requires it"
            raise StateError(f"cannot drop sequence {shown(entry.key)} because {why}")
        for table in _tables(session):
            if any(column.default is not None and speaks(column.default.sql) for column in table.columns.values()):
                raise needed("sequence", entry.key)
    catalog.discard(entry.key)


def drop_type(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP TYPE or DOMAIN. By CASCADE, columns of the type go too."""
    if_exists = cursor.accept("if", "exists")
    targets, cascade = _targets(cursor)
    together = {key for schema, name, _ in targets if (key := session.type_key(schema, name)) is not None}
    for schema, name, _ in targets:
        key = session.type_key(schema, name)
        if key is None or key not in session.catalog.types:
            if if_exists:
                continue
            wanted = session.assumed(schema, name)
            if not session.catalog.defines(wanted[0]):
                raise ForeignError(wanted[0])
            raise MissingError(f'type "{written(schema, name)}" does not exist')
        _drop_type(session, key, cascade, together)
    return READ


def _drop_type(session: Session, key: Key, cascade: bool, together: set[Key] | None = None) -> None:
    using = [
        (table, column.name)
        for table in _tables(session)
        for column in table.columns.values()
        if (column.type.schema, column.type.name) == key
    ]
    if using and not cascade:
        raise needed("type", key)
    if not cascade and (uses_type(session, key, together or ()) or is_spoken_of(session, of_type(key))):
        raise needed("type", key)
    typed = [entry for entry in _tables(session) if entry.of_type == ".".join(key)]
    if typed and not cascade:
        raise needed("type", key)
    for table in typed:
        drop_table(session, table, cascade)
    for table, name in using:
        if name in table.columns:
            remove_column(session, table, name, cascade)
    if cascade:
        _release_type(session, key)
    session.catalog.remove_type(key)


def _release_type(session: Session, key: Key) -> None:
    """Domains over the type, attributes of it, functions that take or give it, and expressions that cast to it."""
    catalog = session.catalog
    for other, found in list(catalog.types.items()):
        if isinstance(found, Domain) and (found.type.schema, found.type.name) == key:
            _drop_type(session, other, cascade=True)
        elif isinstance(found, CompositeType):
            kept = tuple(item for item in found.attributes if (item.type.schema, item.type.name) != key)
            catalog.types[other] = replace(found, attributes=kept)
    for name, function in list(catalog.functions.items()):
        if takes_type(session, function, key):
            catalog.remove_function(name)
    release(session, of_type(key))


def _tables(session: Session) -> list[TableEntry]:
    return [entry for entry in session.catalog.relations.values() if isinstance(entry, TableEntry)]


def drop_schema(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP SCHEMA."""
    if_exists = cursor.accept("if", "exists")
    targets, cascade = _targets(cursor)
    catalog = session.catalog
    for _, name, _ in targets:
        inside = [relation for key, relation in catalog.relations.items() if key[0] == name]
        types = [key for key in catalog.types if key[0] == name]
        functions = [key for key in catalog.functions if key[0] == name]
        if name not in catalog.namespaces and not inside and not if_exists and name != "public":
            raise MissingError(f'schema "{name}" does not exist')
        if (inside or types or functions) and not cascade:
            if name not in catalog.namespaces and name != "public":
                continue
            raise needed("schema", (DEFAULT_SCHEMA, name))
        for relation in inside:
            if relation.key in catalog.relations and not isinstance(relation, IndexEntry):
                drop(session, relation, cascade, set())
        for key in types:
            if key in catalog.types:
                _drop_type(session, key, cascade)
        for function in functions:
            if function in catalog.functions:
                remove_function(session, function, cascade=True)
        catalog.remove_namespace(name)
        for entry in [item for item in catalog.opaque if item[1] == name]:
            del catalog.opaque[entry]
    return READ


def drop_extension(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP EXTENSION."""
    if_exists = cursor.accept("if", "exists")
    targets, cascade = _targets(cursor)
    for _, name, _ in targets:
        found = session.catalog.extensions.get(name)
        if found is None and not if_exists:
            raise MissingError(f'extension "{name}" does not exist')
        if found is not None:
            _release_extension(session, found, cascade)
            del session.catalog.extensions[name]
    return READ


def _release_extension(session: Session, extension: Extension, cascade: bool) -> None:
    """What is made of an extension's types and functions goes by CASCADE, and is in the way without."""
    members = members_of(extension.name)
    if members is None:
        if cascade:
            raise UnreadableError(f"what the extension {extension.name} takes along is not known here")
        return
    using = [(table, name) for table in _tables(session) for name in members.columns(session, table)]
    if using and not cascade:
        raise needed("extension", (DEFAULT_SCHEMA, extension.name))
    if not cascade:
        return
    for table, name in using:
        if name in table.columns:
            remove_column(session, table, name, cascade=True)
    for key, found in list(session.catalog.types.items()):
        if isinstance(found, Domain) and members.has_type(session, found.type):
            _drop_type(session, key, cascade=True)
    for table in _tables(session):
        for index in list(table.indexes.values()):
            if any(members.has_class(key.opclass) for key in index.keys):
                session.catalog.remove_index((table.schema, index.name))
    release(session, members.speaks)
