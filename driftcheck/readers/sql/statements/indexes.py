"""CREATE INDEX and ALTER INDEX."""

from __future__ import annotations

from dataclasses import replace

from ....model import Index
from .. import inheritance
from ..cursor import Cursor
from ..entries import IndexEntry, TableEntry, ViewEntry
from ..errors import DuplicateError, MissingError
from ..expression_types import Typing
from ..index_rules import check_class, check_method
from ..key_rules import check_ordered
from ..named_rules import INDEX, PREDICATE, check_over
from ..outcome import READ, Outcome
from ..scopes import columns_of
from ..session import Session
from ..table_parts import place_index
from .blocks import not_in_transaction
from .constraints import nulls_distinct
from .keys import known_column, read_key
from .options import storage_parameters


def create_index(cursor: Cursor, session: Session, *, unique: bool) -> Outcome:
    """What follows CREATE [UNIQUE] INDEX."""
    if cursor.accept("concurrently"):
        not_in_transaction(session, "CREATE INDEX CONCURRENTLY")
    if_not_exists = cursor.accept("if", "not", "exists")
    token, name = cursor.token, ""
    if not cursor.at("on"):
        schema, name, token = cursor.name()
        if schema is not None:
            raise cursor.unexpected("an index is named without its schema: ON was expected")
    cursor.expect("on")
    only = cursor.accept("only")
    if not name:
        token = cursor.token
    owner = session.indexable(cursor)
    key = (owner.key[0], name)
    if if_not_exists and key in session.catalog.relations:
        return READ
    if session.catalog.in_the_way(key) is not None:
        raise DuplicateError(f'relation "{name}" already exists', token)
    index = _read(cursor, session, owner, name, only, unique)
    _check(session, owner, index)
    index = replace(index, location=cursor.location(token, cursor.tokens[-1]))
    index = place_index(session.catalog, owner, index)
    if isinstance(owner, TableEntry) and owner.partition_by and not only:
        for child in session.catalog.children_of(owner):
            inheritance.pass_on_index(session, child, index)
    return READ


def _read(
    cursor: Cursor, session: Session, owner: TableEntry | ViewEntry, name: str, only: bool, unique: bool
) -> Index:
    method = cursor.identifier() if cursor.accept("using") else "btree"
    start, end = cursor.skip_group()
    keys = []
    parts = list(cursor.parts(start, end))
    for part in parts:
        keys.append(read_key(part, session, owner))
        part.finish()
    include = cursor.names() if cursor.accept("include") else ()
    distinct = nulls_distinct(cursor)
    options = storage_parameters(cursor) if cursor.accept("with") else {}
    tablespace = cursor.identifier() if cursor.accept("tablespace") else None
    predicate = None
    if cursor.accept("where"):
        predicate = cursor.expression(*cursor.skip_until())
    cursor.finish()
    index = Index(
        name=name,
        keys=tuple(keys),
        unique=unique,
        nulls_distinct=distinct,
        method=method,
        include=include,
        predicate=predicate,
        options=tuple(sorted(options.items())),
        tablespace=tablespace,
        only=only and isinstance(owner, TableEntry) and owner.partition_by is not None,
    )
    check_method(index, [part.tokens for part in parts])
    return index


def _check(session: Session, owner: TableEntry | ViewEntry, index: Index) -> None:
    """Raises RefusedError for what the index cannot be built on."""
    for name in index.include:
        if not known_column(owner, name):
            raise MissingError(f'column "{name}" does not exist')
    table = owner if isinstance(owner, TableEntry) else None
    names, typing = {owner.key[1]: columns_of(table)}, Typing(session, table)
    if table is not None and index.method == "btree":
        for key in index.keys:
            if key.column is not None and key.opclass is not None:
                check_class(session, table, key.column, key.opclass)
        check_ordered(session, table, [key.column for key in index.keys if key.column and key.opclass is None])
    for key in index.keys:
        if key.expression is not None:
            check_over(session, key.expression, INDEX, names, typing=typing)
    if index.predicate is not None:
        check_over(session, index.predicate, PREDICATE, names, typing=typing)


def alter_index(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER INDEX, but for RENAME, which `renames` reads."""
    if_exists = cursor.accept("if", "exists")
    schema, name, token = cursor.name()
    entry = session.find(schema, name)
    if not isinstance(entry, IndexEntry):
        if if_exists:
            return READ
        raise session.missing("index", schema, name, token)
    owner = session.catalog.relations.get(entry.owner)
    index = owner.indexes.get(entry.name) if isinstance(owner, TableEntry | ViewEntry) else None
    place = cursor.location(token)
    if cursor.accept("attach", "partition"):
        # The partition's index is in the catalog by its own statement; to be attached adds nothing to it.
        child_schema, child, child_token = cursor.name()
        if not isinstance(session.find(child_schema, child), IndexEntry):
            raise MissingError(f'index "{child}" does not exist', child_token)
        if index is not None and isinstance(owner, TableEntry):
            owner.indexes[index.name] = replace(index, only=False)
        return READ
    if cursor.accept("set", "tablespace"):
        change = {"tablespace": cursor.identifier()}
    elif cursor.at("set", "("):
        cursor.advance()
        options = dict(index.options if index is not None else ()) | storage_parameters(cursor)
        change = {"options": tuple(sorted(options.items()))}  # type: ignore[dict-item]  # one field or the other
    elif cursor.accept("reset"):
        gone = storage_parameters(cursor)
        kept = tuple(item for item in (index.options if index is not None else ()) if item[0] not in gone)
        change = {"options": kept}  # type: ignore[dict-item]
    elif cursor.accept("depends") or cursor.accept("alter") or cursor.accept("no"):
        return READ
    else:
        raise cursor.unexpected()
    cursor.finish()
    if index is not None and isinstance(owner, TableEntry | ViewEntry):
        owner.indexes[index.name] = replace(index, **change, places=(*index.places, (next(iter(change)), place)))  # type: ignore[arg-type]
    else:
        session.unmodelled["storage parameters of keys"] += 1
    return READ
