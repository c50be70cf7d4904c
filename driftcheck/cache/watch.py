"""Notes which files are opened and which folders are listed while a check is made.

Python tells of both by audit events (PEP 578), whichever room of driftcheck, or package, does it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .state import State, state


class Watch:
    """`files` and `folders` are path → its state when it was first opened or listed, None if it was not there.

    `remote` and `remote_folders` are those of the project's own Python, `installed` what it has from packages.
    `doubts` are reasons why not everything may have been noted.
    """

    def __init__(self) -> None:
        self.files: dict[str, State | None] = {}
        self.folders: dict[str, State | None] = {}
        self.remote: dict[str, State | None] = {}
        self.remote_folders: dict[str, State | None] = {}
        self.installed: dict[str, State | None] = {}
        self.doubts: list[str] = []

    def opened(self, path: Any, mode: Any, flags: Any) -> None:
        name = _name(path)
        if name is None or name.endswith(".pyc") or _writes(mode, flags):
            return
        if name not in self.files:
            self.files[name] = state(name)

    def listed(self, path: Any) -> None:
        name = _name("." if path is None else path)
        if name is not None and name not in self.folders:
            self.folders[name] = state(name)


_watches: list[Watch] = []
_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watches:
        return
    if event == "open":
        for watch in _watches:
            watch.opened(*arguments[:3])
    elif event in ("os.listdir", "os.scandir"):
        for watch in _watches:
            watch.listed(arguments[0])


@contextmanager
def watching() -> Iterator[Watch]:
    """Everything that this process opens or lists inside the block."""
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_hook)  # for good: a hook cannot be taken away
    watch = Watch()
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)


def doubt(reason: str) -> None:
    """Something was read that cannot be noted: the check that is being made is not kept."""
    for watch in _watches:
        watch.doubts.append(reason)


def heard(inputs: Mapping[str, Any] | None) -> None:
    """What another process noted: `files`, `folders` and `installed`, path → state, and `doubts`."""
    if inputs is None:
        doubt("the project's Python did not say what it read")
        return
    for watch in _watches:
        watch.doubts += inputs["doubts"]
        told = (("files", watch.remote), ("folders", watch.remote_folders), ("installed", watch.installed))
        for name, kept in told:
            for path, facts in inputs[name].items():
                kept.setdefault(path, None if facts is None else State(*facts))


def _name(path: Any) -> str | None:
    if isinstance(path, int):
        return None
    try:
        return os.path.abspath(os.fsdecode(path))
    except (TypeError, ValueError):
        return None


def _writes(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return mode[:1] in ("w", "a", "x")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_CREAT))
