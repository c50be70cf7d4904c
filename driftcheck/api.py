"""driftcheck from Python: the check of `driftcheck diff`, with its report as a value."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from .findings import Report as Found

if TYPE_CHECKING:
    from .config import FailOn


class Report(Found):
    """What a check found, which prints as the text report: `assert not report.failed, report`."""

    __slots__ = ()

    def __str__(self) -> str:
        from .render.text import render

        return render(self)

    def __repr__(self) -> str:
        return f"<driftcheck.Report: {self.verdict}>"


def diff(
    *sources: str,
    root: str | os.PathLike[str] = ".",
    config: str | os.PathLike[str] | None = None,
    truth: str | None = None,
    fail_on: FailOn | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    python: str | None = None,
    timeout: float | None = None,
    wait: float = 0,
    dialect: str | None = None,
    no_exec: bool = False,
    stub_missing: bool | None = None,
    baseline: bool = True,
) -> Report:
    """Compares `sources` (`[NAME=]KIND:LOCATION`), else the config's, else those that a look around finds.

    It is the check of `driftcheck diff`. `report.failed` says whether something drifts at or above `fail_on`, or could
    not be read (`report.failures`); `report.findings` are the facts. `timeout` and `wait` are in seconds. Raises
    `driftcheck.DriftcheckError` if the check cannot be made: fewer than two sources can be read, or the config or the
    words make no sense.
    """
    from .check import Request, check, settled
    from .check.readings import PythonChoice

    request = Request(
        root=Path(root).resolve(),
        config_path=None if config is None else Path(config).resolve(),
        sources=sources,
        truth=truth,
        fail_on=fail_on,
        select=tuple(select),
        ignore=tuple(ignore),
        interpreter=PythonChoice(python, timeout, no_exec, stub_missing, wait, dialect),
        use_baseline=baseline,
    )
    found = check(settled(request))
    return Report(**{field.name: getattr(found, field.name) for field in fields(found)})
