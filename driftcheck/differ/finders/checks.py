"""Check constraints."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding
from ..between import Between
from .keys import collection


def find(between: Between) -> Iterator[Finding]:
    for match in between.matches:
        yield from collection(between, match, "check", match.checks, ("DR401", "DR402"))
