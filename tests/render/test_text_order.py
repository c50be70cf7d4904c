"""The report for people: what stands where, what is told once, and that each row has its place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from driftcheck.findings import Finding, Gaps, ObjectRef, Report, Side
from driftcheck.model import ForeignKey, Location
from driftcheck.render.text import Style, render
from driftcheck.render.text.layout import columns_of
from driftcheck.render.text.words import said

from .reports import MODELS, SQL, column, drifted, finding, report

RANKS = {"✗": 2, "▲": 1, "·": 0}
INDEX = ("DR502", None, "(a)")


def ranks(text: str) -> list[list[int]]:
    """For each block the severities of its lines."""
    blocks = [[RANKS.get(line.strip()[:1]) for line in block.split("\n")] for block in text.split("\n\n")]
    return [found for block in blocks if (found := [rank for rank in block if rank is not None])]


def index(table: str, name: str, line: int = 7, source: str = "sql") -> Finding:
    return finding("DR502", ObjectRef("index", "public", name, table), None, "(a)", source, line)


@pytest.mark.parametrize("verbose", [False, True])
def test_the_most_severe_stands_first_be_it_alone_or_in_a_group(verbose: bool) -> None:
    many = [index(f"t{number}", f"i{number}", number + 1) for number in range(9)]
    alone = finding("DR203", column("a", "zzz"), "text", "uuid", line=40)
    beside = [index("zzz", "one", 50), index("aaa", "two", 60), finding("DR209", column("x", "aaa"), "a", "b")]
    text = render(report(*many, alone, *beside), Style(width=100, verbose=verbose))
    found = ranks(text)
    assert found == [sorted(block, reverse=True) for block in found]
    assert [max(block) for block in found] == sorted((max(block) for block in found), reverse=True)
    assert text.index("column-type") < text.index("index-extra")


def test_what_was_not_understood_stands_above_it_all() -> None:
    gap = replace(finding("DR901", ObjectRef("source", "", "sql"), None, "ALTER TABLE t"), cause="why", message="m")
    text = render(
        report(finding("DR203", column("a"), "x", "y"), gap, cautions=("left out dump.sql: old",), gaps=Gaps(1))
    )
    assert text.index("left out dump.sql") < text.index("? gap DR901") < text.index("✗ column-type")
    assert re.search(r"^! left out", text, re.MULTILINE)


def _notes() -> tuple[Finding, ...]:
    names = [finding("DR329", ObjectRef("unique", "public", f"u{n}", "users"), f"u{n}", f"v{n}") for n in range(5)]
    comments = [finding("DR209", column(name, table), "a", "b") for name in "xyz" for table in ("users", "posts")]
    return (*names, *comments)


def test_notes_of_every_rule_are_one_line() -> None:
    text = render(report(*_notes()), Style(width=100))
    assert [line for line in text.splitlines() if line.startswith(("·", "  ·"))] == [
        "· 11 notes: 6 column-comment DR209, 5 unique-name DR329 (-v lists them)"
    ]
    assert "u3" in render(report(*_notes()), Style(width=100, verbose=True))


def test_notes_that_fail_the_check_are_shown() -> None:
    failing = report(*_notes(), fail_on="note")
    assert failing.failed
    assert "u3" in render(failing, Style(width=100))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "✓ no drift: compared"),
        ({"ignored": 3}, "✓ no drift: compared 2 tables, 5 columns, 2 constraints, 3 ignored"),
        ({"baselined": 212}, "no new drift (212 accepted): compared"),
        ({"baselined": 1, "gaps": Gaps(3)}, "no new drift (1 accepted, 3 gaps): compared"),
        ({"baselined": 2, "gaps": Gaps(1)}, "no new drift (2 accepted, 1 gap): compared"),
        ({"gaps": Gaps(1)}, "no drift in what was understood; 1 gap: compared"),
    ],
)
def test_a_tick_is_for_agreement_alone(changes: dict[str, object], verdict: str) -> None:
    checked = report(**{"ignored": 0, "baselined": 0, **changes})
    for style in (Style(), Style(quiet=True), Style(width=80)):
        text = render(checked, style)
        assert text.splitlines()[-1].startswith(verdict[:30]) or verdict[:30] in text
    assert render(checked).splitlines()[-1].startswith(verdict)
    assert ("✓" in render(checked)) is verdict.startswith("✓")


@pytest.mark.parametrize("width", [None, 40, 80, 120])
@pytest.mark.parametrize("make", [drifted, report])
def test_quiet_is_one_line(make: object, width: int | None) -> None:
    text = render(make(), Style(width=width, quiet=True))  # type: ignore[operator]
    assert text.count("\n") == 1


def placed(found: Finding, path: str, line: int) -> Finding:
    return replace(found, actual=replace(found.actual, location=Location(path, line, 1)))


@pytest.mark.parametrize("width", [80, 100, 160, None])
@pytest.mark.parametrize("verbose", [False, True])
def test_each_row_has_its_place(width: int | None, verbose: bool) -> None:
    folder = "services/warehouse/backend/database/migrations"
    long = "a_check_with_a_name_that_says_everything_about_what_it_holds_" + "x" * 20
    many = [
        placed(
            finding("DR402", ObjectRef("check", "public", f"{long}{n}", f"t{n % 4}"), None, "true"),
            f"{folder}/{n}.sql",
            n,
        )
        for n in range(1, 13)
    ]
    alone = [
        placed(finding("DR203", column(f"c{n}", "t9"), f"varchar({n})", "text"), f"{folder}/types/{n}.sql", n)
        for n in range(20, 23)
    ]
    text = render(report(*many, *alone), Style(width=width, verbose=verbose))
    for n in (20, 21, 22, *(range(1, 13) if verbose else range(1, 5))):
        assert re.search(rf"/{n}\.sql:{n}\b", text), n
    if not verbose:
        assert len(re.findall(r"\d \+2$", text, re.MULTILINE)) >= 4  # of three places of a row one is shown
    if width is not None:
        assert max(map(columns_of, text.splitlines())) <= max(width, 10 + len(long) + 2)


def test_places_are_told_apart_by_their_folders() -> None:
    paths = [f"services/warehouse/backend/database/models/{name}/tables/__init__.py" for name in ("accounts", "stores")]
    both = [placed(finding("DR203", column(f"c{n}"), "text", f"char({n})"), path, 7) for n, path in enumerate(paths)]
    for width in (80, 100):
        text = render(report(*both), Style(width=width))
        assert "accounts/tables/__init__.py:7" in text
        assert "stores/tables/__init__.py:7" in text


def test_one_place_of_two_objects_and_two_of_one_say_so() -> None:
    two = [finding("DR202", column(name), None, "text", line=3) for name in ("a", "b")]
    assert "db/schema.sql:3 ×2" in render(report(*two))
    one = [finding("DR204", column("a"), "NOT NULL", "nullable", source, line=3) for source in ("sql", "sqlalchemy")]
    assert "db/schema.sql:3 · app/models.py:3\n" in render(report(*one))


@pytest.mark.parametrize("count", [2, 3, 8])
def test_what_comes_from_one_place_is_told_once(count: int) -> None:
    """A mixin's line is the place of all tables that have it."""
    of_base = [
        placed(
            finding("DR203", column("made_at", f"t{n}"), "timestamptz", "timestamp", "sqlalchemy"), "app/base.py", 16
        )
        for n in range(count)
    ]
    for verbose in (False, True):
        text = render(report(*of_base), Style(width=100, verbose=verbose))
        assert f"app/base.py:16, used by {count} tables" in text
        assert text.count("base.py") == 1
        assert all(f"t{n}" in text for n in range(count))


