"""Between those who read and whoever wants to keep what a check came to: on what it depends, and where that is unknown.

Nobody listens unless a check is to be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .worker.answer import ImportInputs


class Listener(Protocol):
    """Notes what the check that is being made depends on."""

    def doubt(self, reason: str) -> None: ...

    def heard(self, inputs: ImportInputs) -> None: ...

    def listed(self, root: Path, names: Sequence[str] | None) -> None: ...


#: The last one listens: what it notes is its own, and not of those who listen around it.
listeners: list[Listener] = []


def doubt(reason: str) -> None:
    """Something was read that cannot be noted: the check that is being made is not kept."""
    for listener in listeners[-1:]:
        listener.doubt(reason)


def heard(inputs: ImportInputs | None) -> None:
    """What the project's own Python noted."""
    if inputs is None:
        doubt("the project's Python did not say what it read")
        return
    for listener in listeners[-1:]:
        listener.heard(inputs)


def listed(root: Path, names: Sequence[str] | None) -> None:
    """What git named below `root`."""
    for listener in listeners[-1:]:
        listener.listed(root, names)
