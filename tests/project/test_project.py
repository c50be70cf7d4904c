"""The door to a project's files: what lies outside stays shut, what is no regular file is never waited for."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from driftcheck.budget import Budget, Limits, OverLimit
from driftcheck.opening import NoRegularFile, TooLarge
from driftcheck.project import Outside, Project
from driftcheck.project.walking import below, glob

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and links as POSIX has them")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A repository with a project in it, and a secret beside it."""
    (tmp_path / "secret.env").write_text("API_KEY=1")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/a.sql").write_text("shared")
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "project").mkdir()
    (top / "beside.sql").write_text("beside")
    (top / "project/a.sql").write_text("a")
    return top


def test_the_repository_is_open(top: Path) -> None:
    project = Project(top / "project")
    assert project.top == top
    assert (project.text("a.sql"), project.text("../beside.sql"), project.text(top / "beside.sql")) == (
        "a",
        "beside",
        "beside",
    )


def test_a_file_of_the_repository_is_shown_from_the_root(top: Path) -> None:
    (top / ".git").mkdir(exist_ok=True)
    (top / "a" / "b").mkdir(parents=True)
    project = Project(top / "a")
    shown = [project.shown(path) for path in (top / "a/b", top / "x.sql", "../x.sql", top.parent / "x.sql")]
    assert shown == ["b", "../x.sql", "../x.sql", (top.parent / "x.sql").as_posix()]


def test_without_a_repository_the_root_is_all(top: Path) -> None:
    (top / ".git").rmdir()
    with pytest.raises(Outside):
        Project(top / "project").text("../beside.sql")


def _ways_out(top: Path) -> list[str]:
    folder = top / "project"
    (folder / "link.sql").symlink_to("../../secret.env")
    (folder / "hop.sql").symlink_to("link.sql")
    (folder / "out").symlink_to(top.parent)
    return [
        "../../secret.env",
        "link.sql",
        "hop.sql",
        "out/secret.env",
        "out/../secret.env",
        str(top.parent / "secret.env"),
        "/proc/self/environ",
        "../../not-there.env",
    ]


def test_every_way_out_is_shut(top: Path) -> None:
    project = Project(top / "project")
    for way in _ways_out(top):
        for look in (project.text, project.data, project.real, project.entries):
            with pytest.raises(Outside, match="outside of"):
                look(way)
        assert not project.is_file(way)
        assert not project.is_folder(way)
        assert project.entry(project.root / way).leads_out


def test_the_config_opens_what_it_names_and_nothing_beside_it(top: Path) -> None:
    (top / "project/link.sql").symlink_to("../../shared/a.sql")
    project = Project(top / "project", ["../../shared"])
    assert project.text("link.sql") == project.text("../../shared/a.sql") == "shared"
    with pytest.raises(Outside):
        project.text("../../secret.env")
    with pytest.raises(Outside):
        project.text("../../shared/../secret.env")
    assert Project(top / "project", ["../../shared/a.sql"]).text("link.sql") == "shared"


def test_what_is_no_regular_file_is_told_at_once(top: Path) -> None:
    root = top / "project"
    os.mkfifo(root / "pipe")
    (root / "folder").mkdir()
    (root / "circle").symlink_to("circle")
    (root / "nowhere").symlink_to("gone")
    server = socket.socket(socket.AF_UNIX)
    os.chdir(root)
    server.bind("socket")
    project = Project(root, ["/dev"])
    for name, words in [("pipe", "a pipe"), ("folder", "a folder"), ("/dev/zero", "a device"), ("socket", "a socket")]:
        with pytest.raises(NoRegularFile, match=words):
            project.data(name)
        with pytest.raises(NoRegularFile, match=words):
            project.beginning(name, 10)
    for name in ("circle", "nowhere", "a\0b", "x" * 300, "\udcff"):
        with pytest.raises(OSError):
            project.data(name)
        assert not project.is_file(name)
    server.close()


