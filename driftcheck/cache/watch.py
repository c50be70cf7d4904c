"""What a check depends on, noted while it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .. import listening
from ..worker.inside.traces import Traces
from .state import Notes, digest

if TYPE_CHECKING:
    from ..worker.answer import ImportInputs


class Watch:
    """`own` is what this process looked at, `remote` what the projects' Pythons did, `listings` what git named.

    `doubts` are reasons why not everything may have been noted.
    """

    def __init__(self) -> None:
        self.own = Traces(kinds_only=True)
        self.remote: list[ImportInputs] = []
        self.listings: Notes = {}
        self.doubts: list[str] = []

    def doubt(self, reason: str) -> None:
        self.doubts.append(reason)

    def heard(self, inputs: ImportInputs) -> None:
        self.remote.append(inputs)
        self.doubts += inputs.doubts

    def listed(self, root: Path, names: Sequence[str] | None) -> None:
        self.listings[str(root)] = digest(names)


@contextmanager
def watching() -> Iterator[Watch]:
    """Everything that is looked at inside the block."""
    watch = Watch()
    listening.listeners.append(watch)
    try:
        yield watch
    finally:
        listening.listeners.remove(watch)
        watch.own.close()
