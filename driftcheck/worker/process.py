"""Runs the worker: its environment, its output, its end.

Whatever the project does on import (prints gigabytes, forks, daemonises, sleeps), `wait` comes back in time.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WORKER = Path(__file__).with_name("inside") / "start.py"
#: How much of each output is kept: its end, in bytes.
_KEPT = 64 * 1024
#: How long a finished process's pipes are still listened to, in seconds; its orphans may hold them open for ever.
_GRACE = 0.5
#: Variables without which Python, or the packages it loads, do not start. Everything else is the config's to give.
_PASSED = frozenset(
    """PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TEMP TMP VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME
    LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT APPDATA
    LOCALAPPDATA PROGRAMDATA PROGRAMFILES USERPROFILE NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE NIX_LD
    NIX_LD_LIBRARY_PATH SSL_CERT_FILE""".split()
)
_PASSED_PREFIXES = ("LC_", "XDG_", "PYENV_", "UV_", "POETRY_", "ASDF_", "MISE_")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `document` is the worker's answer, None if there was none.

    `status` is the exit status (negative: the signal that ended it), None if time ran out and it was killed.
    """

    document: dict[str, Any] | None
    status: int | None
    output: str
    errors: str


class _Drain(threading.Thread):
    """Reads a pipe to its end and keeps the last bytes of it, or with `whole`, all up to one frame."""

    def __init__(self, descriptor: int, *, whole: bool = False) -> None:
        super().__init__(daemon=True)
        self._descriptor, self._whole = descriptor, whole
        self.data = bytearray()
        self.start()

    def run(self) -> None:
        with contextlib.suppress(OSError):
            while chunk := os.read(self._descriptor, 65536):
                self.data += chunk
                if self._whole and _frame(self.data) is not None:
                    break
                if not self._whole and len(self.data) > 2 * _KEPT:
                    del self.data[:-_KEPT]
        with contextlib.suppress(OSError):
            os.close(self._descriptor)

    @property
    def text(self) -> str:
        return bytes(self.data[-_KEPT:]).decode("utf-8", "replace")


def _frame(data: bytes | bytearray) -> bytes | None:
    """The JSON of a whole answer (its length, a newline, itself); None while it is not all there."""
    head = bytes(data[:20]).partition(b"\n")
    if not head[1] or not head[0].isdigit() or len(data) < len(head[0]) + 1 + int(head[0]):
        return None
    return bytes(data[len(head[0]) + 1 : len(head[0]) + 1 + int(head[0])])


class Run:
    """A worker that was started. `wait` gives its outcome; `kill` ends it and everything it started."""

    def __init__(
        self,
        command: tuple[str, ...],
        request: dict[str, Any],
        directory: Path,
        env: Mapping[str, str],
        *,
        direct: bool,
    ) -> None:
        self._deadline = time.monotonic() + float(request["timeout"])
        self._file: Path | None = None
        self._killed = False
        descriptors: tuple[int, ...] = ()
        if os.name == "nt" or not direct:
            import tempfile  # not on POSIX: the start of the project's Python is what a check waits for

            handle, name = tempfile.mkstemp(prefix="driftcheck-", suffix=".json")
            os.close(handle)
            self._file = Path(name)
            request = {**request, "file": name}
        else:
            readable, writable = os.pipe()
            descriptors = (writable,)
            request = {**request, "descriptor": writable}
        try:
            self._process = subprocess.Popen(
                [*command, "-B", str(_WORKER), json.dumps(request)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=directory,
                env=environment(os.environ, env),
                pass_fds=descriptors,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError:
            if descriptors:
                os.close(readable)
            self._forget_file()
            raise
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._output = _Drain(os.dup(self._process.stdout.fileno()))
        self._errors = _Drain(os.dup(self._process.stderr.fileno()))
        self._process.stdout.close()
        self._process.stderr.close()
        self._answer = _Drain(readable, whole=True) if descriptors else None

    def wait(self) -> Outcome:
        """Blocks until the worker has answered or ended, at the latest when its time is over."""
        try:
            status: int | None = self._process.wait(max(0.0, self._deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            status = None
        finally:
            self.kill()
        drains = [drain for drain in (self._answer, self._output, self._errors) if drain is not None]
        until = time.monotonic() + _GRACE
        for drain in drains:
            drain.join(max(0.0, until - time.monotonic()))
        document = self._document()
        self._forget_file()
        return Outcome(document, status, self._output.text, self._errors.text)

    def kill(self) -> None:
        """Ends the process and its group, if they still run."""
        if self._killed:
            return
        self._killed = True
        if os.name == "nt":
            if self._process.poll() is None:
                subprocess.run(
                    ["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False
                )
        else:
            # The group outlives its leader as long as a child is left in it.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def cancel(self) -> None:
        """Ends the run; nobody waits for its outcome any more."""
        self.kill()
        self._forget_file()

    def _document(self) -> dict[str, Any] | None:
        data: bytes | bytearray = b""
        if self._answer is not None:
            data = self._answer.data
        elif self._file is not None:
            with contextlib.suppress(OSError):
                data = self._file.read_bytes()
        frame = _frame(data)
        if frame is None:
            return None
        document = json.loads(frame)
        return document if isinstance(document, dict) else None

    def _forget_file(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)


def environment(ours: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The environment of an import: what Python needs of `ours`, and what the config gives. Never a DATABASE_URL."""
    kept = {
        name: value
        for name, value in ours.items()
        if name.upper() in _PASSED or name.upper().startswith(_PASSED_PREFIXES)
    }
    return {
        **kept,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8:replace",
        "PYTHONUNBUFFERED": "1",
        **given,
    }
