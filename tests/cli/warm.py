"""The command in forks of a process that has imported it: each run begins where a start ends.

A start costs as much as most checks of the tests do. Tests of starts themselves start new processes.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: What an interpreter looks at when it starts, and not again.
_OF_THE_START = ("PYTHON", "LANG", "LC_")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run said, and what it took: seconds of processor time, and megabytes at the peak."""

    status: int
    stdout: str
    stderr: str
    seconds: float
    megabytes: float


class Warm:
    """The process, which ends with this one."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="driftcheck-runs-")
        self._began = _of_the_start(os.environ)
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("warm_server.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def serves(self, environment: Mapping[str, str]) -> bool:
        """Whether a new interpreter would start in it as this one did."""
        return _of_the_start(environment) == self._began

    def run(self, folder: Path, words: tuple[str, ...], environment: Mapping[str, str], most: int = 0) -> Run:
        """`driftcheck WORDS` in `folder`, ended by the system after `most` seconds of processor time, if it is set."""
        out, err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        job = {"words": words, "folder": str(folder), "environment": dict(environment), "most": most}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({**job, "out": str(out), "err": str(err)}) + "\n")
        self._process.stdin.flush()
        status, seconds, megabytes = json.loads(self._process.stdout.readline())
        said = (path.read_text(encoding="utf-8", errors="replace") for path in (out, err))
        return Run(status, *said, seconds, megabytes)

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


def _of_the_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_OF_THE_START)}


@cache
def warm() -> Warm | None:
    """That of this process, if the system can fork."""
    if os.name == "nt":
        return None
    found = Warm()
    atexit.register(found.close)
    return found
