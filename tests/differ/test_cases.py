"""Every rule over every fixture case: each finding where a comment expects it, and no other anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.differ.rules import RULES

from .cases import folders, found, marked

#: Rules that no comment in a case can mark, and where they are tested instead.
ELSEWHERE = {"DR903": "tests/judgement/test_baseline.py: a baseline file has no comments"}


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_the_case_drifts_where_it_says(folder: Path) -> None:
    assert found(folder) == marked(folder)


def test_every_rule_is_marked_somewhere() -> None:
    told = {code for folder in folders() for _, _, code in marked(folder)}
    assert told == {rule.code for rule in RULES} - set(ELSEWHERE)


def test_there_are_cases_without_drift() -> None:
    assert sum(not marked(folder) for folder in folders()) >= 8
