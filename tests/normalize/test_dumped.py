"""Spellings that only a whole schema makes alike: what a file says, and what PostgreSQL's dump says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.model import Schema
from driftcheck.normalize import normalize
from driftcheck.readers.sql import read

#: What people write, what is stored for it, and a neighbour that PostgreSQL keeps apart.
TABLE = "create table t (id int, big bigint, n numeric, name varchar(9), doc jsonb, parts int[], day date);\n"
CASES = {
    "mod": ("mod(big, 2) = 0", "(mod(big, (2)::bigint) = 0)", "mod(big::numeric, 2) = 0"),
    "both sides cast": ("big::numeric = n", "((big)::numeric = n)", "big = n::bigint"),
    "no plain form": ("mod(id::bigint, 2) = 0", "(mod((id)::bigint, (2)::bigint) = 0)", "mod(id, 2) = 0"),
    "greatest": ("greatest(id, 1.5) > 0", "(GREATEST((id)::numeric, 1.5) > (0)::numeric)", "greatest(id, 1) > 0"),
    "case": ("case when id > 1 then id else n end > 2",
             "(CASE WHEN (id > 1) THEN (id)::numeric ELSE n END > (2)::numeric)",
             "case when id > 1 then id else big end > 2"),
    "jsonpath": ("jsonb_path_exists(doc, '$.a')",
                 "jsonb_path_exists(doc, '$.\"a\"'::jsonpath)", "jsonb_path_exists(doc, '$.b')"),
    "tsquery": ("to_tsvector(name) @@ 'a & b'::tsquery", "(to_tsvector((name)::text) @@ '''a'' & ''b'''::tsquery)",
                "to_tsvector(name) @@ 'a | b'::tsquery"),
    "range": ("int4range(id, 9) <@ '[1,5]'", "(int4range(id, 9) <@ '[1,6)'::int4range)", "int4range(id, 9) <@ '[1,6]'"),
    "interval": ("day - '2020-1-1' > 3", "((day - '2020-01-01'::date) > 3)", "day - '1 day' > '2020-1-1'"),
    "quoted number": ("big % '7' = 1", "((big % '7'::bigint) = 1)", "big % '8' = 1"),
}  # fmt: skip


def _schema(folder: Path, text: str) -> Schema:
    (folder / "a.sql").write_text(text)
    reading = read("a.sql", folder)
    assert not reading.gaps
    return normalize(reading.schema)


def _condition(folder: Path, text: str) -> str:
    return _schema(folder, f"{TABLE}alter table t add check ({text});").tables[0].checks[0].expression.canonical


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_what_is_stored_is_what_was_written(case: str, tmp_path: Path) -> None:
    written, stored, other = (_condition(tmp_path, text) for text in CASES[case])
    assert written == stored
    assert written != other


VIEWS = {
    "natural": ("select * from t natural join u",
                "select t.id, t.big, t.n, t.name, t.doc, t.parts, t.day, u.x from (t join u using (id))"),
    "using star": ("select * from u join t using (id)",
                   "select u.id, u.x, t.big, t.n, t.name, t.doc, t.parts, t.day from (u join t using (id))"),
    "function's columns": ("select e.* from t, jsonb_each(doc) e",
                           "select e.key, e.value from t, lateral jsonb_each(t.doc) e(key, value)"),
    "names of a list": ("select e.k from t, jsonb_each(doc) e(k)",
                        "select e.key as k from t, lateral jsonb_each(t.doc) e(key, value)"),
    "table": ("table u", "select u.id, u.x from u"),
    "rollup": ("select id, count(*) from u group by rollup (id)",
               "select u.id, count(*) as count from u group by rollup(u.id)"),
    "values": ("select * from (values (1, 'a'), (2.5, 'b')) v(p, q)",
               "select v.p, v.q from ( values ((1)::numeric,'a'::text), (2.5,'b'::text)) v(p, q)"),
    "union": ("select 'a' as k from u union select name from t",
              "select 'a'::character varying as k from u union select t.name as k from t"),
    "catalog": ("select relname from pg_class where relkind = 'r'",
                "select pg_class.relname from pg_catalog.pg_class where (pg_class.relkind = 'r'::\"char\")"),
}  # fmt: skip


@pytest.mark.parametrize("case", VIEWS, ids=list(VIEWS))
def test_a_query_is_stored_with_what_it_found(case: str, tmp_path: Path) -> None:
    text = f"{TABLE}create table u (id int, x int); create view v as "
    written, stored = (_schema(tmp_path, f"{text}{query};").views[0].definition for query in VIEWS[case])
    assert not written.as_text
    assert written.canonical == stored.canonical


def test_only_means_nothing_where_there_is_no_partition(tmp_path: Path) -> None:
    parted = "create table t (id int, d date) partition by range (d);\n"
    part = "create table p partition of t for values from ('2024-01-01') to ('2025-01-01');\n"
    alone = _schema(tmp_path, f"{parted}create index i on only t (id);")
    assert alone.tables[0].indexes == _schema(tmp_path, f"{parted}create index i on t (id);").tables[0].indexes
    divided = _schema(tmp_path, f"{parted}{part}create index i on only t (id);")
    assert any(index.only for table in divided.tables for index in table.indexes)


def test_arguments_are_compared_by_what_their_defaults_mean(tmp_path: Path) -> None:
    made = "create type k as enum ('a'); create function f(x k[] default {}) returns int language sql as 'select 1';"
    forms = [made.format(default) for default in ("array['a']::k[]", "ARRAY['a'::k]", "'{a}'", "array['b']::k[]")]
    found = [_schema(tmp_path, form).functions[0].arguments for form in forms]
    assert found[0] == found[1] == found[2]
    assert found[0] != found[3]
