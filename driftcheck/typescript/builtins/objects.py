"""`Object`, and what every object inherits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import to_key
from ..runtime.spreading import copy_properties, spread_unknown
from ..runtime.values import (
    UNKNOWN_KEYS,
    HostObject,
    JsArray,
    JsExotic,
    JsFunction,
    JsObject,
    Unknown,
    Value,
    is_nullish,
)
from .native import BuiltinClass, Native, argument, not_evaluated, table

if TYPE_CHECKING:
    from ..runtime.places import Place


def _listing(pick: Callable[[str, Value], Value]) -> Native:
    """`Object.keys` and its like: one element for each property, an Unknown for any number of them."""

    def native(this: Value, arguments: list[Value], place: Place) -> Value:
        source = argument(arguments, 0)
        if is_nullish(source):
            return place.fail("the properties of null or undefined are listed")
        found = properties.entries(source, place)
        if isinstance(found, Unknown):
            return found
        place.evaluator.step(place, len(found))
        place.evaluator.make(100 * len(found), place)
        known = source.locations if isinstance(source, JsObject) else {}
        made = JsArray()
        for key, value in found:
            many = key == UNKNOWN_KEYS and isinstance(value, Unknown)
            made.append(value.as_many() if many else pick(key, value))
            made.locations.append(known.get(key) or place.location)
        return made

    return native


def _from_entries(this: Value, arguments: list[Value], place: Place) -> Value:
    source = argument(arguments, 0)
    found = properties.iterate(source, place)
    if isinstance(found, Unknown):
        return found
    place.evaluator.step(place, len(found))
    made = JsObject((), place.location)
    known = source.locations if isinstance(source, JsArray) and len(source.locations) == len(found) else []
    for index, entry in enumerate(found):
        key = entry if isinstance(entry, Unknown) else to_key(properties.get(entry, "0", place), place)
        if isinstance(key, Unknown):
            spread_unknown(made, key)
            continue
        where = (known[index] if known else None) or place.location
        place.evaluator.make(200, place)
        properties.define(made, key, properties.get(entry, "1", place), where)
    return made


def _assign(this: Value, arguments: list[Value], place: Place) -> Value:
    target = argument(arguments, 0)
    for source in arguments[1:]:
        if isinstance(target, JsObject) and not target.frozen:
            copy_properties(target, source, place)
            continue
        found = properties.entries(source, place)
        if isinstance(found, Unknown):
            properties.spoil(target, found)
            continue
        for key, value in found:
            properties.put(target, key, value, place)
    return target


def _freeze(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    if isinstance(value, JsArray | JsObject):
        value.frozen = True
    return value


def _has_own(this: Value, arguments: list[Value], place: Place) -> Value:
    return _owns(argument(arguments, 0), argument(arguments, 1), place)


def _owns(value: Value, key: Value, place: Place) -> Value:
    key = to_key(key, place)
    if isinstance(key, Unknown) or isinstance(value, Unknown):
        return key if isinstance(key, Unknown) else value
    if isinstance(value, JsObject):
        own = key in value or (value.hidden and key in value.hidden)
        return True if own else value[UNKNOWN_KEYS].as_one() if UNKNOWN_KEYS in value else False
    if isinstance(value, HostObject) and not value.unobservable:
        return key in value.keys()  # noqa: SIM118  (no dict)
    return place.unknown("the properties of what is not a plain object")


def _make(arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return JsObject((), place.location) if is_nullish(value) else value


def object_class() -> BuiltinClass:
    statics = {
        "keys": _listing(lambda key, value: key), "values": _listing(lambda key, value: value),
        "entries": _listing(lambda key, value: JsArray([key, value])), "fromEntries": _from_entries,
        "assign": _assign, "freeze": _freeze, "hasOwn": _has_own,
    }  # fmt: skip
    return BuiltinClass(
        "Object",
        lambda this, arguments, place: _make(arguments, place),
        _make,
        (JsObject, JsArray, JsFunction, JsExotic),
        table(statics, tolerant=True),
    )


def _to_string(this: Value, arguments: list[Value], place: Place) -> Value:
    plain = isinstance(this, JsObject) and this.prototype is None and not this.hidden
    return "[object Object]" if plain else place.unknown("what kind of object it is")


def object_methods() -> dict[str, Value]:
    """What all objects inherit."""
    own = {
        "hasOwnProperty": lambda this, arguments, place: _owns(this, argument(arguments, 0), place),
        "toString": _to_string,
        "valueOf": lambda this, arguments, place: this,
    }
    names = "isPrototypeOf propertyIsEnumerable toLocaleString __lookupGetter__ __lookupSetter__".split()
    unknown = {name: Unknown(f"the {name} of a value is not evaluated") for name in ("__proto__", "constructor")}
    return {
        **table(own),
        **not_evaluated(names),
        **not_evaluated(("__defineGetter__", "__defineSetter__"), changes=True),
        **unknown,
    }


def _call(this: Value, arguments: list[Value], place: Place) -> Value:
    return place.evaluator.invoke(this, argument(arguments, 0), arguments[1:], place)


def function_methods() -> dict[str, Value]:
    """What functions inherit."""
    others = {**not_evaluated(("apply", "bind"), changes=True), **not_evaluated(("toString",))}
    return {**table({"call": _call}, tolerant=True), **others}


def function_class() -> BuiltinClass:
    return BuiltinClass("Function", _function, None, (JsFunction,))


def _function(this: Value, arguments: list[Value], place: Place) -> Value:
    return place.unknown("a function made of text is not run")
