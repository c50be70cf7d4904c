"""`Array` and the methods of arrays that schema files call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import (
    array_to_string,
    is_number,
    observed,
    same_type_equal,
    same_value_zero,
    to_string,
    truth,
)
from ..runtime.spreading import spread_into
from ..runtime.text import utf16
from ..runtime.values import UNDEFINED, JsArray, Unknown, Value, unknown_part
from .native import BuiltinClass, Native, argument, not_evaluated, number_of, table

if TYPE_CHECKING:
    from ..runtime.places import Place

Method = Callable[[JsArray, list[Value], "Place"], Value]


def _method(native: Method) -> Native:
    def native_method(this: Value, arguments: list[Value], place: Place) -> Value:
        if not isinstance(this, JsArray):
            return this if isinstance(this, Unknown) else place.unknown("what an array's method is called on")
        place.evaluator.step(place, len(this))
        return native(this, arguments, place)

    return native_method


def _sized(native: Method) -> Native:
    """A method that needs to know how many elements there are, and where each is."""

    def exact(array: JsArray, arguments: list[Value], place: Place) -> Value:
        unknown = unknown_part(array)
        return native(array, arguments, place) if unknown is None else unknown.as_one()

    return _method(exact)


def _changing(native: Method) -> Native:
    def method(array: JsArray, arguments: list[Value], place: Place) -> Value:
        if array.frozen:
            return place.fail("a frozen array is changed")
        return native(array, arguments, place)

    return _method(method)


def _locate(made: JsArray, places: list[int], source: JsArray) -> JsArray:
    """`made[i]` is what `source[places[i]]` was."""
    if len(source.locations) == len(source):
        made.locations = [source.locations[index] for index in places]
    return made


# -- With a callback --------------------------------------------------------------------------------------------


def _calls(array: JsArray, arguments: list[Value], place: Place) -> Iterator[tuple[int, Value, Value]]:
    """Index, element and the callback's result for each element; an Unknown for any number of them passes through."""
    function, this = argument(arguments, 0), argument(arguments, 1)
    invoke = place.evaluator.invoke
    for index, item in _live(array):
        if isinstance(item, Unknown) and item.many:
            place.evaluator.hand_over([function], item)
            yield index, item, item
        else:
            yield index, item, invoke(function, this, [item, index, array], place)


def _live(array: JsArray) -> Iterator[tuple[int, Value]]:
    """What a callback is called with: elements added meanwhile are not, and one that became unknown stands for more."""
    for index in range(len(array)):
        last = array[min(index, len(array) - 1)] if array else UNDEFINED
        if index < len(array) or (isinstance(last, Unknown) and last.many):
            yield index, last
        if index >= len(array):
            return


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
        else:
            made.append(result.as_many() if isinstance(result, Unknown) else result)
    return made


def _find(array: JsArray, arguments: list[Value], place: Place) -> Value:
    for _, item, result in _calls(array, arguments, place):
        test = truth(result)
        if isinstance(test, Unknown):
            return test.as_one().as_choice()
        if test:
            return item
    return UNDEFINED


def _quantified(*, wanted: bool) -> Method:
    """`some` and `every`: known as soon as one known result decides it, whatever is unknown beside it."""

    def method(array: JsArray, arguments: list[Value], place: Place) -> Value:
        unknown: Unknown | None = None
        for _, _, result in _calls(array, arguments, place):
            test = truth(result)
            if isinstance(test, Unknown):
                unknown = unknown or test.as_one()
            elif test is wanted:
                return wanted
        return not wanted if unknown is None else unknown

    return method


def _reduce(array: JsArray, arguments: list[Value], place: Place) -> Value:
    if len(arguments) < 2 and not array:
        return place.fail("an empty array is reduced without a first value")
    result = array[0] if len(arguments) < 2 else arguments[1]
    for index, item in _live(array):
        if isinstance(item, Unknown) and item.many:
            place.evaluator.hand_over(arguments[:1], item)
            return item.as_one()
        if index == 0 and len(arguments) < 2:
            continue
        result = place.evaluator.invoke(argument(arguments, 0), UNDEFINED, [result, item, index, array], place)
    return result


# -- Searching --------------------------------------------------------------------------------------------------


def _includes(array: JsArray, arguments: list[Value], place: Place) -> Value:
    wanted = _searched(arguments, place)
    if isinstance(wanted, Unknown):
        return wanted
    if any(same_value_zero(item, wanted) for item in array if not isinstance(item, Unknown)):
        return True
    unknown = next((item for item in array if isinstance(item, Unknown)), None)
    return False if unknown is None else unknown.as_one()


def _index_of(array: JsArray, arguments: list[Value], place: Place) -> Value:
    wanted = _searched(arguments, place)
    if isinstance(wanted, Unknown):
        return wanted
    for index, item in enumerate(array):
        if isinstance(item, Unknown):
            return item.as_one()
        if same_type_equal(item, wanted):
            return index
    return -1


def _searched(arguments: list[Value], place: Place) -> Value:
    if len(arguments) > 1:
        return place.unknown("a search from the middle of an array is not evaluated")
    return observed(argument(arguments, 0))


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


def bounds(arguments: list[Value], length: int, place: Place) -> tuple[int, int]:
    """What `slice(start, end)` takes of so many. Raises Unknowable."""
    found = [0, length]
    for which in (0, 1):
        value = argument(arguments, which)
        if value is not UNDEFINED:
            index = whole(number_of(value, place), length)
            found[which] = max(length + index, 0) if index < 0 else min(index, length)
    return found[0], found[1]


def whole(number: float, limit: int) -> int:
    """A number as an index: NaN is 0, fractions are cut off, and infinities stop at the limit."""
    if number != number:
        return 0
    return int(max(min(number, limit + 1), -limit - 1))


