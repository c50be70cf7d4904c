"""One line a finding, for people and for programs."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from driftcheck.findings import Failure, Gaps, ObjectRef, Report, Side
from driftcheck.model import Location
from driftcheck.render.concise import render as concise
from driftcheck.render.documents import document
from driftcheck.render.jsonl import render as jsonl
from tests.render.reports import column, drifted, finding, hostile, report


@pytest.mark.parametrize("make", [drifted, hostile])
def test_each_finding_is_a_line_with_its_place(make: object) -> None:
    checked: Report = make()  # type: ignore[operator]
    *lines, last = concise(checked).splitlines()
    assert len(lines) == len(checked.findings)
    assert all(re.match(r".+?:\d+:\d+: DR\d{3} \S", line) for line in lines)
    assert "\x1b" not in concise(checked)
    assert last.startswith(checked.verdict)


def test_what_has_no_place_is_at_its_first_file() -> None:
    nowhere = replace(finding("DR203", column("a"), "x", "y"), expected=Side("x"), actual=Side("y"))
    assert concise(report(nowhere)).startswith("db/schema.sql:1:1: DR203 ")


def test_the_last_line_says_what_was_compared_and_what_was_not_seen() -> None:
    assert concise(report()) == "no drift; compared 2 tables, 5 columns\n"
    assert concise(report(gaps=Gaps(2))).startswith("no drift in what was understood; 2 gaps; compared")
    drift = report(finding("DR203", column("a"), "x", "y"), gaps=Gaps(2), cautions=("left out old.sql",))
    last = concise(drift).splitlines()[-1]
    assert last == "1 source drifts from drizzle; 2 gaps; 1 error; compared 2 tables, 5 columns; left out old.sql"


def test_a_source_that_could_not_be_read_is_a_line() -> None:
    failure = Failure("sql", "sql", "it is a folder", "name a file", "db", 3)
    said = "db:3:1: error: sql could not be read: it is a folder; name a file\n"
    assert concise(report(failures=(failure,))).startswith(said)


def test_of_a_database_there_is_no_line() -> None:
    place = Location("localhost/shop", object="users.email")
    of_two = replace(finding("DR203", column("a"), "x", "y"), expected=Side("x", place), actual=Side("y", place))
    assert concise(report(of_two)).startswith("localhost/shop: users.email: DR203 ")


@pytest.mark.parametrize("make", [drifted, hostile, report])
def test_json_by_lines_is_the_same_report(make: object) -> None:
    checked: Report = make()  # type: ignore[operator]
    *findings, last = map(json.loads, jsonl(checked).splitlines())
    whole = document(checked)
    told = [{k: v for k, v in line.items() if k != "type"} for line in findings]
    assert told == json.loads(json.dumps(whole["findings"]))
    assert all(line["type"] == "finding" for line in findings)
    assert last.pop("type") == "report"
    assert last == json.loads(json.dumps({k: v for k, v in whole.items() if k != "findings"}))


def test_a_name_with_a_line_end_is_still_one_line() -> None:
    ref = ObjectRef("table", "public", "a\nb\u2028c")
    assert len(jsonl(report(finding("DR102", ref, None, "t"))).split("\n")) == 3
    assert len(concise(report(finding("DR102", ref, None, "t"))).splitlines()) == 2
