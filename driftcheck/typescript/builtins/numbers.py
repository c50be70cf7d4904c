"""`Number`, `BigInt`, `Boolean` and `Math`, as far as schema files use them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...regex import lazy
from ..runtime.coercion import WHITESPACE, number, number_to_string, to_number, to_primitive, truth
from ..runtime.operators import BINARY
from ..runtime.values import UNDEFINED, UNKNOWN_KEYS, BigInt, JsObject, Unknown, Value
from .native import Builtin, BuiltinClass, argument, not_evaluated, number_of, table, text_of

if TYPE_CHECKING:
    from ..runtime.places import Place

_INTEGER = lazy(r"[+-]?[0-9]+")


def _parse_int(this: Value, arguments: list[Value], place: Place) -> Value:
    if argument(arguments, 1) not in (UNDEFINED, 10):
        return place.unknown("a number in another base than ten")
    text = text_of(argument(arguments, 0), place).strip(WHITESPACE)
    found = _INTEGER.match(text)
    if found is None:
        return math.nan
    if text[found.end() : found.end() + 1] in ("x", "X") or found.end() > 300:
        return place.unknown("a number in another base than ten")
    return number(int(found.group()))


def _number(this: Value, arguments: list[Value], place: Place) -> Value:
    value = to_primitive(argument(arguments, 0, 0), place, "number")
    return number(value.value) if isinstance(value, BigInt) else to_number(value, place)


def _to_string(this: Value, arguments: list[Value], place: Place) -> Value:
    if argument(arguments, 0) not in (UNDEFINED, 10):
        return place.unknown("a number in another base than ten")
    if isinstance(this, bool):
        return "true" if this else "false"
    return str(this.value) if isinstance(this, BigInt) else number_to_string(this)


def number_methods() -> dict[str, Value]:
    """What numbers, truth values and BigInts inherit."""
    own = table({"toString": _to_string, "valueOf": lambda this, arguments, place: this})
    return {**own, **not_evaluated(("toExponential", "toFixed", "toLocaleString", "toPrecision"))}


def number_class() -> BuiltinClass:
    statics: dict[str, Value] = table({"parseInt": _parse_int})
    statics |= {"MAX_SAFE_INTEGER": 2**53 - 1, "MIN_SAFE_INTEGER": 1 - 2**53, "MAX_VALUE": 1.7976931348623157e308}
    statics |= {"POSITIVE_INFINITY": math.inf, "NEGATIVE_INFINITY": -math.inf, "NaN": math.nan}
    return BuiltinClass("Number", _number, statics=statics)


def _big_int(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    if isinstance(value, BigInt):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return BigInt(value)
    if isinstance(value, str) and len(value) < 2_000 and _INTEGER.fullmatch(value):
        return BigInt(int(value))
    return place.unknown("what is made a BigInt is not a whole number")


def big_int_class() -> BuiltinClass:
    return BuiltinClass("BigInt", _big_int)


def _boolean(this: Value, arguments: list[Value], place: Place) -> Value:
    found = truth(argument(arguments, 0))
    return found.as_data() if isinstance(found, Unknown) else found


def boolean_class() -> BuiltinClass:
    return BuiltinClass("Boolean", _boolean)


# -- Math -------------------------------------------------------------------------------------------------------


def _of_one(function: Callable[[float], float]) -> Callable[[Value, list[Value], Place], Value]:
    def native(this: Value, arguments: list[Value], place: Place) -> Value:
        value = number_of(argument(arguments, 0), place)
        if not math.isfinite(value):
            return place.unknown("a number that is not finite")
        result = function(value)
        return number(result) if result or value >= 0 else place.unknown("a negative zero")

    return native


def _extreme(choose: Callable[[float, float], float], start: float) -> Callable[[Value, list[Value], Place], Value]:
    def native(this: Value, arguments: list[Value], place: Place) -> Value:
        result = start
        for item in arguments:
            value = number_of(item, place)
            if value != value:
                return math.nan
            result = choose(result, value)
        return number(result)

    return native


def make_math() -> JsObject:
    rounding: dict[str, Callable[[float], float]] = {
        "abs": math.fabs,
        "floor": math.floor,
        "ceil": math.ceil,
        "trunc": math.trunc,
    }
    made = JsObject(table({name: _of_one(function) for name, function in rounding.items()}).items())
    made.update(table({"round": _of_one(lambda value: math.floor(value) + (value - math.floor(value) >= 0.5))}))
    made.update(table({"max": _extreme(max, -math.inf), "min": _extreme(min, math.inf)}))
    made.update(table({"pow": lambda this, found, place: BINARY["**"](argument(found, 0), argument(found, 1), place)}))
    made.update(table({"random": lambda this, arguments, place: place.unknown("a random number", data=True)}))
    made[UNKNOWN_KEYS] = Unknown("that part of Math is not evaluated", many=True)
    return made


def parse_int() -> Builtin:
    return Builtin("parseInt", _parse_int)
