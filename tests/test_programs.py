"""Programs are taken from PATH, but not from where a stranger could have put them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from driftcheck import git
from driftcheck.programs import program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")


def tool(folder: Path, name: str = "git", text: str = "#!/bin/sh\ntouch TOUCHED\n") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "web").mkdir()
    monkeypatch.chdir(root / "web")
    return root


def path_of(monkeypatch: pytest.MonkeyPatch, *folders: object) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, folders)))


def test_found(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = tool(tmp_path / "bin")
    path_of(monkeypatch, tmp_path / "nowhere", tmp_path / "bin")
    assert program("git", outside=repository) == program("git") == right
    assert program("hg") is None


@pytest.mark.parametrize(
    "folder", ["", ".", "bin", "../bin", "{root}/bin", "{root}/web", "{root}/web/../bin", "{root}/node_modules/.bin"]
)
def test_passed_over(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    for place in ("bin", "web", "web/bin", "node_modules/.bin"):
        tool(repository / place)
    right = tool(tmp_path / "bin")
    path_of(monkeypatch, folder.format(root=repository), tmp_path / "bin")
    assert program("git", outside=repository) == right


def test_links_into_the_repository(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool(repository / "bin")
    (tmp_path / "linked").symlink_to(repository / "bin")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to(repository / "bin" / "git")
    path_of(monkeypatch, tmp_path / "linked", tmp_path / "bin")
    assert program("git", outside=repository) is None


def test_what_cannot_run(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(tool(tmp_path / "bin")).chmod(0o644)
    (tmp_path / "folder" / "git").mkdir(parents=True)
    path_of(monkeypatch, tmp_path / "bin", tmp_path / "folder")
    assert program("git", outside=repository) is None


CONFIG = """\
[core]
    repositoryformatversion = 0
    bare = false
    worktree = .
    fsmonitor = "touch TOUCHED; touch {root}/TOUCHED; false"
    hooksPath = hooks
[alias]
    ls-files = "!touch TOUCHED"
"""


@pytest.mark.parametrize("below", ["", "sub"])
def test_a_folder_that_looks_like_a_repository(tmp_path: Path, below: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """git would take its config for one of its user's, were it asked plainly."""
    for name in ("objects", "refs", "hooks", "sub"):
        (tmp_path / name).mkdir()
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "config").write_text(CONFIG.format(root=tmp_path))
    tool(tmp_path / "hooks", "post-index-change")
    monkeypatch.chdir(tmp_path)
    git.listed(tmp_path / below, tmp_path)
    assert not (tmp_path / "TOUCHED").exists()
