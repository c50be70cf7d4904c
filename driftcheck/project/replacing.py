"""Writing a file of a project so that at every moment it is either as it was or as it shall be."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from ..opening import read
from .project import Project

#: A file may have grown since it was read: more than this is another one.
_MOST = 1 << 30


class Changed(OSError):
    """A file is another than it was when it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(0, "it was changed meanwhile", path)


def replace_file(project: Project, path: str, data: bytes | None, before: bytes | None) -> None:
    """Puts `data` in the place of the file at `path`, which holds `before`: None is no file at all.

    The new file is written beside the old one and moved into its place, with the same mode. Links are followed, but
    only inside of the repository; folders that a new file wants are made, and an empty one goes with it. Raises
    OSError: Outside, and Changed for a file that does not hold `before`.
    """
    real = project.to_write(path)
    _demand(real, before)
    if data is None:
        real.unlink()
        if real.parent not in (project.root, project.top):
            with contextlib.suppress(OSError):
                real.parent.rmdir()
        return
    if before is None:
        real.parent.mkdir(parents=True, exist_ok=True)
    beside = _written_beside(real, data)
    try:
        _demand(real, before)
        if before is None:
            os.link(beside, real)  # fails where somebody else made one meanwhile, which a move would replace
        else:
            os.replace(beside, real)
    except OSError as error:
        raise Changed(path) if isinstance(error, FileExistsError) else error from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)


def _demand(real: Path, before: bytes | None) -> None:
    if before is None:
        if os.path.lexists(real):
            raise Changed(str(real))
    elif not real.exists() or read(str(real), _MOST) != before:
        raise Changed(str(real))


def _written_beside(real: Path, data: bytes) -> str:
    """A file with `data` in the same folder, of a name that no tool takes for a source's."""
    import tempfile  # a check reads

    handle, name = tempfile.mkstemp(prefix=f".{real.name[:100]}.", suffix=".driftcheck-tmp", dir=real.parent)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.chmod(name, _mode(real))
        os.fsync(handle)
    except OSError:
        os.unlink(name)
        raise
    finally:
        os.close(handle)
    return name


def _mode(real: Path) -> int:
    """That of the file, or of a new one."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(os.stat(real).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
