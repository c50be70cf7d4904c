"""Where this machine keeps what can be made again, and the one secret that must not be."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folder() -> Path | None:
    """The folder of the entries: `$DRIFTCHECK_CACHE_DIR`, else the platform's place for caches; None without a home."""
    if named := os.environ.get("DRIFTCHECK_CACHE_DIR"):
        return Path(os.path.abspath(named))
    return _of_platform("cache", "XDG_CACHE_HOME", "~/.cache")


def secret_folder() -> Path | None:
    """The folder of the key: never that of the entries, which may be brought back from somewhere, or shared."""
    return _of_platform("state", "XDG_STATE_HOME", "~/.local/state")


def _of_platform(kind: str, variable: str, usual: str) -> Path | None:
    """The platform's place: on Linux that of the XDG Base Directory Specification, which costs no package to find."""
    if sys.platform == "linux":
        named = os.environ.get(variable, "")
        path = Path(named if os.path.isabs(named) else os.path.expanduser(usual)) / "driftcheck"
    else:
        import platformdirs

        path = Path(getattr(platformdirs, f"user_{kind}_path")("driftcheck", appauthor=False))
    return path if path.is_absolute() else None


def is_own(path: str | Path) -> bool:
    """Whether the folder at `path` is this user's, and nobody else may write in it."""
    if os.name == "nt":
        return os.path.isdir(path)  # the platform's places are the user's alone there
    try:
        facts = os.stat(path)
    except OSError:
        return False
    return facts.st_uid == os.geteuid() and not facts.st_mode & 0o022
