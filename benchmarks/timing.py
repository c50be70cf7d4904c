"""Commands timed in turn, so that a machine whose speed changes changes both."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the folder it runs in, variables that it gets beside ours, and the status it must end with.

    `before` is done before each run, and not timed: an edit, say.
    """

    words: tuple[str, ...]
    folder: Path
    env: Mapping[str, str]
    status: int = 0
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run: seconds by the clock, seconds of processors, and the largest process in bytes (POSIX)."""

    wall: float
    cpu: float
    memory: int


def run(command: Command) -> Run:
    """Runs `command` to its end; what it prints is thrown away. Raises SystemExit if it ends with another status."""
    command.before()
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env={**os.environ, **command.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode != command.status:
        raise SystemExit(f"ended with {process.returncode}, not {command.status}: {' '.join(command.words)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Medians over pairs of runs: of wall time and processor time of one command in terms of the other's."""

    wall: float
    cpu: float
    seconds: float


def ratio(measured: Command, unit: Command, pairs: int) -> Ratio:
    """`measured` in terms of `unit`, run in turn; one pair before the first is not counted."""
    runs = [(run(measured), run(unit)) for _ in range(pairs + 1)][1:]
    return Ratio(
        wall=statistics.median(one.wall / other.wall for one, other in runs),
        cpu=statistics.median(one.cpu / other.cpu for one, other in runs),
        seconds=statistics.median(one.wall for one, _ in runs),
    )
