"""Regular expressions whose time is bounded, whatever they say and whatever they are matched with.

Python's own engine tries one way after the other, and on `(a|aa)+b` their number doubles every few letters. What comes
from a stranger's repository is therefore followed along all ways at once, as a set of places in the text; only where
a few turns cannot do harm does Python's engine do the work.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from .budget import Budget

#: Longer texts are followed along all ways: with two turns the time grows with the square of the length.
_SHORT = 300
_TURNS = frozenset({parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT})
_LOOKS = frozenset({parser.ASSERT, parser.ASSERT_NOT})
_FLAGS = re.DOTALL | re.UNICODE


class Pattern:
    """A regular expression for whole texts, in which `.` is any character. Raises ValueError if it is none.

    Groups are no part of it: what asks for the text of one (`\\1`) is refused.
    """

    def __init__(self, expression: str) -> None:
        self._expression = expression
        try:
            self._tree = parser.parse(expression, _FLAGS)
        except (re.error, RecursionError, OverflowError) as error:
            raise ValueError(f"{expression[:80]!r} is not a regular expression: {error}") from error
        if not _is_known(self._tree) or self._tree.state.flags & ~_FLAGS:
            raise ValueError(f"{expression[:80]!r} is a regular expression of a kind that is not supported")

    def matches(self, text: str, budget: Budget) -> bool:
        """Whether all of `text` is one of those that the expression means. Draws steps from `budget`."""
        if self._simple is not None and len(text) <= _SHORT:
            return self._simple.fullmatch(text) is not None
        return len(text) in _Ways(text, budget).through(self._tree, {0})

    @cached_property
    def _simple(self) -> re.Pattern[str] | None:
        """The expression as Python's engine has it, if at most two of its turns can be combined with each other."""
        return re.compile(self._expression, re.DOTALL) if _choices(self._tree) <= 2 else None


def _is_known(tree: Any) -> bool:
    for kind, value in tree:
        match str(kind):
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                continue
            case "AT":
                if value not in (parser.AT_BEGINNING, parser.AT_BEGINNING_STRING, parser.AT_END, parser.AT_END_STRING):
                    return False
            case "SUBPATTERN":
                if value[1] & ~re.DOTALL or value[2] or not _is_known(value[3]):
                    return False
            case _:
                if kind not in {*_TURNS, *_LOOKS, parser.BRANCH, parser.ATOMIC_GROUP}:
                    return False
                if not all(_is_known(part) for part in _parts(kind, value)):
                    return False
    return True


def _parts(kind: Any, value: Any) -> Iterable[Any]:
    """The expressions within one."""
    if kind in _TURNS:
        return (value[2],)
    if kind is parser.BRANCH:
        return tuple(value[1])
    if kind in _LOOKS:
        return (value[1],)
    return (value,) if kind is parser.ATOMIC_GROUP else (value[3],) if kind is parser.SUBPATTERN else ()


def _choices(tree: Any) -> int:
    """How many turns and branches an engine that goes back may have to combine; one within another counts as many."""
    count = 0
    for kind, value in tree:
        inner = sum(map(_choices, _parts(kind, value)))
        if kind in _TURNS and value[1] > 1:
            inner = 1 if not inner else inner + 10
        elif kind is parser.BRANCH or (kind in _TURNS and value[0] != value[1]):
            inner += 1
        count += inner if kind is not parser.ATOMIC_GROUP or inner > 1 else 0
    return count


class _Ways:
    """All ways through one text."""

    def __init__(self, text: str, budget: Budget) -> None:
        self._text = text
        self._budget = budget

    def through(self, tree: Any, places: set[int]) -> set[int]:
        """Where `tree` can end if it begins at one of `places`."""
        for kind, value in tree:
            self._budget.step(1 + len(places) // 8)
            if not places:
                break
            places = self._over(kind, value, places)
        return places

    def _over(self, kind: Any, value: Any, places: set[int]) -> set[int]:
        if kind in _TURNS:
            return self._turns(value[0], value[1], value[2], places)
        if kind in _LOOKS:
            return {place for place in places if self._looks(value[0], value[1], place) is (kind is parser.ASSERT)}
        match str(kind):
            case "SUBPATTERN":
                return self.through(value[3], places)
            case "ATOMIC_GROUP":
                return self.through(value, places)
            case "BRANCH":
                return set().union(*(self.through(branch, places) for branch in value[1]))
            case "AT":
                begins = value in (parser.AT_BEGINNING, parser.AT_BEGINNING_STRING)
                return places & {0 if begins else len(self._text)}
        text = self._text
        return {place + 1 for place in places if place < len(text) and _takes(kind, value, ord(text[place]))}

    def _turns(self, least: int, most: int, tree: Any, places: set[int]) -> set[int]:
        """The places after each number of turns; a turn that leads nowhere new is the last."""
        for _ in range(min(least, len(self._text) + 1)):
            places = self.through(tree, places)
        found, new, turns = set(places), places, least
        while new and turns < most:
            new = self.through(tree, new) - found
            found |= new
            turns += 1
        return found

    def _looks(self, direction: int, tree: Any, place: int) -> bool:
        if direction > 0:
            return bool(self.through(tree, {place}))
        return any(place in self.through(tree, {start}) for start in range(place, -1, -1))


def _takes(kind: Any, value: Any, letter: int) -> bool:
    """Whether an expression of one character takes this one."""
    match str(kind):
        case "ANY":
            return True
        case "LITERAL":
            return bool(letter == value)
        case "NOT_LITERAL":
            return bool(letter != value)
    negated = value[0][0] is parser.NEGATE
    return negated is not any(_is_in(item, letter) for item in value[negated:])


def _is_in(item: tuple[Any, Any], letter: int) -> bool:
    kind, value = item
    if kind is parser.LITERAL:
        return bool(letter == value)
    if kind is parser.RANGE:
        return bool(value[0] <= letter <= value[1])
    return _CATEGORIES[str(value)].match(chr(letter)) is not None


_CATEGORIES = {
    f"CATEGORY_{name}{kind}": re.compile(f"\\{letter if not name else letter.upper()}")
    for kind, letter in (("DIGIT", "d"), ("SPACE", "s"), ("WORD", "w"))
    for name in ("", "NOT_")
}
