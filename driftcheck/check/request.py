"""What a user asked for, apart from how the answer is to be shown."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import FailOn
from ..frozen import dataclass
from .readings import PythonChoice

if TYPE_CHECKING:
    from .kept import KeptReadings


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A check to be made. What is None or empty is left to the config, and after it to driftcheck's defaults.

    `root`, to which locations are relative, is absolute; `home` is the folder whose config and baseline count, None
    for the root itself (see `where.settled`). `sources` are `[NAME=]KIND:LOCATION`; `select` and `ignore` are rule
    selectors. Sources whose reading is `kept`, and still holds, are not read again; None keeps nothing. Without
    `fixes` nobody works out what to write.
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
    fixes: bool = True
    kept: KeptReadings | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class BaselineUpdate:
    """What became of the baseline file at `path`: how many findings it holds, how many entries it lost.

    `unparsed` are the syntax errors of the check, which no baseline accepts.
    """

    path: str
    kept: int
    dropped: int
    unparsed: int = 0
