"""What a command prints and writes, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Answer(NamedTuple):
    """`text` goes to standard output, with its colours if `color`; `status` ends the run.

    `files` are the texts of the reports, in the order in which the command names their files: an answer that was kept
    says nothing of where to write.
    """

    text: str
    color: bool
    files: Sequence[str]
    status: int
