"""The files that fixes edit: their bytes as they are, and whatever was made of them, once for all findings."""

from __future__ import annotations

import tokenize
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from ..budget import Budget
from ..location import Location
from ..project import Project

T = TypeVar("T")

_MARK = b"\xef\xbb\xbf"


class Files:
    """The files of `project`, read through its door. Paths are as Locations show them.

    Without a project there are those that are `known` already, and no others.
    """

    def __init__(self, project: Project | None = None, known: Mapping[str, bytes] | None = None) -> None:
        self.project = project
        self._data: dict[str, bytes | None] = {**(known or {})}
        self._made: dict[tuple[str, Callable[[str, bytes], Any]], Any] = {}
        self._lines: dict[str, list[int]] = {}

    @property
    def budget(self) -> Budget:
        """That of the check, which whatever parses them draws from."""
        return self.project.budget if self.project is not None else Budget()

    def data(self, path: str) -> bytes | None:
        """The bytes of a file; None if there is none that may be read."""
        if path not in self._data:
            self._data[path] = self._read(path)
        return self._data[path]

    def _read(self, path: str) -> bytes | None:
        if self.project is None:
            return None
        try:
            return self.project.data(path)
        except OSError:
            return None

    def there(self, path: str) -> bool:
        """Whether there is anything of that name."""
        return self.project is not None and self.project.is_there(path)

    def made(self, path: str, make: Callable[[str, bytes], T]) -> T | None:
        """What `make` makes of a path and its bytes, a syntax tree: made once. None if the file cannot be read."""
        key = path, make
        if key not in self._made:
            data = self.data(path)
            self._made[key] = None if data is None else make(path, data)
        found: T | None = self._made[key]
        return found

    def encoding(self, path: str) -> str:
        """In what a file is written: what its Python says (PEP 263), else UTF-8."""
        return self.made(path, _encoding) or "utf-8" if path.endswith((".py", ".pyi")) else "utf-8"

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none if it cannot be read."""
        return self.made(path, _text_lines) or ()

    def offset(self, place: Location) -> int | None:
        """The byte at which a place is, whose column counts characters; None if the file has no such place."""
        data = self.data(place.path)
        starts = self.made(place.path, _line_starts)
        if data is None or starts is None or place.line > len(starts):
            return None
        start = starts[place.line - 1]
        end = starts[place.line] if place.line < len(starts) else len(data)
        before = data[start:end].decode(self.encoding(place.path), "replace")[: place.column - 1]
        return start + len(before.encode(self.encoding(place.path), "replace"))

    def line_of(self, path: str, offset: int) -> int:
        """The line (from 1) in which a byte is."""
        return bisect_right(self.made(path, _line_starts) or [0], offset)

    def place_of(self, path: str, offset: int) -> tuple[int, int]:
        """The line and column of a byte; columns count characters."""
        starts, line = self.made(path, _line_starts) or [0], self.line_of(path, offset)
        before = (self.data(path) or b"")[starts[line - 1] : offset] if line else b""
        return max(line, 1), len(before.decode(self.encoding(path), "replace")) + 1


def _encoding(_path: str, data: bytes) -> str:
    try:
        return tokenize.detect_encoding(iter(data.splitlines(keepends=True)).__next__)[0].removesuffix("-sig")
    except SyntaxError:
        return "utf-8"


def _text_lines(_path: str, data: bytes) -> list[str]:
    return data.decode("utf-8-sig", "replace").splitlines()


def _line_starts(_path: str, data: bytes) -> list[int]:
    """Where the lines begin, as readers count them: behind the byte order mark in the first."""
    starts = [len(_MARK) if data.startswith(_MARK) else 0]
    at = data.find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = data.find(b"\n", at + 1)
    return starts
