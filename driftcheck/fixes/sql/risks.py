"""What is lost by the statements of several fixes, of which some need others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...findings import Risk
from ..drift import Drift
from ..statements import migration as script


def risks(drifts: Sequence[Drift], weigh: Callable[[Drift], Risk]) -> list[Risk | None]:
    """For each drift what is lost by its statements and by those that they need; None for what it says itself."""
    fixes = [script(drift) for drift in drifts]
    weighed = [weigh(drift) for drift in drifts]
    found: list[Risk] = [
        fix.risk if one == "safe" and fix is not None else one for one, fix in zip(weighed, fixes, strict=True)
    ]
    while True:
        lost = {one: found[at] for at, fix in enumerate(fixes) if fix and found[at] != "safe" for one in fix.settles}
        new = [at for at, fix in enumerate(fixes) if fix and found[at] == "safe" and fix.needs & lost.keys()]
        if not new:
            return [one if one != "safe" else None for one in found]
        for at in new:
            fix = fixes[at]
            found[at] = next(lost[one] for one in fix.needs if one in lost) if fix is not None else "safe"
