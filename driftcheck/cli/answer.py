"""What a command prints and writes, and how it ends."""

from __future__ import annotations

from typing import NamedTuple


class Answer(NamedTuple):
    """`text` goes to standard output, with its colours if `color`; `files` are path → text; `status` ends the run."""

    text: str
    color: bool
    files: dict[str, str]
    status: int
