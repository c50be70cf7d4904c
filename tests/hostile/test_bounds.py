"""What a hostile source takes of the processor and of memory: under ten seconds and 500 megabytes for each of these.

The manual promises that for sources of up to a megabyte; the limits grow with what is read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .measured import Run, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and rlimits as POSIX has them"),
]

GUESTS = "create table guests(id integer);\n"
TYPESCRIPT = (
    'import { pgTable, integer } from "drizzle-orm/pg-core";\n'
    'export const guests = pgTable("guests", { id: integer("id") });\n'
)
SQL = ("export", "sql:schema.sql", "--to", "sql")
DRIZZLE = ("export", "drizzle:schema.ts", "--to", "sql")
CONFIG = ("export", "drizzle:drizzle.config.ts", "--to", "sql")
BOTH = ("diff", "drizzle:schema.ts", "sql:schema.sql", "--no-cache")
TABLE = "CREATE TABLE public.guests"


def sql(text: str) -> Callable[[Path], object]:
    return lambda root: (root / "schema.sql").write_text(GUESTS + text)


def files(**texts: str) -> Callable[[Path], object]:
    """Files by their names, in which `__` is a dot."""

    def make(root: Path) -> None:
        for name, text in {"schema__ts": TYPESCRIPT, "schema__sql": GUESTS, **texts}.items():
            (root / name.replace("__", ".")).write_text(text)

    return make


def pipe(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        files()(root)
        os.mkfifo(root / name)

    return make


def circles(root: Path) -> None:
    (root / "m/n").mkdir(parents=True)
    (root / "m/1.sql").write_text(GUESTS)
    for name in ("m/up", "m/again", "m/n/up"):
        (root / name).symlink_to("..")


def includes(root: Path) -> None:
    for number in range(13):
        (root / f"{number}.sql").write_text(f"\\i {number + 1}.sql\n\\ir {number + 1}.sql\n")
    (root / "13.sql").write_text("create table if not exists guests(id integer);\n")
    (root / "schema.sql").write_text("\\i 0.sql\n")


def extends(root: Path) -> None:
    files(schema__ts=TYPESCRIPT + 'import { x } from "@/names"; export const y = x;\n')(root)
    for number in range(-1, 60):
        name = "tsconfig.json" if number < 0 else f"t{number}.json"
        (root / name).write_text(json.dumps({"extends": [f"./t{number + 1}.json"] * 3}))
    (root / "t60.json").write_text("{}")


def diamond(root: Path) -> None:
    rows = ["create table l0(a int); create table r0(a int);"]
    rows += [f"create table {s}{n}() inherits (l{n - 1}, r{n - 1});" for n in range(1, 41) for s in "lr"]
    tail = "alter table l0 add column b int; alter table l0 alter column a set not null;"
    tail += "alter table l0 add check (a > 0); alter table l0 rename column a to c; alter table l0 drop column c;"
    (root / "schema.sql").write_text(GUESTS + "\n".join(rows) + tail)


def many(count: int, line: str) -> Callable[[Path], object]:
    return sql("".join(line.format(number, number + 1) for number in range(count)))


def labels(where: str) -> Callable[[Path], object]:
    adding = "alter type s add value 'v{1}'" + where + ";"
    return sql("create type s as enum ('v0');" + "".join(adding.format(n, n + 1) for n in range(40_000)))


def deep(folder: Path) -> None:
    path = folder / "/".join("a" * 31)
    path.mkdir(parents=True)
    (path / "guests.ts").write_text(TYPESCRIPT)


def globbed(pattern: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        deep(root)
        (root / ("a" * 200 + ".ts")).write_text(TYPESCRIPT)
        (root / "drizzle.config.ts").write_text(f"export default {{ schema: {json.dumps(pattern)} }};")

    return make


def sparse(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        files()(root)
        (root / name).touch()
        os.truncate(root / name, 10**12)

    return make


def snapshot(text: str) -> Callable[[Path], object]:
    return lambda root: (root / "snapshot.json").write_text(text)


SNAPSHOT = ("export", "snapshot:snapshot.json", "--to", "sql")
#: name: what makes the folder, the command, the exit status, and words that are said.
CASES: dict[str, tuple[Callable[[Path], object], tuple[str, ...], int, str]] = {
    "links in circles": (circles, ("export", "sql:m/**/*.sql", "--to", "sql"), 0, TABLE),
    "a folder of links in circles": (circles, ("export", "sql:m", "--to", "sql"), 0, TABLE),
    "thirty stars": (globbed("./" + "**/" * 30 + "guests.ts"), CONFIG, 0, TABLE),
    "thirty stars and names": (globbed("./" + "**/a/" * 30 + "guests.ts"), CONFIG, 0, TABLE),
    "a glob that climbs": (globbed("../" * 12 + "**/*.guests.ts"), CONFIG, 2, "outside of the repository"),
    "a bomb of braces": (globbed("./" + "{a,b}" * 40 + ".ts"), CONFIG, 2, "more than 1,000 patterns"),
    "a range of braces": (globbed("./{1..999999999}.ts"), CONFIG, 2, "more than 1,000 patterns"),
    "repeats of repeats": (globbed("./+(a|aa|+(a))b*.ts"), CONFIG, 2, "does not exist"),
    "many optional letters": (globbed("./" + "?(a)" * 80 + "b.ts"), CONFIG, 2, "does not exist"),
    "parents of anything": (globbed("./" + "*/../" * 200 + "guests.ts"), CONFIG, 2, "does not exist"),
    "includes that double": (includes, SQL, 0, TABLE),
    "an include of itself": (sql("\\i schema.sql\n"), SQL, 0, "include each other"),
    "configs that double": (extends, DRIZZLE, 0, TABLE),
    "a diamond of heirs": (diamond, SQL, 0, TABLE),
    "a variable that doubles": (sql("\\set a abcdefghij\n" + "\\set a :a:a\n" * 40), SQL, 0, "limits.bytes"),
    "a quoted variable": (sql("\\set a ''''''''\n" + "\\set a :'a':'a'\n" * 40), SQL, 0, "limits."),
    "forty thousand labels": (labels(""), SQL, 0, "'v40000'"),
    "labels before others": (labels(" before 'v{0}'"), SQL, 0, "'v40000'"),
    "labels behind others": (labels(" after 'v0'"), SQL, 0, "'v40000'"),
    "renames to and fro": (
        sql("alter table guests rename to b; alter table b rename to guests;" * 30_000), SQL, 0, TABLE),
    "columns by the thousand": (
        sql(f"create table b({','.join(f'c{n} int' for n in range(60_000))});"), SQL, 0, "c59999"),
    "tables by the thousand": (many(12_000, "create table t{}(a int primary key);"), SQL, 0, "t11999"),
    "one long statement": (sql("select " + "a " * 1_000_000 + ";"), SQL, 0, "limits.steps"),
    "one long literal": (
        sql(f"create table b(c text default '{'x' * 9_000_000}\U0001f600');"), SQL, 0, "limits.bytes"),
    "comments in comments": (sql("/*" * 5_000_000), SQL, 0, "is never closed"),
    "brackets in brackets": (sql(f"create table b(c int default {'(' * 100_000}1{')' * 100_000});"), SQL, 0, TABLE),
    "quotes without an end": (sql("create table b(c text default '" * 20_000), SQL, 0, "is never closed"),
    "dollar quotes": (sql(" ".join(f"$a{n}$" for n in range(200_000))), SQL, 0, "is never closed"),
    "numbers without an end": (
        sql(f"create sequence s start {'9' * 100_000}; create table b(c varchar({'9' * 9_999}));"), SQL, 0, TABLE),
    "a terabyte of SQL": (sparse("schema.sql"), SQL, 0, "limits.bytes"),
    "a terabyte of TypeScript": (sparse("schema.ts"), DRIZZLE, 2, "schema.ts"),
    "a terabyte of config": (sparse("driftcheck.toml"), BOTH, 2, "larger than"),
    "a terabyte of package.json": (sparse("package.json"), DRIZZLE, 2, "limits] bytes"),
    "a pipe as package.json": (pipe("package.json"), DRIZZLE, 0, "it is a pipe"),
    "a pipe as tsconfig.json": (pipe("tsconfig.json"), ("export", "drizzle:use.ts", "--to", "sql"), 2, "use.ts"),
    "a pipe as the config": (pipe("driftcheck.toml"), BOTH, 2, "it is a pipe"),
    "a pipe as the baseline": (pipe(".driftcheck-baseline.json"), BOTH, 2, "it is a pipe"),
    "a pipe as a snapshot": (pipe("snapshot.json"), SNAPSHOT, 2, "it is a pipe"),
    "a pipe as a source": (pipe("other.sql"), ("export", "sql:other.sql", "--to", "sql"), 2, "it is a pipe"),
    "a pipe as a schema": (pipe("other.ts"), ("export", "drizzle:other.ts", "--to", "sql"), 2, "it is a pipe"),
    "infinity": (snapshot('{"format": Infinity}'), SNAPSHOT, 2, "not a number"),
    "a number beyond all": (snapshot('{"format": 1e999}'), SNAPSHOT, 2, "too large"),
    "a million digits": (snapshot(f'{{"format": {"9" * 1_000_000}}}'), SNAPSHOT, 2, "too large"),
    "a deep snapshot": (snapshot("[" * 1_000_000), SNAPSHOT, 2, "nests deeper"),
    "a slow expression": (
        snapshot(json.dumps({"format": 1, "schema": {}, "management": {"tables": "(a+)+\\1"}})),
        SNAPSHOT, 2, "regular expression"),
    "a deep config": (files(driftcheck__toml="a = " + "[" * 500_000), BOTH, 2, "nests deeper"),
    "a long key": (files(driftcheck__toml=".".join("a" * 400_000) + " = 1"), BOTH, 2, "nests deeper"),
    "a long number": (files(driftcheck__toml="a = " + "9" * 900_000), BOTH, 2, "not valid TOML"),
    "a deep baseline": (files(**{"__driftcheck-baseline__json": "[" * 500_000}), BOTH, 2, "nests deeper"),
    "a deep package.json": (files(package__json='{"a":' * 100_000), DRIZZLE, 0, "nests deeper"),
    "views of views": (
        sql("create view v0 as select id from guests;"
            + "".join(f"create view v{n} as select a.id from v{n - 1} a, v{n - 1} b;" for n in range(1, 300))),
        SQL, 0, "v299"),
    "a text that doubles": (
        sql("do $$ declare a text := 'x'; begin for i in 1..100 loop a := a || a; end loop; execute a; end $$;"),
        SQL, 0, "not understood"),
    "blocks in blocks": (
        sql("do $$ begin " + "begin " * 3_000 + "null; " + "end; " * 3_000 + "end $$;"), SQL, 0, "nested too deeply"),
    "branches in branches": (
        sql("do $$ begin " + "if exists (select 1 from b) then " * 3_000 + "null; " + "end if; " * 3_000 + "end $$;"),
        SQL, 0, "nested too deeply"),
    "casts of casts": (sql(f"create table b(a int default 1{'::int' * 50_000});"), SQL, 0, "nested too deeply"),
    "unions of unions": (
        sql(f"create view v as select 1{' union all select 1' * 20_000};"), SQL, 0, "nested too deeply"),
    "partitions by the thousand": (
        many(2_000, "create table if not exists p(a int) partition by range (a);"
             "create table p{0} partition of p for values from ({0}) to ({1});"), SQL, 0, "p1999"),
    "patterns of stars": (
        files(driftcheck__toml=f'exclude = ["{"*a" * 3_000}b", "{"?*" * 3_000}"]'), BOTH, 0, "no drift"),
    "laughs in an ini file": (
        files(alembic__ini=f"[alembic]\na={'%(b)s' * 40_000}\nb={'%(c)s' * 40_000}\nc=x\nscript_location=%(a)s"),
        ("export", "alembic:alembic.ini", "--to", "sql"), 2, "limits] bytes"),
    "laughs in a pyproject": (
        files(pyproject__toml=f"[tool.alembic]\nscript_location = '{'%(here)s' * 100_000}'"),
        ("export", "alembic:pyproject.toml", "--to", "sql"), 2, "names the folder"),
    "a quoted tsconfig": (files(tsconfig__json='"' + '\\"' * 1_000_000), DRIZZLE, 0, TABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_ends(name: str, tmp_path: Path) -> None:
    make, words, status, said = CASES[name]
    root = tmp_path / "project"
    root.mkdir()
    make(root)
    _within(run(root, *words), status, said)


def _within(done: Run, status: int, said: str) -> None:
    assert said in done.said, done.said[-2_000:]
    assert done.status == status, done.said[-2_000:]
    assert "itself failed" not in done.said
    assert "Traceback" not in done.said
    assert done.seconds < 10
    assert done.megabytes < 500
