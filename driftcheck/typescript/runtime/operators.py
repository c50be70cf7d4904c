"""The unary and binary operators on values (ECMA-262, section 13)."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from .coercion import (
    Number,
    is_number,
    loosely_equal,
    number,
    same_type_equal,
    string_to_number,
    to_key,
    to_number,
    to_primitive,
    to_string,
    told,
    truth,
    type_of,
)
from .values import UNDEFINED, BigInt, HostObject, JsArray, JsFunction, JsObject, Unknown, Value

if TYPE_CHECKING:
    from .places import Place

Binary = Callable[[Value, Value, "Place"], Value]

#: The bits of the largest BigInt; Python writes down no much larger one.
LARGEST_INTEGER = 10_000


def add(first: Value, second: Value, place: Place) -> Value:
    if first.__class__ is str and second.__class__ is str:
        return place.evaluator.text(first + second, place)
    first, second = to_primitive(first, place), to_primitive(second, place)
    if isinstance(first, Unknown):
        return first
    if isinstance(second, Unknown):
        return second
    if isinstance(first, str) or isinstance(second, str):
        first, second = to_string(first, place), to_string(second, place)
        for value in (first, second):
            if isinstance(value, Unknown):
                return value
        return place.evaluator.text(first + second, place)
    return _add_numbers(first, second, place)


def _arithmetic(numbers: Callable[[Number, Number], Number], integers: Callable[[int, int], int] | None) -> Binary:
    def operate(first: Value, second: Value, place: Place) -> Value:
        first, second = _numeric(first, place), _numeric(second, place)
        if isinstance(first, Unknown):
            return first
        if isinstance(second, Unknown):
            return second
        if isinstance(first, BigInt) and isinstance(second, BigInt):
            return _integers(integers, first.value, second.value, place)
        if isinstance(first, BigInt) or isinstance(second, BigInt):
            return place.fail("a BigInt and a number in one operation")
        try:
            return number(numbers(first, second))
        except OverflowError:
            return math.inf

    return operate


def _integers(operation: Callable[[int, int], int] | None, first: int, second: int, place: Place) -> Value:
    if operation is None:
        return place.fail("BigInts have no such operation")
    try:
        result = operation(first, second)
    except (ArithmeticError, ValueError):
        return place.fail("a BigInt operation has no result")
    return BigInt(result) if result.bit_length() <= LARGEST_INTEGER else place.unknown("a BigInt is too large")


def _numeric(value: Value, place: Place) -> Value:
    if is_number(value):
        return value
    value = to_primitive(value, place, "number")
    return value if isinstance(value, BigInt) else to_number(value, place)


def _divide(first: Number, second: Number) -> Number:
    if second == 0:
        if first == 0 or math.isnan(first):
            return math.nan
        return math.copysign(math.inf, first) * math.copysign(1, second)
    return first / second


def _remainder(first: Number, second: Number) -> Number:
    if second == 0 or math.isinf(first) or math.isnan(first) or math.isnan(second):
        return math.nan
    result = math.fmod(first, second)
    return math.copysign(0.0, first) if result == 0 and first < 0 else result


def _multiply(first: Number, second: Number) -> Number:
    product = first * second
    if product == 0 and (math.copysign(1, first) < 0) != (math.copysign(1, second) < 0):
        return -0.0
    return product


def _power(first: Number, second: Number) -> Number:
    if math.isnan(second) or (abs(first) == 1 and math.isinf(second)):
        return math.nan
    try:
        return math.pow(first, second)
    except ValueError:
        return math.nan if first != 0 else math.inf
    except OverflowError:
        return -math.inf if first < 0 and second % 2 == 1 else math.inf


def power(first: Value, second: Value, place: Place) -> Value:
    """`first ** second`. What is not exact differs between machines, and between versions of V8, in its last digit."""
    result = _raise(first, second, place)
    if isinstance(result, float) and math.isfinite(result) and not _is_exact(first, second, result):
        return place.unknown("a power that is no exact number", data=True)
    return result


def _is_exact(base: Value, exponent: Value, result: float) -> bool:
    if not isinstance(base, int | float) or not isinstance(exponent, int) or abs(exponent) > 1100:
        return False
    return Fraction(base) ** exponent == result if base else True


def _truncated_divide(first: int, second: int) -> int:
    quotient = abs(first) // abs(second)
    return quotient if (first < 0) == (second < 0) else -quotient


def _big_power(first: int, second: int) -> int:
    if second < 0 or second * first.bit_length() > LARGEST_INTEGER:
        raise ValueError
    return int(first**second)


def _big_shift(first: int, second: int) -> int:
    if abs(second) > LARGEST_INTEGER:
        raise ValueError
    return first << second if second >= 0 else first >> -second


def to_int32(value: Number) -> int:
    if math.isnan(value) or math.isinf(value):
        return 0
    bits = int(value) & 0xFFFFFFFF
    return bits - 0x100000000 if bits >= 0x80000000 else bits


def _bitwise(operation: Callable[[int, int], int]) -> Callable[[Number, Number], Number]:
    return lambda first, second: to_int32(operation(to_int32(first), to_int32(second)))


def _unsigned_shift(first: Number, second: Number) -> Number:
    return (to_int32(first) & 0xFFFFFFFF) >> (to_int32(second) & 31)


_raise = _arithmetic(_power, _big_power)
_add_numbers = _arithmetic(lambda first, second: first + second, lambda first, second: first + second)
subtract = _arithmetic(lambda first, second: first - second, lambda first, second: first - second)


def _compare(strings: Callable[[str, str], bool], numbers: Callable[[Number, Number], bool]) -> Binary:
    def operate(first: Value, second: Value, place: Place) -> Value:
        first, second = to_primitive(first, place, "number"), to_primitive(second, place, "number")
        if isinstance(first, Unknown):
            return first
        if isinstance(second, Unknown):
            return second
        if isinstance(first, str) and isinstance(second, str):
            return strings(utf16(first), utf16(second))
        first, second = _comparable(first, place), _comparable(second, place)
        for value in (first, second):
            if isinstance(value, Unknown):
                return value
        return numbers(first, second)

    return operate


def _comparable(value: Value, place: Place) -> Value:
    if isinstance(value, BigInt):
        return value.value
    return string_to_number(value) if isinstance(value, str) else to_number(value, place)


def utf16(text: str) -> str:
    """A string of UTF-16 code units, as JavaScript counts, cuts and orders strings; `text` itself where that is so."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