def test_sizes_are_known_before_anything_is_read(top: Path) -> None:
    (top / "large.sql").touch()
    os.truncate(top / "large.sql", 10**12)
    with pytest.raises(OverLimit, match="bytes of text"):
        Project(top).data("large.sql")
    with pytest.raises(TooLarge):
        Project(top).data("large.sql", most=10)
    assert Project(top).beginning("large.sql", 3) == b"\0\0\0"


def test_a_file_without_a_size_is_not_read_for_ever() -> None:
    with pytest.raises(TooLarge):
        Project(Path("/proc"), [], Budget(Limits(bytes=1000))).data("/proc/self/status")


def test_files_bytes_and_entries_are_counted(top: Path) -> None:
    project = Project(top, budget=Budget(Limits(files=2)))
    project.data("beside.sql")
    project.data("beside.sql")
    with pytest.raises(OverLimit) as caught:
        project.data("beside.sql")
    assert caught.value.path == "beside.sql"
    for number in range(10):
        (top / f"{number}.sql").touch()
    with pytest.raises(OverLimit, match="entries of folders"):
        list(below(Project(top, budget=Budget(Limits(entries=9))), top))


def _tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def _found(root: Path, pattern: str) -> list[str]:
    return [os.path.relpath(entry.path, root) for entry in glob(Project(root), pattern, root) if entry.is_file]


def test_a_circle_of_links_is_gone_round_once(tmp_path: Path) -> None:
    _tree(tmp_path, "m/1.sql", "m/n/2.sql")
    (tmp_path / "m/up").symlink_to("..")
    (tmp_path / "m/again").symlink_to("..")
    (tmp_path / "m/n/self").symlink_to(".")
    assert _found(tmp_path, "m/**/*.sql") == ["m/1.sql", "m/n/2.sql"]
    assert _found(tmp_path, "**/*.sql") == ["m/1.sql", "m/n/2.sql"]
    assert [entry.name for entry in below(Project(tmp_path), tmp_path) if entry.is_file] == ["1.sql", "2.sql"]


def test_behind_a_link_is_looked_where_it_is_named(tmp_path: Path) -> None:
    _tree(tmp_path, "real/deep/1.sql", "m/0.sql")
    (tmp_path / "m/link").symlink_to("../real")
    assert _found(tmp_path, "m/*/*/*.sql") == ["m/link/deep/1.sql"]
    assert _found(tmp_path, "m/link/**/*.sql") == ["m/link/deep/1.sql"]
    assert _found(tmp_path, "m/**/deep/*.sql") == ["m/link/deep/1.sql"]


@pytest.mark.parametrize(
    "pattern", ["**/" * 30 + "*.sql", "**/a/" * 30 + "*.sql", "*/../" * 40 + "*.sql", "**/**/..//a/./*.sql"]
)
def test_long_globs_end(tmp_path: Path, pattern: str) -> None:
    _tree(tmp_path, "/".join("a" * 31) + "/x.sql", "x.sql", "b/x.sql")
    budget = Budget()
    glob(Project(tmp_path, budget=budget), pattern, tmp_path)
    assert budget.steps < 20_000


def test_a_glob_that_leads_out_says_so(top: Path) -> None:
    root = top / "project"
    _ways_out(top)
    for pattern in ("../../*.env", "../../../../../../../../**/*.ts", f"{top.parent}/*.env", "out/*"):
        with pytest.raises(Outside):
            glob(Project(root), pattern, root)
    found = {entry.name: entry for entry in glob(Project(root), "*", root)}
    assert all(found[name].leads_out for name in ("link.sql", "hop.sql", "out"))
    assert found["a.sql"].trouble is None
    assert {entry.leads_out for entry in glob(Project(root), "*/../../../*.env", root)} == {True}


def test_what_a_glob_cannot_read_is_in_what_it_finds(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "1.sql")
    (tmp_path / "2.sql").symlink_to("2.sql")
    (tmp_path / "3.sql").mkdir()
    found = glob(Project(tmp_path), "*.sql", tmp_path)
    assert [(entry.name, entry.is_folder, bool(entry.trouble)) for entry in found] == [
        ("1.sql", False, True),
        ("2.sql", False, True),
        ("3.sql", True, False),
    ]
