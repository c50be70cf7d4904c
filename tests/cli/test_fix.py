"""`driftcheck fix` as a user runs it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .running import SCHEMA_TS, project, run

SQL = """
CREATE TABLE users (
    id serial PRIMARY KEY,
    email varchar(400) NOT NULL
);
"""
WORDS = ("sql:schema.sql", "drizzle:schema.ts")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path, schema_sql=SQL, schema_ts=SCHEMA_TS.replace("});", "  stray: varchar('stray'),\n});"))


def test_it_edits_and_says_what_is_left(root: Path) -> None:
    done = run(root, "fix", *WORDS)
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "fixed  DR203 column-type  users.email in drizzle  schema.ts:5",
        "left: loses data; --unsafe does it",
        "  DR202 column-extra  users.stray in drizzle  schema.ts:6",
        "1 finding fixed in 1 file · 1 left · exit 1",
    ]
    assert "length: 400" in (root / "schema.ts").read_text()
    assert (root / "schema.sql").read_text() == SQL
    done = run(root, "fix", "--unsafe", *WORDS)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "1 finding fixed in 1 file · 0 left · exit 0"
    assert run(root, "diff", *WORDS).returncode == 0
    assert run(root, "fix", *WORDS).stdout.splitlines() == ["0 findings fixed · 0 left · exit 0"]


def test_a_dry_run_prints_the_patch_alone(root: Path) -> None:
    before = (root / "schema.ts").read_bytes()
    done = run(root, "fix", "--dry-run", "--unsafe", *WORDS)
    assert done.returncode == 1
    assert done.stdout.startswith("diff --git a/schema.ts b/schema.ts\n--- a/schema.ts\n+++ b/schema.ts\n@@ -")
    assert "would fix  DR203 column-type" in done.stderr
    assert (root / "schema.ts").read_bytes() == before
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "apply", "-"], cwd=root, input=done.stdout.encode(), check=True)
    assert run(root, "diff", *WORDS).returncode == 0
    done = run(root, "fix", "--dry-run", *WORDS)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("words", "fixed", "left"),
    [
        (("--unsafe", "--select", "DR202"), ["stray"], ()),
        (("--unsafe", "--ignore", "column-extra"), ["email"], ()),
        (("--unsafe", "--select", "DR2", "--ignore", "DR202,DR204"), ["email"], ()),
        (("--unsafe", "--only", "drizzle"), ["email", "stray"], ()),
        (("--unsafe", "--only", "sql"), [], ("--only leaves its source out",)),
    ],
)
def test_what_is_asked_for(root: Path, words: tuple[str, ...], fixed: list[str], left: tuple[str, ...]) -> None:
    done = run(root, "fix", *words, *WORDS)
    found = [
        name for name in ("email", "stray") if f"users.{name} in drizzle  schema.ts" in done.stdout.split("left:")[0]
    ]
    assert found == fixed
    assert all(why in done.stdout for why in left)
    assert done.returncode == (1 if left else 0)


def test_words_that_make_no_sense(root: Path) -> None:
    done = run(root, "fix", "--only", "nobody", *WORDS)
    assert done.returncode == 2
    assert "--only: 'nobody' is not one of the sources" in done.stderr
    assert "they are sql, drizzle" in done.stderr
    done = run(root, "fix", "--select", "DR999", *WORDS)
    assert done.returncode == 2
    done = run(root, "fix", "sql:schema.sql", "drizzle:missing.ts")
    assert done.returncode == 2
    assert "missing.ts does not exist" in done.stderr
    assert (root / "schema.sql").read_text() == SQL


def test_what_is_in_a_file_does_no_harm_where_it_is_said(root: Path) -> None:
    (root / "schema.sql").write_text(SQL.replace("email", '"::error::x\x1b[31m"'))
    (root / "schema.ts").write_text(SCHEMA_TS)
    done = run(root, "fix", *WORDS)
    assert "\x1b" not in done.stdout + done.stderr
    assert not [line for line in done.stdout.splitlines() if line.startswith("::")]
