"""CREATE, ALTER and DROP TRIGGER."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....model import Trigger
from ....sql.tokens import DOLLAR, STRING
from ..cursor import Cursor
from ..entries import EXISTENCE
from ..errors import DuplicateError, MissingError
from ..outcome import READ, Outcome
from ..session import Session
from .policies import drop_from_table, missing_from_table, table_key

_EVENTS = ("insert", "delete", "update", "truncate")


def create_trigger(cursor: Cursor, session: Session, *, replacing: bool, constraint: bool) -> Outcome:
    """What follows CREATE [OR REPLACE] [CONSTRAINT] TRIGGER."""
    token = cursor.token
    name = cursor.identifier()
    values: dict[str, Any] = {"constraint": constraint, "timing": _timing(cursor)}
    _read_events(cursor, values)
    cursor.expect("on")
    key = table_key(cursor, session)
    _clauses(cursor, session, values)
    cursor.finish()
    triggers = session.catalog.triggers.setdefault(key, {})
    if name in triggers and not replacing and EXISTENCE not in triggers[name].unknown:
        why = f'trigger "{name}" for relation "{key[1]}" already exists'
        raise DuplicateError(why, token, ".".join((*key, name)))
    place = cursor.location(token, cursor.tokens[-1])
    triggers[name] = Trigger(schema=key[0], table=key[1], name=name, location=place, **values)
    return READ


def _timing(cursor: Cursor) -> str:
    if cursor.accept("instead", "of"):
        return "instead of"
    timing = cursor.accept_any("before", "after")
    if not timing:
        raise cursor.unexpected("BEFORE, AFTER or INSTEAD OF was expected")
    return timing


def _read_events(cursor: Cursor, values: dict[str, Any]) -> None:
    found: set[str] = set()
    while True:
        event = cursor.accept_any(*_EVENTS)
        if not event:
            raise cursor.unexpected("an event (INSERT, UPDATE, …) was expected")
        found.add(event)
        if event == "update" and cursor.accept("of"):
            columns = [cursor.identifier()]
            while cursor.accept(","):
                columns.append(cursor.identifier())
            values["update_columns"] = tuple(columns)
        if not cursor.accept("or"):
            break
    values["events"] = tuple(event for event in _EVENTS if event in found)


def _clauses(cursor: Cursor, session: Session, values: dict[str, Any]) -> None:
    """What is between the table and EXECUTE, and that."""
    while True:
        if cursor.accept("from"):
            values["constraint_table"] = ".".join(session.assumed(*cursor.name()[:2]))
        elif cursor.accept("not", "deferrable"):
            values["deferrable"] = False
        elif cursor.accept("deferrable"):
            values["deferrable"] = True
        elif cursor.accept("initially"):
            values["initially_deferred"] = cursor.accept_any("deferred", "immediate") == "deferred"
            if values["initially_deferred"]:
                values["deferrable"] = True
        elif cursor.accept("referencing"):
            _transition_tables(cursor, values)
        elif cursor.accept("for"):
            cursor.accept("each")
            values["for_each"] = cursor.accept_any("row", "statement")
            if not values["for_each"]:
                raise cursor.unexpected("ROW or STATEMENT was expected")
        elif cursor.accept("when"):
            values["when"] = cursor.condition()
        else:
            break
    cursor.expect("execute")
    if not cursor.accept_any("function", "procedure"):
        raise cursor.unexpected("FUNCTION was expected")
    schema, name, _ = cursor.name()
    values["function_schema"], values["function"] = function_schema(session, schema, name), name
    values["arguments"] = _arguments(cursor)


def _transition_tables(cursor: Cursor, values: dict[str, Any]) -> None:
    while which := cursor.accept_any("old", "new"):
        if not cursor.accept_any("table", "row"):
            raise cursor.unexpected("TABLE was expected")
        cursor.accept("as")
        values[f"{which}_table"] = cursor.identifier()


def function_schema(session: Session, schema: str | None, name: str) -> str | None:
    """The schema of a function without arguments; None where it is not written and the function is not known."""
    if schema is not None:
        return schema
    for candidate in session.path:
        if (candidate, name) in session.catalog.routine_names:
            return candidate
    return None


def _arguments(cursor: Cursor) -> tuple[str, ...]:
    """All arguments of a trigger are strings, however they are written."""
    start, end = cursor.skip_group()
    return tuple(
        part.string() if part.token.kind in (STRING, DOLLAR) else part.until() for part in cursor.parts(start, end)
    )


def alter_trigger(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER TRIGGER: RENAME TO, or DEPENDS ON EXTENSION."""
    token = cursor.token
    name = cursor.identifier()
    cursor.expect("on")
    key = table_key(cursor, session)
    triggers = session.catalog.triggers.get(key, {})
    if name not in triggers:
        raise missing_from_table(session, key, "trigger", name, token)
    if cursor.accept("rename", "to"):
        new = cursor.identifier()
        if new in triggers:
            raise DuplicateError(f'trigger "{new}" for relation "{key[1]}" already exists', token)
        trigger = triggers.pop(name)
        triggers[new] = replace(trigger, name=new, places=(*trigger.places, ("name", cursor.location(token))))
    return READ


def enable_trigger(cursor: Cursor, session: Session, key: tuple[str, str], state: str) -> None:
    """`ENABLE/DISABLE TRIGGER name | ALL | USER` of ALTER TABLE."""
    token = cursor.token
    triggers = session.catalog.triggers.get(key, {})
    name = cursor.identifier()
    names = list(triggers) if token.word in ("all", "user") else [name]
    for item in names:
        if item not in triggers:
            raise MissingError(f'trigger "{item}" for table "{key[1]}" does not exist', token)
        places = (*triggers[item].places, ("enabled", cursor.location(token)))
        triggers[item] = replace(triggers[item], enabled=state, places=places)  # type: ignore[arg-type]  # one of its words


def drop_trigger(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP TRIGGER."""
    return drop_from_table(cursor, session, session.catalog.triggers, "trigger")
