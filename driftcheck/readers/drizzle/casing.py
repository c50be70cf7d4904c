"""Column names made from property names, as Drizzle's own two functions make them (drizzle-orm/src/casing.ts)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ...regex import lazy
from .line import Line

Casing = Callable[[str], str]

_APOSTROPHES = lazy("['\u2019]")
#: Drizzle's words, over a text in which every character stands for its class: d(igit), l(ower), u(pper), other.
_WORD = lazy(r"[dl]+|u+(?!l)|u[dl]+")


def _ascii_class(character: str) -> str:
    if not character.isascii():
        return "-"
    return "d" if character.isdigit() else "l" if character.islower() else "u" if character.isupper() else "-"


def _unicode_class(character: str) -> str:
    if character.isascii():
        return _ascii_class(character)
    return "u" if character.isupper() else "l" if character.isalpha() else "-"


def _words(name: str, line: Line) -> list[str]:
    name = _APOSTROPHES.sub("", name)
    classes = "".join(map(_unicode_class if line is Line.NEXT else _ascii_class, name))
    return [name[found.start() : found.end()] for found in _WORD.finditer(classes)]


def to_snake_case(name: str, line: Line = Line.STABLE) -> str:
    """`createdAt` → `created_at`."""
    return "_".join(word.lower() for word in _words(name, line))


def to_camel_case(name: str, line: Line = Line.STABLE) -> str:
    """`created_at` → `createdAt`."""
    words = _words(name, line)
    return "".join(words[:1]).lower() + "".join(word[0].upper() + word[1:] for word in words[1:])


def casing(name: object, line: Line) -> Casing | None:
    """What a config's `casing` means: None if it is neither `snake_case` nor `camelCase`."""
    if name == "snake_case":
        return partial(to_snake_case, line=line)
    if name == "camelCase":
        return partial(to_camel_case, line=line)
    return None
