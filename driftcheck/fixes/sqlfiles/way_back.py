"""The statements that undo those of a fix: the fix of the same drift, seen from the other side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...differ.engine import compare
from ...differ.scope import WORDS
from ...findings import Fix
from ...writers.sql.gate import remark
from ..drift import Drift, Drifting
from ..statements import migration as script

_EVERYTHING = dict.fromkeys(WORDS, "always")


class WayBack:
    """Of all drifts of a comparison; made when the first is asked for."""

    def __init__(self, drifts: Sequence[Drift]) -> None:
        self._drifts = drifts
        self._fixes: dict[tuple[Any, ...], Fix | None] | None = None

    def of(self, drift: Drift) -> list[tuple[int, str]]:
        """Statements, each with its turn; a remark where the way back is not known."""
        if self._fixes is None:
            self._fixes = self._all()
        found = self._fixes.get(_key(drift.code, drift.expected, drift.actual))
        if found is None:
            about = f"{drift.finding.rule.name} of {drift.finding.object}"
            return [(0, remark(f"the way back is not known: {about}"))]
        return [(step.phase * 10 + step.order, step.sql) for step in found.steps]

    def _all(self) -> dict[tuple[Any, ...], Fix | None]:
        between = self._drifts[0].between
        if between.renaming is not None:
            return {}  # what is renamed has two names, and each side speaks of its own
        found = compare(between.other, between.truth, _EVERYTHING)
        drifting = Drifting(found.findings)
        back = [
            replace(self._drifts[0], between=found.between, finding=one, drifting=drifting)
            for one in found.findings
            if one.subjects != (None, None)
        ]
        return {_key(one.code, one.actual, one.expected): script(one) for one in back}


def _key(code: str, expected: Any, actual: Any) -> tuple[Any, ...]:
    """What tells a drift: for both sides the same rule, unless one of them has nothing."""
    return (code if expected is not None and actual is not None else "", id(expected), id(actual))
