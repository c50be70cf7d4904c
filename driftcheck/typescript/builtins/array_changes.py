"""The methods that change an array, and sorting."""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import to_number
from ..runtime.operators import utf16
from ..runtime.values import UNDEFINED, JsArray, Unknown, Value, unknown_part
from .arrays import bounds, method, whole
from .native import Native, Unknowable, argument, number_of, table, text_of

if TYPE_CHECKING:
    from ..runtime.places import Place


def _changing(native: Callable[[JsArray, list[Value], Place], Value]) -> Native:
    def method(this: Value, arguments: list[Value], place: Place) -> Value:
        if not isinstance(this, JsArray):
            return place.fail("what is changed is no array")
        if this.frozen:
            return place.fail("a frozen array is changed")
        place.evaluator.step(place, 1 + (len(this) >> 6))
        place.evaluator.check_length(len(this) + len(arguments), place)
        try:
            return native(this, arguments, place)
        except Unknowable as found:
            properties.spoil(this, found.unknown)
            raise

    return method


def _push(array: JsArray, arguments: list[Value], place: Place) -> Value:
    if len(array.locations) == len(array):
        array.locations.extend([place.location] * len(arguments))
    array.extend(arguments)
    return properties.get(array, "length", place)


def _unshift(array: JsArray, arguments: list[Value], place: Place) -> Value:
    if len(array.locations) == len(array):
        array.locations[:0] = [place.location] * len(arguments)
    array[:0] = arguments
    return properties.get(array, "length", place)


def _pop(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _take(array, -1, place)


def _shift(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _take(array, 0, place)


def _take(array: JsArray, index: int, place: Place) -> Value:
    if not array:
        return UNDEFINED
    if isinstance(array[index], Unknown) and array[index].many:
        return array[index].as_one()
    if len(array.locations) == len(array):
        array.locations.pop(index)
    return array.pop(index)


def _splice(array: JsArray, arguments: list[Value], place: Place) -> Value:
    unknown = unknown_part(array) or next((a for a in arguments[:2] if isinstance(a, Unknown)), None)
    if unknown is not None:
        properties.spoil(array, unknown)
        return unknown.as_one()
    found = bounds(arguments[:1], len(array), place)
    assert not isinstance(found, Unknown)
    start = found[0]
    count = (
        len(array) - start if len(arguments) == 1 else whole(number_of(argument(arguments, 1, 0), place), len(array))
    )
    end = start + max(0, min(count, len(array) - start)) if arguments else start
    removed = JsArray(array[start:end])
    array[start:end] = arguments[2:]
    array.locations = []
    return removed


def _reverse(array: JsArray, arguments: list[Value], place: Place) -> Value:
    array.reverse()
    array.locations = []
    return array


def _fill(array: JsArray, arguments: list[Value], place: Place) -> Value:
    found = bounds(arguments[1:], len(array), place)
    if isinstance(found, Unknown) or unknown_part(array):
        properties.spoil(array, place.unknown("a part of an array that is not known is filled"))
        return array
    for index in range(*found):
        array[index] = argument(arguments, 0)
    return array


def _sort(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = _sorted(array, arguments, place)
    if isinstance(made, Unknown):
        properties.spoil(array, made)
    else:
        array[:] = made
        array.locations = []
    return array


def _to_spliced(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = JsArray(array)
    removed = _splice(made, arguments, place)
    return removed if isinstance(removed, Unknown) else made


def _to_sorted(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = _sorted(array, arguments, place)
    return made if isinstance(made, Unknown) else JsArray(made)


def _sorted(array: JsArray, arguments: list[Value], place: Place) -> list[Value] | Unknown:
    """By UTF-16 code units without a callback; undefined last in any case."""
    unknown = next((item for item in array if isinstance(item, Unknown)), None)
    if unknown is not None:
        return unknown.as_one()
    known = [item for item in array if item is not UNDEFINED]
    rest = [UNDEFINED] * (len(array) - len(known))
    compare = argument(arguments, 0)
    if isinstance(compare, Unknown):
        return compare.as_choice()
    if compare is not UNDEFINED:
        return _sorted_by(known, compare, place, rest)
    texts = [text_of(item, place) for item in known]
    order = sorted(range(len(known)), key=lambda index: utf16(texts[index]))
    return [known[index] for index in order] + rest


def _sorted_by(known: list[Value], compare: Value, place: Place, rest: list[Value]) -> list[Value] | Unknown:
    unknowns: list[Unknown] = []

    def order(first: Value, second: Value) -> int:
        result = to_number(place.evaluator.invoke(compare, UNDEFINED, [first, second], place), place)
        if isinstance(result, Unknown):
            unknowns.append(result)
            return 0
        return -1 if result < 0 else int(result > 0)

    made = sorted(known, key=cmp_to_key(order))
    return unknowns[0] if unknowns else made + rest


CHANGES = {
    "push": _push, "unshift": _unshift, "pop": _pop, "shift": _shift, "splice": _splice, "reverse": _reverse,
    "fill": _fill, "sort": _sort,
}  # fmt: skip

properties.ARRAY.update(table({name: _changing(native) for name, native in CHANGES.items()}, tolerant=True))
properties.ARRAY.update(table({"toSorted": method(_to_sorted), "toSpliced": method(_to_spliced)}, tolerant=True))
