"""A Report for people and for machines: each format is a module with `render(report) -> str`.

Nothing here prints or reads a file. A module is imported only when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ..findings import Report

#: format → the module of this package that renders it.
FORMATS = ("text", "concise", "json", "jsonl", "github", "sarif", "markdown", "html", "junit", "gitlab")

#: Formats whose reader works from the top of the repository, wherever in it the check was made.
FROM_REPOSITORY = frozenset({"github", "sarif", "gitlab"})


def renderer(name: str) -> Callable[[Report], str]:
    """The `render` function of the format `name`. Raises KeyError for a name that is not in FORMATS."""
    if name not in FORMATS:
        raise KeyError(name)
    return cast("Callable[[Report], str]", import_module(f"{__name__}.{name}").render)
