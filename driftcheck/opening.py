"""Opening a file so that whatever is in its place, the answer comes at once."""

from __future__ import annotations

import errno
import os
import stat

#: A pipe that nobody writes to would otherwise be waited for; Windows would change line ends.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))
#: Bytes: far more than any file of the package has.
_MOST_PACKAGED = 4_000_000
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NoRegularFile(OSError):
    """There is something of that name, but no file that can be read to its end."""

    def __init__(self, mode: int, path: str) -> None:
        kind = next((words for is_one, words in _KINDS if is_one(mode)), "something else")
        super().__init__(errno.EINVAL, f"it is {kind}, not a regular file", path)


class Outside(OSError):
    """A path that leads out of what may be read: lexically, by a link, or from the root of the file system."""

    def __init__(
        self, path: str, why: str = "it is outside of the repository, and allow-outside does not name it"
    ) -> None:
        super().__init__(errno.EACCES, why, path)


class TooLarge(OSError):
    """A file that holds more than its reader takes."""

    def __init__(self, most: int, path: str) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {most:,} bytes", path)


def opened(path: str) -> tuple[int, os.stat_result]:
    """A descriptor of the regular file at `path`, and what there is to know of it. Raises OSError.

    It is looked at before it is opened, since opening alone moves a tape; and afterwards, since it may be another then.
    """
    _demand_regular(os.stat(path).st_mode, path)
    handle = os.open(path, _FLAGS)
    try:
        facts = os.fstat(handle)
        _demand_regular(facts.st_mode, path)
    except OSError:
        os.close(handle)
        raise
    return handle, facts


def read(path: str, most: int) -> bytes:
    """The bytes of the regular file at `path`. Raises OSError, which TooLarge and NoRegularFile are."""
    handle, facts = opened(path)
    with open(handle, "rb") as file:
        data = file.read(most + 1) if facts.st_size <= most else b""
    if facts.st_size > most or len(data) > most:
        raise TooLarge(most, path)
    return data


def packaged(*parts: str) -> str:
    """The text of a file that came with driftcheck, by the way to it from the package's folder. Raises OSError."""
    text = read(os.path.join(os.path.dirname(__file__), *parts), _MOST_PACKAGED).decode("utf-8")
    return text.replace("\r\n", "\n")


def _demand_regular(mode: int, path: str) -> None:
    if not stat.S_ISREG(mode):
        raise NoRegularFile(mode, path)


def demand_readable(mode: int, path: str) -> None:
    """Raises OSError for what is neither a folder nor a file that can be read."""
    if not stat.S_ISDIR(mode):
        _demand_regular(mode, path)
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
