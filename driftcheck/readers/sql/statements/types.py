"""CREATE and ALTER TYPE: enums, composites, ranges."""

from __future__ import annotations

from dataclasses import replace

from ....model import Collation, CompositeType, Location, RangeType
from ....model.identifiers import MAX_BYTES
from ..catalog import shown
from ..cursor import Cursor
from ..entries import Key, UserType
from ..enum_labels import EnumEntry, Labels
from ..errors import DuplicateError, ForeignError, MissingError, RefusedError, UnreadableError
from ..existence import new_key
from ..outcome import IRRELEVANT, READ, Outcome, unmodelled
from ..rename_enum_value import label_renamed
from ..session import Session
from ..type_rules import column_type
from .attributes import alter_attributes, read_attribute
from .options import Once, storage_parameters


def create_type(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE TYPE."""
    key, token = new_key(cursor, session)
    place = cursor.location(token, cursor.tokens[-1])
    if cursor.done or cursor.at("("):
        session.catalog.others["type", key[0], key[1]] = None
        return unmodelled("base types")
    cursor.expect("as")
    made: UserType
    if cursor.accept("enum"):
        made = EnumEntry(schema=key[0], name=key[1], values=Labels(_labels(cursor)), location=place)
        if session.in_transaction:
            session.made_here.add(key)
    elif cursor.accept("range"):
        made = _range(cursor, session, key)
        made = replace(made, location=place)
    else:
        start, end = cursor.skip_group()
        attributes = tuple(read_attribute(part, session) for part in cursor.parts(start, end))
        made = CompositeType(schema=key[0], name=key[1], attributes=attributes, location=place)
    cursor.finish()
    try:
        session.catalog.add_type(made)
    except DuplicateError as error:
        raise DuplicateError(error.why, token, ".".join(key)) from None
    return READ


def _labels(cursor: Cursor) -> tuple[str, ...]:
    start, end = cursor.skip_group()
    labels = []
    for part in cursor.parts(start, end):
        labels.append(_label(part))
        part.finish()
    if len(set(labels)) < len(labels):
        raise DuplicateError("an enum label is repeated", cursor.tokens[start])
    return tuple(labels)


def _label(cursor: Cursor) -> str:
    """A label of an enum, of which PostgreSQL takes at most 63 bytes, and cuts none."""
    token = cursor.token
    label = cursor.string()
    if len(label.encode(errors="replace")) > MAX_BYTES:
        raise RefusedError(f'invalid enum label "{label}": labels must be {MAX_BYTES} bytes or less', token)
    return label


def _range(cursor: Cursor, session: Session, key: Key) -> RangeType:
    start, end = cursor.skip_group()
    subtype, options, said = None, {}, Once()
    for part in cursor.parts(start, end):
        name = part.identifier()
        part.expect("=")
        said[name] = True
        if name == "subtype":
            subtype = column_type(part, session)
        else:
            options[name] = ".".join(filter(None, part.name()[:2]))
        part.finish()
    if subtype is None:
        raise UnreadableError("SUBTYPE was expected", cursor.tokens[start])
    return RangeType(schema=key[0], name=key[1], subtype=subtype, options=tuple(sorted(options.items())))


def find_type(cursor: Cursor, session: Session) -> UserType:
    """The user-defined type whose name is here."""
    schema, name, token = cursor.name()
    key = session.type_key(schema, name)
    found = session.catalog.types.get(key) if key is not None else None
    if found is None:
        wanted = session.assumed(schema, name)
        if not session.catalog.defines(wanted[0]):
            raise ForeignError(wanted[0])
        raise MissingError(f'type "{shown(wanted)}" does not exist', token, ".".join(wanted))
    return found


def create_collation(cursor: Cursor, session: Session) -> Outcome:
    """What follows CREATE COLLATION. One that is a copy of another is counted, and nothing more."""
    if_not_exists = cursor.accept("if", "not", "exists")
    token = cursor.token
    schema, name, _ = cursor.name()
    key = (schema or session.creation_schema, name)
    if cursor.at("(") and not (if_not_exists and key in session.catalog.collations):
        options = tuple(sorted(storage_parameters(cursor).items()))
        place = cursor.location(token, cursor.tokens[-1])
        session.catalog.collations[key] = Collation(schema=key[0], name=name, options=options, location=place)
    return unmodelled("collations")


def alter_type(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER TYPE, but for RENAME TO and SET SCHEMA, which `renames` reads."""
    mark = cursor.pos
    cursor.name()
    if cursor.at("owner"):
        return IRRELEVANT
    cursor.pos = mark
    found = find_type(cursor, session)
    place = cursor.location(cursor.tokens[mark])
    if isinstance(found, EnumEntry):
        changed: UserType = _alter_enum(cursor, session, found, place)
        field = "values"
    elif isinstance(found, CompositeType):
        changed, field = alter_attributes(cursor, session, found), "attributes"
    else:
        raise cursor.unexpected()
    if changed is not found:
        changed = replace(changed, places=(*(p for p in found.places if p[0] != field), (field, place)))
        session.catalog.types[(found.schema, found.name)] = changed
    return READ


def _alter_enum(cursor: Cursor, session: Session, enum: EnumEntry, place: Location) -> EnumEntry:
    """ADD VALUE [IF NOT EXISTS] label [BEFORE | AFTER label], RENAME VALUE label TO label."""
    if cursor.accept("rename", "value"):
        return _rename_label(cursor, session, enum, place)
    if cursor.at("drop", "value"):
        raise RefusedError("dropping an enum value is not implemented", cursor.token)
    cursor.expect("add", "value")
    if_not_exists = cursor.accept("if", "not", "exists")
    token = cursor.token
    label = _label(cursor)
    where = cursor.accept_any("before", "after")
    neighbour = _known(cursor, enum) if where else None
    cursor.finish()
    if label in enum.values:
        if if_not_exists:
            return enum
        raise DuplicateError(f'enum label "{label}" already exists', token)
    if session.in_transaction and (enum.schema, enum.name) not in session.made_here:
        session.fresh_labels.add((enum.schema, enum.name, label))
    return replace(enum, values=enum.values.with_label(label, neighbour, behind=where != "before"))


def _rename_label(cursor: Cursor, session: Session, enum: EnumEntry, place: Location) -> EnumEntry:
    old = _known(cursor, enum)
    cursor.expect("to")
    new = _label(cursor)
    if new in enum.values:
        raise DuplicateError(f'enum label "{new}" already exists', cursor.tokens[cursor.pos - 1])
    cursor.finish()
    label_renamed(session, (enum.schema, enum.name), old, new, place)
    return replace(enum, values=Labels(tuple(new if label == old else label for label in enum.values)))


def _known(cursor: Cursor, enum: EnumEntry) -> str:
    token = cursor.token
    label = cursor.string()
    if label not in enum.values:
        raise MissingError(f'"{label}" is not an existing enum label', token)
    return label