def _slice(array: JsArray, arguments: list[Value], place: Place) -> Value:
    start, end = bounds(arguments, len(array), place)
    return _locate(JsArray(array[start:end]), list(range(start, max(start, end))), array)


def _flat(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = JsArray()
    _flatten(array, min(number_of(argument(arguments, 0, 1), place), 100), made, place)
    return made


def _flatten(array: JsArray, depth: float, made: JsArray, place: Place) -> None:
    place.evaluator.step(place, len(array))
    place.evaluator.check_length(len(made) + len(array), place)
    for item in array:
        if isinstance(item, JsArray) and depth >= 1:
            _flatten(item, depth - 1, made, place)
        elif isinstance(item, Unknown) and depth >= 1:
            made.append(item.as_many())
        else:
            made.append(item)


def _at(array: JsArray, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(array))
    index += len(array) if index < 0 else 0
    return array[index] if 0 <= index < len(array) else UNDEFINED


def _entries(array: JsArray, arguments: list[Value], place: Place) -> Value:
    place.evaluator.make(100 * len(array), place)
    return JsArray(JsArray([index, item]) for index, item in enumerate(array))


# -- Changing -----------------------------------------------------------------------------------------------------


def _push(array: JsArray, arguments: list[Value], place: Place) -> Value:
    place.evaluator.check_length(len(array) + len(arguments), place)
    if len(array.locations) == len(array):
        array.locations.extend([place.location] * len(arguments))
    array.extend(arguments)
    return properties.get(array, "length", place)


def _reverse(array: JsArray, arguments: list[Value], place: Place) -> Value:
    array.reverse()
    array.locations = []
    return array


def _fill(array: JsArray, arguments: list[Value], place: Place) -> Value:
    if len(arguments) > 1 or unknown_part(array):
        properties.spoil(array, place.unknown("a part of an array is filled"))
    else:
        array[:] = [argument(arguments, 0)] * len(array)
    return array


def _sort(array: JsArray, arguments: list[Value], place: Place) -> Value:
    made = _sorted(array, argument(arguments, 0), place)
    if isinstance(made, Unknown):
        properties.spoil(array, made)
    else:
        array[:] = made
        array.locations = []
    return array


def _sorted(array: JsArray, compare: Value, place: Place) -> list[Value] | Unknown:
    """By UTF-16 code units, undefined last."""
    if compare is not UNDEFINED:
        unknown = place.unknown("sort with a function is not evaluated")
        place.evaluator.hand_over([compare], unknown)
        return unknown
    known = [item for item in array if item is not UNDEFINED]
    texts = [to_string(item, place) for item in known]
    unwritten = next((text for text in texts if isinstance(text, Unknown)), None)
    order = sorted(range(len(known)), key=lambda index: utf16(str(texts[index])))
    return unwritten or [known[index] for index in order] + [UNDEFINED] * (len(array) - len(known))


def array_methods() -> dict[str, Value]:
    """What arrays inherit."""
    methods = {
        "map": _method(_map), "filter": _method(_filter), "forEach": _method(_for_each), "flatMap": _method(_flat_map),
        "find": _method(_find), "some": _method(_quantified(wanted=True)), "every": _method(_quantified(wanted=False)),
        "reduce": _method(_reduce), "includes": _method(_includes), "indexOf": _method(_index_of),
        "join": _method(_join), "toString": _method(lambda array, _arguments, place: array_to_string(array, place)),
        "concat": _method(_concat), "slice": _sized(_slice), "flat": _method(_flat), "at": _sized(_at),
        "entries": _sized(_entries), "push": _changing(_push), "reverse": _changing(_reverse),
        "fill": _changing(_fill), "sort": _changing(_sort),
    }  # fmt: skip
    return {
        **table(methods, tolerant=True),
        **not_evaluated("copyWithin pop shift splice unshift".split(), changes=True),
        **not_evaluated(
            "findIndex findLast findLastIndex keys lastIndexOf reduceRight toLocaleString toReversed toSorted toSpliced"
            " values with".split()
        ),
    }


# -- Array ------------------------------------------------------------------------------------------------------


def _is_array(this: Value, arguments: list[Value], place: Place) -> Value:
    value = observed(argument(arguments, 0))
    return value if isinstance(value, Unknown) else isinstance(value, JsArray)


def _from(this: Value, arguments: list[Value], place: Place) -> Value:
    source, function = argument(arguments, 0), argument(arguments, 1)
    length: Value = properties.get(source, "length", place) if isinstance(source, dict) else UNDEFINED
    if is_number(length):
        count = whole(length, 2**31)
        place.evaluator.check_length(count, place)
        found: list[Value] | Unknown = [properties.get(source, str(index), place) for index in range(count)]
    else:
        found = properties.iterate(source, place)
    if isinstance(found, Unknown):
        return found.as_one()
    made = JsArray(found, source.locations if isinstance(source, JsArray) else ())
    place.evaluator.step(place, len(made))
    return made if function is UNDEFINED else _map(made, [function], place)


def _make(arguments: list[Value], place: Place) -> Value:
    if len(arguments) == 1 and is_number(arguments[0]):
        length = arguments[0]
        if not isinstance(length, int) or length < 0:
            return place.fail("an array cannot have that length")
        place.evaluator.check_length(length, place)
        return JsArray([UNDEFINED] * length)
    return JsArray(arguments)


def array_class() -> BuiltinClass:
    statics = table({"isArray": _is_array, "from": _from}, tolerant=True)
    return BuiltinClass("Array", lambda this, arguments, place: _make(arguments, place), _make, (JsArray,), statics)
