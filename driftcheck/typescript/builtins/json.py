"""`JSON`."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import number, number_to_string
from ..runtime.values import UNDEFINED, JsArray, JsFunction, JsObject, Symbol, Unknown, Value, is_nullish
from .native import Builtin, Unknowable, argument

if TYPE_CHECKING:
    from ..runtime.places import Place

DEEPEST = 200
#: Bytes that a byte of JSON may come to.
JSON = 50


def quote(text: str) -> str:
    """A string in JSON as JavaScript writes it: characters as they are, lone surrogates and controls escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in quoted)


def _written(value: Value, place: Place, depth: int) -> str | None:
    """The text of a value; None if it has none. Raises Unknowable."""
    if depth > DEEPEST:
        raise Unknowable(place.unknown(f"JSON nests deeper than {DEEPEST} levels"))
    place.evaluator.step(place)
    if isinstance(value, JsArray):
        parts = [_written(item, place, depth + 1) or "null" for item in value]
        return f"[{place.evaluator.join(parts, place, ',')}]"
    if isinstance(value, JsObject):
        return _written_object(value, place, depth)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int | float):
        return number_to_string(value) if math.isfinite(value) else "null"
    if value is UNDEFINED or isinstance(value, JsFunction | Symbol):
        return None
    raise Unknowable(value if isinstance(value, Unknown) else place.unknown("the JSON of what is not data"))


def _written_object(value: JsObject, place: Place, depth: int) -> str:
    found = properties.entries(value, place)
    if isinstance(found, Unknown) or properties.get(value, "toJSON", place) is not UNDEFINED:
        raise Unknowable(place.unknown("the JSON of an object with a toJSON of its own"))
    texts = [(key, _written(item, place, depth + 1)) for key, item in found]
    parts = [f"{quote(key)}:{text}" for key, text in texts if text is not None]
    return "{" + place.evaluator.join(parts, place, ",") + "}"


def stringify(this: Value, arguments: list[Value], place: Place) -> Value:
    if any(not is_nullish(given) for given in arguments[1:]):
        return place.unknown("JSON.stringify with a replacer or indents is not evaluated")
    text = _written(argument(arguments, 0), place, 0)
    return UNDEFINED if text is None else place.evaluator.text(text, place)


def parse(this: Value, arguments: list[Value], place: Place) -> Value:
    text = argument(arguments, 0)
    if len(arguments) > 1 or not isinstance(text, str):
        return place.unknown("JSON that is not known")
    place.evaluator.make(JSON * len(text), place)
    try:
        return from_json(json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError):
        return place.fail("what is parsed is not JSON")


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
