"""What came of a statement."""

from __future__ import annotations

from ...frozen import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """`irrelevant`: it shapes no schema. `unmodelled`: it does, but the model has no room for objects of that kind."""

    irrelevant: bool = False
    unmodelled: str | None = None


READ = Outcome()
IRRELEVANT = Outcome(irrelevant=True)


def unmodelled(kind: str) -> Outcome:
    """`kind` in the plural: "operators"."""
    return Outcome(unmodelled=kind)
