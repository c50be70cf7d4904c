"""What an answer depends on, as it is kept beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..worker.inside.looking import entries, is_installed, look, state
from .state import Notes, content, digest, names
from .tree import python_files

if TYPE_CHECKING:
    from .watch import Watch

#: Larger files are compared by size and times: none of them is a schema that somebody edits.
_LARGE = 8_000_000


class Inputs(NamedTuple):
    """By path: digests of contents, states of what is installed, digests of names and of entries; questions to the
    file system; what git named; the state of the project's Python files, if any was run ("": none).
    """

    contents: Notes
    states: Notes
    names: Notes
    scanned: Notes
    asked: Notes
    listings: Notes
    python: str | None

    def hold(self, top: str, seen: Seen | None = None) -> bool:
        """Whether everything is as it was. `seen` is what was looked at already for the same check."""
        seen = seen or Seen()
        return (
            all(_fingerprint(path) == noted for path, noted in self.contents.items())  # few, and what people edit
            and all(seen.state(path) == noted for path, noted in self.states.items())
            and all(look(question) == answer for question, answer in self.asked.items())
            and all(names(path) == noted for path, noted in self.names.items())
            and all(entries(path) == noted for path, noted in self.scanned.items())
            and all(_listing(root, top) == noted for root, noted in self.listings.items())
            and (self.python == "" or seen.python(top) == self.python)
        )

    def with_part(self, part: Inputs) -> Inputs | None:
        """All that both depend on; None if they saw two different things in one place."""
        mine, theirs = self._asdict(), part._asdict()
        python = [noted for noted in (mine.pop("python"), theirs.pop("python")) if noted != ""]
        if len(set(python)) > 1:
            return None
        for name, notes in mine.items():
            if any(theirs[name].get(path, noted) != noted for path, noted in notes.items()):
                return None
        both = {name: {**notes, **theirs[name]} for name, notes in mine.items()}
        return Inputs(**both, python=python[0] if python else "")


class Seen:
    """What the file system says of the same things to all the entries of one check: they are looked at once."""

    def __init__(self) -> None:
        self._states: Notes = {}
        self._python: dict[str, str | None] = {}

    def state(self, path: str) -> str | None:
        if path not in self._states:
            self._states[path] = state(path)
        return self._states[path]

    def python(self, top: str) -> str | None:
        if top not in self._python:
            self._python[top] = python_files(top)
        return self._python[top]


def inputs(watch: Watch, top: str) -> Inputs | None:
    """All that was noted, if nothing of it changed since; None if it did, or if not all of it can be known."""
    if watch.doubts or watch.own.doubts:
        return None
    states: Notes = {}
    files: Notes = {}
    # Where our own modules lie is no matter: what was imported of them is in `states`, and Python writes beside them.
    folders = {path: noted for path, noted in watch.own.folders.items() if not is_installed(path)}
    scanned: Notes = {}
    asked = {ask: answer for ask, answer in watch.own.asked.items() if not _is_apart(ask.partition(" ")[2])}
    for remote in watch.remote:
        states |= remote.installed
        files |= remote.files
        folders |= {path: noted for path, noted in remote.folders.items() if not _is_ours(path)}
        scanned |= remote.scanned
        asked |= remote.asked
    if any(_leads_on(path, noted, top) for path, noted in watch.own.files.items() if path not in files):
        return None
    files |= watch.own.files
    known = _modules() | states
    found = Inputs(
        contents={path: _fingerprint(path) for path in files if path not in known and not _is_apart(path)},
        states={path: noted for path, noted in files.items() if is_installed(path)} | known,
        names={path: names(path) for path in folders},
        scanned=scanned,
        asked=asked,
        listings=watch.listings,
        python=python_files(top) if watch.remote else "",
    )
    # What was written meanwhile could have been before or after it was read.
    seen = {**files, **folders, **states}
    same = all(state(path) == noted for path, noted in seen.items() if not path.startswith("/dev/"))
    same &= all(look(question) == answer for question, answer in asked.items())
    same &= all(entries(path) == noted for path, noted in scanned.items())
    return _with_parts(found, watch.parts) if same and found.python is not None else None


def _with_parts(found: Inputs, parts: Iterable[Inputs]) -> Inputs | None:
    whole: Inputs | None = found
    for part in parts:
        whole = None if whole is None else whole.with_part(part)
    return whole


def _listing(root: str, top: str) -> str | None:
    from .. import git  # only where it was asked

    return digest(git.listed(Path(root), Path(top)))


def _leads_on(path: str, noted: str | None, top: str) -> bool:
    """Whether what a file says may have been followed to places that nobody noted."""
    return noted is not None and not (is_installed(path) or path.startswith("/dev/") or _below(path, top))


def _is_apart(path: str) -> bool:
    """Whether a file needs no contents: it is identified by its state, or has none."""
    return is_installed(path) or path.startswith("/dev/")


def _fingerprint(path: str) -> str | None:
    noted = state(path)
    if noted is None:
        return None
    return noted if int(noted.split()[0]) > _LARGE else content(path) or "unreadable"


#: What this process runs, as it was when that was first asked for: what is loaded stays as it is.
_loaded: Notes = {}


def _modules() -> Notes:
    """driftcheck's own code, and that of every package it runs on."""
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and path not in _loaded:
            _loaded[path] = state(path)
    return _loaded


def _is_ours(path: str) -> bool:
    return _below(path, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
