"""GitLab's code quality report: every field that GitLab demands, every fingerprint its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from driftcheck.findings import Report, Side
from driftcheck.render.gitlab import render
from tests.render.reports import MODELS, column, drifted, finding, hostile, report


def entries(rendered: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(rendered))
    for entry in found:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
    assert len({entry["fingerprint"] for entry in found}) == len(found)
    return found


def test_an_entry() -> None:
    first = entries(drifted())[0]
    assert (first["check_name"], first["severity"]) == ("column-type", "critical")
    assert first["location"] == {"path": "db/schema.sql", "lines": {"begin": 3}}
    assert first["description"].startswith("DR203: users.created_at is timestamp")


def test_severities() -> None:
    assert {entry["severity"] for entry in entries(drifted())} == {"critical", "info"}


def test_alike_findings_have_their_own_fingerprints_and_keep_them() -> None:
    alike = finding("DR203", column("a"), "x", "y")
    before = [entry["fingerprint"] for entry in entries(report(alike, alike))]
    assert [entry["fingerprint"] for entry in entries(report(finding("DR101", column("b"), "x", None), alike, alike))][
        1:
    ] == before


def test_what_has_no_place_stands_in_the_sources_first_file() -> None:
    nowhere = replace(finding("DR203", column("a"), "x", "y", "sqlalchemy"), actual=Side("y"), expected=Side("x"))
    assert entries(report(nowhere))[0]["location"] == {"path": MODELS, "lines": {"begin": 1}}


def test_nothing() -> None:
    assert entries(report()) == []


def test_hostile_names() -> None:
    assert render(hostile()).isascii()
    (entry,) = entries(hostile())
    assert entry["description"].isprintable()
    assert len(entry["description"]) <= 1_000
