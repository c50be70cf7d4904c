"""ALTER TABLE … ALTER COLUMN."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....model import Column, ColumnType, Expression, Generated, Location
from ....sql import Token, signature_type, tokens_of
from ....sql.tokens import END, STRING
from ..cursor import Cursor
from ..entries import TableEntry
from ..errors import DuplicateError, MissingError, StateError, UnreadableError
from ..foreign_keys import check_keys_of
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session
from ..type_changes import check_casts
from ..type_rules import column_type
from .columns import ColumnDraft, add_column_sequence, check_values, read_identity, storage_mode
from .needs import check_type_can_change
from .options import collation, sequence_options, storage_parameters

_INTEGERS = frozenset({"smallint", "integer", "bigint"})
_IDENTITY = ("start", "increment", "minimum", "maximum", "cache", "cycle")


def column_of(cursor: Cursor, table: TableEntry) -> Column:
    """The column whose name is here. Raises MissingError."""
    token = cursor.token
    name = cursor.identifier()
    column = table.columns.get(name)
    if column is None:
        if "columns" in table.unknown:
            raise UnreadableError(f"what {table.name}.{name} is, is not known here", token)
        raise column_missing(table, name, token)
    return column


def column_missing(table: TableEntry, name: str, token: Token | None) -> MissingError:
    why = f'column "{name}" of relation "{table.name}" does not exist'
    return MissingError(why, token, ".".join((*table.key, name)))


def alter_column(cursor: Cursor, session: Session, table: TableEntry, only: bool) -> Outcome:
    """What follows ALTER [COLUMN]."""
    token = cursor.token
    column = column_of(cursor, table)
    values = _values(cursor, session, table, column, only)
    if values is None:
        return READ
    place = cursor.location(token)
    cursor.finish()
    _apply(session, table, column.name, values, place, only)
    return READ if values else IRRELEVANT


def _apply(session: Session, table: TableEntry, name: str, values: dict[str, Any], place: Location, only: bool) -> None:
    alone = only or "identity" in values
    for entry in [table] if alone else session.catalog.family_of(table):
        if (column := entry.columns.get(name)) is not None:
            earlier = tuple(item for item in column.places if item[0] not in values)
            places = (*earlier, *((field, place) for field in values))
            unknown = column.unknown - values.keys()
            entry.columns[name] = replace(column, **values, places=places, unknown=unknown)


def _values(cursor: Cursor, session: Session, table: TableEntry, column: Column, only: bool) -> dict[str, Any] | None:
    """The fields that the action sets; None if it has done all there is to do."""
    if cursor.accept("set", "data", "type") or cursor.accept("type"):
        return _type(cursor, session, table, column, only)
    if cursor.accept("set"):
        _check_default(cursor, session, table, column)
        values = _set(cursor, session, table, column)
        if found := {key: values[key] for key in ("default", "generated") if key in values}:
            check_values(session, table, replace(column, **found))
        return values
    if cursor.accept("drop"):
        return _drop(cursor, session, table, column)
    if cursor.accept("add", "generated"):
        always = cursor.accept("always")
        if not always:
            cursor.expect("by", "default")
        cursor.expect("as")
        identity, sequence = read_identity(cursor, session, table, column, always)
        draft = ColumnDraft(column, sequence=sequence, of_identity=True)
        what = f'column "{column.name}" of relation "{table.name}"'
        if column.nullable and "nullable" not in column.unknown:
            raise StateError(f"{what} must be declared NOT NULL before identity can be added")
        if column.identity is not None:
            raise DuplicateError(f"{what} is already an identity column")
        if column.default is not None:
            raise StateError(f"{what} already has a default value")
        add_column_sequence(session, table, draft)
        return {"identity": identity}
    if cursor.accept("restart"):
        cursor.until()
        return {}
    if cursor.accept("reset"):
        storage_parameters(cursor)
        session.unmodelled["attribute options"] += 1
        return None
    if cursor.accept("options"):
        cursor.skip_group()
        return {}
    raise cursor.unexpected()


def _type(cursor: Cursor, session: Session, table: TableEntry, column: Column, only: bool) -> dict[str, Any]:
    """`TYPE type [COLLATE …] [USING …]`; the old collation does not outlive the type."""
    token = cursor.token
    values: dict[str, Any] = {"type": column_type(cursor, session)}
    if column.identity is not None and signature_type(values["type"]) not in _INTEGERS:
        raise StateError("identity column type must be smallint, integer, or bigint", token)
    if column.identity is not None and column.identity.type is not None:
        values["identity"] = replace(column.identity, type=None)
    values["collation"] = collation(cursor, session) if cursor.accept("collate") else None
    if values["collation"] == column.collation:
        del values["collation"]
    using = cursor.accept("using")
    if using:
        cursor.until()
    check_casts(session, column, values["type"], using)
    for entry in [table] if only else session.catalog.family_of(table):
        check_type_can_change(session, entry, column.name)
    check_keys_of(session, table, replace(column, type=values["type"]))
    if column.default is not None and (default := _typed_default(column, values["type"])) is not None:
        values["default"] = default
    return values


def _typed_default(column: Column, new: ColumnType) -> Expression | None:
    """A date or time that is the column's default was read as the old type once and for all, zone or no zone."""
    old = signature_type(column.type)
    if old == signature_type(new) or not old.startswith(("date", "time", "interval")):
        return None
    kinds = [token.kind for token in tokens_of(str(column.default))]
    return Expression(f"{column.default}::{old}") if kinds == [STRING, END] else None


