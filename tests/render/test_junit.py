"""JUnit's XML: well-formed whatever a schema holds, and of the shape that Jenkins's schema (junit-10.xsd) demands."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from driftcheck.findings import Report
from driftcheck.render.junit import render
from tests.render.reports import HOSTILE, column, drifted, finding, hostile, report

#: element → (attributes it must have, attributes it may have, children).
ELEMENTS: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": ({"name"}, {"time", "classname", "group"}, {"skipped", "error", "failure", "system-out", "system-err"}),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}


def parsed(rendered: Report) -> ElementTree.Element:
    root = ElementTree.fromstring(render(rendered))
    assert root.tag == "testsuites"
    for element in root.iter():
        required, allowed, children = ELEMENTS[element.tag]
        assert required <= set(element.attrib) <= required | allowed
        assert {child.tag for child in element} <= children
    return root


def test_suites_and_cases() -> None:
    root = parsed(drifted())
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("sql", "7", "6"),
        ("sqlalchemy", "3", "3"),
    ]
    assert (root.get("tests"), root.get("failures")) == ("10", "9")
    case = root[0][0]
    assert (case.get("classname"), case.get("name")) == ("sql.users", "column-type: users.created_at")
    assert case[0].get("type") == "error DR203"
    assert "db/schema.sql:3\ndrizzle: web/db/schema.ts:4" in (case[0].text or "")


def test_notes_do_not_fail() -> None:
    (case,) = [case for case in parsed(drifted()).iter("testcase") if "unique-name" in (case.get("name") or "")]
    assert [child.tag for child in case] == ["system-out"]


def test_agreement_is_a_case_that_passes() -> None:
    root = parsed(report())
    assert [(suite.get("name"), [len(case) for case in suite]) for suite in root] == [("sql", [0]), ("sqlalchemy", [0])]
    assert root[0][0].get("name") == "agrees with drizzle"


def test_what_was_not_compared_is_told() -> None:
    output = parsed(drifted())[0].find("system-out")
    assert output is not None
    assert output.text == "not compared: policies: drizzle declares none of them"


def test_names_of_cases_are_their_own() -> None:
    alike = finding("DR203", column("a"), "x", "y")
    names = [case.get("name") for case in parsed(report(alike, alike)).iter("testcase")][:2]
    assert names == ["column-type: users.a", "column-type: users.a (2)"]


@pytest.mark.parametrize("evil", [HOSTILE, "]]>", "<!--", "&#0;", "\ud800\uffff", '"><x a="'])
def test_hostile_names(evil: str) -> None:
    found = replace(finding("DR203", column(evil, evil), evil, evil), message=evil, source=evil)
    root = parsed(report(found, truth=evil))
    assert len(list(root.iter("failure"))) == 1
    parsed(hostile())
