"""Which line an ignore comment is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.model import Schema
from driftcheck.triage.inline import Directive, directives, read_directives
from tests.triage.cases import source


def found(text: str, path: str = "a.sql", kind: str = "sql") -> list[Directive]:
    return list(directives(text, path, kind, kind))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a, -- driftcheck: ignore[DR203] why\nb", 1),
        ("x\n-- driftcheck: ignore[DR203] why\nb", 3),
        ("-- driftcheck: ignore[DR203] why\n-- more\n\n/* and\nmore */\nb", 6),
        ("/* driftcheck: ignore[DR203] why */ b", 1),
        ("/*\n driftcheck: ignore[DR203] why\n*/\n\nb", 5),
        ("b /*\n driftcheck: ignore[DR203] why */", 2),
        ("-- note -- driftcheck: ignore[DR203] why\nb", 2),
        ("--driftcheck:ignore[DR203]why\r\nb\r\n", 2),
    ],
)
def test_the_line_that_is_meant(text: str, line: int) -> None:
    (directive,) = found(text)
    assert (directive.rule, directive.line, directive.reason, directive.problem) == ("DR203", line, "why", None)


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.ts", "b, // driftcheck: ignore[column-type] why"), ("a.py", "b = 1  # driftcheck: ignore[column-type] why")],
)
def test_the_other_languages(path: str, text: str) -> None:
    (directive,) = found(text, path, "drizzle")
    assert (directive.rule, directive.line, directive.reason) == ("column-type", 1, "why")
    assert directive.place.column == text.index("driftcheck") + 1


def test_several_rules() -> None:
    one, other = found("a -- driftcheck: ignore[DR203, column-default] both")
    assert (one.rule, other.rule, one.reason, other.reason) == ("DR203", "column-default", "both", "both")


@pytest.mark.parametrize(
    "text",
    [
        "'-- driftcheck: ignore[DR203]'",
        "$$ -- driftcheck: ignore[DR203] $$",
        "-- see driftcheck: it compares",
        "-- mydriftcheck: ignore[DR203]",
        "-- drift: DR203",
        "driftcheck: ignore[DR203]",
    ],
)
def test_what_is_no_ignore(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("-- driftcheck: ignore why\na", "names no rule"),
        ("-- driftcheck: ignore[]\na", "names no rule"),
        ("-- driftcheck: ignore[DR203,]\na", "names no rule"),
        ("-- driftcheck: disable[DR203]\na", "'disable' means nothing"),
    ],
)
def test_what_is_meant_as_one_and_is_none(text: str, problem: str) -> None:
    (directive,) = found(text)
    assert problem in (directive.problem or "")


def test_files_without_comments_hold_none() -> None:
    assert found('{"a": "# driftcheck: ignore[DR203]"} # driftcheck: ignore[DR203]', "schema.json", "snapshot") == []


def test_a_file_is_read_once_and_one_that_has_gone_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("x -- driftcheck: ignore[DR203]")
    readers = [source(Schema(), name=name, files=("a.sql", "gone.sql")) for name in ("one", "two")]
    assert [(directive.source, directive.place.path) for directive in read_directives(tmp_path, readers)] == [
        ("one", "a.sql")
    ]
