"""What a block may do and nobody knows whether it does: not compared, and everything beside it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.model import Located, Schema

from .replay import read_text

BASE = """
create table u (id int primary key, role text);
create table t (id int primary key, a int constraint fk references u on delete cascade, b int, s text default 'x',
  constraint ck check (a > 0));
create type e as enum ('a', 'b');
create policy p on t using (true);
create index i on t (b);
create function fn() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on t for each row execute function fn();
create function shape() returns void language plpgsql as 'begin alter table t add column c int; end';
create function outer_shape() returns void language plpgsql as 'begin perform shape(); end';
"""
UNDECIDED = "whether it is run depends on a condition that only the database knows"


def _unknown(schema: Schema) -> set[str]:
    """Every unknown field, as path.field, and every name that is not certain."""
    found = {f"{item.kind} {item.table + '.' if item.table else ''}{item.name}" for item in schema.opaque}
    found |= set(schema.unknown)
    for table in schema.tables:
        found |= {f"{table.name}.{field}" for field in table.unknown}
        parts: list[Located] = [*table.columns, *table.foreign_keys, *table.checks, *table.indexes]
        found |= {f"{table.name}.{part.name}.{field}" for part in parts for field in part.unknown}  # type: ignore[attr-defined]  # all have names
    for item in (*schema.enums, *schema.policies, *schema.triggers, *schema.views):
        found |= {f"{item.name}.{field}" for field in item.unknown}
    return found


@pytest.mark.parametrize(
    ("statements", "unknown"),
    [
        ("alter table t drop constraint fk", {"t.foreign_keys"}),
        (
            "alter table t drop constraint fk; alter table t add constraint fk foreign key (a) references u",
            {"t.fk.on_delete"},
        ),
        ("alter table t add constraint fk2 foreign key (b) references u", {"t.foreign_keys"}),
        ("alter table t drop constraint ck", {"t.checks"}),
        ("alter table t add unique (b)", {"t.uniques"}),
        (
            "alter table t alter b type bigint, alter s set default 'y', alter a set not null",
            {
                "t.b.type",
                "t.s.default",
                "t.a.nullable",
            },
        ),
        ("alter table t add column c int", {"t.columns"}),
        ("alter table t drop column b", {"t.columns", "t.indexes"}),
        ("alter table t rename column s to z", {"t.columns"}),
        ("alter table t enable row level security", {"t.row_security"}),
        ("create index j on t (a)", {"t.indexes"}),
        ("drop index i", {"t.indexes"}),
        ("create table v (id int)", {"table v"}),
        ("drop table t", {"table t", "policy t.p", "trigger t.tr"}),
        ("alter type e add value 'c'", {"e.values"}),
        ("drop type e; create type e2 as enum ('x')", {"enum e", "enum e2"}),
        ("drop policy p on t; create policy q on t using (false)", {"policy t.p", "policy t.q"}),
        ("alter policy p on t using (false)", {"p.using"}),
        ("drop trigger tr on t", {"trigger t.tr"}),
        ("create view w as select 1", {"view w"}),
        ("create sequence s1", {"sequence s1"}),
        ("perform shape()", {"t.columns"}),
        ("perform outer_shape()", {"t.columns"}),
        ("create function g() returns int language sql as 'select 1'", {"function g"}),
        ("create extension citext", {"extensions"}),
        ("execute format('alter table t drop constraint %I', x)", {"t.foreign_keys", "t.checks", "t.primary_key"}),
        ("execute 'alter table t drop constraint f' || x", {"t.foreign_keys"}),
        ("execute format('alter table %I enable row level security', x)", {"t.row_security", "u.row_security"}),
        ("execute format('drop policy %I on %I', x, y)", {"policy t.p"}),
        ("execute format('create policy %I on t using (true)', x)", {"policies"}),
        ("execute format('create index %I on %s (id)', 'i_' || x, x)", {"t.indexes", "u.indexes"}),
        (
            "execute format('alter table t alter column %I set not null', x)",
            {"t.a.nullable", "t.b.nullable", "t.s.nullable"},
        ),
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "if (select count(*) from t) > 0 then {}; end if;",
        "if x.y = 1 then raise notice 'no'; elsif x > 2 then {}; else null; end if;",
        "for r in select a, b from numbers loop {}; end loop;",
        "while random() < 0.5 loop {}; end loop;",
        "case when random() < 0.5 then {}; else null; end case;",
        "if not found then return; end if; {};",
    ],
)
def test_what_may_be_done_is_not_compared(tmp_path: Path, frame: str, statements: str, unknown: set[str]) -> None:
    reading = read_text(
        tmp_path, f"{BASE}do $$ declare x text := version(); y text := x; begin {frame.format(statements)} end $$;"
    )
    assert _unknown(reading.schema) == unknown
    assert len(reading.gaps) == 1
    assert reading.gaps[0].location.line == BASE.count("\n") + 1


@pytest.mark.parametrize(
    "statements",
    [
        "if x then alter table t drop constraint nothing; end if;",
        "if x then create table t (id int); end if;",
        "if x then alter table t alter s set default 'z'; else alter table t alter s set default 'z'; end if;",
        "if x then drop table if exists nothing; end if;",
        "if x then drop table t; create type e as enum (); end if;",
        "if x then alter table t alter s set default 'z'; else raise exception 'never'; end if;",
        "case x when 1 then create index i on t (a); else null; end case;",
        "if not found then return; end if; perform 1;",
    ],
)
def test_what_can_only_go_one_way_is_certain(tmp_path: Path, statements: str) -> None:
    """A way on which a statement would fail is none: the whole block would."""
    reading = read_text(tmp_path, f"{BASE}do $$ begin {statements} end $$;")
    assert (reading.gaps, _unknown(reading.schema)) == ((), set())


@pytest.mark.parametrize(
    ("behind", "unknown"),
    [
        ("drop table if exists v", set()),
        ("create table v (a int)", set()),
        ("alter table v rename to w", set()),
        ("alter table if exists v rename to w", {"table w"}),
        ("create index k on v (id)", set()),
        (
            "do $$ begin if exists (select from pg_tables where tablename = 'v') then drop table v; end if; end $$",
            {"table v"},
        ),
    ],
)
def test_a_later_statement_settles_it(tmp_path: Path, behind: str, unknown: set[str]) -> None:
    text = f"do $$ begin if x then create table v (id int, u text unique); end if; end $$; {behind};"
    assert _unknown(read_text(tmp_path, text).schema) == unknown


def test_a_guard_sees_what_is_in_doubt(tmp_path: Path) -> None:
    text = (
        f"{BASE}do $$ begin if x then alter table t drop constraint fk; end if; end $$;\n"
        "do $$ begin if not exists (select from pg_constraint where conname = 'fk') then\n"
        " alter table t add constraint fk foreign key (a) references u on delete cascade; end if; end $$;"
    )
    table = read_text(tmp_path, text).schema.tables[1]
    assert table.unknown == {"foreign_keys"}


LOOPS = {
    "a condition of which one part is known": (
        "do $$ declare r record; begin for r in select conname from pg_constraint where contype = 'f'"
        " and conrelid = 't'::regclass and pg_size_pretty(oid::bigint) <> '' order by random()"
        " loop execute format('alter table t drop constraint %I', r.conname); end loop; end $$;",
        {"t.foreign_keys"},
    ),
    "another relation beside the catalog": (
        "do $$ declare r record; begin for r in select indexname from pg_indexes, generate_series(1, 1) x"
        " where tablename = 't' and schemaname = 'public' loop execute 'drop index ' || r.indexname; end loop; end $$;",
        {"t.indexes"},
    ),
    "names of which the beginning is known": (
        "do $$ declare n text; begin for n in select tablename from pg_tables where tablename like 'u%'"
        " and pg_relation_size(tablename::regclass) < 9"
        " loop execute 'drop table ' || n || ' cascade'; end loop; end $$;",
        {"table u", "t.foreign_keys"},
    ),
}


@pytest.mark.parametrize("case", LOOPS, ids=list(LOOPS))
def test_a_loop_over_rows_that_are_not_known_puts_in_doubt_what_it_may_change(case: str, tmp_path: Path) -> None:
    text, doubted = LOOPS[case]
    reading = read_text(tmp_path, BASE + text)
    assert len(reading.gaps) == 1
    assert doubted <= _unknown(reading.schema)
    assert "t.columns" not in _unknown(reading.schema)


def test_what_is_made_anew_under_a_name_in_doubt_is_read(tmp_path: Path) -> None:
    text, _ = LOOPS["names of which the beginning is known"]
    reading = read_text(tmp_path, f"{BASE}{text}\ncreate table u (id bigint);")
    (found,) = (table for table in reading.schema.tables if table.name == "u")
    assert (str(found.columns[0].type), len(reading.gaps)) == ("bigint", 1)


def test_a_drop_that_needs_what_a_loop_may_have_dropped_worked(tmp_path: Path) -> None:
    text, _ = LOOPS["a condition of which one part is known"]
    reading = read_text(tmp_path, f"{BASE}{text}\ndrop table u;")
    assert ([table.name for table in reading.schema.tables], len(reading.gaps)) == (["t"], 1)


def test_a_call_with_arguments_that_are_not_known_is_followed_in_doubt(tmp_path: Path) -> None:
    text = (
        "create function grow(n text) returns void language plpgsql as $$ begin execute 'alter table ' || n ||"
        " ' add column z int, add constraint big check (b > 0)'; end $$;\n"
        "select grow(relname::text) from pg_class where relname = 't';\n"
        "alter table t add constraint zu unique (z); create index zi on t (z);"
    )
    reading = read_text(tmp_path, BASE + text)
    assert len(reading.gaps) == 1
    assert "t.checks" in _unknown(reading.schema)
    (found,) = (table for table in reading.schema.tables if table.name == "t")
    assert ([one.name for one in found.uniques], found.indexes[-1].name) == (["zu"], "zi")
