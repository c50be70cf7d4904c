"""What a run of Python depends on: files opened, folders listed, questions asked of the file system.

Python reports the first two by audit events (PEP 578), before they happen. Of the questions (`os.stat`, and with it
`os.path.exists`) it reports nothing: those functions are replaced by some that take notes.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from .looking import entries, is_installed, look, state

#: What other programs, databases in files and the like have given a project is not recorded.
_ELSEWHERE = frozenset(
    """subprocess.Popen os.system os.posix_spawn os.exec os.fork os.forkpty os.startfile _winapi.CreateProcess
    sqlite3.connect os.getxattr os.listxattr winreg.OpenKey sys.setprofile sys.settrace
    sys.monitoring.register_callback""".split()
)
#: Modules that read files without an event.
_UNHEARD = frozenset({"_dbm", "_gdbm", "_posixshmem"})
_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
_CACHED = os.sep + "__pycache__" + os.sep
_LIBRARY = (os.path.dirname(os.__file__) + os.sep, "<frozen")
#: Functions of Python's library that ask whether something is there and of which kind it is, and nothing more.
_KINDS = frozenset(
    """exists lexists isfile isdir islink ismount is_file is_dir is_symlink is_mount realpath _joinrealpath
    _path_stat _path_is_mode_type""".split()
)
_hearing: list[Traces] = []


def _hear(event: str, arguments: Any) -> None:
    for traces in _hearing:
        traces.hear(event, arguments)


class Traces:
    """Notes from now on. States are as in `looking`, None for what was not there.

    `asked` are questions with their answers (see `look`), `scanned` folders whose entries may have been asked anything.
    """

    def __init__(self, *, kinds_only: bool = False) -> None:
        """`kinds_only` is for driftcheck's own process, whose questions are of no other sort, and all of them heard."""
        self.files: dict[str, str | None] = {}
        self.folders: dict[str, str | None] = {}
        self.asked: dict[str, str | None] = {}
        self.scanned: dict[str, str | None] = {}
        self.doubts: dict[str, None] = {}
        self._kinds_only = kinds_only
        self._replaced: list[tuple[Any, str, Any]] = []
        self._low = sys.modules[os.name]
        self.resume()

    def resume(self) -> None:
        """Notes are taken from now on, after a `close` too."""
        _hearing.append(self)
        if len(_hearing) == 1 and not vars(Traces).get("hooked"):
            Traces.hooked = True  # type: ignore[attr-defined] # for good: a hook cannot be taken away
            sys.addaudithook(_hear)
        self._listen()

    def close(self) -> None:
        """Nothing is noted from now on, and what was replaced is as it was."""
        _hearing.remove(self)
        while self._replaced:
            module, name, original = self._replaced.pop()
            setattr(module, name, original)

    def doubt(self, reason: str) -> None:
        """Something cannot be noted: what the run came to holds for now only."""
        self.doubts[reason] = None

    @contextlib.contextmanager
    def deaf(self) -> Iterator[None]:
        """What happens inside the block is not noted."""
        _hearing.remove(self)
        try:
            yield
        finally:
            _hearing.append(self)

    def document(self) -> dict[str, Any]:
        """All that was noted, for another process, and what was loaded or read before; ends the notes."""
        self.close()
        installed = {path: noted for path, noted in self.files.items() if is_installed(path)}
        modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        for path in (sys.executable, os.path.join(sys.prefix, "pyvenv.cfg"), *modules, *_path_files()):
            if isinstance(path, str) and path not in self.files and not path.startswith("<"):
                installed[path] = state(path)
        for entry in sys.path:
            self.folders.setdefault(os.path.abspath(entry), state(entry))
        return {
            "files": {path: noted for path, noted in self.files.items() if path not in installed},
            "folders": self.folders,
            "installed": installed,
            "asked": self.asked,
            "scanned": self.scanned,
            "doubts": list(self.doubts),
        }

    def hear(self, event: str, arguments: Any) -> None:
        if event == "open":
            self._opened(*arguments[:3])
        elif event in ("os.listdir", "os.scandir"):
            path = _name("." if arguments[0] is None else arguments[0])
            if path and path not in self.folders:
                self.folders[path] = state(path)
            if path and event == "os.scandir" and path not in self.scanned and not self._asks_kinds(sys._getframe(2)):
                self.scanned[path] = None  # listing it is heard, too
                self.scanned[path] = entries(path)
        elif not self._kinds_only and (
            event in _ELSEWHERE
            or (event == "import" and arguments[0] in _UNHEARD)
            or (event == "ctypes.dlopen" and arguments[0] is not None)
        ):
            self.doubt(event)

    def _asks_kinds(self, frame: Any) -> bool:
        """Whether who lists a folder asks its entries of which kind they are, and nothing more: we, and `os.walk`."""
        code = frame.f_code
        walks = code.co_name in ("walk", "_walk") and code.co_filename == os.walk.__code__.co_filename
        return self._kinds_only or walks or code.co_filename.startswith(_OURS)

    def _opened(self, path: Any, mode: Any, flags: Any) -> None:
        name = _name(path)
        if not name or (mode[:1] in ("w", "a", "x") if isinstance(mode, str) else flags & (os.O_WRONLY | os.O_CREAT)):
            return
        if _CACHED in name:
            if self._kinds_only:
                return  # a module of ours, or of what we run on: all that are loaded are looked at in the end
            name = _source(name)
        if name not in self.files:
            self.files[name] = state(name)

    def _listen(self) -> None:
        for name in ("stat", "lstat", "access", "readlink"):
            self._replace(os, name, self._question)
        for name in ("exists", "lexists", "isfile", "isdir", "islink"):
            if not hasattr(getattr(os.path, name), "__code__"):  # of C, on Windows
                self._replace(os.path, name, self._question)
        if self._kinds_only:
            return
        for name in ("fstat", "statvfs", "fstatvfs"):
            self._replace(os, name, lambda *_: self.doubt("a descriptor or a file system was inspected"))
        if os.name != "nt":
            import _posixsubprocess

            self._replace(_posixsubprocess, "fork_exec", lambda *_: self.doubt("a program was started"))

    def _replace(self, module: Any, name: str, note: Callable[..., None]) -> None:
        original = getattr(module, name, None)
        if original is None:
            return
        noting = _Noting(original, note)
        for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
            if original in able:
                able.add(noting)
        places = [module]
        if module is os and not self._kinds_only:
            _keep_for_imports(self._low)
            places.append(self._low)
        for place in places:
            self._replaced.append((place, name, getattr(place, name)))
            setattr(place, name, noting)

    def _question(self, function: str, arguments: Any, options: Any, frame: Any) -> None:
        path = arguments[0] if arguments else options.get("path", ".")
        library = frame.f_code.co_filename.startswith(_LIBRARY)
        name = _name(path)
        if name is None or options.get("dir_fd") is not None:
            if not library:
                self.doubt("a descriptor was inspected")
            return
        follows = function != "lstat" and options.get("follow_symlinks") is not False
        if function == "readlink":
            how = "link"
        elif function == "access" and not self._kinds_only:
            how = "mode"  # it says who may, and nothing of times
        elif self._kinds_only or function in _KINDS or (library and frame.f_code.co_name in _KINDS):
            how = "kind" if follows and function not in ("islink", "lexists") else "lkind"
        else:
            # The project's own code asked, and may look at the time of the last reading, too.
            how = ("" if follows else "l") + ("facts" if library else "times")
        question = f"{how} {name}"
        if question not in self.asked:
            self.asked[question] = look(question)


