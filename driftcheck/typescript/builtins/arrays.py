"""`Array` and the methods of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import (
    array_to_string,
    is_number,
    same_type_equal,
    same_value_zero,
    to_number,
    to_string,
    told,
    truth,
)
from ..runtime.spreading import spread_into
from ..runtime.values import UNDEFINED, JsArray, Unknown, Value, unknown_part
from .native import BuiltinClass, Native, argument, number_of, table

if TYPE_CHECKING:
    from ..runtime.places import Place


def _array_like(this: Value, place: Place) -> JsArray | Unknown:
    if isinstance(this, JsArray):
        return this
    found = properties.iterate(this, place)
    return found if isinstance(found, Unknown) else JsArray(found)


def method(native: Callable[[JsArray, list[Value], Place], Value]) -> Native:
    """A method of arrays, for whatever can be iterated over."""

    def native_method(this: Value, arguments: list[Value], place: Place) -> Value:
        array = _array_like(this, place)
        if isinstance(array, Unknown):
            return array
        place.evaluator.step(place, len(array))
        return native(array, arguments, place)

    return native_method


def _sized(native: Callable[[JsArray, list[Value], Place], Value]) -> Native:
    """A method that needs to know how many elements there are, and where each is."""

    def exact(array: JsArray, arguments: list[Value], place: Place) -> Value:
        unknown = unknown_part(array)
        return native(array, arguments, place) if unknown is None else unknown.as_one()

    return method(exact)


def _locate(made: JsArray, places: list[int], source: JsArray) -> JsArray:
    """`made[i]` is what `source[places[i]]` was."""
    if len(source.locations) == len(source):
        made.locations = [source.locations[index] for index in places]
    return made


# -- With a callback --------------------------------------------------------------------------------------------


def _calls(
    array: JsArray, arguments: list[Value], place: Place, *, backwards: bool = False
) -> Iterator[tuple[int, Value, Value]]:
    """Index, element and the callback's result for each element; an Unknown for any number of them passes through."""
    function, this = argument(arguments, 0), argument(arguments, 1)
    invoke = place.evaluator.invoke
    indexes = range(len(array))
    for index in reversed(indexes) if backwards else indexes:
        if index >= len(array):
            continue
        item = array[index]
        if isinstance(item, Unknown) and item.many:
            place.evaluator.on_unknown_call([function], item)
            yield index, item, item
        else:
            yield index, item, invoke(function, this, [item, index, array], place)


