"""What the file system says of a file, a folder, a link, as short texts that can be kept and compared.

The functions of `os` are those that were there before anybody (`traces`) took notes of them.
"""

from __future__ import annotations

import hashlib
import os
import stat
from os import fstat as _fstat
from os import lstat as _lstat
from os import readlink as _readlink
from os import scandir as _scandir
from os import stat as _stat
from typing import Any

_LIBRARY = os.path.dirname(os.__file__) + os.sep
_OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep


def state(path: Any) -> str | None:
    """Size, times and inode of the file or folder at `path`, links followed; None if there is none.

    The time of the last change (ctime) cannot be set by hand, and moves whenever anything else does.
    """
    try:
        found = _stat(path)
    except (OSError, ValueError):
        return None
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def look(question: str) -> str | None:
    """The answer to `HOW PATH`; None if there is no such file.

    HOW is `kind` (what it is, and nothing more), `mode` (that, and who may do what with it), `facts` (all that stat(2)
    says but for the time of the last reading), `times` (that, too); `lkind`, `lmode`, `lfacts`, `ltimes` of a link
    itself; `link` (where one leads).
    """
    how, _, path = question.partition(" ")
    try:
        if how == "link":
            return _readlink(path)
        facts = _lstat(path) if how.startswith("l") else _stat(path)
    except (OSError, ValueError):
        return None
    if how.endswith("kind"):
        return str(stat.S_IFMT(facts.st_mode))
    if how.endswith("mode"):
        return f"{facts.st_mode} {facts.st_uid} {facts.st_gid}"
    known = [*facts[:7], facts.st_mtime_ns, facts.st_ctime_ns]
    return " ".join(map(str, [*known, facts.st_atime_ns] if how.endswith("times") else known))


def is_pipe(number: int) -> bool:
    """Whether the descriptor is that of a pipe. Raises OSError."""
    return stat.S_ISFIFO(_fstat(number).st_mode)


def entries(path: str) -> str | None:
    """A digest of what a folder's entries say of themselves; None if it cannot be listed."""
    try:
        with _scandir(path) as listed:
            found = sorted(
                f"{entry.name}\0{look('lfacts ' + entry.path)}\0{look('facts ' + entry.path)}"
                for entry in listed
                if entry.name != "__pycache__"
            )
    except OSError:
        return None
    return hashlib.sha256("\n".join(found).encode("utf-8", "surrogatepass")).hexdigest()


def is_installed(path: str) -> bool:
    """Whether a file is a part of Python's library, of a package, or of driftcheck."""
    parts = path.replace(os.sep, "/").split("/")
    return "site-packages" in parts or "dist-packages" in parts or path.startswith((_LIBRARY, _OURS))
