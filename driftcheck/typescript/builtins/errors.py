"""`Error` and its kin: a program throws them, and what they say becomes the reason of a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import to_string
from ..runtime.values import UNDEFINED, JsObject, Unknown, Value
from .native import BuiltinClass, argument

if TYPE_CHECKING:
    from ..runtime.places import Place

NAMES = ("Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError")


class ErrorClass(BuiltinClass):
    """Of an error only its message is known."""

    def __init__(self, name: str) -> None:
        super().__init__(name, lambda this, arguments, place: self._build(arguments, place), self._build)

    def _build(self, arguments: list[Value], place: Place) -> Value:
        made = JsObject((), place.location)
        made.prototype = self.special("prototype")
        self.initialise(made, arguments, place)
        return made

    def initialise(self, this: JsObject, arguments: list[Value], place: Place) -> None:
        """What `super(message)` of a class that extends it does."""
        message = argument(arguments, 0)
        properties.hide(this, "message", "" if message is UNDEFINED else to_string(message, place))

    def has_instance(self, value: Value, place: Place) -> bool | Unknown:
        return place.unknown(f"whether something is a {self.name} is not evaluated")
