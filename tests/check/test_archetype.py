"""The main job: on the archetype, what is found is what PostgreSQL's catalogs say, at the right lines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import Any

import pytest

from .archetype import ROOT, catalog, drift, unique_names

SOURCES = ("sql", "sqlalchemy")


@cache
def report() -> Any:
    """The report of the real command, with all three sources."""
    command = [sys.executable, "-m", "driftcheck", "diff", "-C", str(ROOT), "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    assert run.stderr == ""
    return json.loads(run.stdout)


def findings(source: str) -> list[dict[str, Any]]:
    return [finding for finding in report()["findings"] if finding["source"] == source]


@pytest.mark.parametrize("source", SOURCES)
def test_findings_equal_the_facts(source: str) -> None:
    expected = drift(catalog("drizzle"), catalog(source))
    found = Counter(finding["name"] for finding in findings(source) if not finding["name"].endswith("-name"))
    assert found == expected


def test_the_counting_itself_counts() -> None:
    """The figures that people have counted by hand on the real project."""
    sql = drift(catalog("drizzle"), catalog("sql"))
    assert (sql["column-type"], sql["index-extra"], sql["foreign-key-on-delete"]) == (25, 27, 10)
    models = drift(catalog("drizzle"), catalog("sqlalchemy"))
    assert (models["column-type"], models["index-extra"], models["check-extra"]) == (31, 45, 29)


def test_names_that_sql_gives_are_compared_and_names_that_nobody_gave_are_not() -> None:
    named = Counter(finding["name"] for finding in findings("sql") if finding["name"].endswith("-name"))
    assert named == {"unique-name": unique_names(catalog("drizzle"), catalog("sql"))}
    assert not [finding for finding in findings("sqlalchemy") if finding["name"].endswith("-name")]


def test_what_stands_on_an_extra_column_is_told_with_it() -> None:
    (extra,) = [finding for finding in findings("sql") if finding["name"] == "column-extra"]
    assert extra["object"] == {"kind": "column", "schema": "public", "table": "crawl_jobs", "name": "project_id"}
    assert Counter(related["kind"] for related in extra["related"]) == {"index": 2, "foreign-key": 1}


def test_what_was_not_compared_is_said_with_its_reason() -> None:
    left = {entry["kind"]: entry for entry in report()["not_compared"] if entry.get("source") == "sql"}
    assert left["policies"]["count"] == len(catalog("sql")["policy"])
    assert left["triggers"]["count"] == len(catalog("sql")["trigger"]) + 1  # one depends on auth.users
    assert all(entry["reason"] for entry in left.values())


def test_nothing_of_the_sources_is_left_unread_but_what_was_there_before_the_migrations() -> None:
    assert [(source["name"], source["statements"]["gaps"]) for source in report()["sources"]] == [
        ("drizzle", 0),
        ("sql", 0),
        ("sqlalchemy", 0),
        ("alembic", 1),
    ]
    (gap,) = [found for found in report()["findings"] if found["name"] == "gap"]
    assert "they do not begin with an empty database" in gap["message"]


def _line(location: dict[str, Any]) -> str:
    return (ROOT / location["path"]).read_text().splitlines()[location["line"] - 1]


def _words(ref: dict[str, Any]) -> set[str]:
    """The words of which one must be in the line: the name, or what the object depends on."""
    words = {ref["name"], *ref.get("columns", ())}
    return words | {"".join([first, *map(str.title, rest)]) for first, *rest in (word.split("_") for word in words)}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("side", ["expected", "actual"])
def test_each_finding_has_a_place_and_the_line_is_right(source: str, side: str) -> None:
    for finding in findings(source):
        location, ref = finding[side]["location"], finding["object"]
        assert location is not None, finding["message"]
        words = _words(ref)
        if finding[side]["value"] is None:
            # What is not there goes into its table; a missing table goes into the source's own file.
            if ref["kind"] == "table":
                assert (ROOT / location["path"]).is_file()
                continue
            words = {ref["table"]}
        assert any(word in _line(location) for word in words), (finding["message"], location, _line(location))
