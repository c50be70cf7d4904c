"""CREATE TRIGGER, read, written and compared. https://www.sqlite.org/lang_createtrigger.html"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ...location import Location
from ...model import DEFAULT_SCHEMA, Expression, Trigger
from .cursor import Cursor
from .expressions import canonical, words
from .text import expression, grouped, name, names

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
    parts = _statements(trigger.body.sql if trigger.body is not None else "")
    return "\n    ".join(f"{expression(Expression(part))};" for part in parts)


def _statements(sql: str) -> list[str]:
    from .lexer import tokens

    parts, start = [], 0
    for token in tokens(sql):
        if token.kind == "op" and token.text == ";":
            parts.append(sql[start : token.start])
            start = token.end
    return [part for part in (*parts, sql[start:]) if part.strip()]


def admitted_trigger(trigger: Trigger) -> None:
    """Raises Refused where it is not what it claims to be."""
    names((trigger.name, trigger.table, *trigger.update_columns))
    create_trigger(trigger)


def canonical_trigger(trigger: Trigger) -> Trigger:
    """As it is compared: its statements by their words, in which names and keywords have no case."""
    body = trigger.body
    if body is not None:
        body = Expression(body.sql, words(body.sql).rstrip("; "), as_text=True)
    when = canonical(trigger.when, frozenset()) if trigger.when is not None else None
    columns = tuple(sorted(column.lower() for column in trigger.update_columns))
    return replace(trigger, when=when, body=body, update_columns=columns, function="", function_schema=None)
