"""The words of the report: severities, rules, fingerprints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.findings import Finding, ObjectRef, Rule, Severity, Side
from driftcheck.model import Location

RULE = Rule("DR203", "column-type", Severity.ERROR, "The type of a column differs.")
FINDING = Finding(
    RULE,
    Severity.ERROR,
    "sql",
    ObjectRef("column", "public", "email", "users"),
    Side("text", Location("a.ts", 1)),
    Side("date", Location("b.sql", 2)),
    "users.email is date in sql; drizzle says text",
)


def test_severities_have_an_order() -> None:
    assert sorted(Severity, key=lambda one: one.rank) == ["off", "note", "warning", "error"]


@pytest.mark.parametrize(
    ("selector", "means"),
    [("DR203", True), ("dr2", True), ("column-type", True), ("DR3", False), ("column", False), ("DR204", False)],
)
def test_a_selector_is_a_name_or_the_beginning_of_a_code(selector: str, means: bool) -> None:
    assert RULE.matches(selector) is means


def test_a_rules_text_is_read_from_its_page() -> None:
    page = ("differ", "rules", "texts", "DR203.md")
    assert replace(RULE, page=page).text.startswith("# DR203 column-type\n")
    assert RULE.text == ""


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        (ObjectRef("column", "public", "email", "users"), "users.email"),
        (ObjectRef("table", "auth", "users"), "auth.users"),
        (ObjectRef("table", "public", "users"), "users"),
        (ObjectRef("function", "public", "greet", signature=("integer", "text")), "greet(integer, text)"),
        (ObjectRef("function", "app", "greet", signature=()), "app.greet()"),
    ],
)
def test_objects_are_called_as_people_call_them(ref: ObjectRef, said: str) -> None:
    assert str(ref) == said


def test_a_fingerprint_is_of_the_fact_and_not_of_its_place_or_severity() -> None:
    moved = replace(FINDING, actual=Side("date", Location("c.sql", 99)), message="", severity=Severity.NOTE)
    assert moved.fingerprint == FINDING.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, source="sqlalchemy"),
        replace(FINDING, actual=Side("uuid")),
        replace(FINDING, actual=Side(None)),
        replace(FINDING, actual=Side("")),
        replace(FINDING, object=ObjectRef("column", "app", "email", "users")),
        replace(FINDING, rule=replace(RULE, code="DR204")),
    ],
)
def test_another_fact_has_another_fingerprint(other: Finding) -> None:
    assert other.fingerprint != FINDING.fingerprint


def test_nothing_and_an_empty_text_are_not_the_same() -> None:
    sides = [replace(FINDING, actual=Side(value)).fingerprint for value in (None, "")]
    assert sides[0] != sides[1]


def test_a_name_that_no_encoding_takes_still_has_a_fingerprint() -> None:
    assert len(replace(FINDING, object=ObjectRef("table", "public", "\ud800")).fingerprint) == 16
