"""Nothing silent: what is not understood is a gap with its place, and costs no more than itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.normalize import normalize

from .replay import read_text

BASE = (
    "create table t (id int primary key, a int, b text); create function add_tenant(n text) returns void "
    "language plpython3u as $f$ plpy.execute('alter table %s add column tenant int' % n) $f$;\n"
    "create type e as enum ('x'); create function fill(t text) returns void language plpgsql as $f$ begin\n"
    " execute 'create table ' || t || to_char(now(), 'YYYY') || ' (id int)'; end $f$;\n"
)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("alter table missing add c int", 'PostgreSQL refuses this: relation "missing" does not exist'),
        ("alter table t drop column c", 'PostgreSQL refuses this: column "c" of relation "t" does not exist'),
        ("alter table t add column a int", 'PostgreSQL refuses this: column "a" of relation "t" already exists'),
        (
            "alter table t drop constraint c",
            'PostgreSQL refuses this: constraint "c" of relation "t" does not exist',
        ),
        ("alter table t frobnicate", "an action was expected before 'frobnicate'"),
        ("create table t (id int)", 'PostgreSQL refuses this: relation "t" already exists'),
        ("create index on t (c)", 'PostgreSQL refuses this: column "c" does not exist'),
        ("create index t_pkey on t (a)", 'PostgreSQL refuses this: relation "t_pkey" already exists'),
        ("create policy p on missing", 'PostgreSQL refuses this: relation "missing" does not exist'),
        ("alter type e add value 'x'", 'PostgreSQL refuses this: enum label "x" already exists'),
        (
            "alter type e add value 'z' before 'y'",
            'PostgreSQL refuses this: "y" is not an existing enum label',
        ),
        ("drop table missing", 'PostgreSQL refuses this: table "missing" does not exist'),
        ("create frobnicator f", "a kind of object was expected before 'frobnicator'"),
        ("frobnicate", "a statement was expected before 'frobnicate'"),
        ("create table u as select some_fn(1)", "its columns are those of a query"),
        ("create view v as", "a query was expected before the end"),
        ("create table :name (id int)", "the psql variable :name has no value here"),
        (
            "do $$ begin for i in select n from numbers loop execute 'create table x' || i; end loop; end $$",
            "what a FOR in a block does is not followed",
        ),
        (
            "do $$ begin execute format('drop table %I', x); end $$",
            "the SQL that this EXECUTE runs is put together in the block",
        ),
        (
            "do $$ begin if random() > 0.5 then drop table t; end if; end $$",
            "whether it is run depends on a condition that only the database knows",
        ),
        ("select add_tenant('t')", "it calls add_tenant, which changes the schema, and that is not followed"),
        ("call s.add_tenant()", "it calls add_tenant, which changes the schema, and that is not followed"),
        (
            "do $$ begin perform add_tenant('t'); end $$",
            "it calls add_tenant, which changes the schema, and that is not followed",
        ),
        (
            "select AddGeometryColumn('t', 'g', 4326, 'POINT', 2)",
            "it calls addgeometrycolumn, which changes the schema, and that is not followed",
        ),
        ("do language plpython3u $$ x $$", "a block in plpython3u is not run"),
        (
            "select fill('x')",
            "it calls fill: the SQL that this EXECUTE runs is put together in the block",
        ),
    ],
)
def test_a_gap_says_why_and_costs_one_statement(tmp_path: Path, statement: str, why: str) -> None:
    reading = read_text(tmp_path, f"{BASE}  {statement};\ncreate table after (id int);")
    assert [gap.why for gap in reading.gaps] == [why]
    assert reading.gaps[0].location.line == 4
    assert reading.gaps[0].what.startswith(statement.split()[0])
    assert "after" in {table.name for table in reading.schema.tables}
    assert reading.statements.gaps == 1
    assert reading.statements.read == 6


def test_a_call_that_changes_rows_alone_is_no_gap(tmp_path: Path) -> None:
    text = "create function f() returns int language sql as 'update t set a = 1; select 1';\nselect f(), now();\n"
    assert read_text(tmp_path, BASE + text).gaps == ()


@pytest.mark.parametrize("odd", ["b int frobnicate", "b !!", "check a > 0", "foreign key (a) references t frobnicate"])
def test_what_is_not_understood_in_a_table_costs_its_statement(tmp_path: Path, odd: str) -> None:
    reading = read_text(tmp_path, f"create table t (\n a int,\n {odd},\n d text\n);\ncreate table u (id int);")
    assert [(gap.location.line, gap.object) for gap in reading.gaps] == [(3, "public.t")]
    assert [(item.kind, item.name) for item in reading.schema.opaque] == [("table", "t")]
    assert [table.name for table in reading.schema.tables] == ["u"]


def test_a_new_column_that_is_not_understood_may_be_there(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table t (a int);\nalter table t add column b int frobnicate;")
    assert [gap.location.line for gap in reading.gaps] == [2]
    assert [column.name for column in reading.schema.tables[0].columns] == ["a"]
    assert reading.schema.tables[0].unknown == {"columns"}


def test_a_new_constraint_that_is_not_understood_costs_its_kind(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table t (a int);\nalter table t add check a > 0;")
    assert len(reading.gaps) == 1
    assert reading.schema.tables[0].unknown == {"checks"}


def test_a_table_that_cannot_be_read_keeps_its_name(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table t frobnicate;\nalter table t add b int;")
    assert [(item.kind, item.schema, item.name) for item in reading.schema.opaque] == [("table", "public", "t")]
    assert [gap.why for gap in reading.gaps][1] == "what t looks like is not known here"


def test_a_foreign_key_out_of_the_files_is_a_fact(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table t (u uuid references auth.users (id), v int);")
    keys = reading.schema.tables[0].foreign_keys
    assert [(key.target_schema, key.target_table) for key in keys] == [("auth", "users")]
    assert not reading.gaps


def test_policies_of_others_tables_are_kept(tmp_path: Path) -> None:
    text = "create policy p on storage.objects using (true);\nalter table storage.objects enable row level security;"
    reading = read_text(tmp_path, text)
    assert [(item.schema, item.table) for item in reading.schema.policies] == [("storage", "objects")]
    assert reading.statements.irrelevant == 1
    assert not reading.gaps


def test_what_has_no_room_is_counted(tmp_path: Path) -> None:
    text = "create cast (a as b) with inout;\ncreate publication p;\ncreate event trigger e on x execute function f();"
    reading = read_text(tmp_path, text + "insert into t values (1);\ngrant select on t to u;\nset x = 1;")
    assert reading.statements.unmodelled == {"casts": 1, "event triggers": 1, "grants": 1, "publications": 1}
    assert reading.statements.irrelevant == 2
    assert reading.statements.read == 6


def test_a_rename_that_words_cannot_follow_is_a_gap(tmp_path: Path) -> None:
    text = (
        "create table t (a int);\ncreate view v as select a from t, xmltable('/r' passing '<r/>' columns x int) r;\n"
        "create policy p on t using (a in (select a from t, xmltable('/r' passing '<r/>' columns x int) r));\n"
        "alter table t rename column a to b;"
    )
    reading = read_text(tmp_path, text)
    assert reading.schema.views[0].unknown == {"definition"}
    assert reading.schema.policies[0].unknown == {"using"}
    assert [gap.object for gap in reading.gaps] == ["public.t.p", "public.v"]


RENAMED = {
    "view": ("create view x as select a, b from t where a > 1", "create view x as select z as a, b from t where z > 1"),
    "view of a view": (
        "create view w as select a from t; create view x as select w.a from w",
        "create view w as select z as a from t; create view x as select w.a from w",
    ),
    "star": ("create view x as select * from t", "create view x (a, b) as select * from t"),
    "policy elsewhere": (
        "create policy x on u using (exists (select 1 from t where t.a = u.a))",
        "create policy x on u using (exists (select 1 from t where t.z = u.a))",
    ),
    "policy with a namesake": (
        "create policy x on t using (b in (select a from u) and a > 0)",
        "create policy x on t using (b in (select a from u) and z > 0)",
    ),
}


@pytest.mark.parametrize("name", RENAMED)
def test_what_speaks_of_a_renamed_column_follows(name: str, tmp_path: Path) -> None:
    """PostgreSQL keeps the meaning of policies and views, and the names of a view's own columns."""
    before, after = RENAMED[name]
    tables = "create table t ({} int, b int); create table u (a int, b int);"
    renamed = read_text(tmp_path, f"{tables.format('a')} {before}; alter table t rename column a to z;")
    written = read_text(tmp_path, f"{tables.format('z')} {after};")
    assert not renamed.gaps
    assert normalize(renamed.schema) == normalize(written.schema)


