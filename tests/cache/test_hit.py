"""A kept answer is the answer."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from .project import CONFIG, SQL, STATIC, Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = Project(tmp_path, monkeypatch)
    found.write("driftcheck.toml", STATIC)
    found.write("migrations/1.sql", SQL.replace("text", "varchar(20)"))
    return found


@pytest.mark.parametrize("words", [(), ("--format", "sarif"), ("-v", "--color", "always")], ids=" ".join)
def test_same_bytes(project: Project, words: tuple[str, ...]) -> None:
    project.write("driftcheck.toml", CONFIG)
    cold = project.diff(*words, "--no-cache")
    assert project.entries() == []
    first, second = project.keep(*words), project.diff(*words)
    assert len(project.entries()) == 1
    assert cold == first == second
    assert cold[0] == 1


def test_reports_are_written_again(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "out" / "drift.json"
    words = ("--report", f"json={target}")
    project.keep(*words)
    text = target.read_bytes()
    assert project.remembers(*words)
    target.unlink()
    project.diff(*words)
    assert target.read_bytes() == text


def _damages(data: bytes) -> list[bytes]:
    body = b'{"tree": null}'
    whole = hashlib.sha256(body).hexdigest().encode() + b"\n" + body
    return [b"", data[: len(data) // 2], data.replace(b"varchar", b"warchar"), b"\0" * len(data), b"[]", whole]


@pytest.mark.parametrize("number", range(6))
def test_damaged_entry_is_no_entry(project: Project, number: int) -> None:
    answer = project.keep()
    (entry,) = project.entries()
    kept = project.document()["answer"]
    damaged = _damages(entry.read_bytes())[number]
    entry.write_bytes(damaged)
    for _ in range(10):
        assert project.diff() == answer
        # It is not kept anew if anything it depends on is touched meanwhile, by another test say.
        if entry.read_bytes() != damaged:
            break
    assert project.document()["answer"] == kept


def test_many_at_once(project: Project) -> None:
    answers = set()
    for _ in range(10):
        processes = [project.start() for _ in range(4)]
        answers |= {process.communicate(timeout=120) for process in processes}
        if project.entries():
            break
    assert len(answers) == 1
    assert {path.suffix for path in project.cache.rglob("*") if path.is_file()} == {".json", ".part"}


def test_nowhere_to_keep(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = project.diff()
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(project.root / "web" / "schema.ts"))
    assert project.diff() == answer


@pytest.mark.skipif(sys.platform == "win32", reason="XDG's places are not those of Windows")
def test_place(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRIFTCHECK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr(project, "cache", tmp_path / "xdg" / "driftcheck")
    if sys.platform == "darwin":
        pytest.skip("Apple's place is below the home folder")
    project.keep()
    assert len(project.entries()) == 1