def _set(cursor: Cursor, session: Session, table: TableEntry, column: Column) -> dict[str, Any]:
    if cursor.accept("default"):
        return {"default": cursor.expression(*cursor.skip_until())}
    if cursor.accept("not", "null"):
        return {"nullable": False}
    if cursor.accept("expression"):
        cursor.expect("as")
        stored = column.generated.stored if column.generated is not None else True
        return {"generated": Generated(cursor.condition(), stored)}
    if cursor.accept("statistics"):
        cursor.until()
        session.unmodelled["statistics targets"] += 1
        return {}
    if cursor.accept("storage"):
        return {"storage": storage_mode(cursor)}
    if cursor.accept("compression"):
        method = cursor.identifier()
        return {"compression": None if method == "default" else method}
    if cursor.at("("):
        storage_parameters(cursor)
        return {}
    return _set_identity(cursor, table, column)


def _check_default(cursor: Cursor, session: Session, table: TableEntry, column: Column) -> None:
    """Raises StateError if DEFAULT is next, and the column has another source of values."""
    if not cursor.at("default") or session.blind or column.unknown:
        return
    kind = "an identity" if column.identity is not None else "a generated" if column.generated is not None else ""
    if kind:
        raise StateError(f'column "{column.name}" of relation "{table.name}" is {kind} column')


def _set_identity(cursor: Cursor, table: TableEntry, column: Column) -> dict[str, Any]:
    """`SET GENERATED …`, `SET START …`: one or more of them."""
    identity = column.identity
    if identity is None:
        raise StateError(f'column "{column.name}" of relation "{table.name}" is not an identity column', cursor.token)
    while not cursor.done:
        if cursor.accept("generated"):
            always = cursor.accept("always")
            if not always:
                cursor.expect("by", "default")
            identity = replace(identity, always=always)
        elif cursor.accept("restart"):
            cursor.accept("with")
            if not cursor.done and not cursor.at("set"):
                cursor.integer()
        else:
            before = cursor.pos
            options = sequence_options(cursor)
            if cursor.pos == before:
                raise cursor.unexpected()
            identity = replace(identity, **{key: options[key] for key in _IDENTITY if key in options})
        cursor.accept("set")
    return {"identity": identity}


def _drop(cursor: Cursor, session: Session, table: TableEntry, column: Column) -> dict[str, Any] | None:
    what, known = f'column "{column.name}" of relation "{table.name}"', not session.blind and not column.unknown
    if cursor.at("default"):
        _check_default(cursor, session, table, column)
        cursor.advance()
        return {"default": None}
    if cursor.accept("not", "null"):
        if column.identity is not None and known:
            raise StateError(f"{what} is an identity column")
        return {"nullable": True}
    if cursor.accept("expression"):
        if not cursor.accept("if", "exists") and column.generated is None and known:
            raise StateError(f"{what} is not a generated column")
        return {"generated": None}
    cursor.expect("identity")
    if not cursor.accept("if", "exists") and column.identity is None and known:
        raise StateError(f"{what} is not an identity column")
    for entry in session.catalog.owned_sequences(table.key, column.name):
        if entry.of_identity:
            session.catalog.discard(entry.key)
    return {"identity": None}
