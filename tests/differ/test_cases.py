"""Every rule over every fixture case: each finding where a comment expects it, and no other anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.differ.rules import RULES

from ..conformance.postgres import Server
from .cases import folders, found, marked, of_postgresql

CODES = {rule.code for rule in RULES}

#: Folders in which each line of the SQL says in other words what the same line of the truth says.
NEAR = [folder for folder in folders() if folder.name.startswith("silent-") and (folder / "truth.sql").exists()]


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_the_case_drifts_where_it_says(folder: Path) -> None:
    assert found(folder) == marked(folder)


def test_every_rule_is_marked_somewhere() -> None:
    assert {code for folder in folders() for _, _, code in marked(folder)} == CODES


def test_every_rule_is_silent_somewhere() -> None:
    """Beside what it must find is what it must not: the nearest spelling of the same thing."""
    assert {code for folder in folders() for _, _, code in marked(folder, "silent")} == CODES


def test_a_line_is_not_both() -> None:
    for folder in folders():
        assert not marked(folder) & marked(folder, "silent")


@pytest.mark.parametrize("folder", NEAR, ids=lambda folder: folder.name)
def test_a_silent_line_says_it_in_other_words(folder: Path) -> None:
    truth, other = ((folder / name).read_text().splitlines() for name in ("truth.sql", "schema.sql"))
    assert len(truth) == len(other)
    for _, number, code in marked(folder, "silent"):
        assert truth[number - 1] != other[number - 1].partition(" -- silent")[0], code


#: Values and conditions that PostgreSQL keeps in the words in which they were written.
SPELLED = {
    "silent-checks-and-indexes": {"public.a.a_x_check", "public.c.c_check", "public.i6"},
    "silent-columns": {"public.e.a", "public.e.n", "public.e.x"},
    "silent-programs": {"public.a.t2", "public.v2"},
    "silent-security": {"public.a.p4"},
    "silent-types": {"public.share"},
}


@pytest.mark.parametrize("folder", list(filter(of_postgresql, NEAR)), ids=lambda folder: folder.name)
def test_postgresql_makes_the_same_of_both(folder: Path, pg: Server) -> None:
    truth, other = (pg.catalog_of(_runnable(folder / name)) for name in ("truth.sql", "schema.sql"))
    differing = {key for kind in truth for key in truth[kind] if truth[kind][key] != other[kind].get(key)}
    assert differing == SPELLED.get(folder.name, set())
    assert {kind: set(truth[kind]) for kind in truth} == {kind: set(other[kind]) for kind in other}


def _runnable(path: Path) -> str:
    """The SQL without extensions, which the test's server has none of."""
    return "\n".join(line for line in path.read_text().splitlines() if "EXTENSION" not in line)


def test_there_are_cases_without_drift() -> None:
    assert sum(not marked(folder) for folder in folders()) >= 8
    assert len(NEAR) >= 7
