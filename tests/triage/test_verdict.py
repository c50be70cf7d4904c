"""What counts of the findings, and what is said of ignores and baselines that no longer do anything."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from driftcheck.config import Config, Ignore
from driftcheck.errors import UsageError
from driftcheck.findings import Finding, Severity, Side
from driftcheck.model import Location
from driftcheck.triage import Baseline, Directive, Verdict, check_selectors, decide, directives
from tests.triage.cases import finding

TODAY = datetime.date(2026, 6, 1)
TYPE, DEFAULT, TABLE = (
    finding("DR203"),
    finding("DR205", name="role", actual=Side("'a'", Location("schema.sql", 12))),
    finding("DR101", kind="table", table=None, name="orders", source="models", actual=Side(None)),
)
ALL = (TYPE, DEFAULT, TABLE)
SOURCES = ("sql", "models")
NOTHING = Config()


def decided(findings: Sequence[Finding] = ALL, config: Config = NOTHING, **options: Any) -> Verdict:
    return decide(findings, config, **({"sources": SOURCES, "today": TODAY} | options))


def codes(result: Verdict) -> list[str]:
    return [finding.rule.code for finding in result.findings]


def test_without_a_word_everything_counts_as_it_came() -> None:
    result = decided()
    assert result.findings == ALL
    assert (result.ignored, result.baselined) == (0, 0)


def test_severities() -> None:
    result = decided(config=Config(rules={"DR2": Severity.NOTE, "DR205": Severity.OFF}))
    assert [(finding.rule.code, finding.severity) for finding in result.findings] == [
        ("DR203", Severity.NOTE),
        ("DR101", Severity.ERROR),
    ]
    assert result.ignored == 0


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (["DR2"], [], ["DR203", "DR205"]),
        (["table-missing", "dr205"], [], ["DR205", "DR101"]),
        ([], ["DR2"], ["DR101"]),
        (["DR2"], ["column-type"], ["DR205"]),
        (["DR9"], [], []),
    ],
)
def test_select_and_ignore(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert codes(decided(select=select, ignore=ignore)) == expected


def test_a_rule_that_is_off_is_reported_where_it_is_asked_for() -> None:
    order = finding("DR212")
    assert order.severity is Severity.OFF
    assert decided([order]).findings == ()
    assert decided([order], select=["DR2"]).findings == ()
    assert [found.severity for found in decided([order], select=["column-order"]).findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"rule": "DR203"}, ["DR205", "DR101"]),
        ({"rule": "DR2"}, ["DR101"]),
        ({"rule": "column-type", "object": "public.users"}, ["DR205", "DR101"]),
        ({"rule": "DR2", "object": "users.role"}, ["DR203", "DR101"]),
        ({"rule": "DR2", "object": "public.users.r*"}, ["DR203", "DR101"]),
        ({"rule": "DR101", "object": "orders"}, ["DR203", "DR205"]),
        ({"rule": "DR", "source": "models"}, ["DR203", "DR205"]),
        ({"rule": "DR", "object": "auth.*"}, ["DR203", "DR205", "DR101", "DR904"]),
        ({"rule": "DR203", "object": "orders"}, ["DR203", "DR205", "DR101", "DR904"]),
        ({"rule": "DR203", "source": "models"}, ["DR203", "DR205", "DR101", "DR904"]),
        ({"rule": "DR203", "until": TODAY}, ["DR205", "DR101"]),
        ({"rule": "DR203", "until": TODAY - datetime.timedelta(1)}, ["DR203", "DR205", "DR101", "DR905"]),
        ({"rule": "DR999", "source": "drizzle"}, ["DR203", "DR205", "DR101"]),
        ({"rule": "DR9", "source": "drizzle", "until": datetime.date(2020, 1, 1)}, ["DR203", "DR205", "DR101"]),
    ],
)
def test_ignores_of_the_config(entry: dict[str, Any], expected: list[str]) -> None:
    ignore = Ignore(**({"reason": "meant", "place": Location("driftcheck.toml", 4)} | entry))
    result = decided(config=Config(ignores=(ignore,)))
    assert codes(result) == expected
    assert result.ignored == 3 - sum(not code.startswith("DR9") for code in expected)
    for own in result.findings:
        if own.rule.code.startswith("DR9"):
            assert own.actual.location == Location("driftcheck.toml", 4)


def test_ignores_count_as_used_whatever_is_selected() -> None:
    config = Config(ignores=(Ignore(rule="DR203", reason="meant"),))
    result = decided(config=config, select=["DR1", "DR9"])
    assert (codes(result), result.ignored) == (["DR101"], 0)


SQL = """\
CREATE TABLE users (
  id uuid,





  email integer
    NOT NULL DEFAULT 1 {}
    CHECK (true),
  {}

  role text
);
"""


def comments(*texts: str, path: str = "schema.sql") -> list[Directive]:
    filled = SQL.format(*[*texts, "", ""][:2])
    if path.endswith(".ts"):
        filled = "\n\n\n\n" + texts[0]
    return list(directives(filled, path, "sql", "sql"))


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (comments("-- driftcheck: ignore[DR203]"), ["DR205", "DR101"]),
        (comments("-- driftcheck: ignore[DR205]"), ["DR203", "DR205", "DR101", "DR904"]),
        (comments("-- driftcheck: ignore[DR203, DR205]"), ["DR205", "DR101", "DR904"]),
        (comments("", "-- driftcheck: ignore[column-default] later"), ["DR203", "DR101"]),
        (comments("-- driftcheck: ignore[DR999]"), ["DR203", "DR205", "DR101", "DR904"]),
        (comments("-- driftcheck: ignore"), ["DR203", "DR205", "DR101", "DR904"]),
        (comments("x, // driftcheck: ignore[DR1, DR2] the truth's side", path="schema.ts"), []),
        (comments("-- driftcheck: ignore[DR203]", path="other.sql"), ["DR203", "DR205", "DR101", "DR904"]),
    ],
)
def test_ignores_beside_the_drift(inline: list[Directive], expected: list[str]) -> None:
    actual = Side("'a'", Location("schema.sql", 13))
    result = decided((TYPE, finding("DR205", actual=actual), TABLE), inline=inline)
    assert codes(result) == expected


def test_a_comment_on_a_column_says_nothing_about_its_table() -> None:
    whole = Side("table users", Location("schema.sql", 1, end_line=14))
    extra = finding("DR102", kind="table", table=None, name="users", actual=whole, expected=Side(None))
    missing = finding("DR201", actual=Side(None, Location("schema.sql", 1, end_line=14)), expected=Side("text"))
    inline = comments("-- driftcheck: ignore[DR1, DR2] only the column")
    assert codes(decided((extra, missing), inline=inline)) == ["DR102", "DR201", "DR904", "DR904"]


def test_what_a_wrong_comment_is_told() -> None:
    (directive,) = comments("-- driftcheck: ignore[colum-type]")
    (own,) = decided((), inline=[directive]).findings
    assert own.message == "this ignore can match nothing: unknown rule 'colum-type'; did you mean 'column-type'?"
    assert (own.source, own.actual.location) == ("sql", directive.place)


def test_the_baseline() -> None:
    baseline = Baseline().accepting([TYPE, TABLE], SOURCES)
    result = decided(baseline=baseline)
    assert (codes(result), result.baselined) == (["DR205"], 2)
    assert result.accepted == ALL


def test_stale_entries_of_the_baseline() -> None:
    baseline = Baseline().accepting(ALL, SOURCES)
    result = decided([TYPE], baseline=baseline)
    assert codes(result) == ["DR903", "DR903"]
    assert codes(decided([TYPE], baseline=baseline, sources=["sql"])) == ["DR903"]
    assert codes(decided(ALL, baseline=baseline, select=["DR9"])) == []
    assert result.accepted == (TYPE,)


def test_an_entry_that_may_mean_several_functions_accepts_none() -> None:
    missing = finding("DR811", kind="function", table=None, name="greet", actual=Side(None))
    missing = replace(missing, object=replace(missing.object, signature=("integer",)))
    (entry,) = Baseline().accepting([missing], SOURCES).entries
    old = replace(entry, object="function greet", fingerprint="0" * 16)
    result = decided([missing], baseline=Baseline((old,)))
    assert codes(result) == ["DR811", "DR903"]
    assert "without its argument types" in result.findings[1].message


def test_what_is_ignored_needs_no_baseline() -> None:
    baseline = Baseline().accepting([TYPE], SOURCES)
    result = decided([TYPE], config=Config(ignores=(Ignore(rule="DR203", reason="r"),)), baseline=baseline)
    assert (codes(result), result.ignored, result.baselined) == (["DR903"], 1, 0)


def test_findings_about_the_check_have_severities_too() -> None:
    config = Config(rules={"unused-ignore": Severity.OFF}, ignores=(Ignore(rule="DR5", reason="r"),))
    assert codes(decided(config=config)) == ["DR203", "DR205", "DR101"]


def test_expired_ignores_have_fingerprints_of_their_own() -> None:
    ignores = tuple(Ignore(rule=rule, reason="r") for rule in ("DR4", "DR5"))
    assert len({own.fingerprint for own in decided((), Config(ignores=ignores)).findings}) == 2


def test_selectors_must_mean_a_rule() -> None:
    check_selectors(["DR2", "dr203", "column-type"], "--select")
    for word in ("DR7777", "colum-type", ""):
        with pytest.raises(UsageError, match="--ignore: unknown rule"):
            check_selectors([word], "--ignore")
