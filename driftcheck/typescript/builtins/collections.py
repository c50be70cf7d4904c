"""`Map`, `Set` and their weak kin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from ..runtime import properties
from ..runtime.coercion import is_nullish
from ..runtime.values import UNDEFINED, BigInt, JsArray, JsExotic, Unknown, Value
from .native import BuiltinClass, Native, argument, table

if TYPE_CHECKING:
    from ..runtime.places import Place


def _identity(key: Value) -> object:
    """What two keys have in common exactly if a Map takes them for one (SameValueZero)."""
    if isinstance(key, bool) or key is None:
        return (type(key), key)
    if isinstance(key, int | float):
        return ("number", "NaN" if key != key else key)
    if isinstance(key, str):
        return key
    return ("bigint", key.value) if isinstance(key, BigInt) else ("object", id(key))


class Keyed(JsExotic):
    """What Map and Set share. `unknown` is set once something was done with a key that is not known."""

    methods: ClassVar[dict[str, Value]] = {}

    def __init__(self) -> None:
        self.held: dict[object, tuple[Value, Value]] = {}
        self.unknown: Unknown | None = None

    def store(self, key: Value, value: Value, place: Place) -> None:
        if isinstance(key, Unknown):
            self.unknown = self.unknown or key
            return
        place.evaluator.check_length(len(self.held) + 1, place)
        if isinstance(key, float) and key == 0:
            key = 0
        before = self.held.get(_identity(key))
        self.held[_identity(key)] = (before[0] if before else key, value)

    def spoil(self, unknown: Unknown) -> None:
        """What it holds is no longer known."""
        self.unknown = self.unknown or unknown

    def items(self) -> Iterable[JsArray]:
        return (JsArray(pair) for pair in self.held.values())

    def iterate(self, place: Place) -> list[Value] | Unknown:
        return [*self.each(), *([] if self.unknown is None else [self.unknown.as_many()])]

    def read(self, key: object, place: Place) -> Value:
        if key == "size":
            return len(self.held) if self.unknown is None else self.unknown.as_one()
        return type(self).methods.get(str(key), UNDEFINED)

    def each(self) -> list[Value]:
        raise NotImplementedError


class JsMap(Keyed):
    def to_text(self) -> str:
        return "[object Map]"

    def each(self) -> list[Value]:
        return list(self.items())


class JsSet(Keyed):
    def to_text(self) -> str:
        return "[object Set]"

    def each(self) -> list[Value]:
        return [key for key, _ in self.held.values()]


def _method(native: Callable[[Keyed, list[Value], Place], Value], *, exact: bool = True) -> Native:
    """`exact`: the method needs to know all that is held."""

    def method(this: Value, arguments: list[Value], place: Place) -> Value:
        if not isinstance(this, Keyed):
            return place.fail("a method of Map or Set is called on something else")
        if exact and this.unknown is not None:
            return this.unknown.as_one()
        return native(this, arguments, place)

    return method


def _get(held: Keyed, arguments: list[Value], place: Place) -> Value:
    key = argument(arguments, 0)
    return key if isinstance(key, Unknown) else held.held.get(_identity(key), (UNDEFINED, UNDEFINED))[1]


def _has(held: Keyed, arguments: list[Value], place: Place) -> Value:
    key = argument(arguments, 0)
    return key if isinstance(key, Unknown) else _identity(key) in held.held


def _set(held: Keyed, arguments: list[Value], place: Place) -> Value:
    held.store(argument(arguments, 0), argument(arguments, 1), place)
    return held


def _add(held: Keyed, arguments: list[Value], place: Place) -> Value:
    held.store(argument(arguments, 0), argument(arguments, 0), place)
    return held


def _delete(held: Keyed, arguments: list[Value], place: Place) -> Value:
    key = argument(arguments, 0)
    if isinstance(key, Unknown):
        held.unknown = held.unknown or key
        return key
    return held.held.pop(_identity(key), None) is not None


def _clear(held: Keyed, arguments: list[Value], place: Place) -> Value:
    held.held.clear()
    return UNDEFINED


def _for_each(held: Keyed, arguments: list[Value], place: Place) -> Value:
    for key, value in list(held.held.values()):
        place.evaluator.invoke(argument(arguments, 0), UNDEFINED, [value, key, held], place)
    return UNDEFINED


def _keys(held: Keyed, arguments: list[Value], place: Place) -> Value:
    return JsArray(key for key, _ in held.held.values())


def _values(held: Keyed, arguments: list[Value], place: Place) -> Value:
    return JsArray(value for _, value in held.held.values())


def _entries(held: Keyed, arguments: list[Value], place: Place) -> Value:
    return JsArray(held.items())


_SHARED = {
    "get": _method(_get), "has": _method(_has), "delete": _method(_delete), "clear": _method(_clear, exact=False),
    "forEach": _method(_for_each), "keys": _method(_keys), "values": _method(_values), "entries": _method(_entries),
}  # fmt: skip

JsMap.methods = table({**_SHARED, "set": _method(_set, exact=False)}, tolerant=True)
JsSet.methods = table(
    {**{name: native for name, native in _SHARED.items() if name != "get"}, "add": _method(_add, exact=False)},
    tolerant=True,
)


def _make_map(arguments: list[Value], place: Place) -> Value:
    made = JsMap()
    for entry in _initial(made, arguments, place):
        if isinstance(entry, Unknown):
            made.unknown = entry
        else:
            made.store(properties.get(entry, "0", place), properties.get(entry, "1", place), place)
    return made


def _make_set(arguments: list[Value], place: Place) -> Value:
    made = JsSet()
    for item in _initial(made, arguments, place):
        made.store(item, item, place)
    return made


def _initial(made: Keyed, arguments: list[Value], place: Place) -> list[Value]:
    source = argument(arguments, 0)
    if is_nullish(source):
        return []
    found = properties.iterate(source, place)
    if isinstance(found, Unknown):
        made.unknown = found
        return []
    place.evaluator.step(place, len(found))
    return found


def _without_new(this: Value, arguments: list[Value], place: Place) -> Value:
    return place.fail("a class is called without new")


MAP = BuiltinClass("Map", _without_new, _make_map, (JsMap,))
SET = BuiltinClass("Set", _without_new, _make_set, (JsSet,))
WEAK_MAP = BuiltinClass("WeakMap", _without_new, _make_map)
WEAK_SET = BuiltinClass("WeakSet", _without_new, _make_set)
