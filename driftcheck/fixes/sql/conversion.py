"""How the values of a column become values of another type, and whether something is lost by it."""

from __future__ import annotations

from ...model import ColumnType
from ...sql import whole
from ...writers.sql.gate import NOTHING, SqlText, column_type, sql

_ZONED, _UNZONED = "timestamp with time zone", "timestamp without time zone"

#: An array is no text of theirs: `{a,b}` is not JSON.
_DOCUMENTS = frozenset({"json", "jsonb"})
_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
_TEXTS = frozenset({"text", "character varying", "character"})
_TIMES = frozenset({_ZONED, _UNZONED, "date"})

#: Casts in which PostgreSQL asks for the time zone of the session.
_ASKS_THE_ZONE = frozenset(
    {(_UNZONED, _ZONED), (_ZONED, _UNZONED), ("date", _ZONED), (_ZONED, "date"), (_ZONED, "time without time zone")}
)

#: Casts that PostgreSQL has beside those between numbers, between texts, and from or to a text (pg_cast, as of 12).
_CASTS = {
    "bigint": {"bit", "money"},
    "bit": {"bigint", "integer", "bit varying"},
    "bit varying": {"bit"},
    "boolean": {"integer"},
    "date": {_UNZONED},
    "integer": {"boolean", "bit", "money"},
    "interval": {"time without time zone"},
    "json": {"jsonb"},
    "jsonb": {"json", "boolean"} | _NUMBERS,
    "macaddr": {"macaddr8"},
    "macaddr8": {"macaddr"},
    "money": {"numeric"},
    "numeric": {"money"},
    "inet": {"cidr"},
    "cidr": {"inet"},
    "time with time zone": {"time without time zone"},
    "time without time zone": {"interval", "time with time zone"},
    _ZONED: {"time with time zone"},
    _UNZONED: {"date", "time without time zone"},
}


def converted(column: SqlText, now: ColumnType, wanted: ColumnType, through_text: bool) -> SqlText:
    """The USING clause, where PostgreSQL would not know or would ask the session's time zone; else nothing.

    `through_text` says that one of the types has no casts but those from and to text: an enum.
    """
    if now.dimensions and not wanted.dimensions and wanted.name in _DOCUMENTS:
        return sql(" USING to_jsonb({})" if wanted.name == "jsonb" else " USING to_json({})", column)
    direct = not through_text and _has_cast(now.name, wanted.name)
    if wanted.dimensions and not now.dimensions:
        item = sql("ARRAY[{}]" if direct else "ARRAY[{}::text]", column)
        return sql(" USING CASE WHEN {} IS NOT NULL THEN {}::{} END", column, item, column_type(wanted))
    if now.name == wanted.name and now.dimensions == wanted.dimensions:
        return NOTHING
    if not now.dimensions and (now.name, wanted.name) in _ASKS_THE_ZONE:
        return sql(" USING {}", _in_utc(column, now, wanted))
    if direct and now.dimensions == wanted.dimensions:
        return sql(" USING {}::{}", column, column_type(wanted))
    return sql(" USING {}::{}", as_text(column, min(now.dimensions, wanted.dimensions)), column_type(wanted))


def as_text(column: SqlText, dimensions: int) -> SqlText:
    """A column as texts, in an array of as many dimensions."""
    return sql("{}::{}", column, column_type(ColumnType("text", dimensions=dimensions)))


def _in_utc(column: SqlText, now: ColumnType, wanted: ColumnType) -> SqlText:
    """Without a zone said, PostgreSQL would take that of the session."""
    if now.name == _UNZONED or wanted.name == _UNZONED:
        return sql("{} AT TIME ZONE 'UTC'", column)
    if wanted.name == _ZONED:
        return sql("{}::timestamp AT TIME ZONE 'UTC'", column)
    return sql("({} AT TIME ZONE 'UTC')::{}", column, column_type(wanted))


def alike(now: ColumnType, wanted: ColumnType) -> bool:
    """Whether what was said of values of `now` means the same of `wanted`: operators and constants between both fit."""
    if now.dimensions != wanted.dimensions:
        return False
    families = (_NUMBERS, _TEXTS, _TIMES)
    same = (now.schema, now.name) == (wanted.schema, wanted.name)
    return same or any(now.name in family and wanted.name in family for family in families)


def _has_cast(now: str, wanted: str) -> bool:
    known = (_NUMBERS, _TEXTS)
    if now in _TEXTS or wanted in _TEXTS or any(now in family and wanted in family for family in known):
        return True
    return _bare(now) == _bare(wanted) or wanted in _CASTS.get(now, ())


def _bare(name: str) -> str:
    """`interval day to second` is an interval."""
    return "interval" if name.startswith("interval") else name


#: Changes of type that lose nothing, beside those to a longer or unlimited text.
_WIDER = {
    "smallint": {"integer", "bigint", "numeric", "real", "double precision"},
    "integer": {"bigint", "numeric", "double precision"},
    "bigint": {"numeric"},
    "real": {"double precision"},
    "date": {"timestamp without time zone", "timestamp with time zone"},
    "timestamp without time zone": {"timestamp with time zone"},
    "timestamp with time zone": {"timestamp without time zone"},
    "json": {"jsonb"},
    "character": {"character varying"},
}


def narrows(now: ColumnType, wanted: ColumnType) -> bool:
    """Whether values of `now` may be cut, rounded or refused as `wanted`."""
    if now.dimensions != wanted.dimensions:
        return True
    if wanted.name == "text" and not wanted.modifiers:
        return False
    if now.name == wanted.name:
        return not _longer(now.modifiers, wanted.modifiers)
    return wanted.name not in _WIDER.get(now.name, ()) or bool(wanted.modifiers)


def _longer(now: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    numbers = [number for word in (*now, *wanted) if (number := whole(word)) is not None]
    if len(now) != len(wanted) or len(numbers) != len(now) + len(wanted):
        return False
    if len(now) == 2:  # precision and scale: as many digits before the point, and behind it
        return numbers[3] >= numbers[1] and numbers[2] - numbers[3] >= numbers[0] - numbers[1]
    return numbers[1] >= numbers[0]
