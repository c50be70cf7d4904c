"""The hooks, run by pre-commit itself on a repository of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import SCHEMA_SQL, SOURCES, project
from tests.release.tree import REPOSITORY, copy

BIN = Path(sys.executable).parent
DRIFTED = SCHEMA_SQL.replace("varchar(320)", "varchar(255)")
#: What an installed environment of ours is made of.
SHIPPED = ("driftcheck", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".pre-commit-hooks.yaml")


class Repository:
    """A git repository, with git and pre-commit at home in a folder beside it."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        git = {
            f"GIT_{who}_{what}": f"{who}@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
        self.environment = {
            **outside, **git, "HOME": str(home), "PRE_COMMIT_HOME": str(home / "cache"), "PIP_QUIET": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip
        self.run("git", "init", "-q")

    def run(self, *words: str, status: int | None = 0) -> str:
        """What the command prints; its exit status must be `status` (None: any)."""
        ran = subprocess.run(
            words, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        said = ran.stdout + ran.stderr
        assert status is None or ran.returncode == status, said
        return said

    def commit(self) -> None:
        self.run("git", "add", "-A")
        self.run("git", "commit", "-qm", "a state", "--no-verify")

    def stage(self, name: str, text: str) -> None:
        (self.root / name).write_text(text)
        self.run("git", "add", name)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository, committed, as pre-commit would clone it; what it installs of it is kept beside."""
    home = tmp_path_factory.mktemp("home")
    made = Repository(copy(home / "hooks", *SHIPPED), home)
    made.commit()
    return made.root


def _project(tmp_path: Path, hooks: Path) -> Repository:
    repository = Repository(tmp_path / "project", hooks.parent)
    project(repository.root)
    words = ", ".join(f'{word.partition(":")[0]} = "{word}"' for word in SOURCES)
    (repository.root / "driftcheck.toml").write_text(f"sources = {{ {words} }}\n")
    (repository.root / "notes.md").write_text("Nothing to check.\n")
    return repository


def _use(repository: Repository, hooks: Path, hook: str) -> None:
    revision = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=hooks, text=True).strip()
    (repository.root / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: {hook}\n"
    )


@pytest.mark.slow
def test_the_isolated_hook(tmp_path: Path, hooks: Path) -> None:
    """Passes, is not run for what it does not watch, fails on drift, says how to refresh a stale snapshot."""
    repository = _project(tmp_path, hooks)
    _use(repository, hooks, "driftcheck")
    repository.run("driftcheck", "snapshot")
    repository.commit()
    assert "Passed" in repository.run("pre-commit", "run", "--all-files")

    repository.stage("notes.md", "Still nothing to check.\n")
    assert "Skipped" in repository.run("pre-commit", "run")

    repository.stage("schema.sql", DRIFTED)
    drift = repository.run("pre-commit", "run", status=1)
    assert "column-type DR203" in drift
    assert "schema.sql:4" in drift
    repository.stage("schema.sql", SCHEMA_SQL)

    models = repository.root / "models.py"
    repository.stage("models.py", models.read_text() + "\n# A change of any kind may be one of the tables.\n")
    stale = repository.run("pre-commit", "run", status=1)
    assert "it is stale: models.py changed since it was made" in stale
    assert "driftcheck snapshot" in stale
    repository.run("driftcheck", "snapshot")
    repository.run("git", "add", "driftcheck.snapshot.json")
    assert "Passed" in repository.run("pre-commit", "run")


@pytest.mark.slow
def test_the_system_hook(tmp_path: Path, hooks: Path) -> None:
    """Imports the models with the driftcheck that is installed; needs no snapshot."""
    repository = _project(tmp_path, hooks)
    repository.commit()
    words = ("pre-commit", "try-repo", str(hooks), "driftcheck-system")
    assert "Passed" in repository.run(*words, "--all-files")

    repository.stage("notes.md", "Still nothing to check.\n")
    assert "Skipped" in repository.run(*words)

    models = (repository.root / "models.py").read_text()
    repository.stage("models.py", models.replace("String(320)", "String(10)"))
    assert "column-type DR203" in repository.run(*words, status=1)


@pytest.mark.slow
def test_the_hook_of_documents(tmp_path: Path, hooks: Path) -> None:
    """Holds documents to their sources, those of models to the snapshot; says what is stale."""
    repository = _project(tmp_path, hooks)
    _use(repository, hooks, "driftcheck-docs")
    config = repository.root / "driftcheck.toml"
    documents = ("sqlalchemy", "sql")
    config.write_text(
        config.read_text()
        + "".join(f'[[documents]]\nsource = "{name}"\npath = "docs/{name}.md"\n' for name in documents)
    )
    repository.run("driftcheck", "snapshot", "sqlalchemy")
    repository.run("driftcheck", "export", "--all")
    repository.commit()
    assert "Passed" in repository.run("pre-commit", "run", "--all-files")
    repository.stage("schema.sql", DRIFTED)
    assert "+++ b/docs/sql.md" in repository.run("pre-commit", "run", status=1)


def test_the_manifest_is_what_pre_commit_takes() -> None:
    command = [BIN / "pre-commit", "validate-manifest", REPOSITORY / ".pre-commit-hooks.yaml"]
    subprocess.run(command, check=True, capture_output=True)
