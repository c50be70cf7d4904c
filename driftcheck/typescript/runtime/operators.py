"""The unary and binary operators on values (ECMA-262, section 13)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import properties
from .coercion import (
    Number,
    is_number,
    loosely_equal,
    number,
    observed,
    same_type_equal,
    string_to_number,
    to_key,
    to_number,
    to_primitive,
    to_string,
    truth,
    type_of,
)
from .text import utf16
from .values import BigInt, HostObject, JsArray, JsFunction, JsObject, Unknown, Value

if TYPE_CHECKING:
    from .places import Place

Binary = Callable[[Value, Value, "Place"], Value]


def add(first: Value, second: Value, place: Place) -> Value:
    if first.__class__ is str and second.__class__ is str:
        return place.evaluator.join((first, second), place)
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
        return place.evaluator.join((first, second), place)
    return _add_numbers(first, second, place)


def _arithmetic(numbers: Callable[[Number, Number], Number]) -> Binary:
    def operate(first: Value, second: Value, place: Place) -> Value:
        first, second = _numeric(first, place), _numeric(second, place)
        if isinstance(first, Unknown):
            return first
        if isinstance(second, Unknown):
            return second
        if isinstance(first, BigInt) or isinstance(second, BigInt):
            return place.unknown("arithmetic of BigInts is not evaluated")
        try:
            return number(numbers(first, second))
        except OverflowError:
            return math.inf

    return operate


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


def _power(first: Value, second: Value, place: Place) -> Value:
    """`first ** second` of whole numbers. What is not exact differs between machines in its last digit."""
    first, second = _numeric(first, place), _numeric(second, place)
    if isinstance(first, int) and isinstance(second, int) and 0 <= second * first.bit_length() <= 1_000:
        result = first**second
        if result.bit_length() <= 53:
            return number(result)
    return place.unknown("a power that is not a whole number is not evaluated", data=True)


def to_int32(value: Number) -> int:
    if math.isnan(value) or math.isinf(value):
        return 0
    bits = int(value) & 0xFFFFFFFF
    return bits - 0x100000000 if bits >= 0x80000000 else bits


def _bitwise(operation: Callable[[int, int], int]) -> Callable[[Number, Number], Number]:
    return lambda first, second: to_int32(operation(to_int32(first), to_int32(second)))


def _unsigned_shift(first: Number, second: Number) -> Number:
    return (to_int32(first) & 0xFFFFFFFF) >> (to_int32(second) & 31)


_add_numbers = _arithmetic(lambda first, second: first + second)


def _compare(strings: Callable[[str, str], bool], numbers: Callable[[Number, Number], bool]) -> Binary:
    def operate(first: Value, second: Value, place: Place) -> Value:
        first, second = to_primitive(first, place, "number"), to_primitive(second, place, "number")
        if isinstance(first, Unknown):
            return first
        if isinstance(second, Unknown):
            return second
        if isinstance(first, str) and isinstance(second, str):
            place.evaluator.step(place, (len(first) + len(second)) >> 4)
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


def strict_equals(first: Value, second: Value, place: Place) -> Value:
    first, second = observed(first), observed(second)
    if isinstance(first, Unknown):
        return first
    return second if isinstance(second, Unknown) else same_type_equal(first, second)


def _loose_equals(first: Value, second: Value, place: Place) -> Value:
    first, second = observed(first), observed(second)
    if isinstance(first, Unknown):
        return first
    return second if isinstance(second, Unknown) else loosely_equal(first, second, place)


def _negate(operation: Binary) -> Binary:
    def operate(first: Value, second: Value, place: Place) -> Value:
        result = operation(first, second, place)
        return result if isinstance(result, Unknown) else not result

    return operate


def contains_key(key: Value, container: Value, place: Place) -> Value:
    """`key in container`."""
    key = to_key(key, place)
    if isinstance(key, Unknown):
        return key
    container = observed(container)
    if isinstance(container, Unknown):
        return container
    if isinstance(container, HostObject):
        return key in container.keys()  # noqa: SIM118  (no dict)
    if not isinstance(container, JsArray | JsObject | JsFunction):
        return place.fail("`in` is used on what is not an object")
    return properties.has(container, key, place)


def instance_of(value: Value, kind: Value, place: Place) -> Value:
    """`value instanceof kind`."""
    if isinstance(value, Unknown):
        return value
    if isinstance(kind, Unknown):
        return kind
    if isinstance(value, HostObject) or isinstance(kind, HostObject):
        found = kind.has_instance(value) if isinstance(kind, HostObject) else None
        return place.unknown("`instanceof` is used on what another package made") if found is None else found
    if not isinstance(kind, JsFunction):
        return place.fail("`instanceof` is used with what is not a class")
    return kind.has_instance(value, place)


BINARY: dict[str, Binary] = {
    "+": add,
    "-": _arithmetic(lambda first, second: first - second),
    "*": _arithmetic(_multiply),
    "/": _arithmetic(_divide),
    "%": _arithmetic(_remainder),
    "**": _power,
    "&": _arithmetic(_bitwise(lambda first, second: first & second)),
    "|": _arithmetic(_bitwise(lambda first, second: first | second)),
    "^": _arithmetic(_bitwise(lambda first, second: first ^ second)),
    "<<": _arithmetic(_bitwise(lambda first, second: first << (second & 31))),
    ">>": _arithmetic(_bitwise(lambda first, second: first >> (second & 31))),
    ">>>": _arithmetic(_unsigned_shift),
    "<": _compare(lambda first, second: first < second, lambda first, second: first < second),
    ">": _compare(lambda first, second: first > second, lambda first, second: first > second),
    "<=": _compare(lambda first, second: first <= second, lambda first, second: first <= second),
    ">=": _compare(lambda first, second: first >= second, lambda first, second: first >= second),
    "===": strict_equals,
    "!==": _negate(strict_equals),
    "==": _loose_equals,
    "!=": _negate(_loose_equals),
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
        return place.unknown("arithmetic of BigInts is not evaluated")
    return value if isinstance(value, Unknown) else ~to_int32(value)


def _typeof(value: Value, place: Place) -> Value:
    value = observed(value)
    return value if isinstance(value, Unknown) else type_of(value)


UNARY: dict[str, Callable[[Value, Place], Value]] = {
    "!": _not,
    "-": _minus,
    "+": to_number,
    "~": _complement,
    "typeof": _typeof,
}
