"""What the models start ends with their import; and everything ends with driftcheck, however that is ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.reading import Reading

from ..readers.sqlalchemy.conftest import BASE, USER, Write
from .processes import HEAD, LASTING, left, noted, runs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere orphans are found as far as may be")


@pytest.mark.parametrize("code", LASTING.values(), ids=LASTING)
def test_with_the_import(models: Callable[..., Reading], tmp_path: Path, code: str) -> None:
    reading = models(f"{HEAD}{code}\n{USER}")
    assert [table.name for table in reading.schema.tables] == ["users"]
    assert noted(tmp_path), "the module should have started something"
    assert not left(tmp_path, 0)


def test_even_if_the_supervisor_is_killed(project: Write) -> None:
    """No promise: but what is known by its environment is ended all the same."""
    code = LASTING["a daemon, forked twice"] + "\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(90)\n"
    root = project(**{"models.py": HEAD + code, "base.sql": "create table t(id int);"})
    assert _start(root).wait(60) == 2
    assert noted(root)
    assert not left(root)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL"])
@pytest.mark.parametrize("kind", ["a fork in a session", "a daemon, forked twice", "many"])
def test_with_driftcheck(project: Write, name: str, kind: str) -> None:
    own = "note(os.getpid(), 'worker'); time.sleep(90)"
    root = project(**{"models.py": f"{BASE}{HEAD}{LASTING[kind]}\n{own}\n", "base.sql": "create table t(id int);"})
    process = _start(root)
    while not (root / "worker.pid").exists():
        assert process.poll() is None
        time.sleep(0.02)
    assert all(map(runs, noted(root)))
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=60)
    assert process.returncode in (-signal.Signals[name], 130)
    assert not left(root)


def _start(root: Path) -> subprocess.Popen[bytes]:
    words = ["diff", "-C", str(root), "sqlalchemy:models", "sql:base.sql", "--timeout", "300", "--no-cache"]
    command = [sys.executable, "-m", "driftcheck", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=root)
