"""Reading, writing and listing properties of any value."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ...location import Location
from .text import from_utf16, utf16
from .values import (
    UNDEFINED,
    UNKNOWN_KEYS,
    Getter,
    HostObject,
    JsArray,
    JsExotic,
    JsFunction,
    JsObject,
    Symbol,
    Unknown,
    Value,
    is_nullish,
    unknown_part,
)

if TYPE_CHECKING:
    from .places import Place
    from .prototypes import Methods


def get(value: Value, key: Value, place: Place) -> Value:
    """`value[key]`; `key` is a str or a Symbol."""
    kind = value.__class__
    if kind is JsObject:
        if key in value:
            return value[key]
        return get_from_object(value, key, place)
    if isinstance(value, HostObject):
        return value.get(key.description if isinstance(key, Symbol) else key, place.site)
    if kind is Unknown:
        return value
    if kind is JsArray:
        return _get_from_array(value, key, place)
    if kind is str:
        return _get_from_string(value, key, place)
    if isinstance(value, JsFunction):
        return get_from_function(value, key, place)
    if isinstance(value, JsObject):
        return get_from_object(value, key, place)
    if isinstance(value, JsExotic):
        found = value.read(key, place)
        return _inherited({}, key, place) if found is UNDEFINED else found
    if is_nullish(value):
        return place.fail(f"{_shown(key)} is read of {'null' if value is None else 'undefined'}")
    if isinstance(value, Symbol) and key == "description":
        return value.description
    prototypes = place.evaluator.prototypes
    return _inherited(prototypes.symbol if isinstance(value, Symbol) else prototypes.number, key, place)


def _shown(key: Value) -> str:
    return key.description if isinstance(key, Symbol) else str(key)


def _inherited(methods: Methods, key: Value, place: Place) -> Value:
    if key in methods:
        return methods[key]
    return place.evaluator.prototypes.object.get(key, UNDEFINED)


def get_from_object(value: JsObject, key: Value, place: Place) -> Value:
    """A property of `value` or of what it inherits from."""
    holder: Value = value
    for _ in range(1000):
        if isinstance(holder, JsFunction):
            return get_from_function(holder, key, place)
        if not isinstance(holder, JsObject):
            return get(holder, key, place) if isinstance(holder, Unknown | HostObject) else UNDEFINED
        if key in holder:
            return holder[key]
        if holder.hidden is not None and key in holder.hidden:
            found = holder.hidden[key]
            return found.function.invoke(value, [], place) if isinstance(found, Getter) else found
        if UNKNOWN_KEYS in holder:
            return holder[UNKNOWN_KEYS].as_one()
        if holder.prototype is None:
            break
        holder = holder.prototype
    return _inherited({}, key, place)


def get_from_function(function: JsFunction, key: Value, place: Place) -> Value:
    own = function.properties
    if own is not None and key in own:
        return own[str(key)]
    if key == "name":
        return function.name
    special = function.special(key)
    if special is not UNDEFINED:
        return special
    prototypes = place.evaluator.prototypes
    if own is not None and key not in prototypes.function and key not in prototypes.object:
        return get_from_object(own, key, place)
    return _inherited(prototypes.function, key, place)


def index_of(key: Value) -> int | None:
    """The array index that a key is, if it is one."""
    if isinstance(key, str) and key.isascii() and key.isdigit() and (key == "0" or key[0] != "0") and len(key) < 16:
        return int(key)
    return None


def _get_from_array(array: JsArray, key: Value, place: Place) -> Value:
    index = index_of(key)
    if index is not None:
        return element(array, index, place)
    if key == "length":
        return _length(array, place)
    if key == "raw" and array.raw is not None:
        return array.raw
    return _inherited(place.evaluator.prototypes.array, key, place)


def element(array: JsArray, index: int, place: Place) -> Value:
    place.evaluator.step(place, min(index, len(array)) >> 4)
    for item in islice(array, index + 1):
        if item.__class__ is Unknown and item.many:
            return item.as_one()
    return array[index] if index < len(array) else UNDEFINED


def _length(array: JsArray, place: Place) -> Value:
    place.evaluator.step(place, len(array) >> 4)
    for item in array:
        if item.__class__ is Unknown and item.many:
            return item.as_one()
    return len(array)


def _get_from_string(text: str, key: Value, place: Place) -> Value:
    if not text.isascii():
        place.evaluator.step(place, len(text) >> 4)
    index = index_of(key)
    if index is not None:
        units = utf16(text)
        return units[index] if index < len(units) else UNDEFINED
    if key == "length":
        return len(utf16(text))
    return _inherited(place.evaluator.prototypes.string, key, place)


def put(target: Value, key: Value, value: Value, place: Place) -> None:
    """`target[key] = value`. On what cannot hold it, nothing happens."""
    if isinstance(target, JsArray):
        _put_in_array(target, key, value, place)
    elif isinstance(target, JsFunction):
        put_in_object(target.own(), key, value, place)
    elif isinstance(target, JsObject):
        put_in_object(target, key, value, place)
    elif isinstance(target, HostObject):
        target.set(key.description if isinstance(key, Symbol) else key, value, place.site)


def put_in_object(target: JsObject, key: Value, value: Value, place: Place) -> None:
    if target.frozen:
        return
    if isinstance(key, Symbol) or key.startswith("#"):
        hide(target, key, value)
        return
    target[key] = value
    place.evaluator.check_length(len(target), place)
    target.locations.setdefault(key, place.location)


def hide(target: JsObject, key: object, value: Value) -> None:
    """Sets what does not enumerate."""
    if target.hidden is None:
        target.hidden = {}
    target.hidden[key] = value


def define(target: JsObject, key: str | Symbol, value: Value, location: Location) -> None:
    """Sets an own property."""
    if isinstance(key, Symbol) or key.startswith("#"):
        hide(target, key, value)
        return
    target[key] = value
    target.locations[key] = location


def _put_in_array(array: JsArray, key: Value, value: Value, place: Place) -> None:
    if array.frozen:
        return
    index = index_of(key)
    if index is None or index > len(array) or unknown_part(array) is not None:
        spoil(array, place.unknown("something else than a known element of an array is set"))
        return
    place.evaluator.check_length(index + 1, place)
    array[index : index + 1] = [value]


def spoil(value: Value, unknown: Unknown) -> None:
    """Makes the contents of an array or object unknown, in place: everyone who holds it must see that."""
    if isinstance(value, JsArray):
        value[:] = [unknown.as_many()]
        value.locations = []
    elif isinstance(value, JsObject):
        for key in value:
            value[key] = unknown.as_one()
        value[UNKNOWN_KEYS] = unknown.as_many()
    elif isinstance(value, JsFunction) and value.properties is not None:
        spoil(value.properties, unknown)


def has(container: Value, key: Value, place: Place) -> Value:
    """`key in container`, for what the program or the language made."""
    if isinstance(container, JsArray):
        length = _length(container, place)
        index = index_of(key)
        if index is not None:
            return length if isinstance(length, Unknown) else index < length
        return key == "length" or key in place.evaluator.prototypes.array
    if isinstance(container, JsFunction):
        return get_from_function(container, key, place) is not UNDEFINED
    holder: Value = container
    for _ in range(1000):
        if isinstance(holder, Unknown):
            return holder
        if not isinstance(holder, JsObject):
            break
        if key in holder or (holder.hidden and key in holder.hidden):
            return True
        if UNKNOWN_KEYS in holder:
            return holder[UNKNOWN_KEYS].as_one()
        holder = holder.prototype
    return key in place.evaluator.prototypes.object


def own_keys(value: JsObject) -> list[str]:
    """Enumerable keys in JavaScript's order: array indexes ascending, the others as inserted; with `UNKNOWN_KEYS`."""
    keys = list(value)
    if any(key[:1].isdigit() for key in keys):
        indexes = [key for key in keys if index_of(key) is not None]
        if indexes:
            chosen = set(indexes)
            return sorted(indexes, key=int) + [key for key in keys if key not in chosen]
    return keys


