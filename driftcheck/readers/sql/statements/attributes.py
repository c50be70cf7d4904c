"""The attributes of composite types, and of the tables that are of such a type."""

from __future__ import annotations

from dataclasses import replace

from ....model import Attribute, Column, CompositeType
from ..cursor import Cursor
from ..entries import TableEntry
from ..errors import MissingError, StateError
from ..rename_references import rename_column
from ..session import Session
from ..type_rules import column_type
from .drop_column import remove_column
from .options import collation


def read_attribute(cursor: Cursor, session: Session) -> Attribute:
    name = cursor.identifier()
    type_ = column_type(cursor, session)
    collated = collation(cursor, session) if cursor.accept("collate") else None
    cursor.accept_any("cascade", "restrict")
    cursor.finish()
    return Attribute(name, type_, collated)


def alter_attributes(cursor: Cursor, session: Session, composite: CompositeType) -> CompositeType:
    """ADD, DROP, ALTER and RENAME ATTRIBUTE; by CASCADE the columns of typed tables follow.

    Raises StateError where there are such tables and no CASCADE.
    """
    key = f"{composite.schema}.{composite.name}"
    typed = [one for one in session.catalog.relations.values() if isinstance(one, TableEntry) and one.of_type == key]
    if typed and not session.blind and not any(token.word == "cascade" for token in cursor.tokens[cursor.pos :]):
        raise StateError(f"cannot alter type {composite.name} because it is the type of a typed table")
    if cursor.accept("rename", "attribute"):
        return _renamed(cursor, session, composite, typed)
    attributes = list(composite.attributes)
    for part in cursor.parts(cursor.pos, len(cursor.tokens) - 1):
        cascade = len(part.tokens) - 2 if part.tokens[-2].word in ("cascade", "restrict") else len(part.tokens) - 1
        part = part.part(part.pos, cascade)
        if part.accept("add", "attribute"):
            _add(part, session, attributes, typed)
        elif part.accept("drop", "attribute"):
            _drop(part, session, attributes, typed)
        else:
            _alter(part, session, attributes, typed)
    return replace(composite, attributes=tuple(attributes))


def _renamed(cursor: Cursor, session: Session, composite: CompositeType, typed: list[TableEntry]) -> CompositeType:
    attributes = list(composite.attributes)
    token = cursor.token
    position = _position(cursor, attributes)
    cursor.expect("to")
    old, new = attributes[position].name, cursor.identifier()
    attributes[position] = replace(attributes[position], name=new)
    for table in typed:
        if old in table.columns:
            rename_column(session, table, old, new, cursor.location(token), token)
    return replace(composite, attributes=tuple(attributes))


def _add(part: Cursor, session: Session, attributes: list[Attribute], typed: list[TableEntry]) -> None:
    place = part.location(part.token)
    added = read_attribute(part.part(part.pos, len(part.tokens) - 1), session)
    attributes.append(added)
    for table in typed:
        table.columns[added.name] = Column(name=added.name, type=added.type, collation=added.collation, location=place)


def _drop(part: Cursor, session: Session, attributes: list[Attribute], typed: list[TableEntry]) -> None:
    if_exists = part.accept("if", "exists")
    mark = part.pos
    name = part.identifier()
    if if_exists and all(item.name != name for item in attributes):
        return
    part.pos = mark
    del attributes[_position(part, attributes)]
    for table in typed:
        if name in table.columns:
            remove_column(session, table, name, cascade=True)


def _alter(part: Cursor, session: Session, attributes: list[Attribute], typed: list[TableEntry]) -> None:
    part.expect("alter", "attribute")
    position = _position(part, attributes)
    part.accept("set", "data")
    part.expect("type")
    changed = replace(attributes[position], type=column_type(part, session))
    attributes[position] = changed
    for table in typed:
        if (column := table.columns.get(changed.name)) is not None:
            table.columns[changed.name] = replace(column, type=changed.type)


def _position(cursor: Cursor, attributes: list[Attribute]) -> int:
    token = cursor.token
    name = cursor.identifier()
    for position, item in enumerate(attributes):
        if item.name == name:
            return position
    raise MissingError(f'attribute "{name}" does not exist', token)
