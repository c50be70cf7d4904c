"""CREATE SCHEMA, CREATE EXTENSION, and the search path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ....model import DEFAULT_SCHEMA, Extension, Namespace
from ..catalog import TEMPORARY
from ..cursor import Cursor
from ..entries import Relation, TableEntry
from ..errors import DuplicateError, MissingError, UnreadableError
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session
from .drops import drop


def create_schema(cursor: Cursor, session: Session, run: Callable[[Cursor, Session], Outcome]) -> Outcome:
    """What follows CREATE SCHEMA; `run` reads the statements that may be inside it."""
    if_not_exists = cursor.accept("if", "not", "exists")
    token = cursor.token
    if cursor.accept("authorization"):
        if cursor.word in ("current_user", "current_role", "session_user"):
            raise UnreadableError("it is named after the role that runs this", token)
        name = cursor.identifier()
    else:
        name = cursor.identifier()
        if cursor.accept("authorization"):
            cursor.identifier()
    catalog = session.catalog
    if name in catalog.namespaces or name == DEFAULT_SCHEMA:
        if not if_not_exists and name in catalog.namespaces:
            raise DuplicateError(f'schema "{name}" already exists', token)
        catalog.gone -= {name}
    else:
        catalog.add_namespace(Namespace(name=name, location=cursor.location(token)))
    if not cursor.done:
        _elements(cursor, session, name, run)
    return READ


def _elements(cursor: Cursor, session: Session, name: str, run: Callable[[Cursor, Session], Outcome]) -> None:
    """CREATE TABLE, VIEW, INDEX, SEQUENCE, TRIGGER and GRANT inside CREATE SCHEMA, without semicolons between."""
    path, session.path = session.path, (name,)
    try:
        while not cursor.done:
            if cursor.word not in ("create", "grant"):
                raise cursor.unexpected()
            start = cursor.pos
            cursor.advance()
            cursor.skip_until("create", "grant")
            element = cursor.part(start, cursor.pos)
            element.qualify = session.qualify
            run(element, session)
    finally:
        session.path = path


def create_extension(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE EXTENSION."""
    if_not_exists = cursor.accept("if", "not", "exists")
    token = cursor.token
    name = cursor.identifier()
    schema = None
    cursor.accept("with")
    while not cursor.done:
        if cursor.accept("schema"):
            schema = cursor.identifier()
        elif cursor.accept("version") or cursor.accept("from"):
            cursor.advance()
        elif not cursor.accept("cascade"):
            raise cursor.unexpected()
    if name == "plpgsql":
        # Every database has it from the start, and pg_dump has not said so since PostgreSQL 11.
        return IRRELEVANT
    if name in session.catalog.extensions:
        if if_not_exists:
            return READ
        raise DuplicateError(f'extension "{name}" already exists', token)
    session.catalog.extensions[name] = Extension(name=name, schema=schema, location=cursor.location(token))
    return READ


def alter_extension(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER EXTENSION."""
    token = cursor.token
    name = cursor.identifier()
    if not cursor.accept("set", "schema"):
        return IRRELEVANT
    found = session.catalog.extensions.get(name)
    if found is None:
        raise MissingError(f'extension "{name}" does not exist', token)
    places = (*found.places, ("schema", cursor.location(token)))
    session.catalog.extensions[name] = replace(found, schema=cursor.identifier(), places=places)
    return READ


def read_set(cursor: Cursor, session: Session) -> Outcome:
    """What follows SET: only the search path shapes what comes after."""
    scope = cursor.accept_any("session", "local")
    path: tuple[str, ...]
    if cursor.accept("schema"):
        path = (cursor.string(),) if cursor.at_string else (cursor.identifier(),)
    elif cursor.accept("search_path"):
        if not (cursor.accept("to") or cursor.accept("=")):
            raise cursor.unexpected("TO was expected")
        path = (DEFAULT_SCHEMA,) if cursor.accept("default") else _path(cursor)
    else:
        return IRRELEVANT
    set_path(session, path, local=scope == "local")
    return IRRELEVANT


def set_path(session: Session, path: tuple[str, ...], *, local: bool) -> None:
    """Sets the search path; a local one ends with the transaction (and does nothing outside of one)."""
    if local:
        if not session.in_transaction:
            return
        if session.local_path is None:
            session.local_path = session.path
    session.path = tuple(item for item in path if item and item != "$user")


def _path(cursor: Cursor) -> tuple[str, ...]:
    items = []
    while True:
        items.append(cursor.string() if cursor.at_string else cursor.identifier())
        if not cursor.accept(","):
            return tuple(items)


def reset(cursor: Cursor, session: Session) -> Outcome:
    """What follows RESET."""
    if cursor.word in ("search_path", "all"):
        session.path = (DEFAULT_SCHEMA,)
    return IRRELEVANT


def read_select(cursor: Cursor, session: Session) -> Outcome | None:
    """A SELECT that sets the search path, as pg_dump does; None if it is another."""
    cursor.accept("pg_catalog", ".")
    if cursor.accept("set_config", "("):
        start = cursor.pos - 1
        cursor.pos = start
        parts = cursor.items()
        if len(parts) == 3 and parts[0].at_string and parts[0].string() == "search_path" and parts[1].at_string:
            local = parts[2].word == "true"
            path = tuple(item.strip().strip('"') for item in parts[1].string().split(","))
            set_path(session, path, local=local)
        return IRRELEVANT
    return None


def end_of_transaction(session: Session) -> None:
    """A local search path ends here, and tables that are dropped on commit."""
    session.in_transaction = False
    session.made_here.clear()
    session.fresh_labels.clear()
    _end(session, [entry for entry in _temporary(session) if isinstance(entry, TableEntry) and entry.passing])
    if session.local_path is not None:
        session.path, session.local_path = session.local_path, None


def end_of_session(session: Session) -> None:
    """What ends with a file, which most tools run in a session of its own: temporary objects, and an empty search path.

    Whether another path outlives the file depends on the tool; with none, nothing more could be made.
    """
    end_of_transaction(session)
    _end(session, _temporary(session))
    if all(name in ("pg_catalog", "information_schema", TEMPORARY) for name in session.path):
        session.path = (DEFAULT_SCHEMA,)


def _temporary(session: Session) -> list[Relation]:
    return [entry for key, entry in session.catalog.relations.items() if key[0] == TEMPORARY]


def _end(session: Session, entries: list[Relation]) -> None:
    for entry in entries:
        if entry.key in session.catalog.relations:
            drop(session, entry, cascade=True, together=set())
