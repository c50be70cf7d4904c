"""`Object`, and what every object and function inherits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import is_nullish, same_type_equal, same_value_zero, to_key, type_of
from ..runtime.spreading import copy_properties, spread_unknown
from ..runtime.values import (
    UNDEFINED,
    UNKNOWN_KEYS,
    Accessor,
    HostObject,
    JsArray,
    JsExotic,
    JsFunction,
    JsObject,
    Symbol,
    Unknown,
    Value,
)
from .native import Builtin, BuiltinClass, Native, argument, table, text_of

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
        known = source.locations if isinstance(source, JsObject) else {}
        made = JsArray()
        for key, value in found:
            many = key == UNKNOWN_KEYS and isinstance(value, Unknown)
            made.append(value.as_many() if many else pick(key, value))
            made.locations.append(known.get(key) or place.location)
        return made

    return native


def _from_entries(this: Value, arguments: list[Value], place: Place) -> Value:
    found = properties.iterate(argument(arguments, 0), place)
    if isinstance(found, Unknown):
        return found
    made = JsObject((), place.location)
    source = argument(arguments, 0)
    known = source.locations if isinstance(source, JsArray) and len(source.locations) == len(found) else []
    for index, entry in enumerate(found):
        key = entry if isinstance(entry, Unknown) else to_key(properties.get(entry, "0", place), place)
        if isinstance(key, Unknown):
            spread_unknown(made, key)
            continue
        where = (known[index] if known else None) or place.location
        properties.define(made, key, properties.get(entry, "1", place), where)
    return made


def _assign(this: Value, arguments: list[Value], place: Place) -> Value:
    target = argument(arguments, 0)
    for source in arguments[1:]:
        if isinstance(target, JsObject) and target.accessors is None and not target.frozen:
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


def _is_frozen(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return value.frozen if isinstance(value, JsArray | JsObject) else True


def _identity(this: Value, arguments: list[Value], place: Place) -> Value:
    return argument(arguments, 0)


def _is(this: Value, arguments: list[Value], place: Place) -> Value:
    first, second = argument(arguments, 0), argument(arguments, 1)
    if first == 0 and second == 0 and same_type_equal(first, second):
        return str(float(first)) == str(float(second))
    return same_value_zero(first, second)


def _create(this: Value, arguments: list[Value], place: Place) -> Value:
    parent = argument(arguments, 0)
    made = JsObject((), place.location)
    made.prototype = parent if isinstance(parent, JsObject | JsFunction | Unknown) else None
    if len(arguments) > 1 and arguments[1] is not UNDEFINED:
        _define_all(this, [made, arguments[1]], place)
    return made


def _prototype_of(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    if isinstance(value, JsObject) and isinstance(value.prototype, JsObject):
        return value.prototype
    return place.unknown("the prototype of a value is not evaluated")


def _define(this: Value, arguments: list[Value], place: Place) -> Value:
    target, key, descriptor = argument(arguments, 0), argument(arguments, 1), argument(arguments, 2)
    key = to_key(key, place)
    if isinstance(key, Unknown) or not isinstance(descriptor, JsObject):
        properties.spoil(target, place.unknown("a property is defined that is not known"))
    elif "value" in descriptor:
        value = descriptor["value"]
        enumerable = descriptor.get("enumerable", False) is True
        if enumerable or not isinstance(target, JsObject):
            properties.put(target, key, value, place)
        else:
            properties.hide(target, key, value)
    elif isinstance(target, JsObject | JsFunction):
        _define_accessor(target, key, descriptor, place)
    return target


def _define_accessor(target: JsObject | JsFunction, key: str | Symbol, descriptor: JsObject, place: Place) -> None:
    holder = target.own() if isinstance(target, JsFunction) else target
    accessor = Accessor(descriptor.get("get"), descriptor.get("set"))
    enumerable = descriptor.get("enumerable", False) is True
    properties.define_accessor(holder, key, accessor, place, enumerable=enumerable)


def _define_all(this: Value, arguments: list[Value], place: Place) -> Value:
    target, descriptors = argument(arguments, 0), properties.entries(argument(arguments, 1), place)
    if isinstance(descriptors, Unknown):
        properties.spoil(target, descriptors)
        return target
    for key, descriptor in descriptors:
        _define(this, [target, key, descriptor], place)
    return target


def _set_prototype(this: Value, arguments: list[Value], place: Place) -> Value:
    value, parent = argument(arguments, 0), argument(arguments, 1)
    if isinstance(value, JsObject):
        value.prototype = parent if isinstance(parent, JsObject | JsFunction | Unknown) else None
    return value


def _own_names(this: Value, arguments: list[Value], place: Place) -> Value:
    """With those that do not enumerate; private names are no properties."""
    value = argument(arguments, 0)
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, JsObject):
        return place.unknown("the names of what is no plain object")
    hidden = [key for key in value.hidden or {} if isinstance(key, str) and not key.startswith("#")]
    accessors = [key for key in value.accessors or {} if isinstance(key, str) and key not in value]
    names = properties.own_keys(value)
    if accessors and (hidden or names):
        return place.unknown("the order of an object's names")
    return JsArray(value[UNKNOWN_KEYS] if key == UNKNOWN_KEYS else key for key in [*names, *hidden, *accessors])


def _has_own(this: Value, arguments: list[Value], place: Place) -> Value:
    return _owns(argument(arguments, 0), argument(arguments, 1), place)


def _owns(value: Value, key: Value, place: Place) -> Value:
    key = to_key(key, place)
    for part in (value, key):
        if isinstance(part, Unknown):
            return part
    if isinstance(value, JsFunction):
        value = value.own()
    if isinstance(value, JsObject):
        own = key in value or (value.hidden and key in value.hidden) or (value.accessors and key in value.accessors)
        return True if own else value[UNKNOWN_KEYS].as_one() if UNKNOWN_KEYS in value else False
    if isinstance(value, HostObject):
        return key in value.keys()  # noqa: SIM118  (no dict)
    return properties.has(value, key, place) if isinstance(value, JsArray) else False


def _symbols(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    hidden = value.hidden if isinstance(value, JsObject) else None
    return JsArray(key for key in hidden or {} if isinstance(key, Symbol))


def _group_by(this: Value, arguments: list[Value], place: Place) -> Value:
    items = properties.iterate(argument(arguments, 0), place)
    if isinstance(items, Unknown):
        return items
    made = JsObject((), place.location)
    for index, item in enumerate(items):
        key = text_of(place.evaluator.invoke(argument(arguments, 1), UNDEFINED, [item, index], place), place)
        made.setdefault(key, JsArray()).append(item)
    return made


STATICS = {
    "keys": _listing(lambda key, value: key), "values": _listing(lambda key, value: value),
    "entries": _listing(lambda key, value: JsArray([key, value])), "fromEntries": _from_entries, "assign": _assign,
    "getOwnPropertyNames": _own_names, "getOwnPropertySymbols": _symbols, "hasOwn": _has_own, "freeze": _freeze,
    "isFrozen": _is_frozen, "seal": _identity, "preventExtensions": _identity, "create": _create,
    "getPrototypeOf": _prototype_of, "setPrototypeOf": _set_prototype, "defineProperty": _define,
    "defineProperties": _define_all, "groupBy": _group_by,
}  # fmt: skip


def _make(arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0)
    return JsObject((), place.location) if is_nullish(value) else value


OBJECT = BuiltinClass(
    "Object",
    lambda this, arguments, place: _make(arguments, place),
    _make,
    (JsObject, JsArray, JsFunction),
    {**table(STATICS, tolerant=True), "is": Builtin("is", _is)},
    methods=properties.OBJECT,
)


def _to_string(this: Value, arguments: list[Value], place: Place) -> Value:
    """`Object.prototype.toString`, by which some programs tell what a value is."""
    if isinstance(this, Unknown):
        return this
    if isinstance(this, HostObject):
        return "[object Date]" if hasattr(this, "to_iso_string") else place.unknown("what kind of object it is")
    if this is None or this is UNDEFINED or isinstance(this, JsArray):
        return f"[object {'Null' if this is None else 'Array' if isinstance(this, JsArray) else 'Undefined'}]"
    if isinstance(this, JsExotic):
        return f"[object {_EXOTIC.get(type(this).__name__, 'Object')}]"
    if isinstance(this, JsObject) and this.hidden is not None and "stack" in this.hidden:
        return "[object Error]"
    kind = type_of(this)
    return f"[object {kind[0].upper()}{kind[1:]}]" if kind != "bigint" else "[object BigInt]"


_EXOTIC = {"JsMap": "Map", "JsSet": "Set", "Regex": "RegExp"}


def _property_is_own(this: Value, arguments: list[Value], place: Place) -> Value:
    return _owns(this, argument(arguments, 0), place)


properties.OBJECT.update(
    table(
        {
            "hasOwnProperty": _property_is_own,
            "propertyIsEnumerable": _property_is_own,
            "toString": _to_string,
            "toLocaleString": _to_string,
            "valueOf": lambda this, arguments, place: this,
        }
    )
)


def _call(this: Value, arguments: list[Value], place: Place) -> Value:
    return place.evaluator.invoke(this, argument(arguments, 0), arguments[1:], place)


def _apply(this: Value, arguments: list[Value], place: Place) -> Value:
    given = argument(arguments, 1)
    items = [] if is_nullish(given) else properties.iterate(given, place)
    if isinstance(items, Unknown):
        items = [items.as_many()]
    return place.evaluator.invoke(this, argument(arguments, 0), items, place)


def _bind(this: Value, arguments: list[Value], place: Place) -> Value:
    receiver, first = argument(arguments, 0), arguments[1:]

    def bound(ignored: Value, rest: list[Value], where: Place) -> Value:
        return where.evaluator.invoke(this, receiver, [*first, *rest], where)

    return Builtin("bound", bound, tolerant=True)


properties.FUNCTION.update(table({"call": _call, "apply": _apply, "bind": _bind}, tolerant=True))
FUNCTION = BuiltinClass(
    "Function",
    lambda this, arguments, place: place.unknown("a function made of text is not run"),
    None,
    (JsFunction,),
    methods=properties.FUNCTION,
)
