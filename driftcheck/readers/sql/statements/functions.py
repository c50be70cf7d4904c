"""CREATE, ALTER and DROP FUNCTION, PROCEDURE and ROUTINE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ....model import Function
from ....sql import read_type
from ....sql.routines import read_option, read_options
from .. import builtin
from ..catalog import FunctionKey, shown
from ..cursor import Cursor
from ..errors import DuplicateError, ForeignError, MissingError, StateError
from ..existence import need_type, new_key
from ..outcome import READ, Outcome
from ..rename_references import function_moved
from ..session import Session
from .needs import is_spoken_of
from .options import Once
from .release import release
from .routine_rules import check_replacement, check_routine
from .routines import read_arguments, returned_type, routine_key, signature
from .speaks import of_function


def create_function(
    cursor: Cursor, session: Session, *, replacing: bool, kind: Literal["function", "procedure"]
) -> Outcome:
    """What follows CREATE [OR REPLACE] FUNCTION or PROCEDURE."""
    key, token = new_key(cursor, session, function=True)
    arguments, text = read_arguments(cursor, session)
    values = Once()
    if cursor.accept("returns"):
        values["returns"] = _returns(cursor, session)
    read_options(cursor, values)
    cursor.finish()
    check_routine(session, arguments, values, kind)
    function = Function(
        schema=key[0],
        name=key[1],
        signature=signature(arguments),
        arguments=text,
        kind=kind,
        location=cursor.location(token, cursor.tokens[-1]),
        **values,
    )
    function_key = (*key, function.signature)
    if (found := session.catalog.functions.get(function_key)) is not None:
        if not replacing:
            raise DuplicateError(f'function "{key[1]}" already exists with same argument types', token)
        check_replacement(session, found, function, arguments)
    session.catalog.add_function(function)
    return READ


def _returns(cursor: Cursor, session: Session) -> str:
    if cursor.accept("table"):
        return f"TABLE({read_arguments(cursor, session)[1]})"
    start = cursor.pos
    returned = returned_type(cursor, session)
    if "%" not in returned and cursor.tokens[start].word not in ("setof", "any"):
        need_type(session, read_type(cursor.part(start, cursor.pos), parts=3), cursor.tokens[start])
    return returned


def alter_function(cursor: Cursor, session: Session) -> Outcome:
    """What follows ALTER FUNCTION, PROCEDURE or ROUTINE."""
    token = cursor.token
    key = routine_key(cursor, session)
    function = session.catalog.functions[key]
    place = cursor.location(token)
    if cursor.accept("rename", "to"):
        _move(session, function, (key[0], cursor.identifier()))
    elif cursor.accept("set", "schema"):
        _move(session, function, (cursor.identifier(), key[1]))
    elif cursor.accept("owner") or cursor.accept("depends") or cursor.accept("no", "depends"):
        return READ
    else:
        values: dict[str, Any] = {"settings": function.settings}
        while not cursor.done and not cursor.accept("restrict"):
            if not read_option(cursor, values):
                raise cursor.unexpected()
        places = (
            *function.places,
            *((field, place) for field, value in values.items() if getattr(function, field) != value),
        )
        session.catalog.functions[key] = replace(function, **values, places=places)
    return READ


def _move(session: Session, function: Function, to: tuple[str, str]) -> None:
    """Renames a function; triggers point at the function itself, and so follow."""
    catalog = session.catalog
    if to == (function.schema, function.name):
        return
    new_key = (*to, function.signature)
    if new_key in catalog.functions:
        raise DuplicateError(f'function "{to[1]}" already exists with same argument types')
    catalog.remove_function((function.schema, function.name, function.signature))
    catalog.add_function(replace(function, schema=to[0], name=to[1]))
    function_moved(session, (function.schema, function.name), to)
    if function.signature:
        return
    for triggers in catalog.triggers.values():
        for name, trigger in triggers.items():
            if (trigger.function_schema, trigger.function) == (function.schema, function.name):
                triggers[name] = replace(trigger, function_schema=to[0], function=to[1])


def drop_function(cursor: Cursor, session: Session) -> Outcome:
    """What follows DROP FUNCTION, PROCEDURE or ROUTINE."""
    if_exists = cursor.accept("if", "exists")
    keys = []
    while True:
        try:
            keys.append(routine_key(cursor, session))
        except (MissingError, ForeignError):
            if not if_exists:
                raise
        if not cursor.accept(","):
            break
    cascade = cursor.accept_any("cascade", "restrict") == "cascade"
    cursor.finish()
    for key in keys:
        remove_function(session, key, cascade)
    return READ


def needed_function(session: Session, key: FunctionKey) -> StateError:
    kind = session.catalog.functions[key].kind
    what = f"{shown(key[:2])}({','.join(key[2])})"
    return StateError(f"cannot drop {kind} {what} because other objects depend on it")


def remove_function(session: Session, key: FunctionKey, cascade: bool) -> None:
    """Drops a function; by CASCADE the triggers that run it, and all that calls it."""
    using = [
        (triggers, name)
        for triggers in session.catalog.triggers.values()
        for name, trigger in triggers.items()
        if (trigger.function_schema, trigger.function) == key[:2] and not key[2]
    ]
    spoken = builtin.find(key[1]) is None and is_spoken_of(session, of_function(session, key))
    if (using or spoken) and not cascade:
        raise needed_function(session, key)
    for triggers, name in using:
        del triggers[name]
    if cascade:
        release(session, of_function(session, key))
    session.catalog.remove_function(key)
