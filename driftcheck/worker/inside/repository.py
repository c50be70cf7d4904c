"""Packages of the repository that are not on the path: whoever starts the project puts their folder there.

They are found by looking: the folder that holds a module of the name, the one nearest to the file that asks for it.
"""

from __future__ import annotations

import importlib.machinery
import os
import sys
from typing import Any

from .loading import is_project_file
from .sources import source

#: Folders that hold no module of the project: dependencies, output, what only tests put on the path.
_SKIPPED = frozenset(
    """node_modules site-packages dist-packages __pycache__ venv env dist build target tests test testing fixtures mocks
    examples docs migrations versions""".split()
)
#: How deep a folder on the path lies at most, and how many folders are looked at.
_DEEPEST = 6
_MOST_FOLDERS = 5_000


class RepositoryPackages:
    """A finder of top-level modules below `repository`; `folders` are on the path already."""

    def __init__(self, repository: str, roots: list[str]) -> None:
        self._repository = repository
        self._roots = roots
        self._known: list[str] | None = None
        #: The folders that were put on the path.
        self.found: dict[str, None] = {}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if "." in name or asked_by_package(name, self._roots):
            return None
        folder = self._nearest(name, asking_file())
        if folder is None:
            return None
        if folder not in sys.path:
            sys.path.append(folder)
            self.found[folder] = None
        return importlib.machinery.PathFinder.find_spec(name, [folder])

    def holds(self, name: str) -> bool:
        """Whether the repository has a module of the name, be it one that cannot be told from another."""
        return any(_is_module(os.path.join(folder, name)) for folder in self._folders())

    def _nearest(self, name: str, asker: str) -> str | None:
        """The folder that `asker` most likely means; None if there is none, or no telling which."""
        found = [folder for folder in self._folders() if _is_module(os.path.join(folder, name))]
        ranked = sorted((_distance(folder, asker), folder) for folder in found)
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return None
        return ranked[0][1] if ranked else None

    def _folders(self) -> list[str]:
        if self._known is None:
            self._known = [self._repository]
            for folder in self._known:
                depth = folder.count(os.sep) - self._repository.count(os.sep)
                if depth < _DEEPEST and len(self._known) < _MOST_FOLDERS:
                    self._known += _inside(folder)
        return self._known


def _inside(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            found = [one.path for one in entries if one.is_dir(follow_symlinks=False) and _is_searched(one.name)]
    except OSError:
        return []
    return sorted(path for path in found if not os.path.isfile(os.path.join(path, "pyvenv.cfg")))


def _is_searched(name: str) -> bool:
    return not name.startswith(".") and name not in _SKIPPED


def _is_module(stem: str) -> bool:
    return os.path.isfile(f"{stem}.py") or os.path.isfile(os.path.join(stem, "__init__.py"))


def _distance(folder: str, asker: str) -> tuple[int, int]:
    """How far a file has to go up, and then down, to the folder."""
    above, below = os.path.dirname(asker).split(os.sep), folder.split(os.sep)
    shared = 0
    while shared < min(len(above), len(below)) and above[shared] == below[shared]:
        shared += 1
    return len(above) - shared, len(below) - shared


def asking_file() -> str:
    """The file of the import statement that looks for a module now."""
    frame: Any = sys._getframe(1)
    while frame is not None and (
        "importlib" in frame.f_code.co_filename or frame.f_code.co_filename.startswith(os.path.dirname(__file__))
    ):
        frame = frame.f_back
    return "" if frame is None else os.path.abspath(frame.f_code.co_filename)


def asked_by_package(top: str, roots: list[str]) -> bool:
    """Whether the import stands in an installed package, or at the top of a module of the standard library.

    Inside a function both may import what the project names as text (a formatter for `logging.config`, an extension
    of jinja2).
    """
    frame: Any = sys._getframe(2)
    while frame is not None and "importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    if frame is None or is_project_file(frame.f_code.co_filename, roots):
        return False
    if "site-packages" not in frame.f_code.co_filename:
        return bool(frame.f_code.co_name == "<module>")
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
        if frame is not None and is_project_file(frame.f_code.co_filename, roots):
            file = source(frame.f_code.co_filename)
            return file is None or top not in file.text
    return True


def finder() -> RepositoryPackages | None:
    """The one that was installed, if any was."""
    return next((one for one in sys.meta_path if isinstance(one, RepositoryPackages)), None)


def install(repository: str, roots: list[str]) -> None:
    """From now on what nobody else finds is looked for in the repository."""
    sys.meta_path.append(RepositoryPackages(os.path.abspath(repository), roots))
