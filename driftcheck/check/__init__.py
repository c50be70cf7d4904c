"""The check: read, normalize, leave out, compare, triage. The one place where all the packages meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .plan import plan
from .readings import sources_of
from .request import BaselineUpdate, Request
from .where import settled

if TYPE_CHECKING:
    from ..findings import Report

__all__ = ["BaselineUpdate", "Request", "check", "settled", "update_baseline"]


def check(request: Request, meanwhile: Callable[[], object] | None = None) -> Report:
    """Makes the check. Raises a DriftcheckError if it cannot be made (exit status 2).

    `request` is `settled`. `meanwhile` is what the caller has to do in any case: it is called once the project's
    Python is at work.
    """
    planned = plan(request)
    with sources_of(request, planned) as arrivals:
        # Imported while the project's Python is at work: together these take as long as it does.
        from .outcome import report

        if meanwhile is not None:
            meanwhile()
        return report(request, planned, arrivals)


def update_baseline(request: Request, *, prune: bool) -> BaselineUpdate:
    """Writes the baseline: today's findings, or with `prune` only without what no longer occurs."""
    planned = plan(request)
    with sources_of(request, planned) as arrivals:
        from .outcome import baseline_update

        return baseline_update(request, planned, arrivals, prune=prune)
