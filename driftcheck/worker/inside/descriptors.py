"""File descriptors that a project should neither close nor hand on."""

from __future__ import annotations

import os


def out_of_the_way(descriptor: int) -> int:
    """A copy of `descriptor` under a high number: a daemon closes the low ones, and a child must not inherit it."""
    try:
        import fcntl

        return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 500)
    except (ImportError, OSError):
        return os.dup(descriptor)
