"""Entries on disk: whole and this user's, or absent, whoever else reads, writes or dies at the same time."""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import stat
import time
from pathlib import Path
from typing import Any

from .place import is_own

#: The form of the entries.
_FORM = "3"
#: How much is kept at most: entries, and bytes of all of them.
_MOST_ENTRIES = 400
_MOST_BYTES = 250_000_000
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
#: For a file that nobody has yet.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_BINARY"))


class Store:
    """The entries in `folder`, each authenticated for its request with `secret`.

    What cannot be read or written is as if it were not there. So is what others may have written: all of a folder that
    is not this user's alone, and each entry that was not made for this request by somebody who knows the secret.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._whole, self._folder, self._secret = folder, folder / _FORM, secret

    def get(self, key: str) -> dict[str, Any] | None:
        """The entry of the request `key`; None if there is none."""
        data = self.read(f"{key}.json")
        try:
            entry = None if data is None else json.loads(data)
        except (ValueError, RecursionError):
            return None
        return entry if isinstance(entry, dict) else None

    def put(self, key: str, entry: dict[str, Any]) -> None:
        """Keeps `entry`."""
        self.write(f"{key}.json", json.dumps(entry).encode())

    def read(self, name: str) -> bytes | None:
        """The bytes of the entry `name`, which somebody wrote who knows the secret; None if there are none."""
        try:
            if not self._is_own():
                return None
            digest, _, data = _bytes(self._folder / name).partition(b"\n")
        except (OSError, ValueError):
            return None
        return data if hmac.compare_digest(self._code(name, data), digest) else None

    def write(self, name: str, data: bytes) -> None:
        """Keeps `data`: written beside its place first, so that nobody ever sees half of it."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._is_own():
                return
            temporary = self._folder / f"{os.getpid()}.{time.monotonic_ns()}.new"
            handle = os.open(temporary, _NEW, 0o600)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._code(name, data) + b"\n")
                    file.write(data)
                os.replace(temporary, self._folder / name)
            except BaseException:
                os.unlink(temporary)
                raise
            self._shrink()

    def _is_own(self) -> bool:
        return is_own(self._whole) and is_own(self._folder)

    def _code(self, name: str, data: bytes) -> bytes:
        """What only this user can write before `data`, and only in the place `name`."""
        return hmac.digest(self._secret, f"{_FORM} {name}\n".encode() + data, "sha256").hex().encode()

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


def _bytes(path: Path) -> bytes:
    """What the file at `path` holds; nothing if it is none, or larger than all entries may be. Raises OSError."""
    with open(os.open(path, _FLAGS), "rb") as file:
        facts = os.fstat(file.fileno())
        return file.read(_MOST_BYTES) if stat.S_ISREG(facts.st_mode) and facts.st_size <= _MOST_BYTES else b""
