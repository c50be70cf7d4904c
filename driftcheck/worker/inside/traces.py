"""What the import of a project depends on: files opened, folders listed, packages loaded.

Python tells of the first two by audit events (PEP 578), before they happen.
"""

from __future__ import annotations

import os
import sys
from typing import Any

#: What other programs, and databases in files, have told a project is nowhere noted.
_ELSEWHERE = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "sqlite3.connect"})
_CACHED = os.sep + "__pycache__" + os.sep


class Traces:
    """Notes from now on. States are [size, mtime, ctime, inode], None for what was not there."""

    def __init__(self) -> None:
        self._files: dict[str, Any] = {}
        self._folders: dict[str, Any] = {}
        self._doubts: dict[str, None] = {}
        self._open = True
        sys.addaudithook(self._hear)

    def document(self) -> dict[str, Any]:
        """All that was noted; nothing is noted afterwards."""
        self._open = False
        modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        installed = {path: state for path, state in self._files.items() if _is_installed(path)}
        for path in (sys.executable, *modules):
            if isinstance(path, str) and path not in self._files and not path.startswith("<"):
                installed[path] = _state(path)
        for entry in sys.path:
            self._folders.setdefault(os.path.abspath(entry), _state(entry))
        files = {path: state for path, state in self._files.items() if not _is_installed(path)}
        return {
            "files": files,
            "folders": self._folders,
            "installed": installed,
            "doubts": list(self._doubts),
        }

    def _hear(self, event: str, arguments: Any) -> None:
        if not self._open:
            return
        if event == "open":
            self._opened(*arguments[:3])
        elif event in ("os.listdir", "os.scandir"):
            path = _name("." if arguments[0] is None else arguments[0])
            if path and path not in self._folders:
                self._folders[path] = _state(path)
        elif event in _ELSEWHERE:
            self._doubts[event] = None

    def _opened(self, path: Any, mode: Any, flags: Any) -> None:
        name = _name(path)
        if not name or (mode[:1] in "wax" if isinstance(mode, str) else flags & (os.O_WRONLY | os.O_CREAT)):
            return
        if _CACHED in name:
            name = _source(name)
        if name not in self._files:
            self._files[name] = _state(name)


def _source(compiled: str) -> str:
    """The module whose compiled form this is: `__pycache__/user.cpython-311.pyc` → `user.py`."""
    folder, _, name = compiled.rpartition(_CACHED)
    return os.path.join(folder, name.partition(".")[0] + ".py")


def _state(path: Any) -> Any:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def _name(path: Any) -> Any:
    if isinstance(path, int):
        return None
    try:
        return os.path.abspath(os.fsdecode(path))
    except (TypeError, ValueError):
        return None


def _is_installed(path: str) -> bool:
    parts = path.replace(os.sep, "/").split("/")
    if "site-packages" in parts or "dist-packages" in parts:
        return True
    return path.startswith((os.path.dirname(os.__file__) + os.sep, os.path.dirname(os.path.dirname(__file__)) + os.sep))
