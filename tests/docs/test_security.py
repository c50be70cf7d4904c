"""Each promise of the manual names tests that are there."""

from __future__ import annotations

import re

import pytest

from .pages import DOCS, REPOSITORY

ROWS = re.findall(r"^\| (.+?) \| (`tests/.+?) \|$", (DOCS / "security.md").read_text(), re.MULTILINE)


def test_there_are_promises() -> None:
    assert len(ROWS) >= 12


@pytest.mark.parametrize(("promise", "tests"), ROWS, ids=[tests[1:40] for _, tests in ROWS])
def test_promises_name_tests_that_are_there(promise: str, tests: str) -> None:
    for name in re.findall(r"`(.+?)`", tests):
        path, _, function = name.partition("::")
        text = (REPOSITORY / path).read_text()
        assert f"def {function or 'test_'}" in text, promise


def test_github_finds_the_policy() -> None:
    assert "docs/security.md" in (REPOSITORY / ".github" / "SECURITY.md").read_text()
