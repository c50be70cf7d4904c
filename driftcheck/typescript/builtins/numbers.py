"""`Number`, `BigInt`, `Boolean`, `Math`, and the reading and writing of numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import (
    WHITESPACE,
    Number,
    is_number,
    number,
    number_to_string,
    to_number,
    to_primitive,
    to_string,
    truth,
)
from ..runtime.operators import BINARY, to_int32
from ..runtime.values import UNDEFINED, UNKNOWN_KEYS, BigInt, JsObject, Unknown, Value
from .native import BuiltinClass, argument, number_of, table

if TYPE_CHECKING:
    from ..runtime.places import Place

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _parse_int(this: Value, arguments: list[Value], place: Place) -> Value:
    text, base = to_string(argument(arguments, 0), place), to_number(argument(arguments, 1, 0), place)
    if isinstance(text, Unknown) or isinstance(base, Unknown):
        return text if isinstance(text, Unknown) else base
    text, radix = text.strip(WHITESPACE), to_int32(base)
    sign = -1 if text[:1] == "-" else 1
    text = text[1:] if text[:1] in ("+", "-") and text else text
    if radix in (0, 16) and text[:2].lower() == "0x":
        text, radix = text[2:], 16
    radix = radix or 10
    if not 2 <= radix <= 36:
        return math.nan
    allowed = DIGITS[:radix]
    count = next((i for i, c in enumerate(text.lower()) if c not in allowed), len(text))
    return number(sign * int(text[: min(count, 4000)], radix)) if count else math.nan


_FLOAT = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")


def _parse_float(this: Value, arguments: list[Value], place: Place) -> Value:
    text = to_string(argument(arguments, 0), place)
    if isinstance(text, Unknown):
        return text
    found = _FLOAT.match(text.strip(WHITESPACE))
    return number(float(found.group().replace("Infinity", "inf"))) if found else math.nan


def _number(this: Value, arguments: list[Value], place: Place) -> Value:
    value = to_primitive(argument(arguments, 0, 0), place, "number")
    return number(value.value) if isinstance(value, BigInt) else to_number(value, place)


def _is_integer(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return is_number(value) and math.isfinite(value) and float(value).is_integer()


def _is_safe(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def _is_finite(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return is_number(value) and math.isfinite(value)


def _is_nan(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return isinstance(value, float) and math.isnan(value)


def _converting(native: Callable[[Value, list[Value], Place], Value]) -> Callable[[Value, list[Value], Place], Value]:
    """The global `isNaN` and `isFinite` make a number of their argument first."""

    def converted(this: Value, arguments: list[Value], place: Place) -> Value:
        value = to_number(argument(arguments, 0), place)
        return value if isinstance(value, Unknown) else native(this, [value], place)

    return converted


# -- Methods of numbers -----------------------------------------------------------------------------------------


def _to_string(this: Value, arguments: list[Value], place: Place) -> Value:
    radix = argument(arguments, 0)
    if isinstance(this, bool):
        return "true" if this else "false"
    if radix in (UNDEFINED, 10):
        return number_to_string(this)
    if not isinstance(radix, int) or not 2 <= radix <= 36 or not isinstance(this, int):
        return place.unknown("a number in another base than ten")
    return _in_base(this, radix)


def _in_base(value: int, radix: int) -> str:
    sign, value, digits = ("-" if value < 0 else ""), abs(value), ""
    while True:
        value, digit = divmod(value, radix)
        digits = DIGITS[digit] + digits
        if not value:
            return sign + digits


def _to_fixed(this: Value, arguments: list[Value], place: Place) -> Value:
    count = to_number(argument(arguments, 0, 0), place)
    if not isinstance(count, int) or not 0 <= count <= 100 or not is_number(this):
        return place.fail("toFixed with digits that cannot be", "RangeError")
    if not math.isfinite(this) or abs(this) >= 1e21:
        return number_to_string(this)
    rounded = Decimal(this).quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP) if count < 20 else Decimal(this)
    text = f"{abs(rounded):.{count}f}"
    return "-" + text if this < 0 else text


def _to_precision(this: Value, arguments: list[Value], place: Place) -> Value:
    if argument(arguments, 0) is UNDEFINED or not is_number(this) or not math.isfinite(this):
        return _to_string(this, [], place)
    count = to_number(arguments[0], place)
    if not isinstance(count, int) or not 1 <= count <= 100:
        return place.fail("toPrecision with digits that cannot be", "RangeError")
    sign, digits, power = _digits(this, count)
    if power < -6 or power >= count:
        return sign + _with_exponent(digits, power)
    if power >= 0:
        return sign + digits[: power + 1] + (f".{digits[power + 1 :]}" if power + 1 < count else "")
    return f"{sign}0.{'0' * (-power - 1)}{digits}"


def _to_exponential(this: Value, arguments: list[Value], place: Place) -> Value:
    if not is_number(this) or not math.isfinite(this):
        return _to_string(this, [], place)
    given = argument(arguments, 0)
    shortest = len(Decimal(repr(this)).normalize().as_tuple().digits)
    count = shortest - 1 if given is UNDEFINED else to_number(given, place)
    if not isinstance(count, int) or not 0 <= count <= 100:
        return place.fail("toExponential with digits that cannot be", "RangeError")
    sign, digits, power = _digits(this, count + 1)
    return sign + _with_exponent(digits, power)


def _digits(value: Number, count: int) -> tuple[str, str, int]:
    """Sign, the first `count` digits, rounded, and the power of ten of the first of them."""
    if value == 0:
        return "", "0" * count, 0
    exact = abs(Decimal(value))
    power = exact.adjusted()
    with localcontext() as context:
        context.prec = 1200
        rounded = int((exact / Decimal(10) ** (power - count + 1)).to_integral_value(ROUND_HALF_UP))
    digits = str(rounded)
    if len(digits) > count:
        digits, power = digits[:count], power + 1
    return "-" if value < 0 else "", digits, power


def _with_exponent(digits: str, power: int) -> str:
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{'-' if power < 0 else '+'}{abs(power)}"


properties.NUMBER.update(
    table(
        {
            "toString": _to_string, "toFixed": _to_fixed, "toPrecision": _to_precision,
            "toExponential": _to_exponential, "valueOf": lambda this, arguments, place: this,
        }
    )
)  # fmt: skip


def _big_to_string(this: Value, arguments: list[Value], place: Place) -> Value:
    radix = argument(arguments, 0, 10)
    return _in_base(this.value, radix) if isinstance(radix, int) and 2 <= radix <= 36 else UNDEFINED


properties.BIGINT.update(table({"toString": _big_to_string, "valueOf": lambda this, arguments, place: this}))


def _big_int(this: Value, arguments: list[Value], place: Place) -> Value:
    value = to_primitive(argument(arguments, 0), place, "number")
    if isinstance(value, BigInt | Unknown):
        return value
    if isinstance(value, bool) or (is_number(value) and float(value).is_integer()):
        return BigInt(int(value))
    if isinstance(value, str) and len(value) < 2_000:
        text = value.strip(WHITESPACE)
        if re.fullmatch(r"[+-]?[0-9]+|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|", text):
            return BigInt(int(text, 0 if text[:1] == "0" and text[1:2].isalpha() else 10) if text else 0)
    return place.fail("what is made a BigInt is no integer", "RangeError")


# -- Math -------------------------------------------------------------------------------------------------------


def _of_one(function: Callable[[float], float]) -> Callable[[Value, list[Value], Place], Value]:
    def native(this: Value, arguments: list[Value], place: Place) -> Value:
        value = to_number(argument(arguments, 0), place)
        if isinstance(value, Unknown):
            return value
        if isinstance(value, float) and not math.isfinite(value) and function in ROUNDING:
            return value
        try:
            result = number(function(value))
        except (ValueError, OverflowError):
            return math.nan
        if function in INEXACT and isinstance(result, float) and math.isfinite(result):
            return place.unknown("a result whose last digit depends on the machine", data=True)
        return result

    return native


def _round(value: float) -> float:
    below = math.floor(value)
    return math.copysign(below + (value - below >= 0.5), value)


def _signed(function: Callable[[float], float]) -> Callable[[float], float]:
    """Zero keeps the sign that a float had."""

    def rounded(value: float) -> float:
        result = function(value)
        return math.copysign(0.0, value) if result == 0 and isinstance(value, float) else result

    return rounded


def _sign(value: float) -> float:
    return value if value == 0 or value != value else math.copysign(1, value)


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: -math.inf if value == 0 else function(value)


def _cube_root(value: float) -> float:
    if math.isinf(value):
        return value
    root = round(math.cbrt(value))
    return root if root**3 == value else math.cbrt(value)


_FLOOR, _CEIL, _TRUNC, _ROUND = _signed(math.floor), _signed(math.ceil), _signed(math.trunc), _signed(_round)
ROUNDING = (_FLOOR, _CEIL, _TRUNC, _ROUND)

_TRANSCENDENTAL = {
    "log": _logarithm(math.log), "log2": _logarithm(math.log2), "log10": _logarithm(math.log10),
    "cbrt": _cube_root, "exp": math.exp, "sin": math.sin, "cos": math.cos, "tan": math.tan, "atan": math.atan,
}  # fmt: skip
INEXACT = tuple(_TRANSCENDENTAL.values())

ONE = _TRANSCENDENTAL | {
    "abs": math.fabs, "floor": _FLOOR, "ceil": _CEIL, "trunc": _TRUNC, "round": _ROUND, "sign": _sign,
    "sqrt": math.sqrt,
}  # fmt: skip


def _extreme(*, largest: bool) -> Callable[[Value, list[Value], Place], Value]:
    def native(this: Value, arguments: list[Value], place: Place) -> Value:
        result = -math.inf if largest else math.inf
        for item in arguments:
            value = to_number(item, place)
            if isinstance(value, Unknown):
                return value
            if value != value:
                return math.nan
            result = max(result, value) if largest else min(result, value)
        return number(result)

    return native


def _power(this: Value, arguments: list[Value], place: Place) -> Value:
    return BINARY["**"](argument(arguments, 0), argument(arguments, 1), place)


def _hypotenuse(this: Value, arguments: list[Value], place: Place) -> Value:
    """As V8 computes it, to the last bit: the largest taken out, the squares of the rest added by Kahan's way."""
    sides = [abs(number_of(item, place)) for item in arguments]
    if any(math.isinf(side) for side in sides):
        return math.inf
    longest = max((math.nan if math.isnan(side) else side for side in sides), default=0)
    if any(math.isnan(side) for side in sides):
        return math.nan
    if longest == 0:
        return 0
    total = compensation = 0.0
    for side in sides:
        summand = (side / longest) ** 2 - compensation
        preliminary = total + summand
        compensation = (preliminary - total) - summand
        total = preliminary
    return number(math.sqrt(total) * longest)


