"""`structuredClone`: constants that are copied before something is merged into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..runtime.values import JsArray, JsExotic, JsFunction, JsObject, Symbol, Value, is_function
from .native import Builtin, argument

if TYPE_CHECKING:
    from ..runtime.places import Place


def _copied(value: Value, place: Place, made: dict[int, Value]) -> Value:
    """A copy of `value` and all that it holds. `made` has the copies by the id of what they copy."""
    place.evaluator.step(place)
    if id(value) in made:
        return made[id(value)]
    if isinstance(value, JsArray):
        array = made[id(value)] = JsArray((), value.locations)
        array.extend([_copied(item, place, made) for item in value])
        return array
    if isinstance(value, JsObject) and not value.accessors:
        copy = made[id(value)] = JsObject((), value.location)
        copy.locations = dict(value.locations)
        copy.update((key, _copied(item, place, made)) for key, item in value.items())
        return copy
    if is_function(value) or isinstance(value, JsFunction | Symbol):
        return place.fail("a function is copied by structuredClone", "Error")
    if isinstance(value, JsObject | JsExotic):
        return place.unknown("a copied value")
    return value


def _clone(this: Value, arguments: list[Value], place: Place) -> Value:
    return _copied(argument(arguments, 0), place, {})


CLONE = Builtin("structuredClone", _clone)
