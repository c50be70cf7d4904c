"""Functions of the language itself, written in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

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
            place.evaluator.hand_over(callbacks, result)
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


class NotEvaluated(JsFunction):
    """A function of the language that no schema needs: its result is Unknown, and so is what it may change.

    With `changes` it may change what it is a method of and what it is given; in any case it may call functions.
    """

    def __init__(self, name: str, *, changes: bool = False) -> None:
        self.name = name
        self.changes = changes
        self.properties = None

    def invoke(self, this: Value, arguments: list[Value], place: Place) -> Value:
        unknown = place.unknown(f"{self.name} is not evaluated")
        given = [this, *arguments]
        touched = given if self.changes else [value for value in given if isinstance(value, JsFunction)]
        place.evaluator.hand_over(touched, unknown)
        return unknown


class BuiltinClass(Builtin):
    """One that `new` works on too. `make` builds the object; `instances` are its Python types."""

    def __init__(
        self,
        name: str,
        native: Native,
        make: Callable[[list[Value], Place], Value] | None = None,
        instances: tuple[type, ...] = (),
        statics: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(name, native, tolerant=True)
        self.make = make
        self.instances = instances
        unknown = Unknown(f"that part of {name} is not evaluated", many=True)
        self.properties = JsObject([*(statics or {}).items(), (UNKNOWN_KEYS, unknown)])

    def special(self, key: object) -> Value:
        return Unknown(f"the prototype of {self.name} is not evaluated") if key == "prototype" else UNDEFINED

    def has_instance(self, value: Value, place: Place) -> bool | Unknown:
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


def not_evaluated(names: Iterable[str], *, changes: bool = False) -> dict[str, Value]:
    return {name: NotEvaluated(name, changes=changes) for name in names}
