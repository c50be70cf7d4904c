"""What a check, or the reading of one of its sources, depends on, noted while it is made."""

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
    from .inputs import Inputs


class Watch:
    """`own` is what this process looked at, `remote` what the projects' Pythons did, `listings` what git named.

    `doubts` are reasons why not everything may have been noted. `parts` are what those parts depend on that were
    noted, or kept, for themselves; of these nothing else is here.
    """

    def __init__(self) -> None:
        self.own = Traces(kinds_only=True)
        self.own.close()
        self.remote: list[ImportInputs] = []
        self.listings: Notes = {}
        self.doubts: list[str] = []
        self.parts: list[Inputs] = []

    @contextmanager
    def on(self) -> Iterator[None]:
        """All that is looked at inside the block is noted, and by nobody who watches around it.

        As often as there is more to do: the project's Python is started, and waited for later.
        """
        with unwatched():
            _watching.append(self)
            listening.listeners.append(self)
            self.own.resume()
            try:
                yield
            finally:
                self.own.close()
                listening.listeners.remove(self)
                _watching.remove(self)

    def doubt(self, reason: str) -> None:
        self.doubts.append(reason)

    def heard(self, inputs: ImportInputs) -> None:
        self.remote.append(inputs)
        self.doubts += inputs.doubts

    def listed(self, root: Path, names: Sequence[str] | None) -> None:
        self.listings[str(root)] = digest(names)


_watching: list[Watch] = []


@contextmanager
def unwatched() -> Iterator[None]:
    """What is looked at inside the block, to compare it with what was kept, is noted by nobody."""
    watch = _watching[-1] if _watching else None
    if watch is not None:
        watch.own.close()
    try:
        yield
    finally:
        if watch is not None:
            watch.own.resume()


def part(inputs: Inputs | None) -> None:
    """Whoever watches depends on `inputs`, too; None if they are not known."""
    for outer in _watching[-1:]:
        if inputs is None:
            outer.doubt("it is not known what a source depends on")
        else:
            outer.parts.append(inputs)


@contextmanager
def watching() -> Iterator[Watch]:
    """Everything that is looked at inside the block."""
    watch = Watch()
    with watch.on():
        yield watch
