"""Completion in the shells themselves: bash always, zsh and fish where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .running import PIXCRAWLER

BIN = Path(sys.executable).parent

#: For each shell a program that loads driftcheck's completion and prints what the words in "$@" are completed to.
PROGRAMS = {
    "bash": """
        eval "$(_DRIFTCHECK_COMPLETE=bash_source driftcheck)"
        complete -p driftcheck >/dev/null || exit 3
        COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _driftcheck_completion driftcheck
        printf '%s\\n' "${COMPREPLY[@]}"
    """,
    "fish": """
        _DRIFTCHECK_COMPLETE=fish_source driftcheck | source
        complete -C "$argv"
    """,
    # zsh completes only in its line editor; compadd and _describe are what the script hands its words to.
    "zsh": """
        compdef() { typeset -g registered=$2 }
        compadd() { local name=${@[-1]}; print -rl -- ${(P)name} }
        _describe() { local name=$3; print -rl -- ${${(P)name}%%:*} }
        eval "$(_DRIFTCHECK_COMPLETE=zsh_source driftcheck)"
        [[ $registered == driftcheck ]] || exit 3
        words=("$@"); CURRENT=$#; _driftcheck_completion
    """,
}
SHELLS = [shell for shell in PROGRAMS if shell == "bash" or shutil.which(shell)]


def completed(shell: str, *words: str) -> list[str]:
    if shell == "fish":
        command = ["fish", "--no-config", "-c", PROGRAMS[shell], *words]
    else:
        quiet = {"bash": ["--norc"], "zsh": ["-f"]}[shell]
        command = [shell, *quiet, "-c", PROGRAMS[shell], shell, *words]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        command, cwd=PIXCRAWLER, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return [line.split("\t")[0] for line in ran.stdout.splitlines() if line]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ba",), ["baseline"]),
        (("explain", "column-ty"), ["column-type"]),
        (("explain", "DR203"), ["DR203"]),
        (("diff", "--format", "gi"), ["github", "gitlab"]),
        (("diff", "--fail-on", "n"), ["never", "note"]),
        (("diff", "--ignore", "check-m"), ["check-missing"]),
        (("diff", "--report", "sa"), ["sarif="]),
        (("diff", "--show"), ["--show-fixes", "--show-source"]),
        (("diff", "dri"), ["drizzle:"]),
    ],
)
def test_words(shell: str, words: tuple[str, ...], expected: list[str]) -> None:
    assert sorted(completed(shell, "driftcheck", *words)) == expected


@pytest.mark.parametrize("shell", [shell for shell in SHELLS if shell != "fish"])
def test_the_last_word_of_a_list(shell: str) -> None:
    """Not in fish: click's script for it takes a comma for the end of the word."""
    assert completed(shell, "driftcheck", "diff", "--select", "DR1,column-ty") == ["DR1,column-type"]


@pytest.mark.parametrize("shell", SHELLS)
def test_files_of_a_kind(shell: str) -> None:
    folder = "frontend/lib/db/migrations/"
    # bash cuts a word at its colons, and replaces only what comes after the last one.
    cut = shell == "bash"
    words = ["drizzle", ":", "frontend/d"] if cut else ["drizzle:frontend/d"]
    prefix = "" if cut else "drizzle:"
    assert completed(shell, "driftcheck", "diff", *words) == [f"{prefix}frontend/drizzle.config.ts"]
    words = ["sql", ":", folder] if cut else [f"sql:{folder}"]
    prefix = "" if cut else "sql:"
    assert completed(shell, "driftcheck", "diff", *words) == [f"{prefix}{folder}production_schema.sql"]


def test_a_kind_without_a_path_offers_what_is_at_the_root() -> None:
    assert completed("bash", "driftcheck", "diff", "drizzle", ":") == ["alembic/", "backend/", "docs/", "frontend/"]
    assert completed("bash", "driftcheck", "diff", "sqlalchemy", ":") == []
