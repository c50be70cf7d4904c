"""What a broken statement of SQL names is neither missing nor extra nor different, whichever side is the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check import Request, check
from driftcheck.differ.scope import WORDS
from driftcheck.errors import SourceError

from ..cli.running import run

SAME = "create table same (id int primary key);\n"
WHOLE = (
    SAME + "create table t (id int primary key, a int, b bigint);\ncreate index i on t (a);\n"
    "create type e as enum ('x', 'y');\ncreate view v as select a from t;\ncreate sequence s;\n"
    "create domain d as int;\ncreate policy p on same using (true);\nalter table t enable row level security;\n"
    "create function f() returns int language sql as 'select 1';\ncreate extension citext;\n"
    "comment on table t is 'said';\n"
)
#: A statement of `WHOLE` → the same, broken: written over it, nothing is drift.
BROKEN = {
    "create index i on t (a);": "create index i on t (a;",
    "create type e as enum ('x', 'y');": "create type e as enm ('x', 'y');",
    "create view v as select a from t;": "create viw v as select a from t;",
    "create sequence s;": "create sequence s incremen 2;",
    "create domain d as int;": "create domain d as int frobnicate;",
    "create policy p on same using (true);": "create policy p on same usin (true);",
    "alter table t enable row level security;": "alter table t enable row levle security;",
    "create function f() returns int language sql as 'select 1';": "create function f() returns int languag sql;",
    "create extension citext;": "create extensoin citext;",
    "comment on table t is 'said';": "comment on table t as 'said';",
}


def _codes(folder: Path, truth: str, other: str) -> list[str]:
    (folder / "a.sql").write_text(truth)
    (folder / "b.sql").write_text(other)
    (folder / "driftcheck.toml").write_text("[compare]\n" + "".join(f'{word} = "always"\n' for word in WORDS))
    request = Request(root=folder, sources=("a=sql:a.sql", "b=sql:b.sql"))
    return [finding.rule.code for finding in check(request).findings]


@pytest.mark.parametrize("statement", BROKEN)
@pytest.mark.parametrize("turned", [False, True], ids=["other", "truth"])
def test_only_the_gap_is_told(statement: str, turned: bool, tmp_path: Path) -> None:
    sides = [WHOLE, WHOLE.replace(statement, BROKEN[statement])]
    assert _codes(tmp_path, WHOLE.replace(statement, ""), WHOLE), "the statement is something that is compared"
    assert set(_codes(tmp_path, *(reversed(sides) if turned else sides))) == {"DR901"}


@pytest.mark.parametrize(
    "broken",
    [
        "create table n (id int,, name text);",
        "creat table n (id int);",
        "create table n (id int primary key",
        "create table l (id int) create table n (id int);",
        "create table l (id int default 'x); create table n (id int default '');",
        "insert into same values ('its);\ncreate table k (id int);\ncreate table n (id int);",
        "/* create table n (id int);",
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["other", "truth"])
def test_a_table_that_a_broken_statement_makes_is_not_missing(broken: str, turned: bool, tmp_path: Path) -> None:
    sides = [f"{SAME}create table n (id int primary key, name text); create index on n (name);", SAME + broken]
    codes = set(_codes(tmp_path, *(reversed(sides) if turned else sides)))
    assert "DR901" in codes
    assert not codes & {"DR101", "DR102"} or "table k" in broken


@pytest.mark.parametrize(
    ("broken", "other"),
    [
        ("alter table t add column c int frobnicate;", "alter table t add column c int;"),
        ("alter table t alter b typ text;", "alter table t alter b type text;"),
        ("alter table t drop column b c;", "alter table t drop column b;"),
        ("alter table t add constraint k uniqe (a);", "alter table t add constraint k unique (a);"),
        ("alter table t rename to;", "alter table t rename to q;"),
        ("drop view v frobnicate;", "drop view v;"),
        ("dorp table same;", "drop table same;"),
        ("alter type e ad value 'z';", "alter type e add value 'z';"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["other", "truth"])
def test_what_may_have_been_changed_is_not_different(broken: str, other: str, turned: bool, tmp_path: Path) -> None:
    whole = WHOLE.replace("create view v as select a from t;\n", "") if "typ " in broken else WHOLE
    sides = [whole + other, whole + broken]
    assert set(_codes(tmp_path, *(reversed(sides) if turned else sides))) - {"DR101", "DR102"} == {"DR901"}


def test_what_it_does_not_name_is_compared(tmp_path: Path) -> None:
    broken = "create table n (id int references same,, x int);"
    more = "create table gone (id int); create table n (id int);"
    assert _codes(tmp_path, WHOLE + more, WHOLE.replace("a int", "a text") + broken) == ["DR101", "DR901", "DR203"]


@pytest.mark.parametrize("garbage", ["create tabel t (id int);", "create table t (id int,,);", "what is this;", "'"])
def test_garbage_alone_is_no_schema(garbage: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no table was found"):
        _raised(tmp_path, garbage)


def _raised(folder: Path, text: str) -> None:
    """The error that the check of `text` reports."""
    (folder / "a.sql").write_text(WHOLE)
    (folder / "b.sql").write_text(text)
    report = check(Request(root=folder, sources=("a=sql:a.sql", "b=sql:b.sql")))
    for error in report.errors:
        raise error


def test_export_says_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(f"{SAME}create tabel n (id int);\ncreate table m (id int,,);\n")
    result = run(tmp_path, "export", "sql:a.sql", "--to", "sql")
    said = result.stdout + result.stderr
    assert "something called public.n: nothing of it" in said
    assert "table public.m: nothing of it" in said
    assert "a.sql:2" in result.stderr
    assert "a.sql:3" in result.stderr
