"""A column's `.default(…)` as the SQL that drizzle-kit's snapshot would hold, and correct where that is broken.

Source: `generatePgSnapshot` and `buildArrayString` of drizzle-kit (src/serializer/pgSerializer.ts); in the 1.0 line
`defaultFromColumn` (src/dialects/postgres/drizzle.ts).
"""

from __future__ import annotations

import re

from ...model import Expression
from ...regex import lazy
from ...typescript.runtime.values import UNDEFINED, JsArray, JsObject, Unknown, Value
from .columns import PgColumn
from .line import Line
from .literals import NotKnown, array_text, is_scalar, json_text, literal, quoted, scalar_text, timestamp_text
from .rendering import expression
from .sql import SqlObject


def default_of(column: PgColumn) -> Expression | None:
    """The column's default in the database, if it has one. Raises NotKnown."""
    value = column.facts.default
    if value is UNDEFINED:
        return None
    if isinstance(value, Unknown):
        raise NotKnown(value)
    if isinstance(value, SqlObject):
        written = expression(value, column.context.budget, bare=True)
        if column.context.line is Line.STABLE:
            return written
        return Expression(_recast(column, _without_cast(written.sql)))
    text = _text(column, value)
    return None if text is None else Expression(_recast(column, text))


def _recast(column: PgColumn, sql: str) -> str:
    """A default of an array as drizzle-kit 1.0 writes it: cast to the column's type (`defaultToSQL`)."""
    sql_type = column.kind.sql_type
    if column.context.line is Line.STABLE or not column.facts.dimensions or column.kind.enum or not sql:
        return sql
    return f"{sql}::{sql_type}[]" if isinstance(sql_type, str) else sql


_LONGEST = 10_000
#: `trimDefaultValueSuffix` of drizzle-kit 1.0: a cast at the end of a default is taken away.
_CAST = lazy(r'(?:::["\w.\s-]+(?:\([^)]*\))?(?:\swith(?:out)?\stime\szone)?(?:\[\])?)+$', re.IGNORECASE)


def _without_cast(sql: str) -> str:
    """Raises NotKnown."""
    if len(sql) > _LONGEST:
        raise NotKnown(Unknown(f"a default of an array of more than {_LONGEST:,} characters is not understood"))
    return _CAST.sub("", sql.removesuffix("[]"))


def _text(column: PgColumn, value: Value) -> str | None:
    base = str(column.kind.sql_type).lower()
    dimensions, budget = column.facts.dimensions, column.context.budget
    if base in ("json", "jsonb") and not dimensions:
        if isinstance(value, str) and column.context.line is Line.STABLE:
            return quoted(value)
        return f"{quoted(json_text(value, budget))}::{base}"
    if value is None:
        return None
    if isinstance(value, JsArray) and (dimensions or "[" in base):
        return quoted(array_text(_encoded(column, value), budget, bare=_is_text(column, enums=True)))
    if isinstance(value, str):
        return quoted(value.replace("\\", "\\\\") if _is_text(column) else value)
    if is_scalar(value):
        return scalar_text(value)
    moment = timestamp_text(value)
    if moment is not None:
        return quoted(_moment(moment, base))
    encoded = column.kind.encode(value, column.context.budget)
    if isinstance(encoded, SqlObject):
        return expression(encoded, budget, bare=True).sql
    return literal(encoded, budget)


#: What drizzle-kit 1.0 takes for its types of text (`Char`, `Varchar` and `Text` of its grammar).
_TEXTS = lazy(r"char|.*character|varchar|text\s*(\[|$)", re.IGNORECASE)


def _is_text(column: PgColumn, *, enums: bool = False) -> bool:
    """Whether drizzle-kit 1.0 has its own way with the column's literals, which changes what they say.

    It doubles each backslash of a text, and puts quotes around an element of an array only where it sees a need.
    """
    if column.context.line is Line.STABLE:
        return False
    if column.kind.enum is not None:
        return enums
    return isinstance(column.kind.sql_type, str) and _TEXTS.match(column.kind.sql_type.strip()) is not None


def _encoded(column: PgColumn, values: JsArray, depth: int = 1) -> JsArray:
    """The elements of an array, those that are no plain values as the column writes them."""
    return JsArray(_element(column, value, depth) for value in values)


def _element(column: PgColumn, value: Value, depth: int) -> Value:
    if isinstance(value, JsArray) and depth < column.facts.dimensions:
        return _encoded(column, value, depth + 1)
    if isinstance(value, JsArray | JsObject) or column.kind.data_type == "json":
        return column.kind.encode(value, column.context.budget)
    return value


def _moment(iso: str, base: str) -> str:
    if base == "date":
        return iso.split("T")[0]
    return iso.replace("T", " ")[:23] if base == "timestamp" else iso


def application_text(function: Value) -> str | None:
    """What `$defaultFn` and its like are given, as short text for people; None if they were not called."""
    if function is None:
        return None
    code = getattr(function, "code", None)
    unit, node = getattr(code, "unit", None), getattr(code, "node", None)
    if unit is not None and node is not None:
        text = " ".join(str(unit.text(node)).split())
        return text if len(text) <= 60 else text[:59] + "…"
    name = getattr(function, "name", "")
    return str(name) if name else "a function"
