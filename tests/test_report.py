"""What a report says of itself."""

from __future__ import annotations

import pytest

from driftcheck.findings import Counts, Finding, ObjectRef, Report, Rule, Severity, Side


def _report(worst: str, fail_on: str) -> Report:
    severity = Severity(worst)
    rule = Rule("DR000", "some-rule", severity, "Some rule.")
    ref = ObjectRef("column", "public", "email", "users")
    finding = Finding(rule, severity, "sql", ref, Side("a"), Side("b"), "a is b")
    return Report("drizzle", (), Counts(), (finding,), fail_on=fail_on)


@pytest.mark.parametrize(
    ("worst", "fail_on", "failed"),
    [
        ("error", "error", True), ("warning", "error", False), ("warning", "warning", True), ("note", "warning", False),
        ("note", "note", True), ("error", "never", False),
    ],
)  # fmt: skip
def test_fail_on(worst: str, fail_on: str, failed: bool) -> None:
    assert _report(worst, fail_on).failed is failed


def test_nothing_found_never_fails() -> None:
    assert not Report("drizzle", (), Counts(), fail_on="note").failed
