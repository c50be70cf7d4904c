"""Functions of the language itself, written in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from ..runtime.coercion import Number, to_number, to_string
from ..runtime.values import UNDEFINED, UNKNOWN_KEYS, JsFunction, JsObject, Unknown, Value

if TYPE_CHECKING:
    from ..runtime.places import Place

Native = Callable[[Value, list[Value], "Place"], Value]


class Unknowable(Exception):
    """Raised inside a Builtin: its result is `unknown`."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


def number_of(value: Value, place: Place) -> Number:
    """`Number(value)`. Raises Unknowable."""
    number = to_number(value, place)
    if isinstance(number, Unknown):
        raise Unknowable(number)
    return number


def text_of(value: Value, place: Place) -> str:
    """`String(value)`. Raises Unknowable."""
    text = to_string(value, place)
    if isinstance(text, Unknown):
        raise Unknowable(text)
    return text


class Builtin(JsFunction):
    """`function(this, arguments, place)`. An Unknown among the arguments is the result, unless `tolerant`."""

    def __init__(self, name: str, native: Native, *, tolerant: bool = False) -> None:
        self.name = name
        self.native = native
        self.tolerant = tolerant
        self.properties = None

    def invoke(self, this: Value, arguments: list[Value], place: Place) -> Value:
        place.evaluator.step(place)
        result = self._result(this, arguments, place)
        if isinstance(result, Unknown):
            callbacks = [argument for argument in arguments if isinstance(argument, JsFunction)]
            if callbacks:
                place.evaluator.on_unknown_call(callbacks, result)
        return result

    def _result(self, this: Value, arguments: list[Value], place: Place) -> Value:
        if not self.tolerant:
            for argument in arguments:
                if isinstance(argument, Unknown):
                    return argument.as_one()
        try:
            return self.native(this, arguments, place)
        except Unknowable as found:
            return found.unknown.as_one()


class BuiltinClass(Builtin):
    """One that `new` works on too. `make` builds the object; `instances` are its Python types.

    `methods` are what its instances inherit.
    """

    def __init__(
        self,
        name: str,
        native: Native,
        make: Callable[[list[Value], Place], Value] | None = None,
        instances: tuple[type, ...] = (),
        statics: Mapping[str, Value] | None = None,
        methods: dict[str, Value] | None = None,
    ) -> None:
        super().__init__(name, native, tolerant=True)
        self.make = make
        self.instances = instances
        unknown = Unknown(f"that part of {name} is not evaluated", many=True)
        self.properties = JsObject([*(statics or {}).items(), (UNKNOWN_KEYS, unknown)])
        self.prototype = JsObject()
        self.prototype.hidden = {"constructor": self} if methods is None else cast("dict[object, Value]", methods)

    def special(self, key: object) -> Value:
        return self.prototype if key == "prototype" else UNDEFINED

    def is_instance(self, value: Value) -> bool:
        return isinstance(value, self.instances)

    def construct(self, arguments: list[Value], place: Place) -> Value:
        if self.make is None:
            return place.unknown(f"new {self.name} is not evaluated")
        try:
            return self.make(arguments, place)
        except Unknowable as found:
            return found.unknown.as_one()


def argument(arguments: list[Value], index: int, default: Value = UNDEFINED) -> Value:
    return arguments[index] if index < len(arguments) else default


def table(methods: Mapping[str, Native], *, tolerant: bool = False) -> dict[str, Value]:
    return {name: Builtin(name, native, tolerant=tolerant) for name, native in methods.items()}


def constantly_unknown(name: str, reason: str) -> Builtin:
    """A function whose result is never known."""
    return Builtin(name, lambda this, arguments, place: place.unknown(reason), tolerant=True)
