"""Where something is written: the one word of the model that packages without a model need, too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file.

    `path` is relative to the root of the check, with forward slashes (absolute if outside the root). `line` and
    `column` count from 1, as editors, GitHub and SARIF do. `end_line` is the last line of what is meant, if known.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
