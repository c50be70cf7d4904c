"""From JavaScript's regular expressions to Python's, where both mean the same and the time of a search is known.

Letters, classes, groups and repeats of single characters, one after the other; what else there is, is not evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...frozen import dataclass
from ...regex import lazy

#: JavaScript's \s, which is not Python's.
_SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": _SPACE}
#: Longer patterns no schema has.
_LONGEST = 500

_ESCAPED = r"\\[nrtvf]|\\[^A-Za-z0-9]"
_CHARACTER = rf"{_ESCAPED}|[^\\\[\](){{}}*+?.|^$]"
#: In a class all signs but three stand for themselves; `-` does so at the ends.
_IN_CLASS = rf"{_ESCAPED}|[^\\\]^-]"
_ITEM = lazy(rf"\\[dws]|(?:{_IN_CLASS})(?:-(?:{_IN_CLASS}))?")
_CLASS = rf"\[\^?-?(?:{_ITEM.pattern})*-?\]"
_PART = lazy(
    rf"(?P<repeated>\\[dwsDWS]|{_CHARACTER}|\.|{_CLASS})(?P<repeat>[*+?]\??)?"
    r"|(?P<group>\((?:\?:)?|\))|(?P<edge>\^|\$|\\b)"
)


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """A pattern, compiled, with how many repeats without an end and how many optional characters it has."""

    compiled: re.Pattern[str]
    repeats: int
    optional: int

    def cost(self, length: int) -> int:
        """The most steps that all searches through a text of that length take."""
        return int(2**self.optional * (length + 1) ** (self.repeats + 1))


@cache
def translate(source: str, flags: str) -> CompiledPattern | None:
    """None for what is not evaluated."""
    parts = list(_PART.finditer(source)) if len(source) <= _LONGEST and set(flags) <= {"g", "i"} else []
    if sum(len(part[0]) for part in parts) != len(source) or not _is_nested(parts):
        return None
    if not source.isascii() and ("i" in flags or max(source) > "\uffff"):
        return None  # the two languages differ in which letters are one, and in what a character is
    repeats = [part["repeat"] or "" for part in parts]
    text = "".join(_python(part) + repeat for part, repeat in zip(parts, repeats, strict=True))
    optional = sum(repeat.startswith("?") for repeat in repeats)
    try:
        compiled = re.compile(text, re.IGNORECASE if "i" in flags else 0)
    except (re.error, RecursionError, OverflowError):
        return None
    return CompiledPattern(compiled, sum(repeat != "" for repeat in repeats) - optional, optional)


def _is_nested(parts: list[re.Match[str]]) -> bool:
    """Whether each group ends, and is not repeated: there is none directly behind `)`."""
    depth = 0
    for part in parts:
        if part["group"] is not None:
            depth += -1 if part["group"] == ")" else 1
        if depth < 0:
            return False
    return depth == 0


def _python(part: re.Match[str]) -> str:
    if part["group"] is not None:
        return part["group"]
    if part["edge"] is not None:
        return {"^": "\\A", "$": "\\Z", "\\b": "(?a:\\b)"}[part["edge"]]
    text = part["repeated"]
    if text == ".":
        return "[^\\n\\r\\u2028\\u2029]"
    if text[0] == "[":
        negated = "^" if text[1] == "^" else ""
        return f"[{negated}{''.join(_items(text[1 + len(negated) : -1]))}]"
    if text[0] == "\\" and text[1].lower() in _CLASSES:
        return f"[{'^' if text[1].isupper() else ''}{_CLASSES[text[1].lower()]}]"
    return _character(text)


def _items(text: str) -> Iterator[str]:
    """The characters, ranges and classes of a class."""
    if text[:1] == "-":
        yield "\\-"
    for found in _ITEM.finditer(text.strip("-")):
        item = found[0]
        if item[0] == "\\" and item[1] in _CLASSES:
            yield _CLASSES[item[1]]
        else:
            yield "-".join(map(_character, re.findall(_IN_CLASS, item)))
    if text[1:].endswith("-"):
        yield "\\-"


def _character(text: str) -> str:
    """One character, escaped or not, as Python's pattern for it."""
    if len(text) > 1 and text[1] in "nrtvf":
        return text
    return f"\\u{ord(text[-1]):04x}" if ord(text[-1]) < 0x10000 else re.escape(text[-1])
