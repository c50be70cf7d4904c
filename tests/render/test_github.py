"""Workflow commands, read back as GitHub's runner reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.findings import Counts, Finding, NotCompared, Report, Side
from driftcheck.model import Location
from driftcheck.render.github import render
from driftcheck.render.locations import below
from tests.render.reports import HOSTILE, column, drifted, finding, hostile, report

#: How the runner undoes the escapes: of a message, and of a property.
_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def unescape(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for escaped, char in table:
        text = text.replace(escaped, char)
    return text


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """(command, properties, message) of every line that the runner takes for a command, of either syntax."""
    found = []
    for line in output.replace("\r", "\n").split("\n"):
        if line.lstrip().startswith("::") and "::" in line.lstrip()[2:]:
            head, _, data = line.lstrip()[2:].partition("::")
            command, _, words = head.partition(" ")
            pairs = [word.partition("=") for word in words.split(",") if word]
            properties = {name: unescape(value, _PROPERTY) for name, _, value in pairs}
            found.append((command, properties, unescape(data, _DATA)))
        elif "##[" in line:
            found.append(("##", {}, line))
    return found


def test_one_annotation_for_each_finding() -> None:
    found = commands(render(drifted()))
    assert len(found) == len(drifted().findings)
    assert [command for command, _, _ in found].count("notice") == 1
    command, properties, message = found[0]
    assert (command, properties) == (
        "error",
        {"file": "db/schema.sql", "line": "3", "endLine": "3", "col": "5", "title": "column-type (DR203)"},
    )
    assert message.split("\n")[1] == "drizzle: web/db/schema.ts:4"


def test_each_kind_of_drift_comes_before_the_second_of_any() -> None:
    many = [finding("DR203", column(f"c{number}"), "text", "integer", line=number) for number in range(1, 30)]
    last = finding("DR205", column("z"), "1", "2", line=99)
    titles = [properties["title"] for _, properties, _ in commands(render(report(*many, last)))]
    assert titles.index("column-default (DR205)") == 1
    assert len(titles) == 30


def test_what_is_told_beside_the_message() -> None:
    messages = [message for _, _, message in commands(render(drifted()))]
    assert any(
        message.endswith("to fix it: ALTER TABLE users ALTER COLUMN email SET NOT NULL;") for message in messages
    )


def test_lines_of_a_block() -> None:
    ref = finding("DR203", column("a"), "x", "y")
    block = replace(ref, actual=Side("y", Location("a.sql", 3, 9, end_line=6)))
    ((_, properties, _),) = commands(render(report(block)))
    assert (properties["line"], properties["endLine"], "col" in properties) == ("3", "6", False)


def test_without_a_place() -> None:
    nowhere = replace(finding("DR203", column("a"), "x", "y"), actual=Side("y"), expected=Side("x"))
    ((_, properties, _),) = commands(render(report(nowhere)))
    assert properties == {"title": "column-type (DR203)"}


def test_the_rest_is_no_command() -> None:
    output = render(report(not_compared=(NotCompared("policies", "drizzle declares none", "sql", 20),)))
    assert commands(output) == []
    assert output.split("\n") == [
        "driftcheck: 0 errors, 0 warnings, 0 notes; 2 tables, 5 columns compared with drizzle",
        "not compared: policies (20 in sql): drizzle declares none",
        "",
    ]


@pytest.mark.parametrize("evil", [HOSTILE, "::error::x", "##[error]x", "a\r\n::stop-commands::x", "a,line=1,b:c%2C%0A"])
def test_hostile_names(evil: str) -> None:
    ref = column(evil, evil)
    found = replace(finding("DR203", ref, evil, evil), message=evil, source=evil, actual=Side(evil, Location(evil, 1)))
    account = NotCompared(evil, evil, evil, 1)
    ((command, properties, message),) = commands(render(report(found, truth=evil, not_compared=(account,))))
    assert command == "error"
    assert set(properties) == {"file", "line", "endLine", "col", "title"}
    assert properties["title"] == "column-type (DR203)"
    assert "\x1b" not in message
    assert "\u202e" not in message


def test_the_hostile_report() -> None:
    assert [command for command, _, _ in commands(render(hostile()))] == ["error"]


def paths(result: Report) -> set[str]:
    sides = [side for found in result.findings for side in (found.expected, found.actual)]
    return {side.location.path for side in sides if side.location is not None}


@pytest.mark.parametrize("folder", ["", ".", "./"])
def test_at_the_repositorys_root(folder: str) -> None:
    assert below(drifted(), folder) == drifted()


def test_below_the_repositorys_root() -> None:
    assert paths(below(drifted(), "apps/shop/")) == {f"apps/shop/{path}" for path in paths(drifted())}


@pytest.mark.parametrize("path", ["/abs/a.sql", "C:/abs/a.sql"])
def test_what_lies_elsewhere_stays(path: str) -> None:
    found: Finding = replace(finding("DR203", column("a"), "x", "y"), actual=Side("y", Location(path)))
    assert path in paths(below(report(found), "apps"))


def _many(count: int) -> list[Finding]:
    return [finding("DR203", column(f"c{n}"), "text", f"char({n})", line=n + 1) for n in range(count)]


@pytest.mark.parametrize("count", [10, 11, 200])
def test_the_log_says_what_github_does_not_show(count: int) -> None:
    text = render(report(*_many(count)))
    assert text.count("::error ") == count
    said = f"GitHub shows 10 annotations of a level (10 of {count} errors)"
    assert (said in text) is (count > 10)


def test_one_line_of_many_tables_is_one_annotation() -> None:
    of_base = [finding("DR203", column("at", f"t{n}"), "timestamptz", "timestamp", "sqlalchemy") for n in range(4)]
    text = render(report(*of_base))
    assert text.count("::error ") == 1
    assert "the same line says so in 3 more: t1.at, t2.at, t3.at" in text


def test_alike_findings_without_a_table_stay_apart() -> None:
    lacking = [finding("DR201", column("at", f"t{n}"), "timestamptz", None) for n in range(3)]
    assert render(report(*lacking)).count("::error ") == 3


def test_one_is_not_several() -> None:
    one = Counts(tables=1, columns=1)
    assert "1 table, 1 column compared with drizzle" in render(report(compared=one))