def _map(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = JsArray(result for _, _, result in _calls(array, arguments, place))
    return _locate(made, list(range(len(made))), array) if len(made) == len(array) else made


def _filter(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made, places = JsArray(), []
    for index, item, result in _calls(array, arguments, place):
        test = truth(result)
        if isinstance(test, Unknown):
            made.append(test.as_many().as_choice())
            places.append(index)
        elif test:
            made.append(item)
            places.append(index)
    return _locate(made, places, array)


def _for_each(array: JsArray, arguments: list[Value], place: Place) -> Value:
    for _ in _calls(array, arguments, place):
        pass
    return UNDEFINED


def _flat_map(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = JsArray()
    for _, _, result in _calls(array, arguments, place):
        if isinstance(result, JsArray):
            spread_into(made, result, place)
        elif isinstance(result, Unknown):
            made.append(result.as_many())
        else:
            made.append(result)
    return made


def _search(
    array: JsArray, arguments: list[Value], place: Place, *, backwards: bool
) -> tuple[int, Value] | Unknown | None:
    """The first element the callback is true of, or the last."""
    for index, item, result in _calls(array, arguments, place, backwards=backwards):
        test = truth(result)
        if isinstance(test, Unknown):
            return test.as_one().as_choice()
        if test:
            return index, item
    return None


def _find(array: JsArray, arguments: list[Value], place: Place, *, backwards: bool = False) -> Value:
    found = _search(array, arguments, place, backwards=backwards)
    return found[1] if isinstance(found, tuple) else UNDEFINED if found is None else found


def _find_index(array: JsArray, arguments: list[Value], place: Place, *, backwards: bool = False) -> Value:
    found = _search(array, arguments, place, backwards=backwards)
    return found[0] if isinstance(found, tuple) else -1 if found is None else found


def _some(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _quantify(array, arguments, place, wanted=True)


def _every(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _quantify(array, arguments, place, wanted=False)


def _quantify(array: JsArray, arguments: list[Value], place: Place, *, wanted: bool) -> Value:
    """Known as soon as one known result decides it, whatever is unknown beside it."""
    unknown: Unknown | None = None
    for _, _, result in _calls(array, arguments, place):
        test = truth(result)
        if isinstance(test, Unknown):
            unknown = unknown or test.as_one()
        elif test is wanted:
            return wanted
    return not wanted if unknown is None else unknown


def _reduce(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _fold(list(enumerate(array)), array, arguments, place)


def _reduce_right(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _fold(list(enumerate(array))[::-1], array, arguments, place)


def _fold(items: list[tuple[int, Value]], array: JsArray, arguments: list[Value], place: Place) -> Value:
    function = argument(arguments, 0)
    if len(arguments) > 1:
        result = arguments[1]
    elif items:
        result = items.pop(0)[1]
    else:
        return place.fail("an empty array is reduced without a first value")
    for index, item in items:
        if isinstance(item, Unknown) and item.many:
            return item.as_one()
        result = place.evaluator.invoke(function, UNDEFINED, [result, item, index, array], place)
    return result


# -- Searching --------------------------------------------------------------------------------------------------


def _includes(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _contains(_from_index(array, arguments, place), argument(arguments, 0), same_value_zero)


def _from_index(array: JsArray, arguments: list[Value], place: Place) -> list[Value]:
    """The elements that a search from `arguments[1]` on looks at."""
    if len(arguments) < 2:
        return array
    start = whole(number_of(arguments[1], place), len(array))
    return array[start if start >= 0 else max(0, len(array) + start) :]


def _contains(array: list[Value], wanted: Value, equal: Callable[[Value, Value], bool]) -> Value:
    wanted = told(wanted)
    if isinstance(wanted, Unknown):
        return wanted
    if any(equal(item, wanted) for item in array if not isinstance(item, Unknown)):
        return True
    unknown = next((item for item in array if isinstance(item, Unknown)), None)
    return False if unknown is None else unknown.as_one()


def _index_of(array: JsArray, arguments: list[Value], place: Place) -> Value:
    rest = _from_index(array, arguments, place)
    return _position(list(enumerate(rest, len(array) - len(rest))), argument(arguments, 0))


def _last_index_of(array: JsArray, arguments: list[Value], place: Place) -> Value:
    end = whole(number_of(arguments[1], place), len(array)) if len(arguments) > 1 else len(array)
    end = end if end >= 0 else len(array) + end
    return _position(list(enumerate(array[: max(0, end + 1)]))[::-1], argument(arguments, 0))


def _position(items: list[tuple[int, Value]], wanted: Value) -> Value:
    wanted = told(wanted)
    if isinstance(wanted, Unknown):
        return wanted
    for index, item in items:
        if isinstance(item, Unknown):
            return item.as_one()
        if same_type_equal(item, wanted):
            return index
    return -1


# -- Making new ones --------------------------------------------------------------------------------------------


def _join(array: JsArray, arguments: list[Value], place: Place) -> Value:
    separator = argument(arguments, 0)
    separator = "," if separator is UNDEFINED else to_string(separator, place)
    return separator if isinstance(separator, Unknown) else array_to_string(array, place, separator)


def _concat(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = JsArray(array)
    if len(array.locations) == len(array):
        made.locations = list(array.locations)
    for item in arguments:
        if isinstance(item, JsArray):
            spread_into(made, item, place)
            made.locations.extend(item.locations)
        elif isinstance(item, Unknown):
            made.append(item.as_many())
        else:
            made.append(item)
            made.locations.append(place.location)
    return made


def bounds(arguments: list[Value], length: int, place: Place) -> tuple[int, int] | Unknown:
    """What `slice(start, end)` takes of so many."""
    found = [0, length]
    for which in (0, 1):
        value = argument(arguments, which)
        if value is UNDEFINED:
            continue
        number = to_number(value, place)
        if isinstance(number, Unknown):
            return number
        index = whole(number, length)
        found[which] = max(length + index, 0) if index < 0 else min(index, length)
    return found[0], found[1]


def whole(number: float, limit: int) -> int:
    """A number as an index: NaN is 0, fractions are cut off, and infinities stop at the limit."""
    if number != number:
        return 0
    return int(max(min(number, limit + 1), -limit - 1))


def _slice(array: JsArray, arguments: list[Value], place: Place) -> Value:
    found = bounds(arguments, len(array), place)
    if isinstance(found, Unknown):
        return found
    start, end = found
    return _locate(JsArray(array[start:end]), list(range(start, max(start, end))), array)


def _flat(array: JsArray, arguments: list[Value], place: Place) -> Value:
    depth = to_number(argument(arguments, 0, 1), place)
    if isinstance(depth, Unknown):
        return depth
    made = JsArray()
    _flatten(array, min(depth, 100), made, place)
    return made


def _flatten(array: JsArray, depth: float, made: JsArray, place: Place) -> None:
    place.evaluator.step(place, len(array))
    for item in array:
        if isinstance(item, JsArray) and depth >= 1:
            _flatten(item, depth - 1, made, place)
        elif isinstance(item, Unknown) and depth >= 1:
            made.append(item.as_many())
        else:
            made.append(item)


def _reversed(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return _locate(JsArray(reversed(array)), list(range(len(array)))[::-1], array)


def _at(array: JsArray, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(array))
    index += len(array) if index < 0 else 0
    return array[index] if 0 <= index < len(array) else UNDEFINED


def _keys(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return JsArray(range(len(array)))


def _entries(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return JsArray(JsArray([index, item]) for index, item in enumerate(array))


def _values(array: JsArray, arguments: list[Value], place: Place) -> Value:
    return JsArray(array)


def _with(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made, index = JsArray(array), argument(arguments, 0)
    if not isinstance(index, int) or not -len(array) <= index < len(array):
        return place.fail("an index is outside the array", "RangeError")
    made[index] = argument(arguments, 1)
    return made


# -- Array ------------------------------------------------------------------------------------------------------


def _is_array(this: Value, arguments: list[Value], place: Place) -> Value:
    value = told(argument(arguments, 0))
    return value if isinstance(value, Unknown) else isinstance(value, JsArray)


def _from(this: Value, arguments: list[Value], place: Place) -> Value:
    source, function = argument(arguments, 0), argument(arguments, 1)
    length: Value = properties.get(source, "length", place) if isinstance(source, dict) else UNDEFINED
    if is_number(length):
        place.evaluator.check_length(int(length), place)
        items = [properties.get(source, str(index), place) for index in range(int(length))]
        made: JsArray | Unknown = JsArray(items)
    else:
        found = properties.iterate(source, place)
        made = found if isinstance(found, Unknown) else JsArray(found)
    if isinstance(made, Unknown):
        return made.as_one()
    if isinstance(source, JsArray):
        made.locations = list(source.locations)
    place.evaluator.step(place, len(made))
    return made if function is UNDEFINED else _map(made, [function], place)


def _of(this: Value, arguments: list[Value], place: Place) -> Value:
    return JsArray(arguments)


def _make(arguments: list[Value], place: Place) -> Value:
    if len(arguments) == 1 and is_number(arguments[0]):
        length = arguments[0]
        if not isinstance(length, int) or length < 0:
            return place.fail("an array of that length cannot be", "RangeError")
        place.evaluator.check_length(length, place)
        return JsArray([UNDEFINED] * length)
    return JsArray(arguments)


METHODS = {
    "map": method(_map), "filter": method(_filter), "forEach": method(_for_each), "flatMap": method(_flat_map),
    "find": method(_find), "findIndex": method(_find_index), "findLast": _sized(partial(_find, backwards=True)),
    "findLastIndex": _sized(partial(_find_index, backwards=True)), "some": method(_some), "every": method(_every),
    "reduce": method(_reduce), "reduceRight": method(_reduce_right), "includes": method(_includes),
    "indexOf": method(_index_of), "lastIndexOf": method(_last_index_of), "join": method(_join),
    "toString": method(lambda array, arguments, place: array_to_string(array, place)), "concat": method(_concat),
    "slice": _sized(_slice), "flat": method(_flat), "toReversed": method(_reversed), "at": _sized(_at),
    "keys": _sized(_keys), "entries": _sized(_entries), "values": method(_values), "with": _sized(_with),
}  # fmt: skip

properties.ARRAY.update(table(METHODS, tolerant=True))

ARRAY = BuiltinClass(
    "Array",
    lambda this, arguments, place: _make(arguments, place),
    _make,
    (JsArray,),
    table({"isArray": _is_array, "from": _from, "of": _of}, tolerant=True),
    methods=properties.ARRAY,
)
