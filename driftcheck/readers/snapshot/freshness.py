"""Whether the files that a snapshot was made of are still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


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


def hashes(files: Iterable[str], root: Path) -> dict[str, str]:
    """path → SHA-256 in hex of each of `files` that lies in `root`, whatever its line ends."""
    found = {}
    for name in sorted(set(files)):
        digest = None if Path(name).is_absolute() else _hash(root / name)
        if digest is not None:
            found[name] = digest
    return found


def freshness(recorded: Mapping[str, str], root: Path) -> Freshness:
    """How the files of `recorded` (path → hash) compare with what is in `root` now."""
    changed, gone = [], []
    for name, digest in recorded.items():
        now = _hash(root / name)
        if now is None:
            gone.append(name)
        elif now != digest:
            changed.append(name)
    return Freshness(tuple(changed), tuple(gone), len(recorded))


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return None
