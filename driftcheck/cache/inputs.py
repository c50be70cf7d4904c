"""What an answer depends on, as it is kept beside it."""

from __future__ import annotations

import os
import sys
from typing import Any

from .state import State, content, names, state
from .watch import Watch

Inputs = dict[str, dict[str, Any]]

#: Larger files are told by size and times: none of them is a schema that somebody edits.
_LARGE = 8_000_000


def inputs(watch: Watch, top: str) -> Inputs | None:
    """All that was noted, if nothing of it changed since; None if it did, or if not all of it can be known."""
    contents: dict[str, Any] = {}
    stats: dict[str, Any] = {**_modules(), **watch.installed}
    # Where our own modules lie is no matter: what was imported of them is in `stats`, and Python writes beside them.
    folders = {path: noted for path, noted in watch.folders.items() if not _is_installed(path)}
    folders |= {path: noted for path, noted in watch.remote_folders.items() if not _is_ours(path)}
    seen = {**watch.files, **watch.remote, **folders, **watch.installed}
    if watch.doubts or not _are_as_noted(seen):
        return None
    for path, noted in (*watch.files.items(), *watch.remote.items()):
        if path in stats or path.startswith("/dev/"):
            continue
        if _is_installed(path):
            stats[path] = noted
            continue
        if noted is not None and path in watch.files and path not in watch.remote and not _below(path, top):
            return None  # what it led to may have been looked for anywhere
        contents[path] = _fingerprint(path, noted)
        if noted is not None and contents[path] is None:
            return None
    return {"contents": contents, "stats": stats, "names": {path: names(path) for path in folders}}


def unchanged(kept: Inputs) -> bool:
    """Whether everything in `kept` is as it was."""
    return (
        all(state(path) == (facts and State(*facts)) for path, facts in kept["stats"].items())
        and all(_is_same(path, digest) for path, digest in kept["contents"].items())
        and all(names(path) == digest for path, digest in kept["names"].items())
    )


def _are_as_noted(seen: dict[str, State | None]) -> bool:
    """Whether nothing was written meanwhile: it could have been before or after it was read."""
    return all(state(path) == noted for path, noted in seen.items() if not path.startswith("/dev/"))


def _fingerprint(path: str, noted: State | None) -> Any:
    if noted is None:
        return None
    return list(noted) if noted.size > _LARGE else content(path)


def _is_same(path: str, digest: Any) -> bool:
    if digest is None:
        return state(path) is None
    return state(path) == State(*digest) if isinstance(digest, list) else content(path) == digest


def _modules() -> dict[str, State | None]:
    """driftcheck's own code, and that of every package it runs on."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    return {path: state(path) for path in files if isinstance(path, str)}


def _is_installed(path: str) -> bool:
    """Whether a file is a part of Python's library, of a package, or of driftcheck."""
    parts = path.replace(os.sep, "/").split("/")
    library = os.path.dirname(os.__file__)
    return "site-packages" in parts or "dist-packages" in parts or _below(path, library) or _is_ours(path)


def _is_ours(path: str) -> bool:
    return _below(path, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
