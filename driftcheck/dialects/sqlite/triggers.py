"""CREATE TRIGGER, read, written and compared. https://www.sqlite.org/lang_createtrigger.html"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ...location import Location
from ...model import DEFAULT_SCHEMA, Expression, Trigger
from .cursor import Cursor
from .expressions import canonical
from .lexer import NotSqlite, tokens
from .text import Refused, expression, grouped, name, names

#: What statements of a trigger begin with; END, above all, would end it.
_BEGINS = frozenset({"insert", "update", "delete", "replace", "select", "with", "values"})
_EVENTS = frozenset({"insert", "update", "delete"})


def read_trigger(cursor: Cursor, called: str, location: Location) -> Trigger:
    """What is behind the trigger's name. Raises NotSqlite."""
    timing = _timing(cursor)
    event = cursor.take().word
    if event not in _EVENTS:
        raise cursor.wrong("INSERT, UPDATE or DELETE")
    columns = _columns(cursor) if event == "update" and cursor.accept("of") else ()
    cursor.expect("on")
    _, table = cursor.qualified()
    cursor.accept("for", "each", "row")
    when = cursor.until("begin") if cursor.accept("when") else None
    cursor.expect("begin")
    body = cursor.rest()
    if not body.sql.lower().endswith("end"):
        raise cursor.wrong("END")
    return Trigger(
        schema=DEFAULT_SCHEMA,
        table=table,
        name=called,
        timing=timing,
        events=(event,),
        update_columns=columns,
        when=when,
        body=Expression(body.sql[:-3].strip()),
        for_each="row",
        location=location,
    )


def _timing(cursor: Cursor) -> Literal["before", "after", "instead of"]:
    if cursor.accept("instead", "of"):
        return "instead of"
    if cursor.accept("after"):
        return "after"
    cursor.accept("before")
    return "before"


def _columns(cursor: Cursor) -> tuple[str, ...]:
    found = [cursor.name()]
    while cursor.accept(","):
        found.append(cursor.name())
    return tuple(found)


def create_trigger(trigger: Trigger) -> str:
    """The statement that makes it. Raises Refused."""
    of = f" OF {', '.join(map(name, trigger.update_columns))}" if trigger.update_columns else ""
    when = f" WHEN {grouped(trigger.when)}" if trigger.when is not None else ""
    head = f"CREATE TRIGGER {name(trigger.name)} {trigger.timing.upper()} {trigger.events[0].upper()}{of}"
    return f"{head} ON {name(trigger.table)}{when}\nBEGIN\n    {_body(trigger)}\nEND"


def _body(trigger: Trigger) -> str:
    """Statements that each end with a semicolon; none of them ends the trigger."""
    try:
        parts = _statements(trigger.body.sql if trigger.body is not None else "")
    except NotSqlite as error:
        raise Refused(f"cannot be read: {error.why}") from error
    if not parts or any(next(tokens(part)).word not in _BEGINS for part in parts):
        raise Refused("holds what is no statement of a trigger's")
    return "\n    ".join(f"{expression(Expression(part))};" for part in parts)


def _words(sql: str) -> str:
    """Its tokens, one space between them; names in quotes or without are the same."""
    try:
        found = [one.name.lower() if one.kind in ("word", "quoted") else one.text for one in tokens(sql)]
    except NotSqlite:
        return " ".join(sql.split())
    return " ".join(found).rstrip("; ")


def _statements(sql: str) -> list[str]:
    parts, start = [], 0
    for token in tokens(sql):
        if token.kind == "op" and token.text == ";":
            parts.append(sql[start : token.start])
            start = token.end
    return [part for part in (*parts, sql[start:]) if part.strip()]


def admitted_trigger(trigger: Trigger) -> None:
    """Raises Refused where it is not what it claims to be."""
    if len(trigger.events) != 1 or trigger.events[0] not in _EVENTS:
        raise Refused("fires at no event of SQLite's")
    names((trigger.name, trigger.table, *trigger.update_columns))
    create_trigger(trigger)


def canonical_trigger(trigger: Trigger) -> Trigger:
    """As it is compared: its statements by their words, in which names and keywords have no case."""
    body = trigger.body
    if body is not None:
        body = Expression(body.sql, _words(body.sql), as_text=True)
    when = canonical(trigger.when, frozenset()) if trigger.when is not None else None
    columns = tuple(sorted(column.lower() for column in trigger.update_columns))
    return replace(trigger, when=when, body=body, update_columns=columns, function="", function_schema=None)