def entries(value: Value, place: Place) -> list[tuple[str, Value]] | Unknown:
    """The own enumerable properties of any value; `UNKNOWN_KEYS` is among them."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, JsObject):
        return [(key, value[key]) for key in own_keys(value)]
    if isinstance(value, JsArray):
        unknown = _length(value, place)
        if isinstance(unknown, Unknown):
            return unknown
        return [(str(index), item) for index, item in enumerate(value)]
    if isinstance(value, HostObject):
        if value.unobservable:
            return place.unknown(value.unobservable)
        return [(key, value.get(key, place.site)) for key in value.keys()]  # noqa: SIM118  (no dict)
    if isinstance(value, JsFunction):
        return [] if value.properties is None else entries(value.properties, place)
    if isinstance(value, str):
        return [(str(index), unit) for index, unit in enumerate(utf16(value))]
    return []


def iterate(value: Value, place: Place) -> list[Value] | Unknown:
    """What `for (… of value)` and `[...value]` see; an Unknown with `many` among them stands for any number."""
    if isinstance(value, JsArray):
        return list(value)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, str):
        return list(from_utf16(value))
    if isinstance(value, JsExotic):
        return value.iterate(place)
    if isinstance(value, HostObject):
        return place.unknown("the elements of what another package made")
    if isinstance(value, JsObject) and (value.prototype is not None or value.hidden or UNKNOWN_KEYS in value):
        return place.unknown("an iterator of the program's own")
    return place.fail("what is iterated over is not a list")
