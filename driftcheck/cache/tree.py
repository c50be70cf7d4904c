"""The names of everything in a project's tree.

Where a module, a config, an environment is looked for and not found, nothing is opened. But whatever could be found
later has a name that is not there now.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ..worker.inside.looking import state
from .state import shown

#: Folders of tools, in which no source lies. Their presence counts, what is in them does not.
_CLOSED = frozenset(
    ".git .hg __pycache__ .mypy_cache .ruff_cache .pytest_cache .hypothesis .tox .nox .next .turbo .idea".split()
)
_WORKSPACES = ("package.json", "pnpm-workspace.yaml")
#: Beyond this the walk would take longer than a cache should.
_MOST_FOLDERS = 5000


class TooWide(Exception):
    """The tree cannot be recorded: it is too large, or a link leads out of it."""


def top_of(root: Path) -> str:
    """The folder that holds all that is looked for: the repository of `root`, or the workspace it may belong to."""
    above = (root, *root.parents)
    for folder in above:
        if os.path.exists(folder / ".git"):
            return str(folder)
    workspaces = [folder for folder in above[:-1] if any(os.path.exists(folder / name) for name in _WORKSPACES)]
    return str(workspaces[-1] if workspaces else root)


def tree(root: Path) -> str | None:
    """A digest of all names below `top_of(root)`; None if there are too many, or some lie elsewhere."""
    top = top_of(root)
    digest = hashlib.sha256()
    try:
        for count, line in enumerate(_lines(top, top)):
            if count > _MOST_FOLDERS:
                return None
            digest.update(line.encode("utf-8", "surrogatepass"))
    except (OSError, TooWide):
        return None
    return digest.hexdigest()


def _lines(folder: str, top: str) -> Iterator[str]:
    """A line for each folder: its path and its names."""
    with os.scandir(folder) as entries:
        found = sorted((entry for entry in entries if entry.name != "__pycache__"), key=lambda entry: entry.name)
    yield "\0".join((folder, *map(shown, found))) + "\n"
    installed = os.path.basename(folder) == "node_modules"
    environment = any(entry.name == "pyvenv.cfg" for entry in found)
    for entry in found:
        if installed:
            # Packages are identified by their names: which file of one is read is noted when it is opened.
            if entry.name.startswith("@") and entry.is_dir():
                yield "\0".join((entry.path, *sorted(os.listdir(entry.path)))) + "\n"
        elif environment:
            if entry.name in ("bin", "Scripts"):
                yield "\0".join((entry.path, *sorted(os.listdir(entry.path)))) + "\n"
        elif entry.is_symlink():
            if entry.is_dir() and not os.path.realpath(entry.path).startswith(os.path.realpath(top) + os.sep):
                raise TooWide
        elif entry.is_dir() and entry.name not in _CLOSED:
            yield from _lines(entry.path, top)


def python_files(top: str) -> str | None:
    """A digest of the states of all Python files below `top`; None if there are too many folders.

    What an import says of its own inputs is only as true as what was imported: this much is seen from outside.
    """
    digest, waiting, seen = hashlib.sha256(), [top], 0
    while waiting:
        folder, seen = waiting.pop(), seen + 1
        if seen > _MOST_FOLDERS:
            return None
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        if any(entry.name == "pyvenv.cfg" for entry in found):
            continue
        for entry in found:
            if entry.name.endswith(".py"):
                digest.update(f"{entry.path}\0{state(entry.path)}\n".encode("utf-8", "surrogatepass"))
            elif entry.name not in _CLOSED and entry.name != "node_modules" and entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
    return digest.hexdigest()
