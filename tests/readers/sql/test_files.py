"""Which files a location means, in which order, and what is said when there are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.sql import read
from driftcheck.readers.sql.files import find

from .replay import read_text


def order(tmp_path: Path, *names: str, location: str = "db") -> list[str]:
    for name in names:
        path = tmp_path / "db" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("select 1;")
    return [path.relative_to(tmp_path / "db").as_posix() for path in find(location, tmp_path).files]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["10_b.sql", "2_a.sql"], ["2_a.sql", "10_b.sql"]),
        (["20240102000000_b.sql", "20231231000000_a.sql"], ["20231231000000_a.sql", "20240102000000_b.sql"]),
        (
            ["R__views.sql", "V10__c.sql", "V2__b.sql", "V1.1__a2.sql", "V1__a.sql", "U10__c.sql"],
            ["V1__a.sql", "V1.1__a2.sql", "V2__b.sql", "V10__c.sql", "R__views.sql"],
        ),
        (["1_a.up.sql", "1_a.down.sql", "2_b.up.sql", "2_b.down.sql"], ["1_a.up.sql", "2_b.up.sql"]),
        (["002/migration.sql", "001/migration.sql", "lock.toml.sql"], ["001/migration.sql", "002/migration.sql"]),
        (
            ["20240101000000_b/up.sql", "20240101000000_b/down.sql", "2019-01-01-000000_a/up.sql"],
            ["2019-01-01-000000_a/up.sql", "20240101000000_b/up.sql"],
        ),
        (["sub/1.sql", "sub/2.sql", "other/9.sql"], ["other/9.sql", "sub/1.sql", "sub/2.sql"]),
    ],
)
def test_order(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    assert order(tmp_path, *names) == expected


def test_drizzles_journal_gives_the_order(tmp_path: Path) -> None:
    (tmp_path / "db" / "meta").mkdir(parents=True)
    entries = [{"idx": 1, "tag": "0001_a"}, {"idx": 0, "tag": "0000_z"}]
    (tmp_path / "db" / "meta" / "_journal.json").write_text(json.dumps({"entries": entries}))
    assert order(tmp_path, "0001_a.sql", "0000_z.sql", "0002_stray.sql") == ["0000_z.sql", "0001_a.sql"]


@pytest.mark.parametrize(
    ("text", "gaps"),
    [("ALTER TABLE t ADD y int;", ["0001_rls.manual.sql"]), ("INSERT INTO t VALUES (1);", []), ("-- CREATE it\n", [])],
)
def test_what_drizzle_kit_does_not_apply_is_a_gap_if_it_changes_the_schema(
    tmp_path: Path, text: str, gaps: list[str]
) -> None:
    (tmp_path / "db" / "meta").mkdir(parents=True)
    (tmp_path / "db" / "meta" / "_journal.json").write_text(json.dumps({"entries": [{"idx": 0, "tag": "0000_a"}]}))
    (tmp_path / "db" / "0000_a.sql").write_text("CREATE TABLE t (id int);")
    (tmp_path / "db" / "0001_rls.manual.sql").write_text(text)
    (tmp_path / "db" / "0000_a.down.sql").write_text("DROP TABLE t;")
    reading = read("db", tmp_path)
    assert [gap.what for gap in reading.gaps] == gaps
    assert [gap.location.path for gap in reading.gaps] == [f"db/{name}" for name in gaps]
    assert all("name it if you run it" in gap.why for gap in reading.gaps)


def test_an_empty_journal_is_none(tmp_path: Path) -> None:
    (tmp_path / "db" / "meta").mkdir(parents=True)
    (tmp_path / "db" / "meta" / "_journal.json").write_text('{"entries": []}')
    assert order(tmp_path, "2_b.sql", "10_c.sql", "1_a.sql") == ["1_a.sql", "2_b.sql", "10_c.sql"]


def test_supabase_applies_whatever_has_a_version(tmp_path: Path) -> None:
    folder = tmp_path / "supabase" / "migrations"
    (folder / "meta").mkdir(parents=True)
    (folder / "meta" / "_journal.json").write_text(json.dumps({"entries": [{"idx": 0, "tag": "20240101_a"}]}))
    for name in ("20240102_b.sql", "20240101_a.sql", "by_hand.sql", "notes.sql"):
        (folder / name).write_text("SELECT 1;" if name == "notes.sql" else f"CREATE TABLE {name[-5]} (id int);")
    reading = read("supabase/migrations", tmp_path)
    assert [table.name for table in reading.schema.tables] == ["a", "b"]
    assert [gap.what for gap in reading.gaps] == ["by_hand.sql"]


def test_a_file_that_the_journal_names_and_is_not_there_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "db" / "meta").mkdir(parents=True)
    entries = [{"idx": 0, "tag": "0000_a"}, {"idx": 1, "tag": "0001_b"}]
    (tmp_path / "db" / "meta" / "_journal.json").write_text(json.dumps({"entries": entries}, indent=1))
    (tmp_path / "db" / "0001_b.sql").write_text("create table t (id int);")
    reading = read("db", tmp_path)
    assert [(gap.location.path, gap.location.line, gap.what) for gap in reading.gaps] == [
        ("db/meta/_journal.json", 5, "0000_a.sql")
    ]
    assert [table.name for table in reading.schema.tables] == ["t"]
    assert (reading.statements.read, reading.statements.gaps) == (2, 1)


def test_a_glob(tmp_path: Path) -> None:
    assert order(tmp_path, "a/2.sql", "a/10.sql", "b/1.txt", location="db/**/*.sql") == ["a/2.sql", "a/10.sql"]


@pytest.mark.parametrize(
    ("make", "location", "message"),
    [
        ({}, "nothing.sql", "nothing.sql does not exist"),
        ({}, "*.sql", "no file matches *.sql"),
        ({"db/readme.txt": "x"}, "db", "there is no .sql file to apply in db"),
        ({"e.sql": " -- only this\n"}, "e.sql", "there is no SQL statement in e.sql"),
        ({"db/meta/_journal.json": '{"entries": [{"idx": 0, "tag": "a"}]}'}, "db", "names a.sql, and it is not there"),
        ({"db/meta/_journal.json": "{"}, "db", "is not a Drizzle journal"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, make: dict[str, str], location: str, message: str) -> None:
    for name, text in make.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    with pytest.raises(SourceError) as caught:
        read(location, tmp_path)
    assert message in caught.value.message


def test_migrations_are_one_database(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "1_users.sql").write_text("create table users (id int, name text);")
    (tmp_path / "db" / "2_name.sql").write_text("-- second\nalter table users alter column name set not null;")
    reading = read("db", tmp_path)
    column = reading.schema.tables[0].columns[1]
    assert reading.files == ("db/1_users.sql", "db/2_name.sql")
    assert not column.nullable
    assert str(column.location) == "db/1_users.sql:1"
    assert str(column.place("nullable")) == "db/2_name.sql:2"


def test_psql_includes_are_followed(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "t.sql").write_text("create table t (id int);\n\\ir t.sql\n")
    reading = read_text(tmp_path, "\\ir tables/t.sql\n\\i missing.sql\n")
    assert [table.name for table in reading.schema.tables] == ["t"]
    assert [gap.why for gap in reading.gaps] == ["the files include each other", "the file it includes is not there"]


def test_left_out_is_said(tmp_path: Path) -> None:
    text = "-- migrate:up\nbegin; create table a (id int); rollback;\ncreate policy p on storage.objects;\n"
    reading = read_text(
        tmp_path, text + "-- migrate:down\nx\n-- migrate:up\nalter table auth.users enable row level security;"
    )
    assert reading.notes == (
        "1 down sections of migrations were left out",
        "1 statements that the files roll back were left out",
        "a statement changes the schema auth, which these files do not define; it is not compared",
    )
    assert reading.schema.tables == ()


def test_sqitchs_plan_gives_the_order(tmp_path: Path) -> None:
    plan = "%syntax-version=1.0.0\n%project=p\n\nschemas/b 2020 a <b@c> # first\na [schemas/b] 2021 x\n@v1 2021\n"
    plan += "a [a@v1] 2022 y\n"
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "sqitch.plan").write_text(f"{plan}gone 2023 z\n")
    names = [
        "deploy/a.sql",
        "deploy/a@v1.sql",
        "deploy/schemas/b.sql",
        "deploy/stray.sql",
        "revert/a.sql",
        "verify/a.sql",
    ]
    expected = ["deploy/schemas/b.sql", "deploy/a@v1.sql", "deploy/a.sql"]
    assert order(tmp_path, *names) == expected
    assert order(tmp_path, location="db/deploy") == expected
    [missing] = find("db", tmp_path).missing
    assert (str(missing.place), missing.name) == ("db/sqitch.plan:8", "gone.sql")
    assert missing.why.endswith("it is not there")


def test_a_plan_of_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "sqitch.plan").write_text("a 2020 x\n")
    with pytest.raises(SourceError, match=r"sqitch\.plan names no file that is there"):
        find(".", tmp_path)


def test_graphile_migrates_folders(tmp_path: Path) -> None:
    names = [
        "committed/000002.sql",
        "committed/000001-init.sql",
        "current/2-b.sql",
        "current/1-a.sql",
        "afterReset.sql",
    ]
    expected = ["committed/000001-init.sql", "committed/000002.sql", "current/1-a.sql", "current/2-b.sql"]
    assert order(tmp_path, *names) == expected
    assert find("db", tmp_path).notes == ["afterReset.sql is not a migration of db: not applied"]


def test_what_stands_deeper_and_is_not_read_is_said(tmp_path: Path) -> None:
    assert order(tmp_path, "schema.sql", "seeds/1.sql", "old/2.sql") == ["schema.sql"]
    assert find("db", tmp_path).notes == ["the .sql files in old, seeds under db were not read"]


def test_files_for_other_systems_are_left_out(tmp_path: Path) -> None:
    names = ["1_a.mysql.up.sql", "1_a.postgres.up.sql", "1_a.postgres.down.sql", "2_b.sqlite3.up.sql", "3_c.up.sql"]
    names += ["3_c.postgres.up.sql", "4_d.up.sql", "5_mysql.up.sql"]
    expected = ["1_a.postgres.up.sql", "3_c.postgres.up.sql", "4_d.up.sql", "5_mysql.up.sql"]
    assert order(tmp_path, *names) == expected
    assert find("db", tmp_path).notes[0] == "3 files for other database systems were left out"


def test_a_folder_that_never_speaks_of_postgresql_is_read_whole(tmp_path: Path) -> None:
    assert order(tmp_path, "a.oracle.sql", "b.h2.sql") == ["a.oracle.sql", "b.h2.sql"]
