"""What passes between the server and the process that checks: a folder to check, and what came of it."""

from __future__ import annotations

import struct
from dataclasses import field

from ..check.readings import PythonChoice
from ..findings import Report
from ..frozen import dataclass
from ..model import Table

#: What precedes each message: how many bytes it has.
LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Ask:
    """A check to be made as `driftcheck diff` makes it in `folder`, an absolute path.

    `sources` are `NAME=KIND:LOCATION`, where a look around has found them before. `anew` reads all of them, whatever
    is kept of earlier checks.
    """

    folder: str
    interpreter: PythonChoice
    sources: tuple[str, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A source as it was compared. `edited` says that its files are what was read, so that an edit of them counts."""

    name: str
    kind: str
    files: tuple[str, ...]
    tables: tuple[Table, ...]
    edited: bool


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a check came to. Paths are relative to `root`, a real path, as the report has them.

    `sources` have the truth first. `files` hold the bytes, as they were read, of all files that anything here points
    into. `found` are the sources, if a look around found them. `idle` says that there is nothing to compare, and
    nothing that says there should be. One that is not `last` is followed by another of the same check, with fixes.
    """

    root: str
    report: Report
    sources: tuple[Described, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    idle: bool = False
    last: bool = True
