"""CREATE, ALTER and DROP FUNCTION, PROCEDURE and ROUTINE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ....model import Function, quote
from ..catalog import FunctionKey, shown
from ..cursor import Cursor
from ..errors import DuplicateError, ForeignError, MissingError, StateError
from ..existence import new_key
from ..outcome import READ, Outcome
from ..rename_references import function_moved
from ..session import Session
from .release import release
from .routines import read_arguments, returned_type, routine_key, signature
from .speaks import of_function


def create_function(
    cursor: Cursor, session: Session, *, replacing: bool, kind: Literal["function", "procedure"]
) -> Outcome:
    """What follows CREATE [OR REPLACE] FUNCTION or PROCEDURE."""
    key, token = new_key(cursor, session, function=True)
    arguments, text = read_arguments(cursor, session)
    values: dict[str, Any] = {}
    if cursor.accept("returns"):
        values["returns"] = _returns(cursor, session)
    _options(cursor, values)
    cursor.finish()
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
    if function_key in session.catalog.functions and not replacing:
        raise DuplicateError(f'function "{key[1]}" already exists with same argument types', token)
    session.catalog.add_function(function)
    return READ


def _returns(cursor: Cursor, session: Session) -> str:
    if cursor.accept("table"):
        return f"TABLE({' '.join(cursor.group().split())})"
    return returned_type(cursor, session)


_FLAGS: dict[tuple[str, ...], tuple[str, Any]] = {
    ("immutable",): ("volatility", "immutable"),
    ("stable",): ("volatility", "stable"),
    ("volatile",): ("volatility", "volatile"),
    ("strict",): ("strict", True),
    ("returns", "null", "on", "null", "input"): ("strict", True),
    ("called", "on", "null", "input"): ("strict", False),
    ("external", "security", "definer"): ("security_definer", True),
    ("external", "security", "invoker"): ("security_definer", False),
    ("security", "definer"): ("security_definer", True),
    ("security", "invoker"): ("security_definer", False),
    ("not", "leakproof"): ("leakproof", False),
    ("leakproof",): ("leakproof", True),
    ("window",): ("window", True),
}


def _options(cursor: Cursor, values: dict[str, Any]) -> None:
    """Options of a routine in any order, its body among them."""
    while not cursor.done:
        if cursor.accept("language"):
            values["language"] = (cursor.string() if cursor.at_string else cursor.identifier()).lower()
        elif cursor.accept("as"):
            values["body"] = cursor.string()
            if cursor.accept(","):
                values["body"] += f", {cursor.string()}"
        elif cursor.at("return") or cursor.at("begin", "atomic"):
            values["body"] = str(cursor.expression(*cursor.skip_until()))
        elif cursor.accept("transform"):
            cursor.until("as", "language", "window", "immutable", "stable", "volatile", "cost", "rows", "set")
        elif not _option(cursor, values):
            raise cursor.unexpected()


def _option(cursor: Cursor, values: dict[str, Any]) -> bool:
    """An option that ALTER FUNCTION has too."""
    for words, (field, value) in _FLAGS.items():
        if cursor.accept(*words):
            values[field] = value
            return True
    if cursor.accept("parallel"):
        values["parallel"] = cursor.identifier()
    elif word := cursor.accept_any("cost", "rows"):
        values[word] = cursor.advance().text
    elif cursor.accept("support"):
        values["support"] = ".".join(filter(None, cursor.name()[:2]))
    elif cursor.accept("set"):
        name, value = read_setting(cursor)
        settings = {**dict(values.get("settings", ())), name: value}
        values["settings"] = tuple(settings.items())
    elif cursor.accept("reset"):
        name = cursor.identifier()
        kept = () if name == "all" else tuple(item for item in values.get("settings", ()) if item[0] != name)
        values["settings"] = kept
    else:
        return False
    return True


def read_setting(cursor: Cursor) -> tuple[str, str]:
    """`name TO | = value, …` or `name FROM CURRENT`; the value as PostgreSQL lists it, however it was quoted."""
    if cursor.accept("time", "zone"):
        return "timezone", cursor.string() if cursor.at_string else cursor.until()
    name = cursor.identifier()
    while cursor.accept("."):
        name = f"{name}.{cursor.identifier()}"
    if cursor.accept("from", "current"):
        return name, "FROM CURRENT"
    if not (cursor.accept("to") or cursor.accept("=")):
        raise cursor.unexpected("TO was expected")
    items = [_setting_item(cursor)]
    while cursor.accept(","):
        items.append(_setting_item(cursor))
    if name == "search_path":
        return name, ", ".join(quote(item) for item in items if item)
    return name, ", ".join(items)


def _setting_item(cursor: Cursor) -> str:
    if cursor.at_string:
        return cursor.string()
    if cursor.at_name:
        return cursor.identifier()
    sign = cursor.advance().word if cursor.word in ("-", "+") else ""
    return sign + cursor.advance().text


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
            if not _option(cursor, values):
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
        _drop(session, key, cascade)
    return READ


def needed_function(session: Session, key: FunctionKey) -> StateError:
    kind = session.catalog.functions[key].kind
    what = f"{shown(key[:2])}({','.join(key[2])})"
    return StateError(f"cannot drop {kind} {what} because other objects depend on it")


def _drop(session: Session, key: FunctionKey, cascade: bool) -> None:
    using = [
        (triggers, name)
        for triggers in session.catalog.triggers.values()
        for name, trigger in triggers.items()
        if (trigger.function_schema, trigger.function) == key[:2] and not key[2]
    ]
    if using and not cascade:
        raise needed_function(session, key)
    for triggers, name in using:
        del triggers[name]
    if cascade:
        release(session, of_function(session, key))
    session.catalog.remove_function(key)
