"""What goes, follows or stays with something else: extensions, schemas, typed tables, sequences, named NOT NULLs."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.model import Table

from .replay import read_text


def _table(folder: Path, text: str) -> Table:
    reading = read_text(folder, text)
    assert not reading.gaps
    return reading.schema.tables[-1]


def test_an_extension_takes_what_is_made_of_it(tmp_path: Path) -> None:
    text = (
        'create extension citext; create extension "uuid-ossp"; create extension pg_trgm;\n'
        "create table t (a citext, b uuid default uuid_generate_v4(), c text);\n"
        "create index i on t (a); create index j on t using gin (c gin_trgm_ops);\n"
        'drop extension citext cascade; drop extension "uuid-ossp" cascade; drop extension pg_trgm cascade;'
    )
    table = _table(tmp_path, text)
    assert [(column.name, column.default) for column in table.columns] == [("b", None), ("c", None)]
    assert table.indexes == ()


def test_an_extension_in_use_stays_without_cascade(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create extension citext; create table t (a citext); drop extension citext;")
    assert "depend" in reading.gaps[0].why
    assert reading.schema.extensions


def test_what_an_unknown_extension_takes_along_is_a_gap(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create extension some_own; create table t (a int); drop extension some_own cascade;")
    assert "takes along" in reading.gaps[0].why


def test_a_schema_takes_triggers_defaults_and_checks_elsewhere(tmp_path: Path) -> None:
    text = (
        "create schema s; create table t (a int); create sequence s.q;\n"
        "create function s.f() returns int immutable language sql as 'select 1';\n"
        "create function s.g() returns trigger language plpgsql as 'begin return null; end';\n"
        "alter table t add check (a > s.f()); alter table t alter a set default nextval('s.q');\n"
        "create trigger tr after insert on t for each row execute function s.g(); drop schema s cascade;"
    )
    reading = read_text(tmp_path, text)
    table = reading.schema.tables[0]
    assert (table.checks, table.columns[0].default, reading.schema.triggers, reading.gaps) == ((), None, (), ())


def test_typed_tables_follow_their_type(tmp_path: Path) -> None:
    text = (
        "create type k as (a text, b int, c int); create table t of k (primary key (b));\n"
        "alter type k add attribute d date cascade, drop attribute c cascade;\n"
        "alter type k alter attribute a type varchar(9) cascade;\n"
        "alter type k rename attribute b to e cascade;"
    )
    table = _table(tmp_path, text)
    assert [(column.name, str(column.type)) for column in table.columns] == [
        ("a", "varchar(9)"), ("e", "int"), ("d", "date"),
    ]  # fmt: skip
    assert table.primary_key is not None
    assert table.primary_key.columns == ("e",)
    refused = read_text(tmp_path, "create type k as (a text); create table t of k; alter type k add attribute b int;")
    assert "typed table" in refused.gaps[0].why


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("create table a (id int generated always as identity); alter table a rename to b;", "a_id_seq", None),
        ("create table a (id int generated always as identity); alter sequence a_id_seq rename to c;", "c", None),
        ("create table a (id bigint generated always as identity); alter sequence a_id_seq as int;", None, "integer"),
        ("create table a (id bigint generated always as identity); alter sequence a_id_seq as bigint;", None, None),
    ],
)
def test_an_identity_keeps_its_sequence(tmp_path: Path, text: str, name: str | None, type_: str | None) -> None:
    identity = _table(tmp_path, text).columns[0].identity
    assert identity is not None
    assert (identity.sequence_name, identity.type) == (name, type_)


@pytest.mark.parametrize(
    ("made", "dropped"),
    [
        ("a int constraint filled not null", "filled"),
        ("a int, constraint filled not null a", "filled"),
        ("a int not null", "t_a_not_null"),
    ],
)
def test_a_not_null_is_dropped_by_its_name(tmp_path: Path, made: str, dropped: str) -> None:
    assert _table(tmp_path, f"create table t ({made}); alter table t drop constraint {dropped};").columns[0].nullable
    kept = _table(tmp_path, f"create table t ({made}); alter table t validate constraint {dropped};")
    assert not kept.columns[0].nullable


def test_what_is_no_longer_enforced_is_not_known_to_hold(tmp_path: Path) -> None:
    text = "create table p (id int primary key); create table t (a int constraint k references p);\n"
    key = _table(tmp_path, text + "alter table t alter constraint k not enforced;").foreign_keys[0]
    assert (key.enforced, key.validated) == (False, False)


def test_select_into_makes_a_table(tmp_path: Path) -> None:
    table = _table(tmp_path, "create table t (a int, b numeric(8,2)); select b, a into unlogged u from t where a > 1;")
    assert (table.name, table.unlogged, [column.name for column in table.columns]) == ("u", True, ["b", "a"])


def test_a_class_of_another_type_is_refused(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "create table t (a int, b text); create index i on t (a text_ops, b);")
    assert reading.gaps[0].why.endswith('operator class "text_ops" does not accept data type integer')


def test_words_in_quotes_are_types_of_their_own_only_with_a_schema(tmp_path: Path) -> None:
    text = 'create type public.time as enum (\'a\'); create table t (a public.time, b "time", c "smallserial");'
    types = [column.type for column in _table(tmp_path, text).columns]
    assert [one.schema for one in types] == ["public", None, None]
    assert types[2].name == "smallint"


def test_comments_are_held_as_long_as_what_they_are_on(tmp_path: Path) -> None:
    text = (
        "create table t (a int primary key); create index i on t (a); create index gone on t (a);\n"
        "create function f(x int) returns int language sql as 'select 1'; create type e as enum ('a');\n"
        "create view v as select a from t; create policy p on t using (true);\n"
        "comment on index i is 'one'; comment on index i is 'two'; comment on index gone is 'x'; drop index gone;\n"
        "comment on function f(int) is 'f'; comment on type e is 'e'; comment on constraint t_pkey on t is 'k';\n"
        "comment on view v is 'v'; comment on view v is null; comment on policy p on t is 'p';"
    )
    held = read_text(tmp_path, text).schema.comments
    assert [(one.kind, one.name, one.table, one.signature, one.text) for one in held] == [
        ("index", "i", None, None, "two"), ("function", "f", None, ("integer",), "f"), ("type", "e", None, None, "e"),
        ("constraint", "t_pkey", "t", None, "k"), ("policy", "p", "t", None, "p"),
    ]  # fmt: skip
