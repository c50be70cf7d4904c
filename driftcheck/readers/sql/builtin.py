"""The functions that PostgreSQL itself has, of versions 13 to 18: data from the servers' own `pg_proc`.

`functions.txt` is written by `tests/conformance/functions.py`: a line has a name, its kind, its result and its
volatility, each as far as it is the same for all functions of the name and in all versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("functions.txt")


@dataclass(frozen=True, slots=True)
class Builtin:
    """All functions of one name.

    `kind` is f (function), s (one that returns a set), a (aggregate), w (window function) or ? where they differ.
    `result` is a type, ? where they differ. `volatility` is i, s or v, the least of them, by the number of arguments;
    None stands for any number.
    """

    kind: str
    result: str
    volatility: Mapping[int | None, str]

    def volatile(self, arguments: int) -> str:
        """The volatility of a call with so many arguments."""
        return self.volatility.get(arguments, self.volatility.get(None, "i"))

    def united(self, other: Builtin) -> Builtin:
        """What is true of both."""
        kind = self.kind if self.kind == other.kind else "?"
        result = self.result if self.result == other.result else "?"
        if None in self.volatility or None in other.volatility:
            least = min((*self.volatility.values(), *other.volatility.values()))
            return Builtin(kind, result, {None: least})
        arities = {*self.volatility, *other.volatility}
        found = {n: min(self.volatility.get(n, "v"), other.volatility.get(n, "v")) for n in arities}
        return Builtin(kind, result, found)


def parse(text: str) -> dict[str, Builtin]:
    """The functions that `text` lists."""
    return {name: _builtin(facts) for name, facts in _lines(text).items()}


def written(functions: Mapping[str, Builtin]) -> str:
    """The text that `parse` reads."""
    lines = []
    for name, one in sorted(functions.items()):
        by_arity = sorted(one.volatility.items(), key=lambda item: item[0] or 0)
        volatility = ",".join(letter + ("" if arity is None else str(arity)) for arity, letter in by_arity)
        lines.append(f"{name} {one.kind} {volatility} {one.result}\n")
    return "".join(lines)


def find(name: str) -> Builtin | None:
    """What PostgreSQL has under the name, if anything."""
    facts = _known().get(name)
    return None if facts is None else _builtin(facts)


@cache
def _known() -> dict[str, str]:
    return _lines(DATA.read_text(encoding="utf-8"))


def _lines(text: str) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in text.splitlines())


@cache
def _builtin(facts: str) -> Builtin:
    kind, volatility, result = facts.split(" ", 2)
    by_arity = {int(item[1:]) if item[1:] else None: item[0] for item in volatility.split(",")}
    return Builtin(kind, result, by_arity)
