"""Digests of what is in a file or folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable

from ..opening import read

#: Bytes: no file that a check reads is larger.
_MOST = 64_000_000
#: By path, or whatever was asked: a text that shows whether anything has changed, None for what was not there.
Notes = dict[str, str | None]


def content(path: str) -> str | None:
    """A digest of the bytes of the file at `path`; None if it cannot be read."""
    try:
        return hashlib.sha256(read(path, _MOST)).hexdigest()
    except OSError:
        return None


def names(path: str) -> str | None:
    """A digest of the names in the folder at `path`, and of where those that are links lead; None if it has none."""
    try:
        with os.scandir(path) as entries:
            found = sorted(shown(entry) for entry in entries if entry.name != "__pycache__")
    except OSError:
        return None
    return digest(found)


def digest(names: Iterable[str] | None) -> str | None:
    if names is None:
        return None
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def shown(entry: os.DirEntry[str]) -> str:
    """One name of a folder as it goes into a digest: its kind counts, too."""
    if entry.is_symlink():
        return f"{entry.name}>{os.readlink(entry.path)}"
    return f"{entry.name}/" if entry.is_dir() else entry.name
