"""The watchdog ends a check that takes too long, and never the writing of what came of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.budget import Budget
from driftcheck.check import documenting, outcome
from driftcheck.cli import files
from driftcheck.cli.main import _run
from driftcheck.project import Project

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such timer")

SQL = "CREATE TABLE a (id integer);\n"


def watching() -> bool:
    return signal.getitimer(signal.ITIMER_PROF) != (0.0, 0.0)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.sql").write_text(SQL)
    (tmp_path / "b.sql").write_text(SQL.replace("integer", "bigint"))
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["driftcheck", words[0], "-C", str(project), *words[1:]])
        return _run()

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "a=sql:a.sql", "b=sql:b.sql", "--no-cache", "--report", "json=OUT"),
        ("diff", "a=sql:a.sql", "b=sql:b.sql", "--report", "json=OUT"),
        ("diff", "a=sql:a.sql", "b=sql:b.sql", "--to-sql", "OUT"),
        ("snapshot", "sql:a.sql", "-o", "OUT"),
    ],
    ids=lambda words: " ".join(words[-2:]),
)
def test_files_are_written_whole(
    words: tuple[str, ...], run: Callable[..., int], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    write = files.write_text

    def record(path: Path, text: str, what: str) -> None:
        seen.append(watching())
        write(path, text, what)

    monkeypatch.setattr(files, "write_text", record)
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(project / "cache"))
    status = run(*(word.replace("OUT", str(project / "out")) for word in words))
    assert status in (0, 1)
    assert seen == [False]
    assert not watching()


@pytest.mark.parametrize("form", ["sql", "markdown"])
def test_exports_are_written_whole(
    form: str, run: Callable[..., int], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    put = documenting.put

    def record(made: documenting.Made, within: Project) -> None:
        seen.append(watching())
        put(made, within)

    monkeypatch.setattr(documenting, "put", record)
    assert run("export", "sql:a.sql", "--to", form, "-o", str(project / "out")) == 0
    assert seen == [False]
    assert (project / "out").is_file()


def test_the_baseline_is_written_whole(run: Callable[..., int], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written while the clock runs, which then has nothing to look at."""
    seen: list[Budget | None] = []
    write = outcome._write

    def record(within: Project, name: str, text: str) -> None:
        seen.append(Budget.current)
        write(within, name, text)

    monkeypatch.setattr(outcome, "_write", record)
    assert run("baseline", "a=sql:a.sql", "b=sql:b.sql") == 0
    assert seen == [None]
    assert (project / ".driftcheck-baseline.json").is_file()
    assert not watching()


def test_a_check_is_watched(run: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    report = outcome.report

    def record(*arguments: object) -> object:
        seen.append(watching())
        return report(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(outcome, "report", record)
    assert run("diff", "a=sql:a.sql", "b=sql:b.sql", "--no-cache") == 1
    assert seen == [True]
    assert not watching()
