"""`String` and the methods of strings. Positions count UTF-16 code units, as JavaScript's do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..runtime import properties
from ..runtime.coercion import WHITESPACE, is_nullish, to_number, to_string
from ..runtime.operators import from_utf16, to_int32, utf16
from ..runtime.values import UNDEFINED, JsArray, Symbol, Unknown, Value
from .arrays import bounds, whole
from .native import BuiltinClass, Native, argument, number_of, table, text_of
from .regex import Regex, match, match_all, replace_matches, search, split_at_matches

if TYPE_CHECKING:
    from ..runtime.places import Place

StringMethod = Callable[[str, list[Value], "Place"], Value]


def _method(native: StringMethod) -> Native:
    def method(this: Value, arguments: list[Value], place: Place) -> Value:
        if is_nullish(this):
            return place.fail("a string method is called on null or undefined")
        text = to_string(this, place)
        if isinstance(text, Unknown):
            return text
        place.evaluator.step(place, len(text) >> 8)
        result = native(utf16(text), arguments, place)
        return place.evaluator.text(from_utf16(result), place) if isinstance(result, str) else result

    return method


def _of_texts(native: Callable[..., Value], count: int) -> StringMethod:
    """A method whose first `count` arguments are strings."""

    def method(text: str, arguments: list[Value], place: Place) -> Value:
        texts = [utf16(text_of(argument(arguments, index), place)) for index in range(count)]
        return native(text, *texts, _position(arguments, count, place))

    return method


def _position(arguments: list[Value], index: int, place: Place) -> int | None:
    value = argument(arguments, index)
    if value is UNDEFINED:
        return None
    number = to_number(value, place)
    return None if isinstance(number, Unknown) or number != number else max(0, whole(number, 2**31))


def _slice(text: str, arguments: list[Value], place: Place) -> Value:
    found = bounds(arguments, len(text), place)
    return found if isinstance(found, Unknown) else text[found[0] : found[1]]


def _substring(text: str, arguments: list[Value], place: Place) -> Value:
    ends: list[int] = []
    for index, default in ((0, 0), (1, len(text))):
        value = argument(arguments, index)
        number = default if value is UNDEFINED else to_number(value, place)
        if isinstance(number, Unknown):
            return number
        ends.append(min(max(whole(number, len(text)), 0), len(text)))
    return text[min(ends) : max(ends)]


def _substr(text: str, arguments: list[Value], place: Place) -> Value:
    found = bounds(arguments[:1], len(text), place)
    if isinstance(found, Unknown):
        return found
    length = argument(arguments, 1)
    count = len(text) if length is UNDEFINED else whole(number_of(length, place), len(text))
    return text[found[0] : found[0] + max(0, count)]


def _pad(*, start: bool) -> StringMethod:
    def method(text: str, arguments: list[Value], place: Place) -> Value:
        length = to_number(argument(arguments, 0), place)
        filler = argument(arguments, 1)
        filler = " " if filler is UNDEFINED else to_string(filler, place)
        if isinstance(length, Unknown) or isinstance(filler, Unknown):
            return length if isinstance(length, Unknown) else filler
        missing = whole(length, 2**31) - len(text)
        if missing <= 0 or not filler:
            return text
        place.evaluator.check_text(missing, place)
        padding = (filler * (missing // len(filler) + 1))[:missing]
        return padding + text if start else text + padding

    return method


def _repeat(text: str, arguments: list[Value], place: Place) -> Value:
    number = to_number(argument(arguments, 0), place)
    if isinstance(number, Unknown):
        return number
    count = whole(number, 2**31)
    if count < 0:
        return place.fail("a string is repeated a negative number of times", "RangeError")
    place.evaluator.check_text(count * len(text), place)
    return text * count


def _at(text: str, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(text))
    index += len(text) if index < 0 else 0
    return text[index] if 0 <= index < len(text) else UNDEFINED


def _char_at(text: str, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(text))
    return text[index] if 0 <= index < len(text) else ""


def _char_code(text: str, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(text))
    return ord(text[index]) if 0 <= index < len(text) else float("nan")


def _code_point(text: str, arguments: list[Value], place: Place) -> Value:
    index = whole(number_of(argument(arguments, 0, 0), place), len(text))
    return ord(from_utf16(text[index:])[0]) if 0 <= index < len(text) else UNDEFINED


def _concat(text: str, arguments: list[Value], place: Place) -> Value:
    return "".join([text, *(utf16(text_of(item, place)) for item in arguments)])


def _limit(value: Value, place: Place) -> int | None:
    """The most parts `split` gives; a negative number counts down from 2³², as good as none."""
    number = 0 if value is UNDEFINED else to_int32(number_of(value, place))
    return None if value is UNDEFINED or number < 0 else number


def _split(text: str, arguments: list[Value], place: Place) -> Value:
    separator, limit = argument(arguments, 0), _limit(argument(arguments, 1), place)
    if isinstance(separator, Regex):
        found = split_at_matches(text, separator, place)
        if isinstance(found, Unknown):
            return found
    elif separator is UNDEFINED:
        found = [text]
    else:
        by = to_string(separator, place)
        if isinstance(by, Unknown):
            return by
        found = text.split(utf16(by)) if by else list(text)
    place.evaluator.check_length(len(found), place)
    found = found if limit is None else found[:limit]
    return JsArray(from_utf16(part) if isinstance(part, str) else part for part in found)


def _replacing(*, everywhere: bool) -> StringMethod:
    def method(text: str, arguments: list[Value], place: Place) -> Value:
        pattern, replacement = argument(arguments, 0), argument(arguments, 1)
        if not isinstance(pattern, Regex):
            pattern = to_string(pattern, place)
            if isinstance(pattern, Unknown):
                return pattern
            pattern = Regex.of_text(utf16(pattern), everywhere=everywhere)
        elif everywhere and not pattern.everywhere:
            return place.fail("replaceAll is called with a regular expression that is not global")
        return replace_matches(text, pattern, replacement, place)

    return method


def _normalize(text: str, arguments: list[Value], place: Place) -> Value:
    form = argument(arguments, 0, "NFC")
    if form not in ("NFC", "NFD", "NFKC", "NFKD"):
        return place.fail("a form of normalization that does not exist")
    return unicodedata.normalize(form, from_utf16(text))


def _matching(native: Callable[[str, Regex, Place], Value]) -> StringMethod:
    def method(text: str, arguments: list[Value], place: Place) -> Value:
        pattern = argument(arguments, 0)
        if not isinstance(pattern, Regex):
            return place.unknown("a string is used as a regular expression")
        return native(text, pattern, place)

    return method


def _trim(text: str, arguments: list[Value], place: Place) -> Value:
    return text.strip(WHITESPACE)


def _lower(text: str, arguments: list[Value], place: Place) -> Value:
    return from_utf16(text).lower()


def _upper(text: str, arguments: list[Value], place: Place) -> Value:
    return from_utf16(text).upper()


def _compare(text: str, arguments: list[Value], place: Place) -> Value:
    other = to_string(argument(arguments, 0), place)
    if text == other:
        return 0
    return place.unknown("localeCompare depends on the place where it runs")


METHODS: dict[str, StringMethod] = {
    "slice": _slice, "substring": _substring, "substr": _substr, "padStart": _pad(start=True),
    "padEnd": _pad(start=False), "repeat": _repeat, "at": _at, "charAt": _char_at, "charCodeAt": _char_code,
    "codePointAt": _code_point, "concat": _concat, "split": _split, "replace": _replacing(everywhere=False),
    "replaceAll": _replacing(everywhere=True), "normalize": _normalize, "trim": _trim, "toLowerCase": _lower,
    "toUpperCase": _upper, "toLocaleLowerCase": _lower, "toLocaleUpperCase": _upper, "localeCompare": _compare,
    "trimStart": lambda text, arguments, place: text.lstrip(WHITESPACE),
    "trimEnd": lambda text, arguments, place: text.rstrip(WHITESPACE),
    "toString": lambda text, arguments, place: text,
    "valueOf": lambda text, arguments, place: text,
    "startsWith": _of_texts(lambda text, part, start: text.startswith(part, start or 0), 1),
    "endsWith": _of_texts(lambda text, part, end: text.endswith(part, 0, len(text) if end is None else end), 1),
    "includes": _of_texts(lambda text, part, start: part in text[start or 0 :], 1),
    "indexOf": _of_texts(lambda text, part, start: text.find(part, min(start or 0, len(text))), 1),
    "lastIndexOf": _of_texts(
        lambda text, part, end: text.rfind(part, 0, len(text) if end is None else end + len(part)), 1
    ),
    "match": _matching(match), "matchAll": _matching(match_all), "search": _matching(search),
}  # fmt: skip

properties.STRING.update(table({name: _method(native) for name, native in METHODS.items()}))


def _string(this: Value, arguments: list[Value], place: Place) -> Value:
    value = argument(arguments, 0, "")
    return f"Symbol({value.description})" if isinstance(value, Symbol) else to_string(value, place)


def _raw(this: Value, arguments: list[Value], place: Place) -> Value:
    raw = properties.get(argument(arguments, 0), "raw", place)
    pieces = properties.iterate(raw, place)
    if isinstance(pieces, Unknown):
        return pieces
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        inserted = argument(arguments, index + 1, "") if index + 1 < len(pieces) else ""
        for value in (piece, inserted):
            text = to_string(value, place)
            if isinstance(text, Unknown):
                return text
            parts.append(text)
    return place.evaluator.text("".join(parts), place)


def _from_codes(this: Value, arguments: list[Value], place: Place) -> Value:
    return from_utf16("".join(chr(to_int32(number_of(code, place)) & 0xFFFF) for code in arguments))


def _from_points(this: Value, arguments: list[Value], place: Place) -> Value:
    if not all(isinstance(point, int) and 0 <= point <= 0x10FFFF for point in arguments):
        return place.fail("a code point that does not exist")
    return "".join(chr(point) for point in arguments)


STRING = BuiltinClass(
    "String",
    _string,
    statics=table({"raw": _raw, "fromCharCode": _from_codes, "fromCodePoint": _from_points}),
    methods=properties.STRING,
)
