"""This repository as a release would find it: without what was built, cached or installed in it."""

from __future__ import annotations

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
_NOT_PACKED = shutil.ignore_patterns("__pycache__", "*.pyc", "node_modules", ".hypothesis")


def copy(target: Path, *names: str) -> Path:
    """The files and folders `names` of this repository, in the new folder `target`."""
    target.mkdir(parents=True)
    for name in names:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=_NOT_PACKED)
        else:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    return target
