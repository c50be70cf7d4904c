"""`--version`: ours, and those on which an answer depends."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator

from .. import __version__

_PACKAGES = ("tree-sitter", "tree-sitter-typescript", "sqlalchemy", "deepdiff")
_ENDINGS = (".dist-info", ".egg-info")


def version_text() -> str:
    """One line for driftcheck, one for each package that decides how a source is read."""
    installed = dict(_installed())
    lines = [f"driftcheck {__version__}", f"python {platform.python_version()}"]
    lines += [f"{name} {installed[name]}" for name in _PACKAGES if name in installed]
    return "\n".join(lines)


def _installed() -> Iterator[tuple[str, str]]:
    """Name and version of every package on the path, those that are found first last.

    They are in the names of the folders that installers write: `NAME-VERSION.dist-info` (PyPA's specification of
    recorded installs). importlib.metadata would open the files in them, with the parser of e-mail.
    """
    for folder in reversed(sys.path):
        if os.path.isdir(folder):
            for entry in os.listdir(folder):
                stem, ending = os.path.splitext(entry)
                name, _, version = stem.partition("-")
                if ending in _ENDINGS and version:
                    yield name.replace("_", "-").lower(), version.partition("-")[0]
