"""Runs one program, and ends with it everything that it started.

`python -I -S supervise.py LIFE ENDS FILE PROGRAM …` stands between driftcheck and the project's Python (POSIX):
only a parent that outlives both can promise that. LIFE is a pipe that driftcheck holds open: its end says that
driftcheck wants an end, or has gone itself, by whatever signal. ENDS are descriptors that PROGRAM inherits, with commas
between, FILE is removed if nobody is left to read it ("" for none).

On Linux orphans come back to this process (prctl(2), PR_SET_CHILD_SUBREAPER), daemons among them; elsewhere a process
group is ended. The exit status is PROGRAM's. The imports are few and small: the project's Python waits for them.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found] # `signal` without its enums, which take long to make
import os
import select
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_SET_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _SET_CHILD_SUBREAPER = 1, 4, 36
#: How long ending everything may take, in seconds: what the kernel does not let go of is left to it.
_LONGEST = 5.0
#: What would end this process before its work is done, and what Python ignores.
_OURS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE, signal.SIGXFSZ)


def main(words: list[str]) -> None:
    life, ends, file, command = int(words[1]), words[2], words[3], words[4:]
    prctl = _prctl()
    prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in _OURS:
        signal.signal(number, signal.SIG_IGN)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    os.set_inheritable(life, False)
    child = os.fork()
    if child == 0:
        _become(command, prctl)
    prctl(_SET_DUMPABLE, 0, 0, 0, 0)  # no core file of ours where the program ends by a crash
    for number in filter(None, ends.split(",")):
        os.close(int(number))
    status = _wait(child, life, woken)
    _end_all(child)
    if status is None and file:
        _quietly(os.unlink, file)
    _leave(status)


def _prctl() -> Callable[..., Any]:
    """prctl(2) of the C library; nothing where there is none."""
    if sys.platform == "linux":
        try:
            import ctypes

            found: Callable[..., Any] = ctypes.CDLL(None).prctl
            return found
        except (ImportError, OSError, AttributeError):
            pass
    return lambda *_: None


def _become(command: list[str], prctl: Callable[..., Any]) -> None:
    """Turns a fork of this process into `command`, which ends when this process does."""
    try:
        os.setsid()
        for number in (*_OURS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        prctl(_SET_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
        os.execv(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]} cannot be run: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def _wait(child: int, life: int, woken: int) -> int | None:
    """The status of `child` as waitpid(2) gives it; None if the other end of `life` has gone first."""
    while True:
        ready = select.select([life, woken], [], [])[0]
        if life in ready:
            return None
        os.read(woken, 4096)
        ended = _reaped()
        if child in ended:
            return ended[child]


def _reaped() -> dict[int, int]:
    """The children that have ended since the last call, and their status."""
    found: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        found[pid] = status


def _end_all(child: int) -> None:
    """Ends what is left of `child`'s group and, on Linux, of its descendants, however they were detached."""
    until, pause = time.monotonic() + _LONGEST, 0.001
    _quietly(os.killpg, child, signal.SIGKILL)
    while _has_children() and time.monotonic() < until:
        for pid, group in _descendants(os.getpid()):
            # A group ends at once: nothing in it forks faster than this.
            if group != os.getpgrp():
                _quietly(os.killpg, group, signal.SIGKILL)
            _quietly(os.kill, pid, signal.SIGKILL)
        time.sleep(pause)
        pause = min(2 * pause, 0.05)


def _has_children() -> bool:
    _reaped()
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _descendants(root: int) -> list[tuple[int, int]]:
    """(pid, process group) of all that descend from the process `root`, from /proc/PID/stat (proc(5))."""
    children: dict[int, list[tuple[int, int]]] = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return []
    for name in names:
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    # The name of the program is in brackets, and may hold anything.
                    _, parent, group = file.read().rpartition(b")")[2].split()[:3]
            except (OSError, ValueError):
                continue
            children.setdefault(int(parent), []).append((int(name), int(group)))
    found, left = [], [root]
    while left:
        more = children.get(left.pop(), [])
        found += more
        left += [pid for pid, _ in more]
    return found


def _quietly(act: Callable[..., Any], *arguments: Any) -> None:
    try:  # noqa: SIM105 # contextlib is one more module to load
        act(*arguments)
    except OSError:
        pass  # it has gone already, or belongs to somebody else


def _leave(status: int | None) -> None:
    """Ends as the program ended."""
    if status is None:
        os._exit(0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128)


if __name__ == "__main__":
    main(sys.argv)
