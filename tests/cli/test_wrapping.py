"""On a terminal errors and hints are set in lines of its width."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from .running import project

fcntl = pytest.importorskip("fcntl", reason="Windows has other terminals")

LONG = "a/folder/that/is/not/there/and/has/quite/a/long/name/indeed.sql"
RAISING = """
def f():
    raise RuntimeError('more words than a line of eighty columns can hold, and then a few of them')

f()
"""


def on_terminal(root: Path, columns: int, *words: str) -> list[str]:
    """What `driftcheck WORDS` writes to a terminal of so many columns, line by line."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {**os.environ, "TERM": "dumb"}
    command = [sys.executable, "-m", "driftcheck", *words]
    with subprocess.Popen(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs):
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 65_536):
                said += part
        except OSError:  # Linux says so when nobody is left to write
            pass
    os.close(ours)
    return said.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("source", [f"sql:{LONG}", "sqlalchemy:models:Base", "sqlalchemy:a_module.that_is_not_there"])
def test_no_line_is_longer_but_one_word(tmp_path: Path, columns: int, source: str) -> None:
    lines = on_terminal(project(tmp_path, models=RAISING), columns, "diff", "sql:schema.sql", source)
    assert any(line.startswith("error") for line in lines)
    assert [line for line in lines if len(line) > columns and " " in line.strip()] == []


def test_words_are_whole(tmp_path: Path) -> None:
    lines = on_terminal(project(tmp_path), 40, "diff", "sql:schema.sql", f"sql2=sql:{LONG}")
    assert any(LONG in line for line in lines)
