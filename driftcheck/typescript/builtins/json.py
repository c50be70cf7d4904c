"""`JSON`."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import number, number_to_string, to_string
from ..runtime.values import (
    UNDEFINED,
    BigInt,
    HostObject,
    JsArray,
    JsFunction,
    JsObject,
    Symbol,
    Unknown,
    Value,
    is_function,
)
from .native import Builtin, Unknowable, argument

if TYPE_CHECKING:
    from ..runtime.places import Place

DEEPEST = 200


def quote(text: str) -> str:
    """A string in JSON as JavaScript writes it: characters as they are, lone surrogates and controls escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in quoted)


class _Writer:
    def __init__(self, place: Place, replacer: Value, indent: str) -> None:
        self.place = place
        self.replacer = replacer
        self.indent = indent

    def property(self, holder: Value, key: str, value: Value, margin: str, depth: int) -> str | None:
        """The text of one property; None if it has none."""
        convert = properties.get(value, "toJSON", self.place) if isinstance(value, JsObject | HostObject) else UNDEFINED
        if is_function(convert):
            value = self.place.evaluator.invoke(convert, value, [key], self.place)
        if isinstance(self.replacer, JsFunction):
            value = self.replacer.invoke(holder, [key, value], self.place)
        return self.value(value, margin, depth)

    def value(self, value: Value, margin: str, depth: int) -> str | None:
        if isinstance(value, Unknown):
            raise Unknowable(value)
        if isinstance(value, HostObject):
            raise Unknowable(self.place.unknown("the JSON of what another package made"))
        if depth > DEEPEST:
            raise Unknowable(self.place.unknown(f"JSON nests deeper than {DEEPEST} levels"))
        self.place.evaluator.step(self.place)
        if isinstance(value, JsArray):
            return self._array(value, margin, depth)
        if isinstance(value, JsObject):
            return self._object(value, margin, depth)
        return self._plain(value)

    def _plain(self, value: Value) -> str | None:
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return quote(value)
        if isinstance(value, int | float):
            return number_to_string(value) if math.isfinite(value) else "null"
        if isinstance(value, BigInt):
            raise Unknowable(self.place.fail("a BigInt has no JSON"))
        if value is UNDEFINED or isinstance(value, JsFunction | Symbol):
            return None
        return "{}"

    def _array(self, array: JsArray, margin: str, depth: int) -> str:
        inner = margin + self.indent
        parts = [self.property(array, str(i), item, inner, depth + 1) or "null" for i, item in enumerate(array)]
        return self._wrap("[", parts, "]", margin)

    def _object(self, value: JsObject, margin: str, depth: int) -> str:
        inner = margin + self.indent
        found = properties.entries(value, self.place)
        assert not isinstance(found, Unknown)
        if isinstance(self.replacer, JsArray):
            wanted = {to_string(key, self.place): None for key in self.replacer}
            known = dict(found)
            found = [(key, known[key]) for key in wanted if isinstance(key, str) and key in known]
        parts: list[str] = []
        for key, item in found:
            text = self.property(value, key, item, inner, depth + 1)
            if text is not None:
                parts.append(f"{quote(key)}:{' ' if self.indent else ''}{text}")
        return self._wrap("{", parts, "}", margin)

    def _wrap(self, opening: str, parts: list[str], closing: str, margin: str) -> str:
        if not self.indent or not parts:
            return opening + ",".join(parts) + closing
        inner = "\n" + margin + self.indent
        return opening + inner + ("," + inner).join(parts) + "\n" + margin + closing


def stringify(this: Value, arguments: list[Value], place: Place) -> Value:
    replacer, indent = argument(arguments, 1), argument(arguments, 2)
    if isinstance(indent, str):
        margin = indent[:10]
    else:
        width = indent if isinstance(indent, int | float) else 0
        margin = " " * int(max(0, min(10, width)))
    writer = _Writer(place, replacer, margin)
    text = writer.property(JsObject([("", argument(arguments, 0))]), "", argument(arguments, 0), "", 0)
    return UNDEFINED if text is None else place.evaluator.text(text, place)


def parse(this: Value, arguments: list[Value], place: Place) -> Value:
    text = argument(arguments, 0)
    if len(arguments) > 1 or not isinstance(text, str):
        return place.unknown("JSON that is not known")
    try:
        return from_json(json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError):
        return place.fail("what is parsed is no JSON", "SyntaxError")


def _refuse(name: str) -> Value:
    raise ValueError(name)


def from_json(value: Value) -> Value:
    """Python's reading of JSON as values of the program."""
    if isinstance(value, dict):
        return JsObject([(key, from_json(item)) for key, item in value.items()])
    if isinstance(value, list):
        return JsArray(from_json(item) for item in value)
    return value if value is None or isinstance(value, bool | str) else number(value)


def make_json() -> JsObject:
    return JsObject([("stringify", Builtin("stringify", stringify, tolerant=True)), ("parse", Builtin("parse", parse))])
