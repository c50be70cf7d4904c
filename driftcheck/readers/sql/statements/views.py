"""CREATE and ALTER VIEW and MATERIALIZED VIEW."""

from __future__ import annotations

from dataclasses import replace

from ....model import Expression, Location, View
from ....sql.references import relations_in
from ..catalog import TEMPORARY
from ..cursor import Cursor
from ..entries import Key, TableEntry, ViewEntry
from ..errors import DuplicateError, MissingError, StateError, UnreadableError
from ..existence import new_key
from ..named_rules import check_query
from ..outcome import IRRELEVANT, READ, Outcome, unmodelled
from ..rename_references import index_with
from ..renamed_words import policies_and_views, shown_by
from ..session import Session
from ..uses import used_by_query
from ..view_columns import check_columns, check_replacement
from .options import storage_parameters


def create_view(
    cursor: Cursor, session: Session, *, replacing: bool = False, temporary: bool = False, recursive: bool = False
) -> Outcome:
    """What follows CREATE [OR REPLACE] [RECURSIVE] VIEW."""
    key, token = new_key(cursor, session, temporary=temporary)
    columns = cursor.names() if cursor.at("(") else ()
    options = storage_parameters(cursor) if cursor.accept("with") else {}
    cursor.expect("as")
    start, end = _query(cursor, options)
    text = str(cursor.expression(start, end))
    if recursive:
        name = token.text
        text = f"WITH RECURSIVE {name}({', '.join(columns)}) AS ({text}) SELECT {', '.join(columns)} FROM {name}"
    place = cursor.location(token, cursor.tokens[-1])
    view = View(
        schema=key[0],
        name=key[1],
        definition=Expression(text),
        columns=columns,
        options=tuple(sorted(options.items())),
        location=place,
    )
    return _add(session, view, replacing)


def _query(cursor: Cursor, options: dict[str, str]) -> tuple[int, int]:
    """Positions of the view's query; WITH CHECK OPTION behind it goes into `options`."""
    start, end = cursor.pos, len(cursor.tokens) - 1
    words = [token.word for token in cursor.tokens[max(start, end - 4) : end]]
    if words[-2:] == ["check", "option"]:
        scope = "cascaded"
        cut = 3
        if words[-3:-2] and words[-3] in ("local", "cascaded"):
            scope, cut = words[-3], 4
        options["check_option"] = scope
        end -= cut
    if start >= end:
        raise cursor.unexpected("a query was expected")
    return start, end


