"""Constraints as they are written, in a table's list or behind a column; `table_parts` then gives them names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from ....frozen import dataclass
from ....model import (
    Action,
    Check,
    Exclusion,
    ExclusionElement,
    Expression,
    ForeignKey,
    Location,
    PrimaryKey,
    Unique,
    quote,
)
from ..cursor import Cursor
from ..entries import Constraint, TableEntry
from ..errors import MissingError, RefusedError, UnreadableError
from ..existence import need_relation
from ..session import Session
from .keys import known_column, read_key
from .options import operator, storage_parameters

#: Words that begin a constraint in a table's list.
_STARTS = frozenset({"constraint", "primary", "unique", "check", "foreign", "exclude"})


@dataclass(slots=True)
class Draft:
    """A constraint that may have no name yet (""). `using_index` is the index that ADD … USING INDEX takes over."""

    constraint: Constraint
    location: Location
    using_index: str | None = None


def at_constraint(cursor: Cursor) -> bool:
    """Whether a table constraint is here rather than a column called `exclude`."""
    word = cursor.word
    if word == "not":
        return cursor.at("not", "null")
    if word == "exclude":
        return cursor.peek().word in ("(", "using")
    return word in _STARTS


def constraint_field(element: Cursor) -> str:
    """The field of Table to which the constraint at `element` would have belonged."""
    words = {token.word for token in element.tokens[:4]}
    for word, name in (
        ("check", "checks"), ("foreign", "foreign_keys"), ("exclude", "exclusions"), ("unique", "uniques"),
    ):  # fmt: skip
        if word in words:
            return name
    return "primary_key"


def read_table_constraint(cursor: Cursor, session: Session, table: TableEntry) -> Draft:
    """`[CONSTRAINT name] PRIMARY KEY | UNIQUE | CHECK | FOREIGN KEY | EXCLUDE …`, to its end."""
    place, name = cursor.location(), ""
    if cursor.accept("constraint"):
        place = cursor.location()
        name = cursor.identifier()
    draft = _body(cursor, session, table, name, place)
    attributes(cursor, draft)
    cursor.finish()
    return draft


def _body(cursor: Cursor, session: Session, table: TableEntry, name: str, place: Location) -> Draft:
    if cursor.accept("check"):
        return Draft(Check(name=name, expression=cursor.condition(), location=place), place)
    if cursor.accept("foreign", "key"):
        return _foreign_key(cursor, session, table, name, place)
    if cursor.accept("exclude"):
        return Draft(_exclusion(cursor, session, table, name, place), place)
    if cursor.accept("primary", "key"):
        return key_body(cursor, session, table, PrimaryKey(name=name, columns=(), location=place))
    cursor.expect("unique")
    return key_body(cursor, session, table, Unique(name=name, columns=(), location=place))


def read_not_null(cursor: Cursor, table: TableEntry) -> bool:
    """`[CONSTRAINT name] NOT NULL column` in a table's list (PostgreSQL 18), if it is here: the column is so."""
    named = cursor.at("constraint") and cursor.peek(2).word == "not"
    if not named and not cursor.at("not", "null"):
        return False
    called = cursor.peek().name if named else ""
    cursor.pos += 2 * named
    cursor.expect("not", "null")
    token = cursor.token
    name = cursor.identifier()
    if name not in table.columns:
        raise MissingError(f'column "{name}" of relation "{table.name}" does not exist', token)
    table.columns[name] = replace(table.columns[name], nullable=False)
    if called:
        table.not_nulls[called] = name
    cursor.accept("no", "inherit")
    cursor.accept("not", "valid")
    cursor.finish()
    return True


def key_body(cursor: Cursor, session: Session, table: TableEntry, key: PrimaryKey | Unique) -> Draft:
    """What follows PRIMARY KEY or UNIQUE in a table's list."""
    place = cast(Location, key.location)
    if isinstance(key, Unique):
        key = replace(key, nulls_distinct=nulls_distinct(cursor))
    if cursor.accept("using", "index"):
        return Draft(key, place, using_index=cursor.identifier())
    columns, without_overlaps = _key_columns(cursor, table)
    key = replace(key, columns=columns, without_overlaps=without_overlaps)
    return Draft(replace(key, include=index_clauses(cursor, session)), place)


def nulls_distinct(cursor: Cursor) -> bool:
    if cursor.accept("nulls", "not", "distinct"):
        return False
    cursor.accept("nulls", "distinct")
    return True


def _key_columns(cursor: Cursor, table: TableEntry) -> tuple[tuple[str, ...], bool]:
    cursor.expect("(")
    columns, without_overlaps = [], False
    while True:
        token = cursor.token
        columns.append(cursor.identifier())
        if not known_column(table, columns[-1]):
            raise MissingError(f'column "{columns[-1]}" named in key does not exist', token)
        without_overlaps = cursor.accept("without", "overlaps") or without_overlaps
        if not cursor.accept(","):
            break
    cursor.expect(")")
    return tuple(columns), without_overlaps


def index_clauses(cursor: Cursor, session: Session) -> tuple[str, ...]:
    """`INCLUDE (…)`, `WITH (…)`, `USING INDEX TABLESPACE …`; gives the included columns."""
    include: tuple[str, ...] = ()
    while True:
        if cursor.accept("include"):
            include = cursor.names()
        elif cursor.at("with", "("):
            cursor.advance()
            storage_parameters(cursor)
            session.unmodelled["storage parameters of keys"] += 1
        elif cursor.accept("using", "index", "tablespace"):
            cursor.identifier()
            session.unmodelled["tablespaces of keys"] += 1
        else:
            return include


