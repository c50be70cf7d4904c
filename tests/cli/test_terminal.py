"""What a real terminal (a pseudo-terminal) is sent: colours, links, a sign of life; and what a pipe is not."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import click
import pytest

from driftcheck.cli import failures
from driftcheck.cli.progress import progress
from driftcheck.cli.terminal import shows_links
from driftcheck.errors import SourceError

from .running import MODELS, SCHEMA_SQL, SOURCES, project, run

HOSTILE = "a\x1b[2Jb\x07c\u202ed\r\x00"


def on_a_terminal(root: Path, *words: str, **environment: str) -> str:
    """All that the command writes to a terminal of 100 columns, standard output and error together."""
    plain = {name: value for name, value in os.environ.items() if name not in ("CI", "TMUX", "STY", "NO_COLOR")}
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "driftcheck", *words],
        cwd=root, stdin=slave, stdout=slave, stderr=slave,
        env={**plain, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
    )  # fmt: skip
    os.close(slave)
    written = b""
    try:
        while select.select([master], [], [], 60)[0]:
            if not (piece := os.read(master, 65_536)):
                break
            written += piece
    except OSError:
        pass  # Linux says so when the other side has closed.
    process.wait(60)
    os.close(master)
    return written.decode()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM_PROGRAM": "vscode", "TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"VTE_VERSION": "7200", "TERM": "xterm-256color"}, True),
        ({"VTE_VERSION": "5000", "TERM": "xterm-256color"}, False),
        ({"VTE_VERSION": "new", "TERM": "xterm-256color"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "dumb", "WT_SESSION": "x"}, False),
        ({"TERM": "tmux-256color", "VTE_VERSION": "7200"}, False),
        ({"TERM": "xterm-kitty", "CI": "true"}, False),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, False),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "dumb", "FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_links_are_for_terminals_known_to_show_them(environment: dict[str, str], expected: bool) -> None:
    assert shows_links(environment, terminal=True) is expected
    assert shows_links(environment, terminal=False) is (environment.get("FORCE_HYPERLINK") == "1")


def test_places_are_links_into_the_project(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=SCHEMA_SQL.replace("320", "255"))
    words = ("diff", *SOURCES[:2])
    target = f"\x1b]8;;{(tmp_path / 'schema.sql').as_uri()}#L4\x1b\\"
    assert target in on_a_terminal(tmp_path, *words, TERM_PROGRAM="vscode")
    assert "\x1b]8" not in on_a_terminal(tmp_path, *words, TERM_PROGRAM="vscode", FORCE_HYPERLINK="0")
    assert "\x1b]8" not in run(tmp_path, *words, TERM_PROGRAM="vscode").stdout


def test_colours_are_for_terminals(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=SCHEMA_SQL.replace("320", "255"))
    words = ("diff", *SOURCES[:2])
    assert "\x1b[31m" in on_a_terminal(tmp_path, *words)
    assert "\x1b[31m" not in on_a_terminal(tmp_path, *words, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(tmp_path, *words, TERM="dumb")


@pytest.mark.slow
def test_long_work_shows_that_it_goes_on(tmp_path: Path) -> None:
    project(tmp_path, models="import time\ntime.sleep(3)\n" + MODELS)
    shown = on_a_terminal(tmp_path, "diff", *SOURCES)
    assert re.search(r"\r. reading the sources … \d+ s", shown)
    assert "\r\x1b[2K" in shown
    assert "reading the sources" not in on_a_terminal(tmp_path, "diff", *SOURCES, TERM="dumb")
    assert run(tmp_path, "diff", *SOURCES).stderr == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_short_work_shows_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", Terminal())
    with progress():
        pass
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_an_error_cannot_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    error = SourceError(HOSTILE, hint=HOSTILE, path=HOSTILE, line=3, source=HOSTILE, detail=f"{HOSTILE}\n\ttwo")
    failures.show(error)
    failures.show(failures.explained(click.UsageError(HOSTILE)))
    failures.show(failures.explained(ValueError(HOSTILE)))
    said = capsys.readouterr().err
    assert all(char == "\n" or char.isprintable() for char in click.unstyle(said))
    assert "\\x1b[2J" in said
    assert "    " + " " * 8 + "two" in said


def test_words_of_the_command_are_told_back_harmlessly(tmp_path: Path) -> None:
    said = run(tmp_path, "diff", "--format", "a\x1b[2Jb").stderr
    assert "\x1b" not in said
    assert "error: --format: 'a\\x1b[2Jb' is not one of text, " in said
