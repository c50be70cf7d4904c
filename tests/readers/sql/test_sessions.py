"""What a file leaves behind, and what ends with it: transactions, search paths, encodings, psql's own commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.readers.sql import read
from driftcheck.reading import Reading

from .replay import read_text


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _tables(reading: Reading) -> list[str]:
    return [str(table).removeprefix("public.") for table in reading.schema.tables]


def test_a_file_that_ends_inside_a_transaction_commits_nothing_of_it(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table a (x int);\nbegin;\ncreate table b (x int);\nalter table a add y int;")
    assert _tables(reading) == ["a"]
    assert [column.name for column in reading.schema.tables[0].columns] == ["x"]
    assert any("roll back" in note for note in reading.notes)


@pytest.mark.parametrize(
    "files",
    [
        {"sqitch.plan": "%project=x\n\none 2024-01-01T00:00:00Z a <a@b>\ntwo 2024-01-02T00:00:00Z a <a@b>\n"},
        {"deploy/V1__a.sql": ""},
    ],
    ids=["sqitch", "flyway"],
)
def test_what_a_tool_runs_alone_keeps_no_search_path(tmp_path: Path, files: dict[str, str]) -> None:
    names = ("one.sql", "two.sql") if "sqitch.plan" in files else ("V1__one.sql", "V2__two.sql")
    first = "create schema app;\nset search_path to app;\ncreate table first (x int);"
    _write(tmp_path, {**files, f"deploy/{names[0]}": first, f"deploy/{names[1]}": "create table second (x int);"})
    (tmp_path / "deploy" / "V1__a.sql").unlink(missing_ok=True)
    assert _tables(read("deploy", tmp_path)) == ["app.first", "second"]


def test_a_path_stays_where_one_session_runs_all(tmp_path: Path) -> None:
    first = "create schema app;\nset search_path to app;\ncreate table first (x int);"
    _write(tmp_path, {"m/1_a.sql": first, "m/2_b.sql": "create table second (x int);"})
    assert _tables(read("m", tmp_path)) == ["app.first", "app.second"]


def test_tools_order_names_as_text(tmp_path: Path) -> None:
    early, late = "m/2020-04-10-101010_a", "m/2020-12-7-101010_b"
    _write(tmp_path, {f"{early}/up.sql": "create table t (x int);", f"{late}/up.sql": "alter table t add y int;"})
    assert not read("m", tmp_path).gaps


def test_flyway_begins_at_its_newest_baseline(tmp_path: Path) -> None:
    files = {
        "V1__a.sql": "create table t (x int);", "B1__old.sql": "create table old (x int);",
        "V2__b.sql": "alter table t add y int;", "B2.1__all.sql": "create table t (x int, y int, z int);",
        "V2.1__c.sql": "alter table t add z int;", "V10__d.sql": "create table u (x int);",
        "R__views.sql": "create view v as select x from t;",
    }  # fmt: skip
    _write(tmp_path, {f"m/{name}": text for name, text in files.items()})
    reading = read("m", tmp_path)
    assert (_tables(reading), reading.gaps) == (["t", "u"], ())
    assert any("baseline" in note for note in reading.notes)


def test_undo_files_are_ways_down(tmp_path: Path) -> None:
    _write(tmp_path, {"m/001.do.a.sql": "create table t (x int);", "m/001.undo.a.sql": "drop table t;"})
    assert _tables(read("m", tmp_path)) == ["t"]


def test_what_is_behind_quit_is_not_run(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table a (x int);\n\\q\ncreate table b (x int);")
    assert _tables(reading) == ["a"]
    assert any("\\q" in note for note in reading.notes)


def test_what_gexec_runs_is_not_known(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table a (x int);\nselect format('drop table %I', 'a') \\gexec\n")
    assert "gexec" in reading.gaps[0].why
    assert "tables" in reading.schema.unknown


def test_bytes_are_what_the_clients_encoding_makes_of_them(tmp_path: Path) -> None:
    text = b"create table a (x text default '\xc3\xa9');\nset client_encoding to 'WIN1252';\n"
    reading = read_text(tmp_path, text + b"create table b (x text default '\x80');\nset client_encoding = utf8;\n")
    defaults = [table.columns[0].default for table in reading.schema.tables]
    assert [one.sql for one in defaults if one is not None] == ["'é'", "'€'"]


def test_an_include_is_found_by_its_tail(tmp_path: Path) -> None:
    _write(tmp_path, {"db/init.sql": "\\i /docker/sql/01.sql\n", "db/sql/01.sql": "create table t (x int);"})
    reading = read("db/init.sql", tmp_path)
    assert (_tables(reading), reading.gaps) == (["t"], ())
    _write(tmp_path, {"other/sql/01.sql": "create table u (x int);"})
    assert "outside" in read("db/init.sql", tmp_path).gaps[0].why


def test_an_unread_include_leaves_everything_in_doubt(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "\\i nowhere.sql\ncreate table t (x int);")
    assert reading.gaps
    assert {"tables", "views", "functions"} <= reading.schema.unknown


def test_a_dump_never_holds_roles(tmp_path: Path) -> None:
    dump = "--\n-- PostgreSQL database dump\n--\n\ncreate table t (x int);"
    assert not read_text(tmp_path, dump).capabilities.can("role")
    assert read_text(tmp_path, dump + "create role r;").capabilities.can("role")
    assert read_text(tmp_path, "create table t (x int);").capabilities.can("role")


def test_what_shapes_a_database_and_is_not_held_is_counted(tmp_path: Path) -> None:
    text = (
        "create table t (a int, b text); create index i on t (a); create type c as (x int);\n"
        "grant select on t to public; revoke all on t from public;\n"
        "alter default privileges grant select on tables to x;\n"
        "comment on index i is 'y'; comment on column c.x is 'z'; comment on extension plpgsql is 'p';\n"
        "alter table t alter a set statistics 200; alter table t cluster on i; security label on table t is 'l';"
    )
    assert read_text(tmp_path, text).statements.unmodelled == {
        "comments on attributes of types": 1, "comments on indexes": 1, "default privileges": 1, "grants": 2,
        "indexes to cluster on": 1, "security labels": 1, "statistics targets": 1,
    }  # fmt: skip
