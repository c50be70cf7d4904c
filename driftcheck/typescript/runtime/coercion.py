"""JavaScript's conversions between its types, and its three kinds of equality (ECMA-262, section 7)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...regex import lazy
from .values import (
    UNDEFINED,
    BigInt,
    HostObject,
    JsArray,
    JsExotic,
    JsFunction,
    JsObject,
    Symbol,
    Unknown,
    Value,
    is_nullish,
)

if TYPE_CHECKING:
    from .places import Place

#: Integers beyond this are floats, as all numbers are in JavaScript.
SAFE_INTEGER = 2**53

Number = int | float


def is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def observed(value: Value) -> Value:
    """What a test, a comparison or a listing sees of `value`: an Unknown where only running would show."""
    return Unknown(value.unobservable) if isinstance(value, HostObject) and value.unobservable else value


def truth(value: Value) -> bool | Unknown:
    """Whether `value` counts as true; an Unknown if that is not known."""
    if value.__class__ is bool:
        return bool(value)
    value = observed(value)
    return value if isinstance(value, Unknown) else truthy(value)


def truthy(value: Value) -> bool:
    """Not for an Unknown: ask that first."""
    if value is None or value is UNDEFINED or value is False:
        return False
    if isinstance(value, str):
        return value != ""
    if isinstance(value, int | float):
        return value != 0 and not (isinstance(value, float) and math.isnan(value))
    return not (isinstance(value, BigInt) and value.value == 0)


def type_of(value: Value) -> str:
    """`typeof value`, not for an Unknown."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, BigInt):
        return "bigint"
    if isinstance(value, Symbol):
        return "symbol"
    if isinstance(value, HostObject):
        return value.type_of
    return "function" if isinstance(value, JsFunction) else "object"


def number(value: Number) -> Number:
    """A number as this evaluator holds it: an int where it is one and safe, else a float."""
    if isinstance(value, float):
        if value.is_integer() and -SAFE_INTEGER < value < SAFE_INTEGER and (value or math.copysign(1, value) > 0):
            return int(value)
        return value
    if -SAFE_INTEGER < value < SAFE_INTEGER:
        return int(value)
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


_DECIMAL = lazy(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_RADIX = lazy(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")


def string_to_number(text: str) -> Number:
    text = text.strip(WHITESPACE)
    if not text:
        return 0
    if _RADIX.fullmatch(text):
        return number(int(text, 0))
    if not _DECIMAL.fullmatch(text) or not text.isascii():
        return math.nan
    return number(float(text.replace("Infinity", "inf")))


#: What `trim` and `Number()` take away (WhiteSpace and LineTerminator in ECMA-262).
WHITESPACE = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


def number_to_string(value: Number) -> str:
    """As `String(value)`: the shortest digits that give the number back, exponents from 1e21 and below 1e-6."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, power = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(power or 0) - (len(whole + fraction) - len(digits))
    return sign + _lay_out(digits.rstrip("0"), point)


def _lay_out(digits: str, point: int) -> str:
    """The decimal point precedes `digits[point]`."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return digits[0] + ("." + digits[1:] if count > 1 else "") + exponent


def to_primitive(value: Value, place: Place, hint: str = "default") -> Value:
    """An object as the plain value that operators see; an Unknown if it cannot be known.

    `hint` is what the operator would rather have: "string", "number", or "default" (a number for all but dates).
    """
    if isinstance(value, JsArray):
        return array_to_string(value, place)
    if isinstance(value, HostObject):
        return value.to_number(place.site) if hint == "number" else value.to_string(place.site)
    if isinstance(value, JsObject | JsFunction | JsExotic):
        return place.unknown("an object or a function is used as a text or number")
    return value


def to_string(value: Value, place: Place) -> str | Unknown:
    """`String(value)`: a str, or an Unknown."""
    if isinstance(value, str):
        return value
    if isinstance(value, Unknown):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_to_string(value)
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, BigInt):
        return str(value.value)
    if isinstance(value, Symbol):
        return place.fail("a symbol cannot be converted to a string")
    primitive = to_primitive(value, place)
    return primitive if isinstance(primitive, Unknown) else to_string(primitive, place)


def array_to_string(array: JsArray, place: Place, separator: str = ",") -> str | Unknown:
    """`array.join(separator)`. An array that holds itself gives the empty string for the inner one."""
    evaluator = place.evaluator
    if id(array) in evaluator.joining:
        return ""
    evaluator.joining.add(id(array))
    try:
        evaluator.step(place, len(array))
        parts: list[str] = []
        for item in array:
            part = "" if is_nullish(item) else to_string(item, place)
            if isinstance(part, Unknown):
                return part.as_one()
            parts.append(part)
        return evaluator.join(parts, place, separator)
    finally:
        evaluator.joining.discard(id(array))


def to_number(value: Value, place: Place) -> Number | Unknown:
    """`Number(value)` of anything but a BigInt: an int or float, or an Unknown."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float | Unknown):
        return value
    if isinstance(value, str):
        return string_to_number(value)
    if value is None:
        return 0
    if value is UNDEFINED:
        return math.nan
    if isinstance(value, BigInt | Symbol):
        return place.fail("a BigInt or symbol is used as a number")
    primitive = to_primitive(value, place, "number")
    return primitive if isinstance(primitive, Unknown) else to_number(primitive, place)


def to_key(value: Value, place: Place) -> str | Symbol | Unknown:
    """A property key: a str, a Symbol, or an Unknown."""
    if isinstance(value, str | Symbol):
        return value
    key = to_string(value, place)
    return key.as_choice() if isinstance(key, Unknown) else key


def same_type_equal(first: Value, second: Value) -> bool:
    """`===` of known values."""
    if is_number(first) and is_number(second):
        return bool(first == second)
    if isinstance(first, str) and isinstance(second, str):
        return first == second
    if isinstance(first, BigInt) and isinstance(second, BigInt):
        return first.value == second.value
    return first is second


def same_value_zero(first: Value, second: Value) -> bool:
    """How `includes`, Map and Set compare: as `===`, and NaN is NaN."""
    return same_type_equal(first, second) or (
        isinstance(first, float) and isinstance(second, float) and math.isnan(first) and math.isnan(second)
    )


def loosely_equal(first: Value, second: Value, place: Place) -> bool | Unknown:
    """`==`: a bool, or an Unknown for values of different types other than null and undefined."""
    if is_nullish(first) or is_nullish(second):
        return is_nullish(first) and is_nullish(second)
    if type_of(first) == type_of(second):
        return same_type_equal(first, second)
    return place.unknown("`==` between values of different types is not evaluated")
