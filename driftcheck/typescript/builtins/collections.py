"""`Map` and `Set`, as far as schema files use them: made of a list, looked up in, gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.values import UNDEFINED, BigInt, JsArray, JsExotic, Unknown, Value, is_nullish
from .native import Builtin, BuiltinClass, NotEvaluated, argument

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


class JsMap(JsExotic):
    """A Map, or a Set, in which each key is its own value. `unknown` is set if it may hold more, or something else."""

    def __init__(self, *, is_set: bool) -> None:
        self.is_set = is_set
        self.held: dict[object, tuple[Value, Value]] = {}
        self.unknown: Unknown | None = None

    def store(self, key: Value, value: Value) -> None:
        if isinstance(key, Unknown):
            self.spoil(key)
            return
        before = self.held.get(_identity(key))
        self.held[_identity(key)] = (before[0] if before else key, value)

    def spoil(self, unknown: Unknown) -> None:
        self.unknown = self.unknown or unknown

    def iterate(self, place: Place) -> list[Value] | Unknown:
        found = [key if self.is_set else JsArray((key, value)) for key, value in self.held.values()]
        return found if self.unknown is None else [*found, self.unknown.as_many()]

    def read(self, key: object, place: Place) -> Value:
        if key == "size":
            return len(self.held) if self.unknown is None else self.unknown.as_one()
        if key == "has":
            return Builtin("has", _has, tolerant=True)
        if key == "get" and not self.is_set:
            return Builtin("get", _get, tolerant=True)
        return NotEvaluated(str(key), changes=True) if key in _OTHERS else UNDEFINED


_OTHERS = frozenset("add clear delete entries forEach keys set values".split())


def _has(this: Value, arguments: list[Value], place: Place) -> Value:
    found = _find(this, arguments, place)
    return found if isinstance(found, Unknown) else found is not None


def _get(this: Value, arguments: list[Value], place: Place) -> Value:
    found = _find(this, arguments, place)
    return found if isinstance(found, Unknown) else UNDEFINED if found is None else found[1]


def _find(this: Value, arguments: list[Value], place: Place) -> tuple[Value, Value] | Unknown | None:
    key = argument(arguments, 0)
    if not isinstance(this, JsMap):
        return place.unknown("a method of Map or Set is called on something else")
    if this.unknown is not None or isinstance(key, Unknown):
        return this.unknown.as_one() if this.unknown is not None else key
    return this.held.get(_identity(key))


def _made(is_set: bool, arguments: list[Value], place: Place) -> Value:
    made = JsMap(is_set=is_set)
    source = argument(arguments, 0)
    found = [] if is_nullish(source) else properties.iterate(source, place)
    if isinstance(found, Unknown):
        made.spoil(found)
        return made
    place.evaluator.step(place, len(found))
    place.evaluator.make(300 * len(found), place)
    for entry in found:
        if is_set or isinstance(entry, Unknown):
            made.store(entry, entry)
        else:
            made.store(properties.get(entry, "0", place), properties.get(entry, "1", place))
    return made


def _without_new(this: Value, arguments: list[Value], place: Place) -> Value:
    return place.fail("a class is called without new")


class _MapClass(BuiltinClass):
    def __init__(self, name: str) -> None:
        self.is_set = name == "Set"
        super().__init__(name, _without_new, lambda arguments, place: _made(self.is_set, arguments, place))

    def has_instance(self, value: Value, place: Place) -> bool | Unknown:
        return isinstance(value, JsMap) and value.is_set is self.is_set


def map_class() -> BuiltinClass:
    return _MapClass("Map")


def set_class() -> BuiltinClass:
    return _MapClass("Set")
