"""Packages of the repository that are not on the path: what starts the project usually puts their folder there.

They are found by looking: the folder that holds a module of the name, the one nearest to the file that asks for it.
"""

from __future__ import annotations

import contextlib
import importlib.machinery
import os
import re
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
#: Files that say what a project needs, and how much of one is read.
_REQUIREMENTS = re.compile(r"[\w-]*requirements[\w.-]*\.(?:txt|in)$")
_LONGEST = 1_000_000


class RepositoryPackages:
    """A finder of top-level modules below `repository`; `folders` are on the path already."""

    def __init__(self, repository: str, roots: list[str]) -> None:
        self.repository = repository
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
        return bool(self._holding(name, asking_file()))

    def _holding(self, name: str, asker: str) -> list[str]:
        found = [folder for folder in self._folders() if _is_module(os.path.join(folder, name))]
        return [folder for folder in found if not self._is_namesake(name, folder, asker)]

    def _nearest(self, name: str, asker: str) -> str | None:
        """The folder that `asker` most likely means; None if there is none, or no telling which."""
        ranked = sorted((_distance(folder, asker), folder) for folder in self._holding(name, asker))
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return None
        return ranked[0][1] if ranked else None

    def _is_namesake(self, name: str, folder: str, asker: str) -> bool:
        """Whether what `folder` holds is only called as a library is: `app.celery` where the project requires celery.

        No module imports itself.
        """
        if asker == os.path.join(folder, f"{name}.py"):
            return True
        package = os.path.isfile(os.path.join(folder, "__init__.py"))
        return package and _is_required(name, folder, self.repository)

    def _folders(self) -> list[str]:
        if self._known is None:
            self._known = [self.repository]
            for folder in self._known:
                depth = folder.count(os.sep) - self.repository.count(os.sep)
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


def _is_required(name: str, folder: str, top: str) -> bool:
    """Whether the project in `folder`, or in one above it up to `top`, says that it needs the distribution `name`."""
    words = re.compile(r"^[\s\"'\[]*" + re.escape(name).replace("_", "[-_.]") + r"(?![\w.-])", re.M | re.I)
    while True:
        for path in manifests(folder):
            with contextlib.suppress(OSError, ValueError), open(path, encoding="utf-8") as file:
                if words.search(file.read(_LONGEST)):
                    return True
        if folder in (top, os.path.dirname(folder)):
            return False
        folder = os.path.dirname(folder)


def manifests(folder: str) -> list[str]:
    """The files in `folder` that say what a project needs, be they there or not."""
    named = ["pyproject.toml", "setup.py", "setup.cfg", "Pipfile"]
    with contextlib.suppress(OSError):
        named += [name for name in sorted(os.listdir(folder))[:1000] if _REQUIREMENTS.match(name)]
    named += [os.path.join("requirements", name) for name in ("base.txt", "base.in", "requirements.txt")]
    return [os.path.join(folder, name) for name in named]


def _distance(folder: str, asker: str) -> tuple[int, int]:
    """How far a file has to go up, and then down, to the folder."""
    above, below = os.path.dirname(asker).split(os.sep), folder.split(os.sep)
    shared = 0
    while shared < min(len(above), len(below)) and above[shared] == below[shared]:
        shared += 1
    return len(above) - shared, len(below) - shared


def asking_file() -> str:
    """The file of the import statement that looks for a module now."""
    return asking_place()[0]


def asking_place() -> tuple[str, int]:
    """The file and the line of the import statement that looks for a module now."""
    frame: Any = sys._getframe(1)
    while frame is not None and (
        "importlib" in frame.f_code.co_filename or frame.f_code.co_filename.startswith(os.path.dirname(__file__))
    ):
        frame = frame.f_back
    return ("", 1) if frame is None else (os.path.abspath(frame.f_code.co_filename), frame.f_lineno)


def asked_by_package(top: str, roots: list[str]) -> bool:
    """Whether the import is in an installed package, or at the top of a module of the standard library.

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
