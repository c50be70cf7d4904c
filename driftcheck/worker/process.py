"""Runs the worker: what it is given, what is read of it, its end.

Whatever the project does on import (prints gigabytes, forks, daemonises, sleeps), `wait` comes back in time, and
nothing that the import started runs on: `supervise` sees to that on POSIX, a job object on Windows.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..frozen import dataclass
from .environment import environment

if TYPE_CHECKING:
    from .drain import Frame
    from .talk import Talk

_WORKER = Path(__file__).with_name("inside") / "start.py"
_SUPERVISOR = Path(__file__).with_name("supervise.py")
#: How long a finished process's pipes are still listened to, in seconds: what escaped may hold them open for ever.
_GRACE = 0.5
#: How long the supervisor has for ending everything, in seconds.
_PATIENCE = 10.0
#: By this variable what the worker started is known where its parents are not.
_MARK = "DRIFTCHECK_IMPORT"


@dataclass(frozen=True, slots=True)
class ProcessOutcome:
    """How a run ended. `answer` is the JSON that the worker sent, None if there was none.

    `status` is the exit status (negative: the signal that ended it), None if time ran out and it was stopped. `over`
    says why it was stopped sooner: what it sent was no answer, or too much.
    """

    answer: bytes | None
    status: int | None
    output: str
    errors: str
    over: str | None = None


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
        talks: bool = False,
    ) -> None:
        """Starts it. `direct` says that its descriptors reach it: no tool is between. Raises OSError.

        `talks` gives it pipes for messages that the waiting side may answer (not on Windows).
        """
        self._deadline = time.monotonic() + float(request["timeout"])
        self._file: Path | None = None
        self._answer: Frame | None = None
        self._talk: Talk | None = None
        self._lock = threading.Lock()
        self._killed = False
        self._mark = f"{os.getpid()}-{time.monotonic_ns()}"
        readable = writable = -1
        if os.name == "nt" or not direct:
            self._file = _temporary_file()
            request = {**request, "file": str(self._file)}
        else:
            readable, writable = os.pipe()
            request = {**request, "descriptor": writable}
        ends: tuple[int, ...] = ()
        if talks and os.name != "nt":
            from .talk import Talk

            self._talk = Talk()
            ends = self._talk.ends
            request = {**request, "talk": ends}
        words = [*command, "-B", str(_WORKER), json.dumps(request)]
        environ = {**environment(os.environ, env), _MARK: self._mark}
        try:
            self._process = self._start(words, (writable, *ends) if writable >= 0 else ends, directory, environ)
        except OSError:
            if readable >= 0:
                os.close(readable)
            if self._talk is not None:
                self._talk.close()
            self._forget_file()
            raise
        finally:
            for number in (writable, *ends):
                if number >= 0:
                    os.close(number)
        from .drain import Frame, Output  # not before: the project's Python should start first

        self._output = Output(_copy(self._process.stdout), self._stop)
        self._errors = Output(_copy(self._process.stderr), self._stop)
        if readable >= 0:
            self._answer = Frame(readable, self._stop)
        if self._talk is not None:
            self._talk.listen(self._stop)

    def _start(
        self, words: list[str], ends: tuple[int, ...], directory: Path, environ: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        if os.name == "nt":
            from . import windows

            process, self._job = windows.start(words, cwd=directory, env=environ, **pipes)
            return process
        if not os.access(directory / words[0], os.X_OK):
            raise PermissionError(13, os.strerror(13), words[0])
        life, self._life = os.pipe()
        theirs = ",".join(map(str, ends))
        own = [sys.executable, "-I", "-S", "-B", str(_SUPERVISOR), str(life), theirs, str(self._file or "")]
        try:
            return subprocess.Popen(
                [*own, *words], cwd=directory, env=environ, pass_fds=(life, *ends), start_new_session=True, **pipes
            )
        except OSError:
            os.close(self._life)
            raise
        finally:
            os.close(life)

    def wait(self, hear: Callable[[bytes], bytes | None] | None = None) -> ProcessOutcome:
        """Blocks until the worker has answered or ended, at the latest when its time is over.

        `hear` gets each of its messages, and gives what is to be answered. The time that the worker waits for that is
        not its own.
        """
        try:
            if self._talk is not None and hear is not None:
                self._deadline = self._talk.until(self._deadline, hear)
            status: int | None = self._process.wait(max(0.0, self._deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            status = None
        finally:
            self.kill()
        messages = self._talk.messages if self._talk is not None else None
        drains = [drain for drain in (self._answer, self._output, self._errors, messages) if drain is not None]
        until = time.monotonic() + _GRACE
        for drain in drains:
            drain.join(max(0.0, until - time.monotonic()))
        answer, over = self._received()
        over = next((drain.over for drain in drains if drain.over), over)
        self._forget_file()
        return ProcessOutcome(None if over else answer, status, self._output.text, self._errors.text, over)

    def _stop(self) -> None:
        """Has everything end, and does not wait for it. From any thread, and as often as it may be."""
        with self._lock:
            if self._killed:
                return
            self._killed = True
            if os.name == "nt":
                self._job.close()
            else:
                os.close(self._life)

    def kill(self) -> None:
        """Ends the process and everything that it started, if they still run."""
        self._stop()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if os.name != "nt" and (self._process.returncode < 0 or sys.platform != "linux"):
            from .strays import end_strays  # rarely needed: where the supervisor was ended, or cannot find orphans

            end_strays(f"{_MARK}={self._mark}")

    def cancel(self) -> None:
        """Ends the run; nobody waits for its outcome any more."""
        self.kill()
        self._forget_file()
        if self._talk is not None:
            self._talk.close()

    def _received(self) -> tuple[bytes | None, str | None]:
        """The answer, and what is wrong with it."""
        if self._answer is not None:
            return self._answer.whole, self._answer.over
        return (None, None) if self._file is None else _from_file(self._file)

    def _forget_file(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)


def _copy(stream: Any) -> int:
    """A descriptor of our own for a pipe that `subprocess` would close when it pleases."""
    descriptor = os.dup(stream.fileno())
    stream.close()
    return descriptor


def _temporary_file() -> Path:
    import tempfile  # where a pipe does: the start of the project's Python is what a check waits for

    handle, name = tempfile.mkstemp(prefix="driftcheck-", suffix=".json")
    os.close(handle)
    return Path(name)


def _from_file(path: Path) -> tuple[bytes | None, str | None]:
    """The answer in a file that the import could write to, and what is wrong with it."""
    from .drain import MOST_ANSWERED, frame

    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    data = b""
    with contextlib.suppress(OSError), open(os.open(path, flags), "rb") as stream:
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            data = stream.read(MOST_ANSWERED + 100)
    try:
        return frame(data), None
    except ValueError as error:
        return None, str(error)
