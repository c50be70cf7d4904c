"""`String` and the methods of strings that schema files call. Positions count UTF-16 code units, as JavaScript's do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import WHITESPACE, to_string
from ..runtime.text import from_utf16, utf16, width
from ..runtime.values import UNDEFINED, JsArray, Symbol, Value
from .arrays import bounds, whole
from .native import BuiltinClass, Native, argument, not_evaluated, number_of, table, text_of
from .regex import Regex, replace_matches

if TYPE_CHECKING:
    from ..runtime.places import Place

StringMethod = Callable[[str, list[Value], "Place"], Value]


def _method(native: StringMethod) -> Native:
    def method(this: Value, arguments: list[Value], place: Place) -> Value:
        if not isinstance(this, str):
            return place.unknown("what a string's method is called on")
        place.evaluator.make(len(this) * width(this), place)
        result = native(utf16(this), arguments, place)
        return place.evaluator.text(from_utf16(result), place) if isinstance(result, str) else result

    return method


def _of_text(native: Callable[[str, str], Value]) -> StringMethod:
    """A method whose one argument is a string."""

    def method(text: str, arguments: list[Value], place: Place) -> Value:
        if len(arguments) > 1:
            return place.unknown("a search from the middle of a text is not evaluated")
        return native(text, utf16(text_of(argument(arguments, 0), place)))

    return method


def _slice(text: str, arguments: list[Value], place: Place) -> Value:
    start, end = bounds(arguments, len(text), place)
    return text[start:end]


def _substring(text: str, arguments: list[Value], place: Place) -> Value:
    ends: list[int] = []
    for index, default in ((0, 0), (1, len(text))):
        value = argument(arguments, index)
        number = default if value is UNDEFINED else number_of(value, place)
        ends.append(min(max(whole(number, len(text)), 0), len(text)))
    return text[min(ends) : max(ends)]


def _pad(*, start: bool) -> StringMethod:
    def method(text: str, arguments: list[Value], place: Place) -> Value:
        missing = whole(number_of(argument(arguments, 0), place), 2**31) - len(text)
        filler = argument(arguments, 1)
        filler = " " if filler is UNDEFINED else utf16(text_of(filler, place))
        if missing <= 0 or not filler:
            return text
        place.evaluator.check_text(missing, width(filler), place)
        padding = (filler * (missing // len(filler) + 1))[:missing]
        return padding + text if start else text + padding

    return method


def _repeat(text: str, arguments: list[Value], place: Place) -> Value:
    count = whole(number_of(argument(arguments, 0), place), 2**31)
    if count < 0:
        return place.fail("a string is repeated a negative number of times")
    place.evaluator.check_text(count * len(text), width(text), place)
    return text * count


def _at(text: str, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(text))
    index += len(text) if index < 0 else 0
    return text[index] if 0 <= index < len(text) else UNDEFINED


def _char_at(text: str, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(text))
    return text[index] if 0 <= index < len(text) else ""


def _split(text: str, arguments: list[Value], place: Place) -> Value:
    separator = argument(arguments, 0)
    if len(arguments) > 1 or not isinstance(separator, str):
        return place.unknown("split by anything but a text is not evaluated")
    by = utf16(separator)
    count = text.count(by) + 1 if by else len(text)
    place.evaluator.check_length(count, place)
    place.evaluator.make(60 * count, place)
    return JsArray(map(from_utf16, text.split(by) if by else text))


def _replacing(*, everywhere: bool) -> StringMethod:
    def method(text: str, arguments: list[Value], place: Place) -> Value:
        pattern, replacement = argument(arguments, 0), argument(arguments, 1)
        if not isinstance(pattern, Regex):
            pattern = Regex.of_text(utf16(text_of(pattern, place)), everywhere=everywhere)
        elif everywhere and not pattern.everywhere:
            return place.fail("replaceAll is called with a regular expression that is not global")
        return replace_matches(text, pattern, replacement, place)

    return method


def string_methods() -> dict[str, Value]:
    """What strings inherit."""
    methods: dict[str, StringMethod] = {
        "slice": _slice, "substring": _substring, "repeat": _repeat, "at": _at, "charAt": _char_at,
        "padStart": _pad(start=True), "padEnd": _pad(start=False), "split": _split,
        "replace": _replacing(everywhere=False), "replaceAll": _replacing(everywhere=True),
        "trim": lambda text, arguments, place: text.strip(WHITESPACE),
        "trimStart": lambda text, arguments, place: text.lstrip(WHITESPACE),
        "trimEnd": lambda text, arguments, place: text.rstrip(WHITESPACE),
        "toLowerCase": lambda text, arguments, place: from_utf16(text).lower(),
        "toUpperCase": lambda text, arguments, place: from_utf16(text).upper(),
        "toString": lambda text, arguments, place: text,
        "startsWith": _of_text(lambda text, part: text.startswith(part)),
        "endsWith": _of_text(lambda text, part: text.endswith(part)),
        "includes": _of_text(lambda text, part: part in text),
        "indexOf": _of_text(lambda text, part: text.find(part)),
    }  # fmt: skip
    return {
        **table({name: _method(native) for name, native in methods.items()}),
        **not_evaluated(
            "anchor big blink bold charCodeAt codePointAt concat fixed fontcolor fontsize isWellFormed italics"
            " lastIndexOf link localeCompare match matchAll normalize search small strike sub substr sup"
            " toLocaleLowerCase toLocaleUpperCase toWellFormed trimLeft trimRight valueOf".split()
        ),
    }


def _string(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0, "")
    return f"Symbol({value.description})" if isinstance(value, Symbol) else to_string(value, place)


def _raw(this: Value, arguments: list[Value], place: Place) -> Value:
    pieces = properties.get(argument(arguments, 0), "raw", place)
    if not isinstance(pieces, JsArray):
        return place.unknown("String.raw is given no template")
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        parts.append(text_of(piece, place))
        if index + 1 < len(pieces):
            parts.append(text_of(argument(arguments, index + 1, ""), place))
    return place.evaluator.join(parts, place)


def string_class() -> BuiltinClass:
    return BuiltinClass("String", _string, statics=table({"raw": _raw}, tolerant=True))