def _foreign_key(cursor: Cursor, session: Session, table: TableEntry, name: str, place: Location) -> Draft:
    cursor.expect("(")
    columns, period = [], False
    while True:
        if cursor.at("period") and cursor.peek().word not in (",", ")"):
            cursor.advance()
            period = True
        token = cursor.token
        columns.append(cursor.identifier())
        if not known_column(table, columns[-1]):
            raise MissingError(f'column "{columns[-1]}" referenced in foreign key constraint does not exist', token)
        if not cursor.accept(","):
            break
    cursor.expect(")")
    key = read_references(cursor, session, table, name, tuple(columns), place)
    return Draft(replace(key, period=period), place)


def read_references(
    cursor: Cursor, session: Session, table: TableEntry, name: str, columns: tuple[str, ...], place: Location
) -> ForeignKey:
    """`REFERENCES table (columns) MATCH … ON DELETE … ON UPDATE …`, for a foreign key on `columns`.

    Where no columns are named, the target's primary key is meant, as it is at this point, if it is known.
    """
    cursor.expect("references")
    schema, target, token = cursor.name()
    target_key = table.key if schema is None and target == table.name else session.assumed(schema, target)
    if target_key != table.key:
        need_relation(session, schema, target, token)
    found: dict[str, Any] = {"target_columns": _target_columns(cursor)}
    if not found["target_columns"] and (entry := session.catalog.table(target_key)) is not None:
        primary = entry.primary_key
        found["target_columns"] = primary.columns if primary is not None else ()
    while True:
        if cursor.accept("match"):
            match = cursor.accept_any("full", "simple")
            if not match:
                raise cursor.unexpected("FULL or SIMPLE was expected")
            found["match"] = match
        elif cursor.accept("on", "delete"):
            found["on_delete"] = _action(cursor)
            if cursor.at("("):
                found["delete_columns"] = cursor.names()
        elif cursor.accept("on", "update"):
            found["on_update"] = _action(cursor)
        else:
            break
    return ForeignKey(
        name=name, columns=columns, target_schema=target_key[0], target_table=target_key[1], location=place, **found
    )


def _target_columns(cursor: Cursor) -> tuple[str, ...]:
    if not cursor.accept("("):
        return ()
    columns = []
    while True:
        if cursor.at("period") and cursor.peek().word not in (",", ")"):
            cursor.advance()
        columns.append(cursor.identifier())
        if not cursor.accept(","):
            cursor.expect(")")
            return tuple(columns)


def _action(cursor: Cursor) -> Action:
    for words in (("no", "action"), ("restrict",), ("cascade",), ("set", "null"), ("set", "default")):
        if cursor.accept(*words):
            return cast(Action, " ".join(words))
    raise cursor.unexpected("an action (CASCADE, SET NULL, …) was expected")


def _exclusion(cursor: Cursor, session: Session, table: TableEntry, name: str, place: Location) -> Exclusion:
    method = cursor.identifier() if cursor.accept("using") else "btree"
    start, end = cursor.skip_group()
    elements = tuple(_exclusion_element(part, session, table) for part in cursor.parts(start, end))
    include = index_clauses(cursor, session)
    predicate = cursor.condition() if cursor.accept("where") else None
    return Exclusion(
        name=name, elements=elements, method=method, predicate=predicate, include=include, location=place
    )  # fmt: skip


def _exclusion_element(cursor: Cursor, session: Session, table: TableEntry) -> ExclusionElement:
    key = read_key(cursor, session, table)
    cursor.expect("with")
    compared = operator(cursor)
    cursor.finish()
    expression = key.expression if key.expression is not None else Expression(quote(key.column or ""))
    return ExclusionElement(expression, compared, key.opclass, key.collation)


def attributes(cursor: Cursor, draft: Draft) -> None:
    """DEFERRABLE, INITIALLY …, NOT VALID, NO INHERIT, [NOT] ENFORCED: any of them, in any order."""
    refused = False
    while not cursor.done:
        if cursor.accept("not", "deferrable"):
            refused = True
            _set(draft, cursor, deferrable=False)
        elif cursor.accept("deferrable"):
            _set(draft, cursor, deferrable=True)
        elif cursor.accept("initially", "deferred"):
            if refused:
                raise RefusedError("constraint declared INITIALLY DEFERRED must be DEFERRABLE", cursor.token)
            _set(draft, cursor, deferrable=True, initially_deferred=True)
        elif cursor.accept("initially", "immediate"):
            _set(draft, cursor, initially_deferred=False)
        elif cursor.accept("not", "valid"):
            _set(draft, cursor, validated=False)
        elif cursor.accept("no", "inherit"):
            _set(draft, cursor, no_inherit=True)
        elif cursor.accept("not", "enforced"):
            _set(draft, cursor, enforced=False, validated=False)
        elif not cursor.accept("enforced"):
            return


def _set(draft: Draft, cursor: Cursor, **values: bool) -> None:
    try:
        draft.constraint = replace(draft.constraint, **values)  # type: ignore[arg-type]  # checked by replace itself
    except TypeError:
        raise UnreadableError("a constraint of this kind has no such option", cursor.tokens[cursor.pos - 1]) from None
