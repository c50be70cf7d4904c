"""Readings by processes that have SQLAlchemy imported already: what a new process spends most of its time with.

Everything else is as it always is: the worker's code, its request, its answer. Tests of processes themselves (time
limits, signals, odd interpreters) start new ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from driftcheck.worker import pending, process
from driftcheck.worker.environment import environment
from driftcheck.worker.process import ProcessOutcome

_SERVER = Path(__file__).with_name("warm_server.py")
_WORKER = Path(process.__file__).with_name("inside") / "start.py"


class WarmServers:
    """One server for each interpreter that was asked for."""

    def __init__(self) -> None:
        self._started: dict[tuple[str, ...], subprocess.Popen[str]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="driftcheck-warm-")

    def ask(
        self, command: tuple[str, ...], request: dict[str, Any], directory: Path, env: Mapping[str, str]
    ) -> ProcessOutcome:
        answer, output = Path(self._folder.name, "answer"), Path(self._folder.name, "output")
        answer.write_bytes(b"")
        output.write_bytes(b"")
        job = {
            "request": {**request, "file": str(answer)},
            "directory": str(directory),
            "environment": environment(os.environ, env),
            "output": str(output),
        }
        server = self._server(command)
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(job) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        text = answer.read_bytes().partition(b"\n")[2]
        printed = output.read_text(encoding="utf-8", errors="replace")
        return ProcessOutcome(text or None, status, printed, "")

    def close(self) -> None:
        for server in self._started.values():
            server.communicate()
        self._folder.cleanup()

    def _server(self, command: tuple[str, ...]) -> subprocess.Popen[str]:
        if command not in self._started:
            self._started[command] = subprocess.Popen(
                [*command, "-B", str(_SERVER), str(_WORKER)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        return self._started[command]


def use(servers: WarmServers, patch: pytest.MonkeyPatch) -> None:
    """Until `patch` is undone, readings come from `servers`. Windows cannot fork: there nothing changes."""
    if os.name == "nt":
        return

    class WarmRun:
        """Stands for `process.Run`."""

        def __init__(
            self,
            command: tuple[str, ...],
            request: dict[str, Any],
            directory: Path,
            env: Mapping[str, str],
            *,
            direct: bool,
            talks: bool,
        ) -> None:
            assert direct
            assert not talks
            self._arguments = command, request, directory, env

        def wait(self) -> ProcessOutcome:
            return servers.ask(*self._arguments)

        def cancel(self) -> None:
            pass

    patch.setattr(pending, "Run", WarmRun)
