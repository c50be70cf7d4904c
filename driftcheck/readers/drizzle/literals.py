"""JavaScript's values as PostgreSQL's literals."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

from ...budget import Budget, OverLimit
from ...typescript.runtime.coercion import number_to_string
from ...typescript.runtime.values import UNDEFINED, BigInt, JsArray, JsObject, Unknown, Value

#: Values nest no deeper in any schema; beyond it one holds itself.
_DEPTH = 200
#: Bytes that a part of a value takes while it is written, beside its text.
_PART = 100


class NotKnown(Exception):
    """A value that must be written down is (or holds) an Unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


def take(budget: Budget, size: int) -> None:
    """One more part of a value, of so many bytes, is about to be written. Raises NotKnown where that is too much."""
    try:
        budget.step()
        budget.make(size)
    except OverLimit as error:
        raise NotKnown(Unknown(error.why)) from None


def quoted(text: str) -> str:
    """A string literal (`standard_conforming_strings` is on: a backslash is a backslash)."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as Drizzle writes it: always in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def is_scalar(value: Value) -> bool:
    return isinstance(value, str | int | float | BigInt)


def scalar_text(value: Value) -> str:
    """A string, number, boolean or BigInt as `String(value)` gives it. Raises NotKnown for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, BigInt):
        return str(value.value)
    if isinstance(value, int | float):
        return number_to_string(value)
    raise NotKnown(value if isinstance(value, Unknown) else Unknown(f"a {type(value).__name__} is not a plain value"))


def parameters(options: Value, spelling: Callable[[str], str] = str) -> tuple[tuple[str, str], ...]:
    """An object of options as pairs of texts, each name in its `spelling`. Raises NotKnown."""
    if options in (None, UNDEFINED):
        return ()
    if not isinstance(options, JsObject):
        raise NotKnown(options if isinstance(options, Unknown) else Unknown("its options are not an object"))
    pairs = []
    for name, value in options.items():
        if value is not None and value is not UNDEFINED:
            pairs.append((spelling(name), scalar_text(value)))
    return tuple(pairs)


def literal(value: Value, budget: Budget) -> str:
    """`value` as a literal. Raises NotKnown."""
    if isinstance(value, str):
        take(budget, len(value))
    if isinstance(value, Unknown):
        raise NotKnown(value)
    if value is None or value is UNDEFINED:
        return "null"
    if isinstance(value, str):
        return quoted(value)
    if is_scalar(value):
        return scalar_text(value)
    if isinstance(value, JsArray):
        return quoted(array_text(value, budget))
    if isinstance(value, JsObject):
        return quoted(json_text(value, budget))
    moment = timestamp_text(value)
    if moment is not None:
        return quoted(moment)
    raise NotKnown(Unknown(f"a {type(value).__name__} is given where a plain value is needed"))


def array_text(values: JsArray, budget: Budget, depth: int = 0, *, bare: bool = False) -> str:
    """An array as PostgreSQL reads it: `{"a","b",NULL}`. Raises NotKnown.

    With `bare`, texts have no quotes that drizzle-kit 1.0 thinks idle: `NULL` is one of those, and so nothing at all.
    """
    return "{" + ",".join(_element(value, budget, depth, bare) for value in values) + "}"


#: Where drizzle-kit 1.0 puts quotes around a text, and the braces where PostgreSQL would refuse what it writes.
_QUOTED = frozenset('\\",{}')


def _element(value: Value, budget: Budget, depth: int, bare: bool) -> str:
    take(budget, _PART + (len(value) if isinstance(value, str) else 0))
    if isinstance(value, Unknown):
        raise NotKnown(value)
    if depth > _DEPTH:
        raise NotKnown(Unknown("a value contains itself"))
    if value is None or value is UNDEFINED:
        return "NULL"
    if isinstance(value, JsArray):
        return array_text(value, budget, depth + 1, bare=bare)
    if is_scalar(value) and not isinstance(value, str):
        return scalar_text(value)
    if bare and isinstance(value, str) and value and _QUOTED.isdisjoint(value):
        return value
    text = value if isinstance(value, str) else timestamp_text(value) or json_text(value, budget)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def json_text(value: Value, budget: Budget) -> str:
    """`JSON.stringify(value)`. Raises NotKnown."""
    return json.dumps(_jsonable(value, budget), ensure_ascii=False, separators=(",", ":"))


def _jsonable(value: Value, budget: Budget, depth: int = 0) -> object:
    take(budget, _PART + (len(value) if isinstance(value, str) else 0))
    if isinstance(value, Unknown):
        raise NotKnown(value)
    if depth > _DEPTH:
        raise NotKnown(Unknown("a value contains itself"))
    if value is None or value is UNDEFINED or isinstance(value, str | bool | int):
        return None if value is UNDEFINED else value
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else value
    if isinstance(value, BigInt):
        return value.value
    if isinstance(value, JsArray):
        return [_jsonable(item, budget, depth + 1) for item in value]
    if isinstance(value, JsObject):
        return {key: _jsonable(item, budget, depth + 1) for key, item in value.items() if item is not UNDEFINED}
    moment = timestamp_text(value)
    if moment is not None:
        return moment
    raise NotKnown(Unknown(f"a {type(value).__name__} is given where JSON is needed"))


def timestamp_text(value: Value) -> str | None:
    """A JavaScript Date as `toISOString()` gives it; None if `value` is no Date."""
    iso = getattr(value, "to_iso_string", None)
    return iso() if callable(iso) else None
