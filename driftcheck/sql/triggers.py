"""The clauses of CREATE TRIGGER: https://www.postgresql.org/docs/current/sql-createtrigger.html"""

from __future__ import annotations

from typing import Any

from .stream import Stream

_EVENTS = ("insert", "delete", "update", "truncate")


def read_events(stream: Stream) -> dict[str, Any]:
    """When it fires, up to ON: `timing`, `events` in the model's order, `update_columns`."""
    values: dict[str, Any] = {"timing": _timing(stream)}
    found: set[str] = set()
    while True:
        event = stream.accept_any(*_EVENTS)
        if not event:
            raise stream.unexpected("an event (INSERT, UPDATE, …) was expected")
        found.add(event)
        if event == "update" and stream.accept("of"):
            columns = [stream.identifier()]
            while stream.accept(","):
                columns.append(stream.identifier())
            values["update_columns"] = tuple(columns)
        if not stream.accept("or"):
            break
    return values | {"events": tuple(event for event in _EVENTS if event in found)}


def _timing(stream: Stream) -> str:
    if stream.accept("instead", "of"):
        return "instead of"
    timing = stream.accept_any("before", "after")
    if not timing:
        raise stream.unexpected("BEFORE, AFTER or INSTEAD OF was expected")
    return timing


def read_clauses(stream: Stream) -> dict[str, Any]:
    """What stands behind the table. `constraint_table` is a pair of schema or None and name."""
    values: dict[str, Any] = {}
    while True:
        if stream.accept("from"):
            values["constraint_table"] = stream.name()[:2]
        elif stream.accept("not", "deferrable"):
            values["deferrable"] = False
        elif stream.accept("deferrable"):
            values["deferrable"] = True
        elif stream.accept("initially"):
            values["initially_deferred"] = stream.accept_any("deferred", "immediate") == "deferred"
            if values["initially_deferred"]:
                values["deferrable"] = True
        elif stream.accept("referencing"):
            _transition_tables(stream, values)
        elif stream.accept("for"):
            stream.accept("each")
            values["for_each"] = stream.accept_any("row", "statement")
            if not values["for_each"]:
                raise stream.unexpected("ROW or STATEMENT was expected")
        elif stream.accept("when"):
            values["when"] = stream.condition()
        else:
            break
    stream.expect("execute")
    if not stream.accept_any("function", "procedure"):
        raise stream.unexpected("FUNCTION was expected")
    values["function_schema"], values["function"], _ = stream.name()
    return values | {"arguments": _arguments(stream)}


def _transition_tables(stream: Stream, values: dict[str, Any]) -> None:
    while which := stream.accept_any("old", "new"):
        if not stream.accept_any("table", "row"):
            raise stream.unexpected("TABLE was expected")
        stream.accept("as")
        values[f"{which}_table"] = stream.identifier()


def _arguments(stream: Stream) -> tuple[str, ...]:
    """All arguments of a trigger are strings, however they are written."""
    start, end = stream.skip_group()
    return tuple(part.string() if part.at_string else part.until() for part in stream.parts(start, end))
