"""What every PostgreSQL has: data from the servers' own `pg_proc`, `pg_operator`, `pg_cast` and `pg_type`.

The files are written by `tests/normalize/signatures.py`, from servers of each version. Types go by the catalog's own
names: `int4`, and `_int4` for an array of them.
"""

from __future__ import annotations

from functools import cache

from ...frozen import dataclass
from ...opening import packaged


@dataclass(frozen=True, slots=True)
class Signature:
    """A function, aggregate or operator. `least` is how many arguments must be given; `variadic` takes any number more.

    `columns` are what a row of it holds, where that is a record with columns of its own. `direct` counts the arguments
    of an ordered-set aggregate that are not sorted by; -1 for all else. `kind` is `pg_proc.prokind` and `volatility`
    the least `provolatile` that it has in any version; operators say neither.
    """

    parameters: tuple[str, ...]
    result: str
    least: int
    variadic: bool = False
    of_rows: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    direct: int = -1
    kind: str = ""
    volatility: str = ""

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.least <= count and (self.variadic or count <= len(self.parameters))


def functions(name: str) -> tuple[Signature, ...]:
    """All functions of the name."""
    return tuple(map(_function, _lines("functions").get(name, ())))


def operators(name: str) -> tuple[Signature, ...]:
    """All operators of the name. What stands before its operand has one parameter."""
    return tuple(map(_operator, _lines("operators").get(name, ())))


def relation(name: str) -> tuple[tuple[str, str], ...] | None:
    """Name and type of the columns of a relation of pg_catalog or information_schema, None if there is none."""
    facts = _lines("relations").get(name)
    return None if facts is None else tuple(map(_column, facts[0].split(" ")))


@cache
def _lines(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in packaged("normalize", "builtin", f"{name}.txt").splitlines():
        word, facts = line.split(" ", 1)
        found[word] = (*found.get(word, ()), facts)
    return found


def _column(text: str) -> tuple[str, str]:
    name, _, type_ = text.rpartition(":")
    return name, type_


@cache
def _function(facts: str) -> Signature:
    taken, _, given = facts.partition(" > ")
    kind, *words = taken.split(" ")
    result, *columns = given.split(" ")
    return Signature(
        tuple(word.lstrip("?*") for word in words),
        result.removeprefix("%"),
        sum(word[0] not in "?*" for word in words),
        any("*" in word[:2] for word in words),
        result.startswith("%"),
        tuple(map(_column, columns)),
        int(kind[1:-1]) if kind[0] == "o" else -1,
        "a" if kind[0] == "o" else kind[0],
        kind[-1],
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
