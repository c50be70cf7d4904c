"""Where a file is cut into statements, and what is left of a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pglast.parser import split as pglast_split

from driftcheck.sql.scanner import Scanner
from driftcheck.sql.text import SourceText, decode

CASES = Path(__file__).parents[2] / "conformance" / "sql" / "cases"


def statements(text: str) -> list[str]:
    return [text[item.start : item.end] for item in Scanner(SourceText("x.sql", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select 1; select 2", ["select 1", "select 2"]),
        (";;select 1;;", ["select 1"]),
        ("select ';' ; select E'\\';' ; select 1", ["select ';'", "select E'\\';'", "select 1"]),
        ('select U&";" ; select "a"";" ; x', ['select U&";"', 'select "a"";"', "x"]),
        ("select $$;$$; select $a$ ; $$ ; $a$; y", ["select $$;$$", "select $a$ ; $$ ; $a$", "y"]),
        ("select a$b$ ; select 2", ["select a$b$", "select 2"]),
        ("/* ; /* ; */ ; */ a; -- ; \n b", ["a", "b"]),
        ("select 1 -- it's\n; select 2", ["select 1", "select 2"]),
        ("a\\;b", ["a", "b"]),
        ("\\echo it's;\nselect 1;", ["\\echo it's;", "select 1"]),
        ("select 1 \\g\nselect 2", ["select 1", "select 2"]),
        ("copy t from stdin;\n1\t;'\n\\.\nselect 1", ["copy t from stdin", "select 1"]),
        ("copy t (a) from stdin with (format csv);\nit's\n\\.\r\nb", ["copy t (a) from stdin with (format csv)", "b"]),
        (
            "create function f() returns int begin atomic select case when a then 1 end; select 2; end; x",
            ["create function f() returns int begin atomic select case when a then 1 end; select 2; end", "x"],
        ),
        ("begin; atomic; end; x", ["begin", "atomic", "end", "x"]),
        ("create rule r as on insert to t do (a; b); x", ["create rule r as on insert to t do (a; b)", "x"]),
        ("a--> statement-breakpoint\nb", ["a", "b"]),
        ("a (;\nb", ["a (", "b"]),
        (
            "set standard_conforming_strings = off; select 'a\\';'; b",
            ["set standard_conforming_strings = off", "select 'a\\';'", "b"],
        ),
        ("-- migrate:up\na;\n-- migrate:down\nb;\n", ["a"]),
        ("-- +goose Up\na;\n-- +goose Down\nb;\n-- +goose Up\nc;", ["a", "c"]),
        ("-- UP\na;\n-- DOWN\nb;\n--- up ---\nc;", ["a", "c"]),
        ("-- up\r\na;\r\n-- down\r\nb;", ["a"]),
        ("-- === DOWN ===\na;\n-- down the road\nb;", ["a", "b"]),
        ("-- up\na;\n-- down with it\nb;", ["a", "b"]),
        ("a;\n---- create above / drop below ----\nb;", ["a"]),
        ("a\0b; c", ["a\0b", "c"]),
    ],
)
def test_where_statements_end(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("text", "problem", "after"),
    [
        (
            "select 'a;\ncreate table t (id int);\nalter table t add b int;",
            "quote opened in line 1",
            "alter table t add b int",
        ),
        (
            "create table a (b int);\nselect /* x;\ncreate table t ();\ndrop table t;",
            "comment opened in line 2",
            "drop table t",
        ),
        ("do $x$ begin;\n\nselect 1;\nselect 2;", "dollar quote opened in line 1", "select 2"),
    ],
)
def test_what_never_ends_costs_itself(text: str, problem: str, after: str) -> None:
    found = list(Scanner(SourceText("x.sql", text)))
    assert [item.problem for item in found if item.problem] == [f"the {problem} is never closed"]
    assert text[found[-1].start : found[-1].end] == after


#: All cases but those that hold psql commands and COPY data, which no parser reads.
PLAIN = sorted(path for path in CASES.glob("*.sql") if path.stem not in ("scanner", "psql_variables"))


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_pglast_cuts_in_the_same_places(path: Path) -> None:
    """A second opinion: PostgreSQL's own parser, on everything but what only psql knows."""
    text = path.read_text()
    theirs = [item.strip() for item in pglast_split(text, with_parser=True)]
    assert [_bare(item) for item in statements(text)] == [_bare(item) for item in theirs]


def _bare(statement: str) -> str:
    """The statement without the comments that may be before it."""
    lines = statement.splitlines()
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith("--")):
        lines.pop(0)
    return "\n".join(lines).strip()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("é".encode(), "utf-8"),
        (b"\xef\xbb\xbfx", "utf-8"),
        ("\ufeffcreate é".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffcreate é".encode("utf-16-be"), "utf-16-be"),
        ("create table".encode("utf-16-le"), "utf-16-le"),
        (b"caf\xe9", "latin-1"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert not text.startswith("\ufeff")
    assert "\0" not in text


def test_places_count_lines_and_columns_from_one() -> None:
    text = "select 1;\r\n\r\n  select 2;\rselect 3;\nselect 4"
    places = [item.source.location(item.start) for item in Scanner(SourceText("x.sql", text))]
    assert [(place.line, place.column) for place in places] == [(1, 1), (3, 3), (4, 1), (5, 1)]
