"""A statement that cannot be parsed costs itself, and everything that it names is in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.model import Schema

from .replay import read_text

BASE = (
    "create table t (id int primary key, a int, b int constraint ck check (b > 0)); create index i on t (a);\n"
    "create type e as enum ('x'); create view v as select a from t; create sequence s; create policy p on t;\n"
    "create table other (id int);\n"
)
TABLE = {"t.columns", "t.primary_key", "t.foreign_keys", "t.checks", "t.indexes", "t.row_security", "t.comment"}


def _doubts(schema: Schema) -> set[str]:
    """What is in doubt: "kind name" of what may be there, "table.field" of what may be otherwise."""
    found = {f"{one.kind or 'any'} {one.name}" for one in schema.opaque} | set(schema.unknown)
    for table in schema.tables:
        found |= {f"{table.name}.{name}" for name in table.unknown}
        found |= {f"{table.name}.{column.name}.{name}" for column in table.columns for name in column.unknown}
    return found


NAMED = {
    "create table n (id int,, x int);": {"table n"},
    "create table n (id int": {"table n"},
    "create table n id int);": {"table n"},
    "create tabel n (id int);": {"any n"},
    "creat table n (id int);": {"table n"},
    'create table if not exists "N n" (id int;': {"table N n"},
    "create table z.n (id int,);": {"table n"},
    "create table n (id int) create table m (id int);": {"table n", "table m"},
    "create table n (id int,, x int references far (id));": {"table n", "table far"},
    "create table n (id int references other (id) frobnicate);": {"table n"},
    "create table n (id int,, m mood);": {"table n", "any mood"},
    "create index j on t (a b c d;": {"t.indexes"},
    "creat unique index concurrently j on far (a": {"index j", "table far"},
    "create type m as enm ('a');": {"any m"},
    "create view w as;": {"view w"},
    "create function f() returns int languag sql as $$ select 1 $$;": {"function f"},
    "create policy q on t usin (true);": {"policy q"},
    "creat policy q on far using (true);": {"policy q", "table far"},
    "create trigger g before insert on t for eac row execute function f();": {"trigger g", "function f"},
    "create sequence q incremen;": {"sequence q"},
    "create extension citext versio;": {"extension citext"},
    "alter table t add column c int frobnicate;": {"t.columns"},
    "alter table t add column c int references other frobnicate;": {"t.columns", "t.foreign_keys"},
    "alter table t add constraint c unique a;": {"t.uniques"},
    "alter type e ad value 'y';": {"enum e"},
    "alter sequence s frobnicate;": {"sequence s"},
    "alter policy p on t frobnicate;": {"policy p"},
    "alter index i frobnicate;": {"t.indexes"},
    "drop table other frobnicate;": {"table other"},
    "drop table other, far frobnicate;": {"table other", "table far"},
    "drop view v frobnicate;": {"view v"},
    "drop index i frobnicate;": {"t.indexes"},
    "alter table other rename to;": {"table other"},
    "alter table other rename to q r;": {"table other", "table q"},
    "alter view v rename to w x;": {"view v", "view w"},
    "comment on table t as 'x';": {"t.comment"},
    "comment on column t.a i 'x';": {"t.a.comment"},
    "dorp table other;": {"table other"},
    "do $$ begin create tabel n (id int); end $$;": {"any n"},
    "do $$ begin create table n (id int,,); end $$;": {"table n"},
    "create view w a 'x; create table n (id int); create table m (c text default ';": {"view w", "table n", "table m"},
    "\\if x\ncreate table n (id int\n\\endif\n": {"table n"},
}


@pytest.mark.parametrize("statement", NAMED)
def test_what_it_names_is_in_doubt_and_nothing_else(statement: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, BASE + statement)
    assert reading.gaps
    assert _doubts(reading.schema) == NAMED[statement]
    certain = {table.name for table in reading.schema.tables}
    assert certain == {"t", "other"} - {name.removeprefix("table ") for name in NAMED[statement]}


@pytest.mark.parametrize("action", ["frobnicate", "alter b typ bigint", "add x int, frobnicate", "drop column b c"])
def test_an_action_that_is_none_may_be_any(action: str, tmp_path: Path) -> None:
    """Of what the statement names nothing is known; the columns that it does not name stay."""
    reading = read_text(tmp_path, f"{BASE}alter table t {action};")
    table = reading.schema.tables[0]
    assert _doubts(reading.schema) >= TABLE
    assert {column.name for column in table.columns} == ({"id", "a"} if " b" in action else {"id", "a", "b"})
    assert not table.columns[1].unknown
    assert not reading.schema.tables[1].unknown


@pytest.mark.parametrize(
    "opened",
    [
        "comment on table t is 'it's mine';",
        "insert into t values ('abc);",
        "/* never closed",
        "create function f() returns int language sql as $body$ select 1 $$;",
        'create table "q (id int);',
    ],
)
def test_behind_what_never_ends_nothing_is_missing(opened: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{BASE}{opened}\ncreate table n (id int);\ncreate table m (id int);\n")
    assert {"tables", "views", "enums", "policies", "functions"} <= reading.schema.unknown
    assert all({"columns", "indexes", "checks", "row_security"} <= table.unknown for table in reading.schema.tables)
    names = {one.name for one in (*reading.schema.tables, *reading.schema.opaque)}
    assert {"t", "other", "n", "m"} <= names


def test_a_file_that_is_not_there_leaves_nothing_missing(tmp_path: Path) -> None:
    assert "tables" in read_text(tmp_path, f"{BASE}\\i nowhere.sql\n").schema.unknown


@pytest.mark.parametrize(
    "behind",
    ["create table n (id int);", "create table n (id int); alter table n add x int;"],
)
def test_a_later_statement_that_is_whole_settles_it(behind: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"create table n (id int,,);\n{behind}")
    assert [table.name for table in reading.schema.tables] == ["n"]
    assert reading.schema.opaque == ()


def test_so_does_one_for_a_type(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create type m as enm ('a');\ncreate type m as enum ('a');")
    assert [enum.name for enum in reading.schema.enums] == ["m"]
    assert reading.schema.opaque == ()


def test_what_postgresql_refuses_for_what_it_says_leaves_no_doubt(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{BASE}alter table t add column c numeric(2000, 3);")
    assert [gap.why[:23] for gap in reading.gaps] == ["PostgreSQL refuses this"]
    assert _doubts(reading.schema) == set()


def test_too_many_names_are_not_told_apart(tmp_path: Path) -> None:
    reading = read_text(tmp_path, BASE + "".join(f"create tabel n{number};\n" for number in range(2_100)))
    assert "tables" in reading.schema.unknown
    assert len(reading.schema.opaque) <= 2_000
