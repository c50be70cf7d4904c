"""The state of a file or folder: cheap facts that tell whether it was touched, and digests of what is in it."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import NamedTuple


class State(NamedTuple):
    """What the file system says of one file. ctime cannot be set by hand, and moves whenever anything else does."""

    size: int
    modified: int
    changed: int
    inode: int


def state(path: str) -> State | None:
    """The state of the file or folder at `path`, links followed; None if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return State(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def content(path: str) -> str | None:
    """A digest of the bytes of the file at `path`; None if it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None


def names(path: str) -> str | None:
    """A digest of the names in the folder at `path`, and of where those that are links lead; None if it has none."""
    try:
        with os.scandir(path) as entries:
            found = sorted(shown(entry) for entry in entries if entry.name != "__pycache__")
    except OSError:
        return None
    return hashlib.sha256("\0".join(found).encode("utf-8", "surrogatepass")).hexdigest()


def shown(entry: os.DirEntry[str]) -> str:
    """One name of a folder as it goes into a digest: its kind counts, too."""
    if entry.is_symlink():
        return f"{entry.name}>{os.readlink(entry.path)}"
    return f"{entry.name}/" if entry.is_dir() else entry.name
