"""Each kind of thing that an answer depends on is changed, one at a time, and must be noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .project import CONFIG, MODELS, NAMES, SCHEMA, SQL, STATIC, Files, Project

Change = Callable[[Project], None]


def written(name: str, text: str) -> Change:
    return lambda project: project.write(name, text)


def same_size_and_time(project: Project) -> None:
    """An edit that neither the size nor the time of the file shows."""
    path = project.root / "web/names.ts"
    facts = path.stat()
    path.write_text(NAMES.replace("name:", "nome:"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (facts.st_size, facts.st_mtime_ns)


def replaced(project: Project) -> None:
    other = project.root / "web/other"
    other.write_text(NAMES.replace("name:", "nome:"))
    other.replace(project.root / "web/names.ts")


CHANGES: dict[str, Change] = {
    "the schema": written("web/schema.ts", SCHEMA.replace("users", "people")),
    "what the schema imports": written("web/names.ts", NAMES.replace("name:", "nome:")),
    "a file, keeping size and time": same_size_and_time,
    "a file, by another that takes its place": replaced,
    "a file that an import finds sooner": written("web/names.tsx", "export const named = {};"),
    "a file that is found before a folder": written("web/names/index.ts", "export const named = {};"),
    "how imports are resolved": written("web/tsconfig.json", "{}"),
    "a migration": written("migrations/1.sql", SQL.replace("text", "varchar")),
    "one more migration": written("migrations/2.sql", "DROP TABLE users;"),
    "one migration less": lambda project: (project.root / "migrations/1.sql").unlink(),
    "the models": written("app/models.py", MODELS.replace("primary_key=True", "primary_key=True, comment='x'")),
    "a module of the models": written("app/words.py", "from sqlalchemy import String\nNAME = String()\n"),
    "a file that the models open": written("app/table.txt", "people\n"),
    "a module nobody imports": written("app/more.py", "class More:\n    __tablename__ = 'more'\n"),
    "a module that hides another": written("app/words/__init__.py", "from sqlalchemy import String as NAME\n"),
    "a package that hides an installed one": written("typing_extensions.py", "raise ImportError\n"),
    "an environment beside the models": written(".venv/bin/python", "#!/bin/sh\n"),
    "the config": written("driftcheck.toml", CONFIG + "\n[rules]\ncolumn-type = 'off'\n"),
    "one config too many": written("pyproject.toml", "[tool.driftcheck]\n"),
    "a baseline": written(".driftcheck-baseline.json", '{"version": 1, "findings": []}'),
    "an ignore in a file": written("migrations/1.sql", "-- driftcheck: ignore[DR203] a reason\n" + SQL),
    "the version of drizzle-orm": written("web/node_modules/drizzle-orm/package.json", '{"version": "0.30.0"}'),
    "where the repository begins": lambda project: (project.root / ".git").mkdir(),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


@pytest.fixture
def static(project: Project) -> Project:
    """A project without models, whose check was made, and whose answer is kept."""
    project.write("driftcheck.toml", STATIC)
    project.remember()
    return project


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose check was made, and whose answer is kept."""
    with pytest.MonkeyPatch.context() as patch:
        yield Project(tmp_path_factory.mktemp("kept"), patch)


def test_nothing(project: Project) -> None:
    assert project.remembers()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change(kept: Project, change: Change) -> None:
    for _ in range(10):
        if kept.entries() and kept.holds():
            break
        for entry in kept.entries():
            entry.unlink()
        kept.keep()
    assert kept.holds()
    files = Files(kept.root)
    change(kept)
    assert not kept.holds()
    files.restore()


@pytest.mark.parametrize(
    "words",
    [("--format", "json"), ("--no-cache",), ("--select", "DR2"), ("-v",), ("--truth", "sql"), ("--fail-on", "never")],
    ids=" ".join,
)
def test_other_words(static: Project, words: tuple[str, ...]) -> None:
    assert not static.is_kept(*words)


@pytest.mark.parametrize("name", ["APP_ENV", "GITHUB_WORKSPACE", "PATH"])
def test_environment(static: Project, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, os.environ.get(name, "") + os.pathsep + "other")
    assert not static.is_kept()


def test_discovery(project: Project) -> None:
    """Without a config, a source that could be taken is noticed, too."""
    (project.root / "driftcheck.toml").unlink()
    assert project.remembers()
    project.write("web/drizzle.config.ts", 'export default { schema: "./names.ts", dialect: "postgresql" };')
    assert not project.is_kept()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is asked what belongs to a project")
@pytest.mark.parametrize(
    "change",
    [
        lambda root: subprocess.run(["git", "-C", str(root), "add", "-f", "other/2.sql"], check=True),
        lambda root: (root / ".git/info/exclude").write_text(""),
        lambda root: (root / "../ignored").write_text("migrations/\n"),
    ],
    ids=["what is tracked", "what is ignored", "what a user ignores everywhere"],
)
def test_what_git_says(project: Project, change: Callable[[Path], object]) -> None:
    """No name in the tree changes, and yet other files are the project's."""
    (project.root / "driftcheck.toml").unlink()
    subprocess.run(["git", "init", "-q", str(project.root)], check=True)
    project.write("other/2.sql", "CREATE TABLE more (id integer);\n")
    (project.root / ".git/info/exclude").write_text("other/\n")
    with (project.root / ".git/config").open("a") as config:
        config.write(f"[core]\nexcludesFile = {project.root.parent / 'ignored'}\n")
    assert project.remembers()
    change(project.root)
    assert not project.is_kept()


def test_a_file_outside_that_appears(project: Project) -> None:
    project.write("driftcheck.toml", STATIC)
    project.write("migrations/1.sql", SQL + "\\i ../../more.sql\n")
    project.diff()
    project.diff()
    (project.root / "../more.sql").write_text("CREATE TABLE more (id integer);\n")
    assert project.diff() == project.diff("--no-cache")


def test_error_is_not_kept(project: Project) -> None:
    project.write("app/words.py", "NAME = 1 / 0\n")
    assert project.diff()[0] == 2
    assert project.entries() == []
