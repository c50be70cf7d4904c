"""What the SQL of DDL events puts in doubt: a table that such a statement changes is not what its Table says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ...model import Location, Table, truncate
from ...reading import Gap
from ...sql import SqlError, Stream
from ...worker.answer import ExecutedFacts, Place

_KEYS = frozenset({"primary_key", "foreign_keys", "uniques", "exclusions", "checks", "indexes"})
_OF_COLUMN = frozenset({"type", "nullable", "default", "generated", "identity", "collation"})
_WHOLE = _KEYS | {"columns"}

#: How much of a statement a gap shows.
_SHORT = 100
#: (schema, table) → the fields that are in doubt.
Doubts = dict[tuple[str, str], frozenset[str]]


def doubts(
    executed: Iterable[ExecutedFacts], schema: str, locate: Callable[[Place | None], Location]
) -> tuple[Doubts, list[Gap]]:
    """What is in doubt, and the gaps that say why; names without a schema are in `schema`."""
    found: Doubts = {}
    gaps = []
    for facts in executed:
        own = (truncate(facts.schema or schema), truncate(facts.table)) if facts.table else None
        for name, fields in _changes(facts):
            key = own if name is None else (name[0] or schema, name[1])
            if key is not None:
                found[key] = found.get(key, frozenset()) | fields
            why = "a listener for its creation executes " + _short(facts.sql)
            if facts.why is not None:
                why = f"what a listener for its creation does is not known: {facts.why}"
            owner = ".".join(key) if key else None
            gaps.append(Gap(locate(facts.at), f"events of {key[1] if key else 'the metadata'}", why, owner))
    return found, gaps


def _short(sql: str) -> str:
    line = " ".join(sql.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def applied(table: Table, found: Doubts) -> Table:
    """`table` with what is in doubt of it unknown."""
    fields = found.get((table.schema, table.name))
    if not fields:
        return table
    columns = table.columns
    if "columns" in fields:
        columns = tuple(replace(column, unknown=column.unknown | _OF_COLUMN) for column in columns)
    return replace(table, columns=columns, unknown=table.unknown | fields)


def _changes(facts: ExecutedFacts) -> list[tuple[tuple[str | None, str] | None, frozenset[str]]]:
    """Which tables a text of statements changes, None for the one that the listener is for, and what of them."""
    if facts.why is not None:
        return [(None, _WHOLE)]
    try:
        parts = [part for part in Stream.of(facts.sql).parts(separator=";") if not part.done]
        return [change for change in map(_change, parts) if change is not None]
    except SqlError:
        return [(None, _WHOLE)]


def _change(stream: Stream) -> tuple[tuple[str | None, str] | None, frozenset[str]] | None:
    if stream.accept("create", "unique", "index") or stream.accept("create", "index"):
        stream.skip_until("on")
        stream.expect("on")
        stream.accept("only")
        return stream.name()[:2], frozenset({"indexes"})
    if stream.accept("drop", "index"):
        return None, frozenset({"indexes"})
    if stream.accept("alter", "table"):
        stream.accept("if", "exists")
        stream.accept("only")
        name = stream.name()[:2]
        if stream.accept("add"):
            kinds = ("constraint", "primary", "foreign", "unique", "check", "exclude")
            return name, _KEYS if any(stream.at(word) for word in kinds) and not _several(stream) else _WHOLE
        harmless = any(stream.at(word) for word in _HARMLESS) and not _several(stream)
        return None if harmless else (name, _WHOLE)
    return (None, _WHOLE) if any(stream.at(word) for word in ("do", "select", "call", "execute")) else None


#: What ALTER TABLE may do first that no Table of SQLAlchemy says anything of.
_HARMLESS = ("enable", "disable", "force", "no", "owner", "cluster", "replica", "attach", "detach")


def _several(stream: Stream) -> bool:
    """Whether more actions follow the first."""
    return len(list(stream.parts(stream.pos))) > 1
