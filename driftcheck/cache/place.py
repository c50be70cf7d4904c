"""Where this machine keeps what can be made again, and the one secret that must not be."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path | None:
    """The folder of the entries: `$DRIFTCHECK_CACHE_DIR`, else the platform's place for caches; None without a home."""
    if named := os.environ.get("DRIFTCHECK_CACHE_DIR"):
        return Path(os.path.abspath(named))
    import platformdirs

    return _absolute(platformdirs.user_cache_path("driftcheck", appauthor=False))


def secret_folder() -> Path | None:
    """The folder of the key: never that of the entries, which may be brought back from somewhere, or shared."""
    import platformdirs

    return _absolute(platformdirs.user_state_path("driftcheck", appauthor=False))


def _absolute(path: Path) -> Path | None:
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
