"""Regular expressions, by Python's `re` where the two languages agree and no pattern can take forever."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ..runtime.coercion import to_string
from ..runtime.operators import from_utf16, utf16
from ..runtime.properties import put
from ..runtime.values import UNDEFINED, JsArray, JsExotic, JsFunction, JsObject, Unknown, Value
from .native import BuiltinClass, Native, argument, table

if TYPE_CHECKING:
    from ..runtime.places import Place

#: What a search may cost: the length of the text to the power of the unbounded repeats in the pattern.
LARGEST_SEARCH = 50_000_000

#: JavaScript's \s, which is not Python's.
SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"

CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": SPACE}


#: Property → its letter.
_FLAGS = {"global": "g", "ignoreCase": "i", "multiline": "m", "dotAll": "s", "unicode": "u", "sticky": "y"}

#: `test`, `exec` and `toString`; filled in below.
METHODS: dict[str, Value] = {}


class Untranslatable(Exception):
    """A pattern that Python's `re` would not understand in the same way, or might never finish."""


@dataclass(eq=False)
class Regex(JsExotic):
    """A regular expression. `pattern` is None where it is not evaluated; `reason` says why."""

    source: str
    flags: str
    pattern: re.Pattern[str] | None
    reason: str = ""
    #: How many repeats without an end it has.
    repeats: int = 0
    last_index: Value = field(default=0)

    @property
    def everywhere(self) -> bool:
        return "g" in self.flags

    def read(self, key: object, place: Place) -> Value:
        if key in _FLAGS:
            return _FLAGS[str(key)] in self.flags
        plain = {"source": self.source, "flags": self.flags, "lastIndex": self.last_index}
        return plain[str(key)] if key in plain else METHODS.get(str(key), UNDEFINED)

    def to_text(self) -> str:
        return f"/{self.source}/{self.flags}"

    @classmethod
    def of_text(cls, text: str, *, everywhere: bool) -> Regex:
        """The text itself, as `replace` takes it."""
        return cls(text, "g" if everywhere else "", re.compile(re.escape(text)))


def make_regex(source: str, flags: str, place: Place) -> Value:
    pattern, repeats, reason = _compile(source, flags)
    return Regex(source, flags, pattern, reason, repeats)


@cache
def _compile(source: str, flags: str) -> tuple[re.Pattern[str] | None, int, str]:
    if set(flags) - set("gimsuyd") or len(source) > 2_000:
        return None, 0, "a regular expression of that kind is not evaluated"
    options = 0
    for letter, option in (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL)):
        options |= option if letter in flags else 0
    translation = _Translation(source, multiline="m" in flags, dot_all="s" in flags)
    try:
        text = translation.translate()
        return re.compile(text, options), translation.repeats, ""
    except (Untranslatable, re.error, RecursionError, OverflowError):
        return None, 0, "a regular expression of that kind is not evaluated"


