"""Where something is written, or kept: words that packages without a model need, too."""

from __future__ import annotations

from .frozen import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file, or in a database.

    `path` is relative to the root of the check, with forward slashes (absolute if outside the root). `line` and
    `column` count from 1, as editors, GitHub and SARIF do. `end_line` is the last line of what is meant, if known.
    In a database there are no lines: then `path` is `host/db`, and `object` the name in it, "" for all of it.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int | None = None
    object: str | None = None

    @property
    def is_file(self) -> bool:
        return self.object is None

    def __str__(self) -> str:
        if self.object is not None:
            return f"{self.path}: {self.object}" if self.object else self.path
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What was read where the source is a live database: `host/db`, engine, its version and clock (ISO 8601, UTC)."""

    server_version: str
    time: str
    place: str = ""
    engine: str = "PostgreSQL"

    @property
    def is_before_14(self) -> bool:
        major = self.server_version.partition(".")[0]
        return major.isdecimal() and int(major) < 14

    def __str__(self) -> str:
        return f"{self.place} ({self.engine} {self.server_version})"
