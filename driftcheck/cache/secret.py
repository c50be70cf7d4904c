"""The key with which entries are authenticated: random, made once, readable by its user alone."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from .place import is_own, secret_folder

_SIZE = 32
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))


def key() -> bytes | None:
    """The key of this user, made if there is none yet; None if there can be none that nobody else reads."""
    folder = secret_folder()
    if folder is None:
        return None
    path = folder / "cache.key"
    try:
        return _read(path)
    except FileNotFoundError:
        return _made(path)
    except OSError:
        return None


def _read(path: Path) -> bytes | None:
    """The key in the file at `path`; None if others may have read or written it. Raises OSError."""
    with open(os.open(path, _FLAGS), "rb") as file:
        facts = os.fstat(file.fileno())
        private = os.name == "nt" or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o077)
        if not (private and stat.S_ISREG(facts.st_mode)):
            return None
        data = file.read(_SIZE + 1)
    return data if len(data) == _SIZE else None


def _made(path: Path) -> bytes | None:
    """A new key, or the one that another process has made meanwhile."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not is_own(path.parent):
            return None
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(_SIZE))
        try:
            with contextlib.suppress(FileExistsError):
                os.link(beside, path)  # unlike a rename this takes nobody's place
        finally:
            os.unlink(beside)
        return _read(path)
    except OSError:
        return None
