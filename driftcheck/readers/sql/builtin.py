"""What is true of all of PostgreSQL's own functions of one name."""

from __future__ import annotations

from functools import lru_cache

from ...frozen import dataclass
from ...model import ColumnType
from ...normalize.builtin.data import Signature, functions
from ...normalize.expressions.coercion import type_of


@dataclass(frozen=True, slots=True)
class Builtin:
    """All functions of one name.

    `kind` is f (function), s (one that returns a set), a (aggregate), w (window function) or ? where they differ.
    `result` is None where they differ, and where only a call says it.
    """

    kind: str
    result: ColumnType | None
    signatures: tuple[Signature, ...]

    def volatile(self, arguments: int) -> str:
        """i, s or v: the least volatile of those that can be called with so many arguments."""
        return min((one.volatility for one in self.signatures if one.takes(arguments)), default="i")


@lru_cache(maxsize=1_000)
def find(name: str) -> Builtin | None:
    """What PostgreSQL has under the name, if anything."""
    found = functions(name)
    if not found:
        return None
    kinds = {"s" if one.of_rows else one.kind for one in found}
    results = {one.result for one in found}
    result = type_of(results.pop()) if len(results) == 1 else None
    return Builtin(kinds.pop() if len(kinds) == 1 else "?", result, found)