def create_materialized_view(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE MATERIALIZED VIEW."""
    if_not_exists = cursor.accept("if", "not", "exists")
    key, token = new_key(cursor, session)
    if key in session.catalog.relations and if_not_exists:
        return READ
    columns = cursor.names() if cursor.at("(") else ()
    if cursor.accept("using"):
        cursor.identifier()
    options = storage_parameters(cursor) if cursor.accept("with") else {}
    if cursor.accept("tablespace"):
        cursor.identifier()
        session.unmodelled["tablespaces of materialized views"] += 1
    cursor.expect("as")
    start, end = cursor.pos, len(cursor.tokens) - 1
    words = [item.word for item in cursor.tokens[max(start, end - 3) : end]]
    with_data = words[-3:] != ["with", "no", "data"]
    end -= 3 if not with_data else 2 if words[-2:] == ["with", "data"] else 0
    view = View(
        schema=key[0],
        name=key[1],
        definition=cursor.expression(start, end),
        materialized=True,
        columns=columns,
        options=tuple(sorted(options.items())),
        with_data=with_data,
        location=cursor.location(token, cursor.tokens[-1]),
    )
    return _add(session, view, replacing=False)


def _add(session: Session, view: View, replacing: bool) -> Outcome:
    catalog = session.catalog
    key = view.schema, view.name
    found = catalog.relations.get(key)
    sql = str(view.definition)
    check_query(session, sql)
    check_columns(session, view)
    reads = read_by(session, sql)
    starred = frozenset(used_by_query(session, sql, session.path).starred) if "*" in sql else frozenset()
    if isinstance(found, ViewEntry) and replacing and not found.view.materialized:
        check_replacement(session, found, view)
        found.view, found.reads, found.starred = view, reads, starred
        entry = found
    elif found is not None and catalog.in_the_way(key) is not None:
        if replacing:
            raise StateError(f'"{view.name}" is not a view', object_=".".join(key))
        raise DuplicateError(f'relation "{view.name}" already exists', object_=".".join(key))
    else:
        entry = ViewEntry(view, reads, starred, temporary=view.schema == TEMPORARY)
        catalog.add(entry)
    for other in reads:
        catalog.depend(entry.key, other)
    return READ


def read_by(session: Session, sql: str) -> frozenset[Key]:
    """The relations of the catalog that a query names."""
    found = (session.find(schema, name) for schema, name in relations_in(sql))
    return frozenset(entry.key for entry in found if isinstance(entry, TableEntry | ViewEntry))


def alter_view(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER [MATERIALIZED] VIEW, but for RENAME TO and SET SCHEMA, which `renames` reads."""
    if_exists = cursor.accept("if", "exists")
    schema, name, token = cursor.name()
    found = session.find(schema, name)
    if cursor.at("owner"):
        return IRRELEVANT
    if not isinstance(found, ViewEntry):
        if found is None and if_exists:
            return READ
        if found is not None:
            raise StateError(f'"{name}" is not a view', token)
        raise session.missing("relation", schema, name, token)
    return alter_view_action(cursor, session, found)


def alter_view_action(cursor: Cursor, session: Session, entry: ViewEntry) -> Outcome:
    """SET and RESET of a view's options, and what cannot be held by the model."""
    place = cursor.location()
    options = dict(entry.view.options)
    if cursor.accept("set"):
        if cursor.at("("):
            return _set_options(entry, {**options, **storage_parameters(cursor)}, place)
        cursor.until()
        return IRRELEVANT
    if cursor.accept("reset"):
        gone = storage_parameters(cursor)
        return _set_options(entry, {key: value for key, value in options.items() if key not in gone}, place)
    if cursor.accept("alter"):
        return unmodelled("defaults of views' columns")
    if cursor.accept("rename"):
        return _rename_column(cursor, session, entry, place)
    if cursor.accept_any("depends", "cluster", "no", "owner"):
        return IRRELEVANT
    raise cursor.unexpected()


def _rename_column(cursor: Cursor, session: Session, entry: ViewEntry, place: Location) -> Outcome:
    """`[COLUMN] name TO name`: the view lists its columns from then on, and what reads it follows."""
    cursor.accept("column")
    token = cursor.token
    old = cursor.identifier()
    cursor.expect("to")
    new = cursor.identifier()
    cursor.finish()
    names = shown_by(session, entry.view)
    if names is None:
        unknown = entry.view.unknown | {"definition", "columns"}
        entry.view = replace(entry.view, unknown=unknown)
        raise UnreadableError(
            "which columns the view has can't be determined from its query", token, ".".join(entry.key)
        )
    if old not in names:
        raise MissingError(f'column "{old}" does not exist', token, ".".join((*entry.key, old)))
    if new in names:
        raise DuplicateError(f'column "{new}" of relation "{entry.view.name}" already exists', token)
    policies_and_views(session, entry.key, old, new, place)
    columns = tuple(new if name == old else name for name in names)
    entry.comments = {new if name == old else name: comment for name, comment in entry.comments.items()}
    entry.view = replace(entry.view, columns=columns, places=(*entry.view.places, ("columns", place)))
    entry.indexes = {
        name: index_with(index, lambda used: tuple(new if item == old else item for item in used), lambda sql: sql)
        for name, index in entry.indexes.items()
    }
    return READ


def _set_options(entry: ViewEntry, options: dict[str, str], place: Location) -> Outcome:
    places = (*entry.view.places, ("options", place))
    entry.view = replace(entry.view, options=tuple(sorted(options.items())), places=places)
    return READ
