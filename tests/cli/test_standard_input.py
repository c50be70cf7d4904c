"""`sql:-`: SQL that is piped in, as from pg_dump."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from driftcheck.budget import Budget, Limits, OverLimit
from driftcheck.project import Project

from .running import SCHEMA_SQL, project


def run(root: Path, text: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "driftcheck", *words],
        cwd=root, input=text, capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_what_is_piped_in_is_compared_anew_each_time(tmp_path: Path) -> None:
    root = project(tmp_path)
    cache = {"DRIFTCHECK_CACHE_DIR": str(tmp_path / "cache")}
    agreeing = run(root, SCHEMA_SQL, "diff", "drizzle:schema.ts", "sql:-", **cache)
    assert agreeing.returncode == 0, agreeing.stderr
    drifting = run(root, SCHEMA_SQL.replace("320", "9"), "diff", "drizzle:schema.ts", "sql:-", "--show-source", **cache)
    assert drifting.returncode == 1
    assert "drizzle varchar(320)  sql varchar(9)  -:4" in drifting.stdout
    assert "      4 | email varchar(9) NOT NULL\n" in drifting.stdout


def test_it_is_meant_from_a_folder_below_too(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "driftcheck.toml").write_text('[sources]\ndrizzle = "drizzle:schema.ts"\nsql = "sql:schema.sql"\n')
    (root / "web").mkdir()
    (root / ".git").mkdir()
    ran = run(root / "web", SCHEMA_SQL, "diff", "drizzle", "dump=sql:-")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "drizzle:schema.ts", "sql:-"), "there is no SQL statement in -"),
        (("fix", "drizzle:schema.ts", "sql:-"), "standard input cannot be edited"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ran = run(project(tmp_path), "", *words)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert not (tmp_path / "-").exists()


def test_it_counts_as_a_file_does(tmp_path: Path) -> None:
    piped = Project(tmp_path, budget=Budget(replace(Limits(), bytes=1_000)))
    piped.give("-", io.BytesIO(b"x" * 900))
    assert piped.data("-") == b"x" * 900
    with pytest.raises(OverLimit):
        piped.give("more", io.BytesIO(b"x" * 101))
