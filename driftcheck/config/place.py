"""Where a project begins: in the folder a check is started in, or in the nearest one above that has a config.

The search ends at the repository's top, the first folder that holds `.git`: what lies above is somebody else's.
Outside a repository only the folder itself is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import ConfigError
from .document import BASELINE
from .load import has_config


def project_folder(start: Path) -> Path | None:
    """The nearest of `start` and the folders above it that holds a config or a baseline; None without one."""
    found = (folder for folder in _up_to_the_top(start) if _configures(folder) or (folder / BASELINE).is_file())
    return next(found, None)


def _configures(folder: Path) -> bool:
    """Whether a folder has a config; one that cannot be read is one, and `load` says what is wrong with it."""
    try:
        return has_config(folder)
    except ConfigError:
        return True


def out_of_reach(start: Path) -> Path | None:
    """The nearest driftcheck.toml above `start` that does not count there, as it lies in no repository around it."""
    above = [folder / "driftcheck.toml" for folder in start.parents]
    return next((path for path in above if path.is_file()), None) if project_folder(start) is None else None


def _up_to_the_top(start: Path) -> Iterator[Path]:
    above = [start, *start.parents]
    top = next((number for number, folder in enumerate(above) if (folder / ".git").exists()), 0)
    yield from above[: top + 1]
