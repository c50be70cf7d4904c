"""Entries on disk: whole or absent, whoever else reads, writes or dies at the same time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

#: The form of the entries.
_FORM = "1"
#: How much is kept at most: entries, and bytes of all of them.
_MOST_ENTRIES = 100
_MOST_BYTES = 50_000_000


class Store:
    """The entries in `folder`. What cannot be read or written is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _FORM

    def get(self, key: str) -> dict[str, Any] | None:
        """The entry of `key`; None if there is none, or if it is not what was written."""
        try:
            digest, _, data = (self._folder / f"{key}.json").read_bytes().partition(b"\n")
            if hashlib.sha256(data).hexdigest().encode() != digest:
                return None
            entry = json.loads(data)
        except (OSError, ValueError):
            return None
        return entry if isinstance(entry, dict) else None

    def put(self, key: str, entry: dict[str, Any]) -> None:
        """Keeps `entry`: written beside its place first, so that nobody ever sees half of it."""
        import tempfile

        data = json.dumps(entry).encode()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".new")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
                os.replace(temporary, self._folder / f"{key}.json")
            except BaseException:
                os.unlink(temporary)
                raise
            self._shrink()

    def _shrink(self) -> None:
        """Drops the oldest entries, and what a crash has left behind, when there is too much."""
        found = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):
                    facts = entry.stat()
                    found.append((facts.st_mtime_ns, facts.st_size, entry.path))
        size = 0
        for number, (_, more, path) in enumerate(sorted(found, reverse=True)):
            size += more
            if number >= _MOST_ENTRIES or size > _MOST_BYTES:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