def make_math() -> JsObject:
    made = JsObject(table({name: _of_one(function) for name, function in ONE.items()}).items())
    made.update(table({"max": _extreme(largest=True), "min": _extreme(largest=False), "pow": _power}))
    made.update(table({"hypot": _hypotenuse}))
    made[UNKNOWN_KEYS] = Unknown("that part of Math is not evaluated", many=True)
    made.update({"PI": math.pi, "E": math.e, "LN2": math.log(2), "LN10": math.log(10), "SQRT2": math.sqrt(2)})
    made.update(table({"random": lambda this, arguments, place: place.unknown("a random number", data=True)}))
    return made


GLOBALS = table(
    {
        "parseInt": _parse_int,
        "parseFloat": _parse_float,
        "isNaN": _converting(_is_nan),
        "isFinite": _converting(_is_finite),
    }
)

NUMBER = BuiltinClass(
    "Number",
    _number,
    statics={
        **table({"isInteger": _is_integer, "isSafeInteger": _is_safe, "isFinite": _is_finite, "isNaN": _is_nan}),
        "parseInt": GLOBALS["parseInt"], "parseFloat": GLOBALS["parseFloat"], "MAX_SAFE_INTEGER": 2**53 - 1,
        "MIN_SAFE_INTEGER": 1 - 2**53, "MAX_VALUE": 1.7976931348623157e308, "MIN_VALUE": 5e-324,
        "EPSILON": 2.0**-52, "POSITIVE_INFINITY": math.inf, "NEGATIVE_INFINITY": -math.inf, "NaN": math.nan,
    }, methods=properties.NUMBER)  # fmt: skip

BIGINT = BuiltinClass("BigInt", _big_int, methods=properties.BIGINT)


def _boolean(this: Value, arguments: list[Value], place: Place) -> Value:
    found = truth(argument(arguments, 0))
    return found.as_data() if isinstance(found, Unknown) else found


BOOLEAN = BuiltinClass("Boolean", _boolean)
