"""A run of driftcheck in a process of its own, with what it took of the processor and of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

#: Starts the command from a small process, since a process's peak of memory begins with that of who starts it.
_LAUNCHER = """
import json, os, resource, sys
words, said = json.loads(sys.argv[1]), sys.argv[2]
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (20, 25))
    out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.execv(words[0], words)
_, status, used = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of processor time, `megabytes` at the peak, and what was `said` on both streams."""

    status: int
    seconds: float
    megabytes: float
    said: str


def run(folder: Path, *words: str) -> Run:
    """`driftcheck WORDS` in `folder`, without a cache. Whatever waits for ever fails the test."""
    said = folder.parent / f"{folder.name}.said"
    command = json.dumps([sys.executable, "-m", "driftcheck", *words])
    environment = {**os.environ, "DRIFTCHECK_CACHE_DIR": str(folder.parent / "cache"), "COVERAGE_PROCESS_START": ""}
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, command, str(said)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    status, seconds, megabytes = json.loads(done.stdout)
    return Run(status, seconds, megabytes, said.read_text(encoding="utf-8", errors="replace"))
