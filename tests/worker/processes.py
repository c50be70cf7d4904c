"""Processes of models that do not want to end, and whether they have."""

from __future__ import annotations

import time
from pathlib import Path

#: Statements of a module; each writes the number of a process that would outlive it into a file `*.pid`.
LASTING = {
    "a child": "child = subprocess.Popen(['sleep', '90']); note(child.pid)",
    "a session of its own": "child = subprocess.Popen(['sleep', '90'], start_new_session=True); note(child.pid)",
    "the command setsid": "os.system('setsid sh -c \"echo \\\\$\\\\$ > a.pid; exec sleep 90\" &'); wait()",
    "nohup in the background": "os.system('nohup sleep 90 > /dev/null 2>&1 & echo $! > a.pid')",
    "a fork": "if os.fork() == 0:\n    note(os.getpid()); time.sleep(90)\nwait()",
    "a fork in a session": "if os.fork() == 0:\n    os.setsid(); note(os.getpid()); time.sleep(90)\nwait()",
    "a daemon, forked twice": (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.closerange(0, 100); note(os.getpid()); time.sleep(90)\n    os._exit(0)\nwait()"
    ),
    "one that ignores signals": (
        "if os.fork() == 0:\n    os.setsid()\n    for number in range(1, 32):\n"
        "        if number not in (9, 19): signal.signal(number, signal.SIG_IGN)\n"
        "    note(os.getpid()); time.sleep(90)\nwait()"
    ),
    "one that stopped itself": (
        "if os.fork() == 0:\n    os.setsid(); note(os.getpid()); os.kill(os.getpid(), signal.SIGSTOP); time.sleep(90)\n"
        "wait()"
    ),
    "one that forgets its parent": (
        "import ctypes\nif os.fork() == 0:\n    ctypes.CDLL(None).prctl(1, 0); ctypes.CDLL(None).prctl(36, 1)\n"
        "    os.setsid()\n    if os.fork() == 0:\n        note(os.getpid()); time.sleep(90)\n    time.sleep(90)\nwait()"
    ),
    "a pool of multiprocessing": (
        "import multiprocessing\ncontext = multiprocessing.get_context('fork')\n"
        "child = context.Process(target=time.sleep, args=(90,)); child.start(); note(child.pid)"
    ),
    "a terminal of its own": (
        "import pty\npid, _ = pty.fork()\nif pid == 0:\n    note(os.getpid()); time.sleep(90)\nwait()"
    ),
    "many": (
        "for number in range(40):\n    if os.fork() == 0:\n"
        "        os.setsid(); note(os.getpid(), number); time.sleep(90)\nwait(40)"
    ),
    "one that always forks anew": (
        "if os.fork() == 0:\n    os.setsid()\n    while True:\n        if os.fork(): os._exit(0)\n"
        "        note(os.getpid()); time.sleep(0.01)\nwait()"
    ),
}
HEAD = """\
import glob, os, signal, subprocess, time
def note(pid, name="a"):
    with open(f"{name}.new", "w") as file:
        file.write(str(pid))
    os.rename(f"{name}.new", f"{name}.pid")
def wait(count=1):
    while sum(os.path.getsize(path) > 0 for path in glob.glob("*.pid")) < count:
        time.sleep(0.01)
"""


def noted(folder: Path) -> list[int]:
    """The processes that the module in `folder` wrote down."""
    return [int(path.read_text()) for path in folder.glob("*.pid") if path.read_text().strip()]


def runs(pid: int) -> bool:
    """Whether the process is there and more than a name in its parent's list."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] not in ("Z", "X")


def left(folder: Path, seconds: float = 20) -> list[int]:
    """Those of the noted processes that still run when the time is over; none, as soon as none does."""
    until = time.monotonic() + seconds
    while (found := [pid for pid in noted(folder) if runs(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    return found