def test_plpgsql_is_in_every_database(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "create extension if not exists plpgsql with schema pg_catalog;\ncreate extension citext;"
    )
    assert [item.name for item in reading.schema.extensions] == ["citext"]
    assert not reading.gaps


def test_what_a_block_may_change_is_unknown(tmp_path: Path) -> None:
    text = (
        "create table u (id int primary key);\ncreate table t (id int primary key, a int, b int,\n"
        " constraint fk foreign key (a) references u, constraint ck check (a > 0));\n"
        "do $$ begin\n if (select count(*) from t) = 0 then\n  alter table t drop constraint fk,"
        " alter column b set not null;\n  create table v (id int);\n end if;\nend $$;"
    )
    reading = read_text(tmp_path, text)
    table = reading.schema.tables[1]
    assert [gap.location.line for gap in reading.gaps] == [6]
    assert table.unknown == {"foreign_keys"}
    assert "nullable" in table.columns[2].unknown
    assert not table.columns[1].unknown
    assert [(item.kind, item.name) for item in reading.schema.opaque] == [("table", "v")]


def test_a_string_that_may_be_a_renamed_label_is_a_gap(tmp_path: Path) -> None:
    text = (
        "create type e as enum ('a', 'b');\ncreate table t (k e, w text default coalesce(null, 'a'),"
        " constraint c check (coalesce(k, 'a') = 'b'));\ncreate index i on t ((nullif(k, 'a')));\n"
        "create policy p on t using (nullif(k, 'a') = 'b');\n"
        "create view v as select case when true then 'a' end from t;\n"
        "alter type e rename value 'a' to 'c';"
    )
    reading = read_text(tmp_path, text)
    table = reading.schema.tables[0]
    assert table.columns[1].unknown == {"default", "generated"}
    assert "expression" in table.checks[0].unknown
    assert "keys" in table.indexes[0].unknown
    assert "using" in reading.schema.policies[0].unknown
    assert "definition" in reading.schema.views[0].unknown
    assert [gap.object for gap in reading.gaps] == [
        "public.t.w", "public.t.c", "public.t.i", "public.t.p", "public.v",
    ]  # fmt: skip
    assert {gap.location.line for gap in reading.gaps} == {6}
