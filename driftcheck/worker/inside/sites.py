"""Where tables, constraints and indexes come into being: the project's line that was running then."""

from __future__ import annotations

import bisect
import dis
import functools
import sys
from typing import Any

from .loading import is_project_file

#: object → (code, instruction); objects of SQLAlchemy's schema hash by identity.
_SITES: dict[Any, tuple[Any, int]] = {}
#: By the identity of the code, whose hash would be one over all that is in it; what is held here keeps its identity.
_LINES: dict[int, tuple[Any, list[int], list[int]]] = {}


def site(element: Any) -> tuple[str, int] | None:
    """The file and line of the project that made `element`; None if it was made without the project's code."""
    if element not in _SITES:
        return None
    code, instruction = _SITES[element]
    if id(code) not in _LINES:
        _LINES[id(code)] = (code, *_lines(code))
    _, starts, lines = _LINES[id(code)]
    return code.co_filename, lines[bisect.bisect_right(starts, instruction) - 1]


def _lines(code: Any) -> tuple[list[int], list[int]]:
    """The instructions of `code` with which a line begins, and those lines.

    A frame's `f_lineno` reads the same table from its beginning each time: a thousand tables in one module would take
    a thousand times as long as one.
    """
    found = list(dis.findlinestarts(code))
    return [start for start, _ in found], [line or code.co_firstlineno for _, line in found]


def watch(roots: list[str]) -> None:
    """From now on remembers the site of everything that is made."""
    if "sqlalchemy" not in sys.modules:
        return
    from sqlalchemy import Constraint, Index, Table, event

    @functools.cache
    def is_project(path: str) -> bool:
        return is_project_file(path, roots)

    def remember(element: Any) -> None:
        frame: Any = sys._getframe(2)
        while frame is not None:
            if is_project(frame.f_code.co_filename):
                _SITES[element] = (frame.f_code, frame.f_lasti)
                return
            frame = frame.f_back

    def attached(table: Any, _: Any) -> None:
        remember(table)

    event.listen(Table, "after_parent_attach", attached)
    for class_ in (Constraint, Index):
        _wrap(class_, remember)


def _wrap(class_: Any, remember: Any) -> None:
    original = class_.__init__

    @functools.wraps(original)
    def initialize(self: Any, *arguments: Any, **options: Any) -> None:
        remember(self)
        original(self, *arguments, **options)

    class_.__init__ = initialize
