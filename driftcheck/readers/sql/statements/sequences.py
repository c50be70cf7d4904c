"""CREATE and ALTER SEQUENCE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....model import Location, Sequence
from ....normalize.types import canonical_type_text
from ....sql import signature_type
from ..catalog import TEMPORARY
from ..cursor import Cursor
from ..entries import SequenceEntry, TableEntry
from ..errors import DuplicateError, ForeignError, MissingError, RefusedError, StateError
from ..existence import new_key
from ..outcome import IRRELEVANT, READ, Outcome
from ..sequence_rules import check_sequence
from ..session import Session
from .options import sequence_options

_FIELDS = ("type", "start", "increment", "minimum", "maximum", "cache", "cycle")
_IDENTITY = ("start", "increment", "minimum", "maximum", "cache", "cycle")


def create_sequence(cursor: Cursor, session: Session, *, temporary: bool) -> Outcome:
    """What follows CREATE SEQUENCE."""
    if_not_exists = cursor.accept("if", "not", "exists")
    key, token = new_key(cursor, session, temporary=temporary)
    if if_not_exists and key in session.catalog.relations:
        return READ
    if session.catalog.in_the_way(key) is not None:
        raise DuplicateError(f'relation "{key[1]}" already exists', token, ".".join(key))
    options = sequence_options(cursor)
    cursor.finish()
    check_sequence(options, token)
    values = {name: options[name] for name in _FIELDS if name in options}
    owner = _owner(session, options) if "owned_by" in options else None
    sequence = Sequence(
        schema=key[0], name=key[1], owned_by=owner, location=cursor.location(token, cursor.tokens[-1]), **values
    )
    session.catalog.add_sequence(sequence, temporary=key[0] == TEMPORARY)
    return READ


def _owner(session: Session, options: dict[str, Any]) -> tuple[str, str, str] | None:
    """The column behind OWNED BY; None for NONE."""
    parts = options["owned_by"]
    if not parts:
        return None
    if len(parts) == 1:
        raise RefusedError("invalid OWNED BY option")
    schema, table, column = (None, *parts) if len(parts) == 2 else parts[-3:]
    found = session.find(schema, table)
    if not isinstance(found, TableEntry):
        raise session.missing("relation", schema, table)
    if column not in found.columns and not found.opaque and "columns" not in found.unknown:
        raise MissingError(f'column "{column}" of relation "{table}" does not exist')
    return (*found.key, column)


def alter_sequence(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER SEQUENCE, but for RENAME and SET SCHEMA, which `renames` reads."""
    if_exists = cursor.accept("if", "exists")
    schema, name, token = cursor.name()
    entry = session.find(schema, name)
    if cursor.at("owner"):
        return IRRELEVANT
    if not isinstance(entry, SequenceEntry):
        if if_exists:
            return READ
        if entry is not None:
            raise StateError(f'"{name}" is not a sequence', token)
        raise session.missing("relation", schema, name, token)
    return alter_sequence_action(cursor, session, entry)


def alter_sequence_action(cursor: Cursor, session: Session, entry: SequenceEntry) -> Outcome:
    """The options that ALTER SEQUENCE sets."""
    place = cursor.location()
    if cursor.accept("set"):
        cursor.accept_any("logged", "unlogged")
        return IRRELEVANT
    options = sequence_options(cursor)
    cursor.finish()
    if entry.of_identity:
        return _alter_identity(session, entry, options, place)
    values = {name: options[name] for name in _FIELDS if name in options}
    if "type" in values:
        values = _bounds_of(entry.sequence) | values
    if "owned_by" in options:
        try:
            values["owned_by"] = _owner(session, options)
        except ForeignError:
            return IRRELEVANT
        if values["owned_by"] is not None:
            session.catalog.depend(entry.key, values["owned_by"][:2])
    places = (*entry.sequence.places, *((name, place) for name in values))
    entry.sequence = replace(entry.sequence, **values, places=places)
    return READ if values else IRRELEVANT


_BOUNDS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def _bounds_of(sequence: Sequence) -> dict[str, None]:
    """Bounds that are those of the old type: the new type brings its own (`init_params`, sequence.c)."""
    limit = _BOUNDS.get(sequence.type, 0)
    found: dict[str, None] = {}
    if sequence.minimum == -limit:
        found["minimum"] = None
    if sequence.maximum == limit - 1:
        found["maximum"] = None
    return found


def _alter_identity(session: Session, entry: SequenceEntry, options: dict[str, Any], place: Location) -> Outcome:
    """The sequence of an identity column is part of the column."""
    owner = entry.sequence.owned_by
    table = session.catalog.table(owner[:2]) if owner is not None else None
    column = table.columns.get(owner[2]) if table is not None and owner is not None else None
    if table is None or column is None or column.identity is None:
        return READ
    values = {name: options[name] for name in _IDENTITY if name in options}
    if "type" in options:
        own = canonical_type_text(options["type"]) == canonical_type_text(signature_type(column.type))
        values["type"] = None if own else options["type"]
    identity = replace(column.identity, **values)
    table.columns[column.name] = replace(column, identity=identity, places=(*column.places, ("identity", place)))
    return READ if values else IRRELEVANT