class _Noting:
    """A function that takes notes first. No function of Python's: as the attribute of a class it must not be bound."""

    def __init__(self, original: Any, note: Callable[..., None]) -> None:
        self.__wrapped__, self._note = original, note
        self.__name__: str = original.__name__
        self.__doc__ = original.__doc__

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self._note(self.__name__, arguments, options, sys._getframe(1))
        return self.__wrapped__(*arguments, **options)


def _path_files() -> list[str]:
    """The files by which packages have put themselves on the path: they were read before anything was noted."""
    found = []
    for entry in sys.path:
        try:
            found += [os.path.join(entry, name) for name in os.listdir(entry or ".") if name.endswith(".pth")]
        except OSError:
            continue
    return found


def _keep_for_imports(low: Any) -> None:
    """Python's own imports ask a thousand times: what they find is noted otherwise."""
    import importlib._bootstrap_external as machinery

    if machinery._os is low:  # type: ignore[attr-defined] # a private name, the same in all versions
        kept = type(sys)(low.__name__)
        kept.__dict__.update(low.__dict__)
        machinery._os = kept  # type: ignore[attr-defined] # as above


def _source(compiled: str) -> str:
    """The module whose compiled form this is: `__pycache__/user.cpython-311.pyc` → `user.py`."""
    folder, _, name = compiled.rpartition(_CACHED)
    return os.path.join(folder, name.partition(".")[0] + ".py")


def _name(path: Any) -> str | None:
    if isinstance(path, int):
        return None
    try:
        return os.path.abspath(os.fsdecode(path))
    except (TypeError, ValueError):
        return None
