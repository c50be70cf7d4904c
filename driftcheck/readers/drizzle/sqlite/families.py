"""The column functions of `drizzle-orm/sqlite-core`, and how their modes write values (src/sqlite-core/columns)."""

from __future__ import annotations

from ....budget import Budget
from ....typescript.runtime.values import CallSite, Unknown, Value
from ..columns.families import KindOf
from ..columns.kind import ColumnKind, option
from ..line import Line
from ..literals import NotKnown, json_text, scalar_text

_INTEGERS = {
    "number": ("SQLiteInteger", "number"),
    "boolean": ("SQLiteBoolean", "boolean"),
    "timestamp": ("SQLiteTimestamp", "date"),
    "timestamp_ms": ("SQLiteTimestamp", "date"),
}
_NUMERICS = {
    "string": ("SQLiteNumeric", "string"),
    "number": ("SQLiteNumericNumber", "number"),
    "bigint": ("SQLiteNumericBigInt", "bigint"),
}
_BLOBS = {
    "buffer": ("SQLiteBlobBuffer", "buffer"),
    "json": ("SQLiteBlobJson", "json"),
    "bigint": ("SQLiteBigInt", "bigint"),
}


def _mode(config: Value, default: str) -> str:
    mode = option(config, "mode")
    return mode if isinstance(mode, str) else default


def _flag(value: Value, _budget: Budget) -> Value:
    return int(value) if isinstance(value, bool) else value


def _moment(thousandths: int) -> object:
    """A date as the number that the mode stores: seconds, or thousandths of them."""

    def encode(value: Value, _budget: Budget) -> Value:
        since = getattr(value, "milliseconds", None)
        return int(since // (1000 // thousandths)) if isinstance(since, int | float) else value

    return encode


def _json(value: Value, budget: Budget) -> Value:
    return value if isinstance(value, str | Unknown) else json_text(value, budget)


def _integer(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    mode = _mode(config, "number")
    class_name, data_type = _INTEGERS.get(mode, _INTEGERS["number"])
    encode = {"boolean": _flag, "timestamp": _moment(1), "timestamp_ms": _moment(1000)}.get(mode)
    kind = ColumnKind(
        class_name, data_type, "integer", now="(cast((julianday('now') - 2440587.5)*86400000 as integer))"
    )
    return kind if encode is None else _with(kind, encode)


def _with(kind: ColumnKind, encode: object) -> ColumnKind:
    from dataclasses import replace

    return replace(kind, encode=encode)  # type: ignore[arg-type]


def _text(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    if _mode(config, "text") == "json":
        return ColumnKind("SQLiteTextJson", "json", "text", _json)
    length = option(config, "length")
    try:
        sql_type: str | Unknown = "text" if length is None else f"text({scalar_text(length)})"
    except NotKnown as error:
        sql_type = error.unknown
    return ColumnKind("SQLiteText", "string", sql_type, enum_values=option(config, "enum"))


def _blob(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    class_name, data_type = _BLOBS.get(_mode(config, "buffer"), _BLOBS["buffer"])
    kind = ColumnKind(class_name, data_type, "blob")
    return _with(kind, _json) if data_type == "json" else kind


def _numeric(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    class_name, data_type = _NUMERICS.get(_mode(config, "string"), _NUMERICS["string"])
    return ColumnKind(class_name, data_type, "numeric")


def _real(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    return ColumnKind("SQLiteReal", "number", "real")


FAMILIES: dict[str, KindOf] = {
    "blob": _blob,
    "int": _integer,
    "integer": _integer,
    "numeric": _numeric,
    "real": _real,
    "text": _text,
}