def from_utf16(text: str) -> str:
    """The inverse of `utf16`: pairs of surrogates joined, lone ones left."""
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def strict_equals(first: Value, second: Value, place: Place) -> Value:
    first, second = told(first), told(second)
    if isinstance(first, Unknown):
        return first
    return second if isinstance(second, Unknown) else same_type_equal(first, second)


def _loose_equals(first: Value, second: Value, place: Place) -> Value:
    first, second = told(first), told(second)
    if isinstance(first, Unknown):
        return first
    return second if isinstance(second, Unknown) else loosely_equal(first, second, place)


def negate(operation: Binary) -> Binary:
    def operate(first: Value, second: Value, place: Place) -> Value:
        result = operation(first, second, place)
        return result if isinstance(result, Unknown) else not result

    return operate


def contains_key(key: Value, container: Value, place: Place) -> Value:
    """`key in container`."""
    key = to_key(key, place)
    if isinstance(key, Unknown):
        return key
    container = told(container)
    if isinstance(container, Unknown):
        return container
    if isinstance(container, HostObject):
        return key in container.keys()  # noqa: SIM118  (no dict)
    if not isinstance(container, JsArray | JsObject | JsFunction):
        return place.fail("`in` is asked of what is no object")
    return place.evaluator.has(container, key, place)


def instance_of(value: Value, kind: Value, place: Place) -> Value:
    """`value instanceof kind`."""
    if isinstance(value, Unknown):
        return value
    if isinstance(kind, Unknown):
        return kind
    if isinstance(value, HostObject) or isinstance(kind, HostObject):
        found = kind.has_instance(value) if isinstance(kind, HostObject) else None
        return place.unknown("`instanceof` is asked of what another package made") if found is None else found
    if not isinstance(kind, JsFunction):
        return place.fail("`instanceof` is asked of what is no class")
    return place.evaluator.is_instance(value, kind, place)


BINARY: dict[str, Binary] = {
    "+": add,
    "-": subtract,
    "*": _arithmetic(_multiply, lambda first, second: first * second),
    "/": _arithmetic(_divide, _truncated_divide),
    "%": _arithmetic(_remainder, lambda first, second: first - second * _truncated_divide(first, second)),
    "**": power,
    "&": _arithmetic(_bitwise(lambda first, second: first & second), lambda first, second: first & second),
    "|": _arithmetic(_bitwise(lambda first, second: first | second), lambda first, second: first | second),
    "^": _arithmetic(_bitwise(lambda first, second: first ^ second), lambda first, second: first ^ second),
    "<<": _arithmetic(_bitwise(lambda first, second: first << (second & 31)), _big_shift),
    ">>": _arithmetic(
        _bitwise(lambda first, second: first >> (second & 31)), lambda first, second: _big_shift(first, -second)
    ),
    ">>>": _arithmetic(_unsigned_shift, None),
    "<": _compare(lambda first, second: first < second, lambda first, second: first < second),
    ">": _compare(lambda first, second: first > second, lambda first, second: first > second),
    "<=": _compare(lambda first, second: first <= second, lambda first, second: first <= second),
    ">=": _compare(lambda first, second: first >= second, lambda first, second: first >= second),
    "===": strict_equals,
    "!==": negate(strict_equals),
    "==": _loose_equals,
    "!=": negate(_loose_equals),
    "in": contains_key,
    "instanceof": instance_of,
}


def _not(value: Value, place: Place) -> Value:
    found = truth(value)
    return found if isinstance(found, Unknown) else not found


def _minus(value: Value, place: Place) -> Value:
    value = _numeric(value, place)
    if isinstance(value, BigInt):
        return BigInt(-value.value)
    if isinstance(value, Unknown):
        return value
    return -0.0 if value == 0 and math.copysign(1, value) > 0 else number(-value)


def _complement(value: Value, place: Place) -> Value:
    value = _numeric(value, place)
    if isinstance(value, BigInt):
        return BigInt(~value.value)
    return value if isinstance(value, Unknown) else ~to_int32(value)


def _typeof(value: Value, place: Place) -> Value:
    value = told(value)
    return value if isinstance(value, Unknown) else type_of(value)


UNARY: dict[str, Callable[[Value, Place], Value]] = {
    "!": _not,
    "-": _minus,
    "+": to_number,
    "~": _complement,
    "typeof": _typeof,
    "void": lambda value, place: UNDEFINED,
}
