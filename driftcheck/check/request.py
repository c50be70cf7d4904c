"""What a user asked for, apart from how the answer is to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..config import FailOn
from .readings import PythonChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A check to be made. What is None or empty is left to the config, and after it to driftcheck's defaults.

    `root`, to which locations are relative, is absolute; `home` is the folder whose config and baseline count, None
    for the root itself (see `where.settled`). `sources` are `[NAME=]KIND:LOCATION`; `select` and `ignore` are rule
    selectors.
    """

    root: Path
    home: Path | None = None
    config_path: Path | None = None
    sources: tuple[str, ...] = ()
    truth: str | None = None
    fail_on: FailOn | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    interpreter: PythonChoice = PythonChoice()
    use_baseline: bool = True


@dataclass(frozen=True, slots=True)
class BaselineUpdate:
    """What became of the baseline file at `path`: how many findings it holds, how many entries it lost.

    `unparsed` are the syntax errors of the check, which no baseline accepts.
    """

    path: str
    kept: int
    dropped: int
    unparsed: int = 0
