"""Which files a glob means, and which lie below a folder: each once, whatever links there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from ..globs import expanded, follow, is_magic, settled
from .project import FolderEntry, Project

#: Whether a folder of this name is gone into.
Enter = Callable[[str], bool]


def everywhere(_: str) -> bool:
    return True


def below(project: Project, folder: Path, enter: Enter = everywhere, deepest: int = 1_000) -> Iterator[FolderEntry]:
    """Everything in `folder` and in those folders below it that `enter` allows, at most `deepest` folders down.

    Links to folders are not followed. A folder that cannot be listed holds nothing.
    """
    waiting = [(folder, 1)]
    while waiting:
        here, depth = waiting.pop()
        entries = _listed(project, here)
        yield from entries
        inner = [entry for entry in entries if entry.is_folder and not entry.is_link and enter(entry.name)]
        waiting += [(entry.path, depth + 1) for entry in reversed(inner) if depth < deepest]


def glob(project: Project, pattern: str, folder: Path, enter: Enter = everywhere) -> list[FolderEntry]:
    """What `pattern`, relative to `folder`, means: files and folders, each once, in the order of their paths.

    It means what npm's glob 8 finds, which drizzle-kit asks: `**` passes over links to folders, but what is right
    behind one is found. What leads out of the project is an entry with its trouble. `enter` says which folders are
    gone into by `**` and `*`. Raises GlobError, and Outside if the pattern itself leads out.
    """
    choices = expanded(pattern.replace(os.sep, "/") if os.name == "nt" else pattern)
    entries = [entry for choice in choices for entry in _Search(project, choice, folder, enter).run()]
    found: dict[str, FolderEntry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.is_link, entry.path)):
        found.setdefault(str(entry.path) if entry.trouble else os.path.realpath(entry.path), entry)
    return sorted(found.values(), key=lambda entry: entry.path)


class _Search:
    """The search for one glob without braces."""

    def __init__(self, project: Project, pattern: str, folder: Path, enter: Enter) -> None:
        self._project = project
        self._enter = enter
        parts = [part for part in pattern.split("/") if part not in ("", ".")]
        fixed = next((at for at, part in enumerate(parts) if is_magic(part)), len(parts))
        start = PurePath(pattern).anchor if pattern.startswith("/") or PurePath(pattern).is_absolute() else ""
        self._folder = (folder / start).joinpath(*parts[:fixed])
        self._parts = [part for at, part in enumerate(parts) if at >= fixed and parts[at - 1 : at + 1] != ["**", "**"]]
        self._seen: dict[Path, set[int]] = {}

    def run(self) -> Iterator[FolderEntry]:
        self._project.real(self._folder)  # raises Outside
        if not self._parts:
            yield from (entry for entry in [self._project.entry(self._folder)] if entry.exists)
            return
        waiting = [(self._folder, settled({0}, self._parts))]
        while waiting:
            folder, states = waiting.pop()
            for entry, behind in self._step(folder, self._new(folder, states)):
                if len(self._parts) in behind or entry.leads_out:
                    yield entry
                if entry.is_folder:
                    waiting.append((entry.path, behind))

    def _new(self, folder: Path, states: set[int]) -> set[int]:
        """Those of `states` in which this folder, by whatever path, was not looked at yet."""
        seen = self._seen.setdefault(self._project.real(folder), set())
        new = {state for state in states if state < len(self._parts)} - seen
        seen |= new
        return new

    def _step(self, folder: Path, states: set[int]) -> Iterator[tuple[FolderEntry, set[int]]]:
        """The entries of `folder` that lead further, with the parts that are behind us then."""
        names = {self._parts[state] for state in states}
        listed = any(map(is_magic, names))
        entries = _listed(self._project, folder) if listed else []
        entries += [self._project.entry(folder / name) for name in names if name == ".." or not listed]
        for entry in entries:
            behind = follow(states, self._parts, entry.name, self._project.budget, link=entry.is_link)
            shut = entry.is_folder and entry.name not in names and not self._enter(entry.name)
            if behind and entry.exists and not shut:
                yield entry, behind


def _listed(project: Project, folder: Path) -> list[FolderEntry]:
    """What is in a folder; nothing where it cannot be listed."""
    try:
        return project.entries(folder)
    except OSError:
        return []
