"""CREATE, ALTER and DROP TRIGGER."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....model import Trigger
from ....sql.triggers import read_clauses, read_events
from ..cursor import Cursor
from ..entries import EXISTENCE, Key
from ..errors import DuplicateError, MissingError, StateError
from ..existence import need_function
from ..expression_types import Typing
from ..named_rules import WHEN, check_over
from ..outcome import READ, Outcome
from ..scopes import columns_of
from ..session import Session
from .policies import drop_from_table, missing_from_table, table_key
from .trigger_rules import check_trigger


def create_trigger(cursor: Cursor, session: Session, *, replacing: bool, constraint: bool) -> Outcome:
    """What follows CREATE [OR REPLACE] [CONSTRAINT] TRIGGER."""
    token = cursor.token
    name = cursor.identifier()
    values: dict[str, Any] = {"constraint": constraint, **read_events(cursor)}
    cursor.expect("on")
    key = table_key(cursor, session)
    values |= read_clauses(cursor)
    cursor.finish()
    if table := values.get("constraint_table"):
        values["constraint_table"] = ".".join(session.assumed(*table))
    values["function_schema"] = function_schema(session, values["function_schema"], values["function"])
    _check(session, key, values)
    triggers = session.catalog.triggers.setdefault(key, {})
    if name in triggers and not replacing and EXISTENCE not in triggers[name].unknown:
        why = f'trigger "{name}" for relation "{key[1]}" already exists'
        raise DuplicateError(why, token, ".".join((*key, name)))
    place = cursor.location(token, cursor.tokens[-1])
    triggers[name] = Trigger(schema=key[0], table=key[1], name=name, location=place, **values)
    return READ


def _check(session: Session, key: Key, values: dict[str, Any]) -> None:
    """Raises RefusedError for columns or a function that the trigger cannot have."""
    check_trigger(session.catalog.relations.get(key), values)
    columns = columns_of(session.catalog.table(key))
    for name in values.get("update_columns", ()):
        if columns is not None and name not in columns:
            raise MissingError(f'column "{name}" of relation "{key[1]}" does not exist')
    if "when" in values:
        typing = Typing(session, session.catalog.table(key))
        check_over(session, values["when"], WHEN, {"new": columns, "old": columns}, typing=typing)
    schema, name = values["function_schema"], values["function"]
    need_function(session, schema, name)
    function = session.catalog.functions.get((schema, name, ()))
    if function is not None and function.returns not in (None, "trigger") and not session.blind:
        raise StateError(f"function {name} must return type trigger")


def function_schema(session: Session, schema: str | None, name: str) -> str | None:
    """The schema of a function without arguments; None where it is not written and the function is not known."""
    if schema is not None:
        return schema
    for candidate in session.path:
        if (candidate, name) in session.catalog.routine_names:
            return candidate
    return None


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
