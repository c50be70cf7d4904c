"""Regular expressions: what `replace`, `split` and `test` do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...frozen import dataclass
from ...regex import lazy
from ..runtime.coercion import to_string
from ..runtime.text import from_utf16, utf16, width
from ..runtime.values import UNDEFINED, JsExotic, JsFunction, Unknown, Value
from .native import Builtin, NotEvaluated, Unknowable, argument, text_of
from .patterns import CompiledPattern, translate

if TYPE_CHECKING:
    from ..runtime.places import Place


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    groups: tuple[Value, ...] = ()


@dataclass(eq=False, slots=True)
class Regex(JsExotic):
    """A regular expression, or with `text` a string that `replace` takes for one. Without both it is not evaluated."""

    source: str
    flags: str
    pattern: CompiledPattern | None = None
    text: str | None = None

    @property
    def everywhere(self) -> bool:
        return "g" in self.flags

    def read(self, key: object, place: Place) -> Value:
        if key in ("source", "flags"):
            return self.source if key == "source" else self.flags
        if key == "test":
            return Builtin("test", _test)
        return NotEvaluated(str(key)) if key in ("exec", "toString", "compile") else place.unknown("a part of a RegExp")

    @classmethod
    def of_text(cls, text: str, *, everywhere: bool) -> Regex:
        """The text itself, as `replace` takes it."""
        return cls(text, "g" if everywhere else "", text=text)

    def matches(self, text: str, place: Place, *, everywhere: bool) -> Iterator[Match]:
        """Raises Unknowable for what is not evaluated."""
        found = self._of_text(text) if self.text is not None else self._of_pattern(text, place)
        for match in found:
            place.evaluator.make(100, place)
            yield match
            if not everywhere:
                return

    def _of_text(self, text: str) -> Iterator[Match]:
        wanted = self.text or ""
        at = text.find(wanted)
        while at >= 0:
            yield Match(at, at + len(wanted))
            at = text.find(wanted, at + max(len(wanted), 1)) if at < len(text) else -1

    def _of_pattern(self, text: str, place: Place) -> Iterator[Match]:
        pattern = self.pattern
        if pattern is None or ("i" in self.flags and not text.isascii()):
            raise Unknowable(place.unknown("a regular expression of that kind is not evaluated"))
        cost = pattern.cost(len(text))
        bound = place.evaluator.bounds.search
        if cost > bound.most:
            raise Unknowable(place.unknown(bound.why))
        place.evaluator.step(place, 1 + (cost >> 8))
        for found in pattern.compiled.finditer(text):
            yield Match(found.start(), found.end(), tuple(map(_group, found.groups())))


def _group(text: str | None) -> Value:
    return UNDEFINED if text is None else from_utf16(text)


def make_regex(source: str, flags: str, place: Place) -> Value:
    return Regex(source, flags, translate(source, flags))


def _test(this: Value, arguments: list[Value], place: Place) -> Value:
    if not isinstance(this, Regex) or this.everywhere:
        return place.unknown("a global regular expression remembers where it was")
    text = utf16(text_of(argument(arguments, 0), place))
    return any(True for _ in this.matches(text, place, everywhere=False))


def replace_matches(text: str, regex: Regex, replacement: Value, place: Place) -> Value:
    """`text.replace(regex, replacement)`; the replacement is a function, or a string with `$1` and the like."""
    parts: list[str] = []
    start = 0
    for match in regex.matches(text, place, everywhere=regex.everywhere):
        piece = _replacement(text, match, replacement, place)
        if isinstance(piece, Unknown):
            return piece
        place.evaluator.make(len(piece) * width(piece), place)
        parts.extend((text[start : match.start], piece))
        start = match.end
    return place.evaluator.join([*parts, text[start:]], place)


def _replacement(text: str, match: Match, replacement: Value, place: Place) -> Value:
    matched = text[match.start : match.end]
    if isinstance(replacement, JsFunction):
        arguments = [from_utf16(matched), *match.groups, match.start, from_utf16(text)]
        replacement = to_string(replacement.invoke(UNDEFINED, arguments, place), place)
        return replacement if isinstance(replacement, Unknown) else utf16(replacement)
    template = utf16(text_of(replacement, place))
    return _expand(template, matched, match, place) if "$" in template else template


_SUBSTITUTION = lazy(r"\$([$&1-9])|\$[`'<0]")


def _expand(template: str, matched: str, match: Match, place: Place) -> str:
    """`$$`, `$&` and `$1`; the text around a match and groups beyond the ninth are not put in."""

    def piece(reference: re.Match[str]) -> str:
        sign = reference[1]
        if sign is None or len(match.groups) > 9:
            raise Unknowable(place.unknown(f"{reference[0]} in a replacement is not evaluated"))
        if not sign.isdigit():
            return "$" if sign == "$" else matched
        if int(sign) > len(match.groups):
            return reference[0]
        group = match.groups[int(sign) - 1]
        return "" if group is UNDEFINED else utf16(group)

    references = template.count("$")
    longest = max([len(matched), *(len(group) for group in match.groups if isinstance(group, str))])
    place.evaluator.step(place, references)
    place.evaluator.check_text(len(template) + references * longest, width(template + matched), place)
    return _SUBSTITUTION.sub(piece, template)
