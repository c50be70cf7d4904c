"""What every PostgreSQL has: data from the servers' own `pg_proc`, `pg_operator`, `pg_cast` and `pg_type`.

The files are written by `tests/normalize/signatures.py`, as the union of versions. Types go by the catalog's own names:
`int4`, and `_int4` for an array of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Signature:
    """A function, aggregate or operator. `least` is how many arguments must be given; `variadic` takes any number more.

    `columns` are what a row of it holds, where that is a record with columns of its own. `direct` counts the arguments
    of an ordered-set aggregate that are not sorted by; -1 for all else.
    """

    parameters: tuple[str, ...]
    result: str
    least: int
    variadic: bool = False
    of_rows: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    direct: int = -1


def functions(name: str) -> tuple[Signature, ...]:
    """All functions of the name."""
    return tuple(map(_function, _lines("functions").get(name, ())))


def operators(name: str) -> tuple[Signature, ...]:
    """All operators of the name. What stands before its operand has one parameter."""
    return tuple(map(_operator, _lines("operators").get(name, ())))


@cache
def _lines(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        word, facts = line.split(" ", 1)
        found[word] = (*found.get(word, ()), facts)
    return found


@cache
def _function(facts: str) -> Signature:
    taken, _, given = facts.partition(" > ")
    kind, *words = taken.split(" ")
    result, *columns = given.split(" ")
    pairs = tuple((name, type_) for name, _, type_ in (column.rpartition(":") for column in columns))
    return Signature(
        tuple(word.lstrip("?*") for word in words),
        result.removeprefix("%"),
        sum(word[0] not in "?*" for word in words),
        any("*" in word[:2] for word in words),
        result.startswith("%"),
        pairs,
        int(kind[1:]) if kind[0] == "o" else -1,
    )


@cache
def _operator(facts: str) -> Signature:
    first, second, _, result = facts.split(" ")
    parameters = (second,) if first == "-" else (first, second)
    return Signature(parameters, result, len(parameters))


@cache
def casts() -> frozenset[tuple[str, str]]:
    """From which type to which PostgreSQL casts unsaid."""
    return frozenset((a, b) for a, b in (facts.split(" ") for facts in _lines("types")["cast"]))


@cache
def categories() -> dict[str, str]:
    """The category of each type, with a star for the one that is preferred in it."""
    return dict(facts.rsplit(" ", 1) for facts in _lines("types")["type"])
