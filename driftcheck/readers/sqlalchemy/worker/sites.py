"""Where tables, constraints and indexes come into being: the project's line that was running then."""

from __future__ import annotations

import functools
import sys
from typing import Any

from .loading import is_project_file

#: object → (file, line); objects of SQLAlchemy's schema hash by identity.
_SITES: dict[Any, tuple[str, int]] = {}


def site(element: Any) -> tuple[str, int] | None:
    """The file and line of the project that made `element`; None if it was made without the project's code."""
    return _SITES.get(element)


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
                _SITES[element] = (frame.f_code.co_filename, frame.f_lineno)
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
