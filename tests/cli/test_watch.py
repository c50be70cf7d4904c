"""`driftcheck diff --watch`, the real process: saved files, broken ones, files that go and come back, its end."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

SCHEMA = """\
import { pgTable, integer, text } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: integer().primaryKey(), name: text().notNull() });
"""
SQL = "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n"
CONFIG = '[sources]\ndrizzle = "drizzle:web/schema.ts"\nsql = "sql:db/schema.sql"\n'
#: Seconds: a machine under load is slow, and a test that waits for nothing has failed.
_PATIENCE = 120


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watched:
    """A project, and the process that watches it."""

    def __init__(self, root: Path, *words: str) -> None:
        self.root = root
        self.save("driftcheck.toml", CONFIG)
        self.save("web/schema.ts", SCHEMA)
        self.save("db/schema.sql", SQL)
        command = [sys.executable, "-m", "driftcheck", "diff", "-C", str(root), "--watch", *words]
        # A shell starts what runs in its background with SIGINT ignored, and whatever that starts inherits it.
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_interruptible,  # noqa: PLW1509 # no thread runs yet
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def save(self, name: str, text: str) -> None:
        """As an editor does that writes beside the file and renames."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)

    def until(self, *words: str) -> str:
        """The lines up to one that has all of `words` in it."""
        seen = []
        while not seen or not all(word in seen[-1] for word in words):
            try:
                seen.append(self._lines.get(timeout=_PATIENCE))
            except queue.Empty:
                pytest.fail(f"no line has {words}; there were {seen}")
        return "".join(seen)

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(_PATIENCE)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    pytest.importorskip("watchfiles")
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    found = Watched(tmp_path / "project", "--report", f"json={tmp_path / 'project' / 'drift.json'}")
    try:
        yield found
    finally:
        found.process.kill()
        found.process.wait()
        found.reading.join()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_what_differs_is_said_at_each_save(watched: Watched) -> None:
    watched.until("no drift", "compared 1 table")
    watched.save("db/schema.sql", SQL.replace("text", "varchar(20)"))
    said = watched.until("1 error", "compared 1 table")
    assert "+ db/schema.sql:1:" in said
    assert "DR203" in said

    watched.save("web/schema.ts", SCHEMA + "export const { =\n")
    assert "+ web/schema.ts:3:" in watched.until("compared 1 table")
    watched.save("web/schema.ts", SCHEMA)
    assert "- web/schema.ts:3:" in watched.until("compared 1 table")

    (watched.root / "db/schema.sql").unlink()
    assert "DR203" not in watched.until("schema.sql")
    watched.save("db/schema.sql", SQL.replace("text", "varchar(20)"))
    assert "DR203" not in watched.until("1 error", "compared 1 table"), "it drifted before, and does so again"

    watched.save("driftcheck.toml", CONFIG + "[rules]\nno-such-rule = 'off'\n")
    watched.until("no-such-rule")
    watched.save("driftcheck.toml", CONFIG + "[rules]\ncolumn-type = 'off'\n")
    assert "- db/schema.sql:1:" in watched.until("no drift", "compared 1 table")

    (watched.root / "db").rename(watched.root / "elsewhere")
    watched.until("db/schema.sql")
    (watched.root / "elsewhere").rename(watched.root / "db")
    watched.until("compared 1 table")
    watched.save("driftcheck.toml", CONFIG)
    assert "DR203" in watched.until("1 error", "compared 1 table")
    assert watched.end(signal.SIGTERM) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_it_ends_as_the_last_check_ended(watched: Watched) -> None:
    watched.until("no drift", "compared 1 table")
    assert watched.end(signal.SIGINT) == 0


@pytest.mark.parametrize("words", [("--format", "json"), ("sql:-", "drizzle")], ids=" ".join)
def test_what_cannot_be_watched(tmp_path: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "driftcheck", "diff", "-C", str(tmp_path), "--watch", *words]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