class _Translation:
    """From JavaScript's syntax to Python's; one pass over the pattern, a stack of open groups."""

    def __init__(self, source: str, *, multiline: bool, dot_all: bool) -> None:
        self.source = source
        self.multiline = multiline
        self.dot_all = dot_all
        self.repeats = 0
        self.at = 0
        self.parts: list[str] = []
        #: For each open group: whether it holds a repeat or a choice, so that repeating it might explode.
        self.groups: list[bool] = [False]
        #: The same for the piece that a quantifier would apply to.
        self.last = False

    def translate(self) -> str:
        while self.at < len(self.source):
            character = self.source[self.at]
            step = {
                "\\": self._escape, "[": self._class, "(": self._open, ")": self._close, "*": self._repeat,
                "+": self._repeat, "?": self._optional, "{": self._brace, "|": self._choice, "$": self._end,
                ".": self._dot,
            }.get(character)  # fmt: skip
            if step is not None:
                step()
            else:
                self._add(character)
        if len(self.groups) != 1:
            raise Untranslatable
        return "".join(self.parts)

    def _add(self, text: str, length: int = 1) -> None:
        self.parts.append(text)
        self.at += length
        self.last = False

    def _escape(self) -> None:
        text, length = _escape(self.source, self.at, in_class=False)
        self._add(text, length)

    def _class(self) -> None:
        at, parts = self.at + 1, ["["]
        if self.source[at : at + 1] == "^":
            parts.append("^")
            at += 1
        if self.source[at : at + 1] == "]":
            raise Untranslatable
        while self.source[at : at + 1] != "]":
            if at >= len(self.source):
                raise Untranslatable
            text, length = _class_piece(self.source, at)
            parts.append(text)
            at += length
        self._add("".join(parts) + "]", at + 1 - self.at)

    def _open(self) -> None:
        opening = re.compile(r"\((?:\?(?::|=|!|<=|<!|<([A-Za-z_]\w*)>))?").match(self.source, self.at)
        assert opening is not None
        if self.source.startswith("(?", self.at) and opening.end() == self.at + 1:
            raise Untranslatable
        name = opening.group(1)
        self._add(f"(?P<{name}>" if name else opening.group(), len(opening.group()))
        self.groups.append(False)

    def _close(self) -> None:
        if len(self.groups) == 1:
            raise Untranslatable
        inside = self.groups.pop()
        self._add(")")
        self.last = inside
        self.groups[-1] = self.groups[-1] or inside

    def _choice(self) -> None:
        self.groups[-1] = True
        self._add("|")

    def _repeat(self) -> None:
        self._quantified(self.source[self.at], 1)

    def _quantified(self, text: str, length: int) -> None:
        """An unbounded repeat of what itself repeats or chooses may take exponential time."""
        if self.last:
            raise Untranslatable
        self.repeats += 1
        self.groups[-1] = True
        self._add(text, length)
        self._lazy()

    def _optional(self) -> None:
        self.groups[-1] = True
        self._add("?")
        self._lazy()

    def _lazy(self) -> None:
        if self.source[self.at : self.at + 1] == "?":
            self._add("?")

    def _brace(self) -> None:
        found = re.compile(r"\{(\d+)(,?)(\d*)\}").match(self.source, self.at)
        if found is None:
            self._add("\\{")
            return
        low, comma, high = found.groups()
        if int(high or low) > 1_000:
            raise Untranslatable
        if comma:
            self._quantified(found.group(), len(found.group()))
        else:
            if self.last:
                raise Untranslatable
            self._add(found.group(), len(found.group()))

    def _end(self) -> None:
        self._add("$" if self.multiline else "\\Z")

    def _dot(self) -> None:
        self._add("." if self.dot_all else "[^\\n\\r\\u2028\\u2029]")


def _escape(source: str, at: int, *, in_class: bool) -> tuple[str, int]:
    """An escape in Python's words, and how long it is."""
    letter = source[at + 1 : at + 2]
    if letter in CLASSES:
        return (CLASSES[letter] if in_class else f"[{CLASSES[letter]}]"), 2
    if letter.lower() in CLASSES and letter:
        if in_class:
            raise Untranslatable
        return f"[^{CLASSES[letter.lower()]}]", 2
    if letter in ("b", "B") and not in_class:
        return f"(?a:\\{letter})", 2
    if letter in tuple("nrtvf"):
        return f"\\{letter}", 2
    code = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))").match(source, at)
    if code is not None:
        return f"\\u{int(code.group(1) or code.group(2), 16):04x}", len(code.group())
    if not letter or letter.isalnum() or ord(letter) > 126:
        raise Untranslatable
    return re.escape(letter), 2


def _class_piece(source: str, at: int) -> tuple[str, int]:
    character = source[at]
    if character == "\\":
        return _escape(source, at, in_class=True)
    return (f"\\{character}" if character in "[&~|" else character), 1


# -- Use --------------------------------------------------------------------------------------------------------


def _matches(text: str, regex: Regex, place: Place, *, everywhere: bool) -> list[re.Match[str]] | Unknown:
    if regex.pattern is None or "y" in regex.flags or (regex.everywhere and regex.last_index != 0):
        return place.unknown(regex.reason or "a regular expression of that kind is not evaluated")
    if len(text) ** max(regex.repeats, 1) > LARGEST_SEARCH:
        return place.unknown("a regular expression might take too long on a text of that length")
    place.evaluator.step(place, 1 + (len(text) >> 6))
    if everywhere:
        return list(regex.pattern.finditer(text))
    found = regex.pattern.search(text)
    return [] if found is None else [found]


def test(regex: Regex, text: str, place: Place) -> Value:
    if regex.everywhere:
        return place.unknown("a global regular expression remembers where it was")
    found = _matches(text, regex, place, everywhere=False)
    return found if isinstance(found, Unknown) else bool(found)


def _groups(found: re.Match[str]) -> list[Value]:
    return [UNDEFINED if group is None else from_utf16(group) for group in found.groups()]


def _match_array(found: re.Match[str], place: Place) -> JsArray:
    made = JsArray([from_utf16(found.group()), *_groups(found)])
    named = {key: UNDEFINED if item is None else from_utf16(item) for key, item in found.groupdict().items()}
    put(made, "index", found.start(), place)
    put(made, "groups", JsObject(named.items()) if named else UNDEFINED, place)
    return made


