"""Where answers are kept on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folder() -> Path | None:
    """`$DRIFTCHECK_CACHE_DIR`, else the platform's place for caches; None if there is none.

    The places are those of the XDG base directories, of Apple's file system guide and of Windows' known folders.
    """
    if named := os.environ.get("DRIFTCHECK_CACHE_DIR"):
        return Path(os.path.abspath(named))
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, "driftcheck", "Cache") if local else None
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return None
    if sys.platform == "darwin":
        return Path(home, "Library", "Caches", "driftcheck")
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named if os.path.isabs(named) else os.path.join(home, ".cache"), "driftcheck")
