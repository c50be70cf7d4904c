"""`--version`: ours, and those on which an answer depends."""

from __future__ import annotations

import platform
from importlib import metadata

from .. import __version__

_PACKAGES = ("tree-sitter", "tree-sitter-typescript", "sqlalchemy", "deepdiff")


def version_text() -> str:
    """One line for driftcheck, one for each package that decides how a source is read."""
    lines = [f"driftcheck {__version__}", f"python {platform.python_version()}"]
    for name in _PACKAGES:
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return "\n".join(lines)
