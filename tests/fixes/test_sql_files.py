"""SQL files that drift, by SQL: the declarations themselves are edited, and end what they are about.

A case of sql_file_cases.txt is the truth's SQL, and the file that drifts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Server
from .editing import mended, run

_WORDS = "sequences views functions triggers policies domains types comments row-level-security".split()
_ALWAYS = "[compare]\n" + "".join(f'{word} = "always"\n' for word in _WORDS)
_SOURCES = ("truth=sql:truth.sql", "sql:schema.sql")


def _cases() -> Iterator[tuple[str, tuple[str, str]]]:
    for block in (Path(__file__).parent / "sql_file_cases.txt").read_text().split("=== ")[1:]:
        name, _, body = block.partition("\n")
        truth, _, drift = body.partition("---\n")
        yield name, (truth, drift)


CASES = dict(_cases())
LATER = list(CASES)[-6:]


def _written(root: Path, truth: str, drift: str) -> None:
    (root / "truth.sql").write_text(truth)
    (root / "schema.sql").write_bytes(drift.encode())
    (root / "driftcheck.toml").write_text(_ALWAYS)


def _comments(text: str) -> list[str]:
    return re.findall(r"--.*|/\*.*?\*/", text)


@pytest.mark.parametrize("name", CASES)
def test_a_schema_file_is_edited_where_the_declaration_is(name: str, tmp_path: Path) -> None:
    truth, drift = CASES[name]
    _written(tmp_path, truth, drift)
    mended(tmp_path, *_SOURCES)
    after = (tmp_path / "schema.sql").read_text()
    gone = ("-- away", "-- cols", "/* two */")  # what is said within that which goes
    assert [one for one in _comments(drift) if one.strip() not in after and one not in gone] == []
    assert not re.search(r"(?m)^\s*;|;\s*;", after)


@pytest.mark.slow
def test_postgresql_builds_the_truths_catalog_of_the_edited_files(pg: Server, tmp_path: Path) -> None:
    for name in (
        "types",
        "fk options",
        "indexes",
        "enum",
        "policies",
        "primary key",
        "tables",
        "pg_dump style",
        *LATER,
    ):
        truth, drift = CASES[name]
        _written(tmp_path, truth, drift)
        mended(tmp_path, *_SOURCES)
        assert_same_catalog(pg.catalog_of(truth), pg.catalog_of((tmp_path / "schema.sql").read_text()))


@pytest.mark.parametrize(
    ("truth", "before", "after"),
    [
        ("n varchar(60) NOT NULL", "n  varchar(40)   -- on it\n", "n  varchar(60) not null   -- on it\n"),
        ("n bigint", "N INT /* so */ NULL", "N bigint /* so */ NULL"),
        ("n int", "n int /* x */ not null", "n int /* x */"),
        ("n int DEFAULT 5", "n int default /* few */ 3 check (n > 0)", "n int default /* few */ 5"),
        ("n text DEFAULT 'b' NOT NULL", "n text NOT NULL DEFAULT 'a'", "n text NOT NULL DEFAULT 'b'"),
        ("n numeric(12, 2)", "n numeric(10,2)", "n numeric(12,2)"),
        ("n timestamptz", "n timestamp", "n timestamp with time zone"),
    ],
)
def test_only_what_differs_is_touched(truth: str, before: str, after: str, tmp_path: Path) -> None:
    """Keywords are as small or large as those of the file."""
    _written(tmp_path, f"CREATE TABLE a (id int, {truth});", f"create table a (id int, {before});\n")
    mended(tmp_path, *_SOURCES)
    assert (tmp_path / "schema.sql").read_text() == f"create table a (id int, {after});\n"


def test_marks_and_line_ends_stay(tmp_path: Path) -> None:
    drift = "\ufeffCREATE TABLE a (\r\n  id int PRIMARY KEY, -- é\r\n  n int -- ü\r\n);\r\n"
    _written(tmp_path, "CREATE TABLE a (id int PRIMARY KEY, n bigint, m text);", drift)
    mended(tmp_path, *_SOURCES)
    wanted = drift.replace("n int -- ü", "n bigint, -- ü\r\n  m text")
    assert (tmp_path / "schema.sql").read_bytes() == wanted.encode()


def test_what_a_later_statement_says_is_left_and_said(tmp_path: Path) -> None:
    drift = "CREATE TABLE a (id int, n int DEFAULT 1);\nALTER TABLE a ALTER COLUMN n TYPE text USING n::text;\n"
    _written(tmp_path, "CREATE TABLE a (id int, n bigint DEFAULT 1);", drift)
    done = run(tmp_path, *_SOURCES)
    assert done.taken_back == ()
    assert [one.why for one in done.left] == ["a later ALTER TABLE converts it in its own way"]
    assert (tmp_path / "schema.sql").read_text() == drift


def test_of_a_function_what_differs_is_touched(tmp_path: Path) -> None:
    """Wherever its author puts the body, the language and what else is said of it."""
    table = "CREATE TABLE t (id int);\n"
    wanted = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT a + 2';"
    drift = (
        "create function f(a int) returns int as 'SELECT a + 1' /* so */\n  cost 5 language sql -- that\n  volatile;\n"
    )
    _written(tmp_path, table + wanted, table + drift)
    mended(tmp_path, *_SOURCES)
    after = drift.replace("+ 1", "+ 2").replace("\n  cost 5", "").replace("volatile", "stable")
    after = after.replace("language sql", "language sql security definer")
    assert (tmp_path / "schema.sql").read_text() == table + after


def test_what_another_file_says_of_a_column_is_looked_at(tmp_path: Path) -> None:
    """Comments go along; a view keeps its column, and the commas fit what stays beside it."""
    (tmp_path / "db").mkdir()
    posts = "CREATE TABLE posts (id int PRIMARY KEY, name text, owner int REFERENCES users (id));\n"
    _written(tmp_path, f"CREATE TABLE users (id int PRIMARY KEY);\n{posts}", "")
    users = "CREATE TABLE users (id int PRIMARY KEY, name text, title text, kind text);\n"
    (tmp_path / "db" / "1.sql").write_text(users)
    (tmp_path / "driftcheck.toml").write_text('[compare]\nviews = "never"\ncomments = "always"\n')
    view = "CREATE VIEW named AS SELECT id, title FROM users;\n"
    (tmp_path / "db" / "2.sql").write_text(f"{posts}COMMENT ON COLUMN users.kind IS 'which';\n{view}")
    done = run(tmp_path, "truth=sql:truth.sql", "sql:db/*.sql", only=("sql",))
    assert done.taken_back == ()
    assert "db/2.sql:2 names it, too" in [one.why for one in done.left]
    assert (tmp_path / "db" / "1.sql").read_text() == users.replace("name text, ", "").replace(", kind text", "")


def test_a_column_of_another_name_is_named_so_in_all_files(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "1.sql").write_text("CREATE TABLE authors (id int PRIMARY KEY, full_name text);\n")
    (tmp_path / "db" / "2.sql").write_text(
        "CREATE TABLE b (id int REFERENCES authors (id));\nCREATE INDEX i ON authors (full_name);\n"
    )
    _written(
        tmp_path,
        "CREATE TABLE authors (id int PRIMARY KEY, fullName text); CREATE TABLE b (id int REFERENCES authors (id));"
        "CREATE INDEX i ON authors (fullName);",
        "",
    )
    mended(tmp_path, "truth=sql:truth.sql", "sql:db/*.sql")
    assert "ON authors (fullname)" in (tmp_path / "db" / "2.sql").read_text()


def test_what_would_refer_to_a_table_that_is_not_there_waits(tmp_path: Path) -> None:
    """The file makes the table in a way that is not understood: nobody knows whether it is there."""
    truth = (
        "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id int PRIMARY KEY);\n"
        "CREATE TABLE c (id int PRIMARY KEY REFERENCES b (id));\n"
        "CREATE TABLE d (id int PRIMARY KEY REFERENCES c (id));\n"
        "CREATE TABLE e (id int PRIMARY KEY REFERENCES a (id));\n"
    )
    _written(
        tmp_path, truth, "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id int REFERENCES nowhere (id));\n"
    )
    done = run(tmp_path, *_SOURCES)
    assert done.taken_back == ()
    assert [one.object.name for one in done.made] == ["e"]
    assert {one.why for one in done.left if one.finding.rule.code == "DR101"} == {
        "it refers to b, which is not there",
        "it refers to c, which is not there",
    }