def test_what_is_missing_is_not_used_by_anybody() -> None:
    lacking = [finding("DR201", column("a", f"t{n}"), "text", None, line=3) for n in range(4)]
    assert "used by" not in render(report(*lacking))


def test_three_sources_show_which_is_alone() -> None:
    ref = column("email")
    one = finding("DR203", ref, "text", "uuid", "sql")
    sides = {"drizzle": one.expected, "sql": one.actual, "sqlalchemy": Side("text", Location(MODELS, 3))}
    text = render(report(one, values={(ref, "DR203"): sides}))
    assert "email:  drizzle, sqlalchemy text  sql alone uuid  db/schema.sql:7" in text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE"), ["INITIALLY DEFERRED in a, not in b"]),
        (("DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED"), ["INITIALLY DEFERRED in b, not in a"]),
        (("NOT DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED"), ["DEFERRABLE INITIALLY DEFERRED in b, not in a"]),
        (("STRICT", "not STRICT"), ["STRICT in a, not in b"]),
        (("valid", "NOT VALID"), ["a valid", "b NOT VALID"]),
        (("nullable", "NOT NULL"), ["a nullable", "b NOT NULL"]),
        (("forced", "enabled"), ["a forced", "b enabled"]),
    ],
)
def test_a_flag_is_said_of_the_side_that_has_it(values: tuple[str, str], words: list[str]) -> None:
    sides = dict(zip("ab", values, strict=True))
    assert said(sides, str, flag=True) == words
    assert said(sides, str, flag=False) == [f"{name} {value}" for name, value in sides.items()]


