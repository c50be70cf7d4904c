"""The column functions of `drizzle-orm/pg-core`: `text`, `varchar`, `timestamp`, … and the types they make.

Each type's spelling is that of its class's `getSQLType()` in drizzle-orm/src/pg-core/columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ....budget import Budget
from ....typescript.runtime.values import BigInt, CallSite, HostFunction, JsArray, JsObject, Unknown, Value
from ..context import Context
from ..line import Line
from ..literals import NotKnown, json_text, scalar_text, timestamp_text
from .builder import ColumnBuilder
from .custom import custom_type
from .kind import ColumnKind, name_and_config, option

#: (config, site, line) → kind
KindOf = Callable[[Value, CallSite | None, Line], ColumnKind]


def _fixed(class_name: str, data_type: str, sql_type: str, not_null: bool = False) -> KindOf:
    kind = ColumnKind(class_name, data_type, sql_type, not_null=not_null)
    return lambda _config, _site, _line: kind


def _written(pattern: str, *values: Value) -> str | Unknown:
    """`pattern` with `values` put in, or an Unknown if one of them is not known."""
    try:
        return pattern.format(*(scalar_text(value) if value is not None else "undefined" for value in values))
    except NotKnown as error:
        return error.unknown


def _sized(class_name: str, base: str) -> KindOf:
    """`varchar`, `varchar(255)`."""

    def kind(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
        length = option(config, "length")
        sql_type = base if length is None else _written(base + "({})", length)
        return ColumnKind(class_name, "string", sql_type, enum_values=option(config, "enum"))

    return kind


def _text(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    return ColumnKind("PgText", "string", "text", enum_values=option(config, "enum"))


def _modal(data_types: dict[str, tuple[str, str]], default: str, sql_type: str, not_null: bool = False) -> KindOf:
    """A type of which only Drizzle's class depends on the `mode`."""

    def kind(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
        class_name, data_type = _pick(data_types, config, default)
        return ColumnKind(class_name, data_type, sql_type, not_null=not_null)

    return kind


def _numeric(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    precision, scale = option(config, "precision"), option(config, "scale")
    if precision is None:
        sql_type: str | Unknown = "numeric"
    elif scale is None:
        sql_type = _written("numeric({})", precision)
    else:
        sql_type = _written("numeric({}, {})", precision, scale)
    class_name, data_type = _pick(_NUMERICS, config, "string")
    return ColumnKind(class_name, data_type, sql_type)


_NUMERICS = {
    "string": ("PgNumeric", "string"),
    "number": ("PgNumericNumber", "number"),
    "bigint": ("PgNumericBigInt", "bigint"),
}


def _pick(by_mode: dict[str, tuple[str, str]], config: Value, default: str) -> tuple[str, str]:
    """What Drizzle's class and its data type are in the config's `mode`."""
    mode = option(config, "mode")
    return by_mode.get(mode if isinstance(mode, str) else default, by_mode[default])


def _clock(base: str) -> KindOf:
    """`time`, `timestamp`: a precision and a zone."""

    def kind(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
        precision, zone = option(config, "precision"), option(config, "withTimezone")
        sql_type = base if precision is None else _written(base + "({})", precision)
        if isinstance(zone, Unknown):
            sql_type = zone
        elif zone and isinstance(sql_type, str):
            sql_type += " with time zone"
        class_name, data_type = ("PgTime", "string") if base == "time" else _pick(_TIMESTAMPS, config, "date")
        return ColumnKind(class_name, data_type, sql_type, _moment, now="now()")

    return kind


_TIMESTAMPS = {"date": ("PgTimestamp", "date"), "string": ("PgTimestampString", "string")}
_DATES = {"date": ("PgDate", "date"), "string": ("PgDateString", "string")}


def _moment(value: Value, _budget: Budget) -> Value:
    return timestamp_text(value) or value


def _date(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    class_name, data_type = _pick(_DATES, config, "string")
    return ColumnKind(class_name, data_type, "date", _moment, now="now()")


def _interval(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    fields, precision = option(config, "fields"), option(config, "precision")
    sql_type = _written("interval {}", fields) if fields else "interval"
    if precision and isinstance(sql_type, str):
        sql_type = _written(sql_type + "({})", precision)
    return ColumnKind("PgInterval", "string", sql_type)


def _json(name: str) -> KindOf:
    kind = ColumnKind(f"Pg{name.capitalize()}", "json", name, json_text)
    return lambda _config, _site, _line: kind


def _vector(class_name: str, base: str, data_type: str = "array") -> KindOf:
    def kind(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
        dimensions = option(config, "dimensions")
        sql_type = base if dimensions is None else _written(base + "({})", dimensions)
        return ColumnKind(class_name, data_type, sql_type, _coordinates_as_json)

    return kind


def _coordinates_as_json(value: Value, budget: Budget) -> Value:
    return json_text(value, budget) if isinstance(value, JsArray) else value


def _shape(classes: tuple[str, str], base: str, pattern: str, keys: tuple[str, ...]) -> KindOf:
    """`point`, `line`: values are a tuple or, in the mode of its keys (`xy`), an object; each has its class."""
    by_mode = {"tuple": (classes[0], "array"), "".join(keys): (classes[1], "json")}

    def encode(value: Value, _budget: Budget) -> Value:
        parts = list(value) if isinstance(value, JsArray) else [value.get(key) for key in keys] if _plain(value) else []
        if len(parts) != len(keys) or not all(isinstance(part, int | float | BigInt) for part in parts):
            return value
        return pattern.format(*map(scalar_text, parts))

    def kind(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
        class_name, data_type = _pick(by_mode, config, "tuple")
        return ColumnKind(class_name, data_type, base, encode)

    return kind


def _plain(value: Value) -> bool:
    return isinstance(value, JsObject)


def _geometry(config: Value, site: CallSite | None, line: Line) -> ColumnKind:
    srid = option(config, "srid") if line is Line.NEXT else None
    sql_type = "geometry(point)" if srid is None else _written("geometry(point,{})", srid)
    shape = _shape(("PgGeometry", "PgGeometryObject"), "", "point({} {})", ("x", "y"))(config, site, line)
    return replace(shape, sql_type=sql_type)


_INTEGERS = {
    "number": ("PgBigInt53", "number"),
    "bigint": ("PgBigInt64", "bigint"),
    "string": ("PgBigIntString", "string"),
}
_BIGSERIALS = {"number": ("PgBigSerial53", "number"), "bigint": ("PgBigSerial64", "bigint")}

FAMILIES: dict[str, KindOf] = {
    "bigint": _modal(_INTEGERS, "bigint", "bigint"),
    "bigserial": _modal(_BIGSERIALS, "bigint", "bigserial", not_null=True),
    "bit": _vector("PgBinaryVector", "bit", "string"),
    "boolean": _fixed("PgBoolean", "boolean", "boolean"),
    "bytea": _fixed("PgBytea", "buffer", "bytea"),
    "char": _sized("PgChar", "char"),
    "cidr": _fixed("PgCidr", "string", "cidr"),
    "date": _date,
    "decimal": _numeric,
    "doublePrecision": _fixed("PgDoublePrecision", "number", "double precision"),
    "geometry": _geometry,
    "halfvec": _vector("PgHalfVector", "halfvec"),
    "inet": _fixed("PgInet", "string", "inet"),
    "integer": _fixed("PgInteger", "number", "integer"),
    "interval": _interval,
    "json": _json("json"),
    "jsonb": _json("jsonb"),
    "line": _shape(("PgLine", "PgLineABC"), "line", "{{{},{},{}}}", ("a", "b", "c")),
    "macaddr": _fixed("PgMacaddr", "string", "macaddr"),
    "macaddr8": _fixed("PgMacaddr8", "string", "macaddr8"),
    "numeric": _numeric,
    "point": _shape(("PgPointTuple", "PgPointObject"), "point", "({},{})", ("x", "y")),
    "real": _fixed("PgReal", "number", "real"),
    "serial": _fixed("PgSerial", "number", "serial", not_null=True),
    "smallint": _fixed("PgSmallInt", "number", "smallint"),
    "smallserial": _fixed("PgSmallSerial", "number", "smallserial", not_null=True),
    "sparsevec": _vector("PgSparseVector", "sparsevec", "string"),
    "text": _text,
    "time": _clock("time"),
    "timestamp": _clock("timestamp"),
    "uuid": _fixed("PgUUID", "string", "uuid"),
    "varchar": _sized("PgVarchar", "varchar"),
    "vector": _vector("PgVector", "vector"),
}


def column_functions(context: Context) -> dict[str, Value]:
    """name → function, as their module of drizzle-orm exports them and as `(t) => …` is given them."""

    def function(kind_of: KindOf) -> Value:
        def make(arguments: list[Value], site: CallSite) -> Value:
            name, config = name_and_config(arguments, site)
            return ColumnBuilder(kind_of(config, site, context.line), name, site, context)

        return make

    functions: dict[str, Value] = {
        name: HostFunction(function(kind_of), name) for name, kind_of in (context.families or FAMILIES).items()
    }
    functions["customType"] = custom_type(context)
    return functions
