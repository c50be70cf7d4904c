"""The report for people: what is said, how it fits, and that no name can harm a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from driftcheck.findings import Finding, Fix, ObjectRef, Side
from driftcheck.model import Location
from driftcheck.render.text import Style, render
from driftcheck.render.text.layout import columns_of, cut, fitted, wrap
from driftcheck.render.text.places import elided

from .reports import column, drifted, finding, hostile, report


def test_one_change_on_many_columns_is_told_once_with_its_count() -> None:
    text = render(drifted())
    assert text.count("column-type DR203") == 1
    assert "drizzle timestamp  sql timestamptz (3)  sqlalchemy timestamptz (3)" in text
    assert "is the truth the stale one?" in text


def test_what_follows_from_a_column_stands_under_it() -> None:
    assert "project_id  (and 1 index with it)  only in sql" in render(drifted())


def _default(table: str, expected: str | None, actual: str | None) -> Finding:
    return replace(finding("DR205", column("at", table), expected, actual), fact="default")


def test_a_fact_that_one_side_lacks_is_told_with_the_values() -> None:
    """The column is in both: "only in sql" would say that it is not."""
    text = render(report(_default("a", None, "now()"), _default("b", "now()", None)))
    assert "at:  drizzle none  sql now()" in text
    assert "at:  drizzle now()  sql none" in text
    assert "only in" not in text


def test_a_fact_that_one_side_lacks_in_many_tables_is_told_once() -> None:
    text = render(report(*(_default(table, "now()", None) for table in "abc")))
    assert text.count("column-default") == 1 + text.count("explain column-default")
    assert "drizzle now()  sql none (3)" in text


def test_a_column_that_many_tables_lack_is_told_once() -> None:
    index = ObjectRef("index", "public", "i", "a", ("tenant_id",))
    lacking = [finding("DR201", column("tenant_id", table), "uuid", None, related=(index,)) for table in "abc"]
    text = render(report(*lacking))
    assert "column-missing DR201  tenant_id  (and 3 indexes with it)  not in sql (3)\n    a" in text
    assert text.count("tenant_id") == 1
    other = finding("DR201", column("tenant_id", "a"), "uuid", None, source="sqlalchemy")
    mixed = render(report(*lacking, other))
    assert "not in sql (3) · sqlalchemy (1)" in mixed
    assert re.search(r"a +\(sql, sqlalchemy\)", mixed)
    assert re.search(r"b +\(sql\)", mixed)


def test_many_reasons_of_gaps_do_not_bury_the_drift() -> None:
    def gap(number: int) -> Finding:
        found = finding("DR901", ObjectRef("source", "", "sql"), None, f"ALTER TABLE t{number}")
        return replace(found, cause=f"the table t{number} does not exist at this point", message=f"t{number}")

    gaps = [gap(number) for number in range(10)]
    text = render(report(*gaps, gap(9)))
    assert text.count("does not exist at this point") == 6
    assert "t9 does not exist" in text
    assert "… 4 more for 4 other reasons (-v lists all)" in text
    assert render(report(*gaps), Style(verbose=True)).count("does not exist at this point") == 10


def test_name_notes_are_counted_and_listed_on_demand() -> None:
    assert "· 1 note: 1 unique-name DR329 (-v lists them)" in render(drifted())
    assert "unique-name" in render(drifted(), Style(verbose=True))


def test_last_lines_say_what_was_compared_and_what_was_not() -> None:
    text = render(drifted())
    assert "not compared: policies (20 in sql): drizzle declares none of them" in text
    assert "9 errors, 1 note, 2 ignored, 1 in the baseline · compared 2 tables, 5 columns, 2 constraints" in text


def test_agreement_says_how_much_was_compared() -> None:
    text = render(report())
    assert "no drift: compared 2 tables, 5 columns, 2 constraints" in text


def test_fixes_are_shown_on_demand() -> None:
    assert "SET NOT NULL" not in render(drifted())
    assert "sql: ALTER TABLE users ALTER COLUMN email SET NOT NULL;" in render(drifted(), Style(fixes=True))


def test_every_object_of_a_cause_has_its_fix() -> None:
    columns = [f"c{number}" for number in range(9)]
    many = [
        finding("DR203", column(name, table=f"t_{name}"), "text", "uuid", fix=Fix("sql", f"ALTER {name};"))
        for name in columns
    ]
    text = render(report(*many), Style(fixes=True))
    assert [line.strip() for line in text.splitlines() if "ALTER" in line] == [f"sql: ALTER {one};" for one in columns]


def test_without_a_terminal_nothing_wraps_and_paths_are_whole() -> None:
    text = render(drifted())
    assert "\x1b" not in text
    assert "db/schema.sql:12" in text


@pytest.mark.parametrize("width", [80, 110, 160])
def test_lines_fit_the_terminal(width: int) -> None:
    lines = render(drifted(), Style(width=width, color=True)).splitlines()
    assert [line for line in lines if columns_of(line) > width] == []
    assert any("\x1b[31m" in line for line in lines)


def test_places_are_links_where_the_root_is_known() -> None:
    text = render(drifted(), Style(width=110, root="/home/me/project"))
    assert "\x1b]8;;file:///home/me/project/db/schema.sql#L12\x1b\\db/schema.sql:12\x1b]8;;\x1b\\" in text


def test_no_name_can_move_the_cursor_or_start_a_line() -> None:
    text = render(hostile(), Style(verbose=True, fixes=True))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert not any(line.startswith("::") for line in text.splitlines())


def test_each_source_of_a_fact_stands_on_its_line() -> None:
    one = finding("DR204", column("email"), "NOT NULL", "nullable", "sql")
    two = finding("DR204", column("email"), "NOT NULL", "nullable", "sqlalchemy")
    text = render(report(one, two))
    assert "email:  drizzle alone NOT NULL  sql, sqlalchemy nullable" in text
    assert "2 errors" in text


def test_two_facts_of_one_source_stay_two() -> None:
    same = finding("DR203", column("a"), "text", "uuid")
    assert render(report(same, same)).count("column-type DR203") == 2


@pytest.mark.parametrize(
    ("paths", "short"),
    [
        (["a/b/schema.ts", "c/models.py"], ["a/b/schema.ts", "c/models.py"]),
        (["web/apps/shop/db/schema.ts"], ["web/…/shop/db/schema.ts"]),
        (
            ["web/applications/one/models.py", "web/applications/two/models.py"],
            ["web/…/one/models.py", "web/…/two/models.py"],
        ),
        (
            ["web/one/more/of/it/models.py", "web/two/more/of/it/models.py"],
            ["web/one/more/of/it/models.py", "web/two/more/of/it/models.py"],
        ),
        (["a/folder/a_name_of_more_than_the_room.py"], ["…/a_name_of_more_than_the_room.py"]),
        (["a_name_of_more_than_the_room.py"], ["a_name_of_more_than_the_room.py"]),
    ],
)
def test_paths_lose_their_middle_as_long_as_they_stay_apart(paths: list[str], short: list[str]) -> None:
    """Two `models.py` of different folders tell nobody anything."""
    assert [elided(paths, 24)[path] for path in paths] == short
    assert [elided(paths, None)[path] for path in paths] == paths


def test_wrap_never_cuts_a_piece() -> None:
    assert wrap(["one", "two", "three"], 12, 2, 4) == ["one  two", "  three"]
    assert fitted(["one", "two", "three"], 10) == "one  +2"


@pytest.mark.parametrize(
    ("root", "path", "uri"),
    [
        ("/a b", "ü.sql", "file:///a%20b/%C3%BC.sql"),
        ("/", "x.sql", "file:///x.sql"),
        ("C:/x", "a.sql", "file:///C:/x/a.sql"),
        ("/x", "/etc/a.sql", "file:///etc/a.sql"),
        ("/x", "\ud800\x1b\\.sql", "file:///x/%3F%1B%5C.sql"),
    ],
)
def test_links_hold_no_more_than_a_uri(root: str, path: str, uri: str) -> None:
    placed = replace(finding("DR203", column("a"), "x", "y"), actual=Side("y", Location(path, 1, 1)))
    assert f"\x1b]8;;{uri}#L1\x1b\\" in render(report(placed), Style(width=110, root=root))


def test_hostile_names_in_a_terminal_leave_only_our_own_escapes() -> None:
    text = render(hostile(), Style(width=80, color=True, verbose=True, fixes=True, root="/x"))
    rest = re.sub(r"\x1b\[[0-9;]+m|\x1b\]8;;[!-~]*\x1b\\", "", text)
    assert all(char == "\n" or char.isprintable() for char in rest)


@pytest.mark.parametrize("width", range(80, 121, 5))
def test_lines_fit_the_terminal_whatever_is_long(width: int) -> None:
    names = [f"{'long_' * number}name_of_a_check_{number}" for number in range(1, 7)]
    many = [
        finding("DR402", ObjectRef("check", "public", name, table), None, "CHECK (true)", source, line * 100)
        for table in ("credit_transactions", "audit")
        for line, name in enumerate(names, 1)
        for source in ("sql", "sqlalchemy")
    ]
    for verbose in (False, True):
        lines = render(report(*many), Style(width=width, color=True, verbose=verbose)).splitlines()
        assert [line for line in lines if columns_of(line) > width] == []
    assert cut("abcdef", 6) == "abcdef"
    assert cut("\x1b[2mabcdefg\x1b[0m", 6) == "abcde…"
