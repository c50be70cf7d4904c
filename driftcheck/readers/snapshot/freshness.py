"""Whether the files that a snapshot was made of are still the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...frozen import dataclass
from ...project import Project


@dataclass(frozen=True, slots=True)
class Freshness:
    """Files that changed and files that are gone since a snapshot was taken, relative to the root."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    known: int

    @property
    def is_unknown(self) -> bool:
        """Nothing to compare with: no hash, or none of the files is here (it came from another repository)."""
        return len(self.gone) == self.known


def hashes(files: Iterable[str], root: Path | Project) -> dict[str, str]:
    """path → SHA-256 in hex of each of `files` that lies in the project, whatever its line ends."""
    project, found = Project.of(root), {}
    for name in sorted(set(files)):
        digest = None if os.path.isabs(name) else _hash(project, name)
        if digest is not None:
            found[name] = digest
    return found


def freshness(recorded: Mapping[str, str], project: Project) -> Freshness:
    """How the files of `recorded` (path → hash) compare with those that are in the project now."""
    changed, gone = [], []
    for name, digest in recorded.items():
        now = _hash(project, name)
        if now is None:
            gone.append(name)
        elif now != digest:
            changed.append(name)
    return Freshness(tuple(changed), tuple(gone), len(recorded))


def _hash(project: Project, name: str) -> str | None:
    try:
        return hashlib.sha256(project.data(name).replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return None
