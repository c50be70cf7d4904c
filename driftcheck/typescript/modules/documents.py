"""The JSON files that say how a project's modules are found, each read once; what is wrong with one is reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...budget import OverLimit
from ...location import Location
from ...project import FolderEntry, Outside, Project
from ...project.documents import Malformed
from . import jsonc

#: Takes what is wrong, and where.
Report = Callable[[Location, str], None]
#: Steps of work for a look at what may be a file: imports and configs of a stranger name as many as they like.
_LOOK = 20


class Documents:
    """Reads package.json, tsconfig.json and their like in `project`, and looks for files there."""

    def __init__(self, project: Project, report: Report) -> None:
        self.project = project
        self._report = report
        self._read: dict[Path, dict[str, Any]] = {}

    def entry(self, path: Path) -> FolderEntry:
        """What there is at `path`."""
        self.project.budget.step(_LOOK)
        return self.project.entry(path)

    def object(self, path: Path) -> dict[str, Any]:
        """The object in a file; an empty one if there is none, or nothing that can be read."""
        found = self._read.get(path)
        if found is None:
            found = self._read[path] = self._object(path)
        return found

    def text(self, path: Path) -> str:
        """The text of a file; empty if there is none, or nothing that can be read."""
        try:
            return self.project.text(path)
        except FileNotFoundError:
            return ""
        except OSError as error:
            if not (isinstance(error, Outside) and "node_modules" in path.parts):
                self._report(Location(self.project.shown(path)), f"it cannot be read: {error.strerror or error}")
            return ""

    def report(self, path: Path, name: str, why: str) -> None:
        """Reports the line of the file `path` in which the string `name` is first."""
        lines = self.text(path).splitlines()
        word = json.dumps(name, ensure_ascii=False)
        line = next((number for number, line in enumerate(lines, 1) if word in line), 1)
        self._report(Location(self.project.shown(path), line), f"{name!r} is not read: {why}")

    def is_too_deep(self, path: Path, depth: int) -> bool:
        """Whether `depth` files in a row name each other, which is reported if it is too many."""
        try:
            self.project.budget.nest(depth)
        except OverLimit as error:
            self._report(Location(self.project.shown(path)), error.why)
            return True
        return False

    def _object(self, path: Path) -> dict[str, Any]:
        text = self.text(path)
        if not text.strip():
            return {}
        try:
            value = jsonc.parse(text)
        except Malformed as error:
            self._report(Location(self.project.shown(path), error.line or 1), f"it is not JSON: {error}")
            return {}
        return value if isinstance(value, dict) else {}