def test_a_flag_of_three_sources_names_them_all() -> None:
    sides = {"a": "DEFERRABLE", "b": "NOT DEFERRABLE", "c": "NOT DEFERRABLE"}
    assert said(sides, str, flag=True) == ["DEFERRABLE in a, not in b, c"]


def test_a_flag_is_what_the_model_has_as_one() -> None:
    keys = [
        ForeignKey(
            name="k", columns=("a",), target_schema="public", target_table="t", deferrable=True, initially_deferred=late
        )
        for late in (True, False)
    ]
    ref = ObjectRef("foreign-key", "public", "k", "users", ("a",))
    found = finding("DR316", ref, "DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE")
    of_model = replace(found, fact="initially_deferred", subjects=tuple(keys))
    assert "INITIALLY DEFERRED in drizzle, not in sql" in render(report(of_model))
    assert "drizzle DEFERRABLE INITIALLY DEFERRED  sql DEFERRABLE" in render(report(found))


def test_a_name_that_two_schemas_have_is_said_with_both() -> None:
    both = [finding("DR102", ObjectRef("table", schema, "accounts"), None, "t") for schema in ("public", "auth")]
    text = render(report(*both))
    assert "public.accounts" in text
    assert "auth.accounts" in text
    assert "public." not in render(report(both[0]))


def test_statistics_count_by_rule() -> None:
    lines = render(report(*_notes(), index("a", "b")), Style(statistics=True)).splitlines()
    assert lines[:3] == [
        "6  DR209  note     column-comment",
        "5  DR329  note     unique-name",
        "1  DR502  warning  index-extra",
    ]
    assert lines[-1].startswith("1 warning, 11 notes")


@pytest.mark.parametrize(
    ("line", "column_", "shown", "caret"),
    [
        ("  email varchar(9),", 9, "email varchar(9),", "      ^"),
        ("\temail\tvarchar(9),", 8, "email varchar(9),", "      ^"),
        ("email text", 1, "email text", "^"),
        ("\x1b[2Jemail", 5, "\\x1b[2Jemail", "       ^"),
    ],
)
def test_the_source_is_shown_with_a_caret(line: str, column_: int, shown: str, caret: str) -> None:
    found = replace(finding("DR203", column("email"), "x", "y"), actual=Side("y", Location(SQL, 12, column_)))
    text = render(report(found, excerpts={(SQL, 12): line}), Style(source=True))
    assert f"      12 | {shown}\n         | {caret}\n" in text


def test_the_next_commands_help_for_what_was_found() -> None:
    def following(checked: Report, **style: object) -> str:
        lines = render(checked, Style(again="sql:a.sql sql:b.sql", **style)).splitlines()  # type: ignore[arg-type]
        return next((line for line in lines if line.startswith("next:")), "")

    fixed = next(found for found in drifted().findings if found.fix is not None)
    unfixed = finding("DR203", column("a"), "x", "y")
    assert following(report(fixed)).startswith(
        "next: driftcheck explain column-nullability · driftcheck diff sql:a.sql sql:b.sql --show-fixes"
    )
    assert "--show-fixes" not in following(report(fixed), fixes=True)
    assert "--show-fixes" not in following(report(unfixed))
    assert "driftcheck baseline sql:a.sql sql:b.sql (accept" in following(report(unfixed))
    assert "baseline" not in following(report(unfixed, fail_on="never"))
    assert following(report()) == ""