def match(text: str, regex: Regex, place: Place) -> Value:
    """`text.match(regex)`: all matches of a global one, else the first with its groups."""
    found = _matches(text, regex, place, everywhere=regex.everywhere)
    if isinstance(found, Unknown):
        return found
    if not found:
        return None
    if regex.everywhere:
        return JsArray(from_utf16(item.group()) for item in found)
    return _match_array(found[0], place)


def match_all(text: str, regex: Regex, place: Place) -> Value:
    found = _matches(text, regex, place, everywhere=True)
    return found if isinstance(found, Unknown) else JsArray(_match_array(item, place) for item in found)


def search(text: str, regex: Regex, place: Place) -> Value:
    found = _matches(text, regex, place, everywhere=False)
    return found if isinstance(found, Unknown) else found[0].start() if found else -1


def split_at_matches(text: str, regex: Regex, place: Place) -> list[Value] | Unknown:
    found = _matches(text, regex, place, everywhere=True)
    if isinstance(found, Unknown):
        return found
    if not text:
        return [] if found else [""]
    parts: list[Value] = []
    start = 0
    for item in found:
        if item.end() == item.start() and item.start() in (start, len(text)) and not (item.start() > start):
            continue
        if item.start() == len(text):
            continue
        parts.extend([text[start : item.start()], *_groups(item)])
        start = item.end()
    return [*parts, text[start:]]


def replace_matches(text: str, regex: Regex, replacement: Value, place: Place) -> Value:
    """`text.replace(regex, replacement)`; the replacement is a function, or a string with `$1` and the like."""
    found = _matches(text, regex, place, everywhere=regex.everywhere)
    if isinstance(found, Unknown):
        return found
    parts: list[str] = []
    start = 0
    for item in found:
        piece = _replacement(text, item, replacement, place)
        if isinstance(piece, Unknown):
            return piece
        parts.extend((text[start : item.start()], piece))
        start = item.end()
    return "".join(parts) + text[start:]


def _replacement(text: str, found: re.Match[str], replacement: Value, place: Place) -> Value:
    if isinstance(replacement, JsFunction):
        arguments = [from_utf16(found.group()), *_groups(found), found.start(), from_utf16(text)]
        replacement = to_string(replacement.invoke(UNDEFINED, arguments, place), place)
        return replacement if isinstance(replacement, Unknown) else utf16(replacement)
    template = to_string(replacement, place)
    return template if isinstance(template, Unknown) else _expand(utf16(template), text, found)


_SUBSTITUTION = re.compile(r"\$(?:([$&`'])|(\d\d?)|<([^>]*)>)")


def _expand(template: str, text: str, found: re.Match[str]) -> str:
    def piece(reference: re.Match[str]) -> str:
        sign, digits, name = reference.groups()
        if sign is not None:
            return {"$": "$", "&": found.group(), "`": text[: found.start()], "'": text[found.end() :]}[str(sign)]
        if name is not None:
            return (found.groupdict().get(name) or "") if found.groupdict() else reference.group()
        return _numbered(digits, found, reference.group())

    return _SUBSTITUTION.sub(piece, template)


def _numbered(digits: str, found: re.Match[str], written: str) -> str:
    """`$12` is group 12 if there is one, else group 1 and a "2"."""
    count = len(found.groups())
    if 1 <= int(digits) <= count:
        return found.group(int(digits)) or ""
    if len(digits) == 2 and 1 <= int(digits[0]) <= count:
        return (found.group(int(digits[0])) or "") + digits[1]
    return written


def _method(native: Callable[[Regex, str, Place], Value]) -> Native:
    def method(this: Value, arguments: list[Value], place: Place) -> Value:
        if not isinstance(this, Regex):
            return place.fail("a method of RegExp is called on something else")
        text = to_string(argument(arguments, 0), place)
        return text if isinstance(text, Unknown) else native(this, utf16(text), place)

    return method


def execute(regex: Regex, text: str, place: Place) -> Value:
    if regex.everywhere:
        return place.unknown("a global regular expression remembers where it was")
    return match(text, regex, place)


METHODS.update(
    table(
        {
            "test": _method(test),
            "exec": _method(execute),
            "toString": _method(lambda regex, text, place: regex.to_text()),
        }
    )
)


def _make(arguments: list[Value], place: Place) -> Value:
    source, flags = argument(arguments, 0, ""), argument(arguments, 1, "")
    if isinstance(source, Regex):
        return make_regex(source.source, flags or source.flags, place)
    if not isinstance(source, str) or not isinstance(flags, str):
        return place.unknown("a regular expression that is not known")
    return make_regex(source, flags, place)


REGEX = BuiltinClass("RegExp", lambda this, arguments, place: _make(arguments, place), _make, (Regex,))
