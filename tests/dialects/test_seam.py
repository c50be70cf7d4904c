"""An engine is a room: a third one is compared by its object alone, and nothing outside names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import driftcheck
from driftcheck.cli.options import DIALECTS as OFFERED
from driftcheck.dialects import DIALECTS

from ..cli.running import run
from .third import THIRD

PACKAGE = Path(driftcheck.__file__).parent


@pytest.fixture
def third(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DIALECTS, THIRD.name, THIRD)


@pytest.mark.usefixtures("third")
def test_a_third_engine_is_compared_by_its_object_alone(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("users id int\nusers name text\n")
    (tmp_path / "b.sql").write_text("users id int\nusers name blob\nposts id int\n")
    report = driftcheck.diff("one=sql:a.sql", "two=sql:b.sql", root=tmp_path, dialect="third")
    assert {(one.rule.code, str(one.object)) for one in report.findings} == {
        ("DR203", "users.name"),
        ("DR102", "posts"),
    }


@pytest.mark.usefixtures("third")
def test_it_is_told_by_the_sql_that_it_alone_takes(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("ENGINE = 5\nusers id int\n")
    (tmp_path / "b.sql").write_text("users id text\n")
    report = driftcheck.diff("one=sql:a.sql", "two=sql:b.sql", root=tmp_path)
    assert [one.rule.code for one in report.findings] == ["DR203"]


def test_the_command_line_offers_every_engine() -> None:
    assert tuple(DIALECTS) == OFFERED


#: Rooms that know no engine by name. Where a sentence is about PostgreSQL, it is not about another engine.
ROOMS = ("model", "differ", "triage", "render", "check")


def test_no_room_asks_which_engine_it_is() -> None:
    files = [path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")]
    assert len(files) > 80
    named = re.compile(r"""["'](?:sqlite|postgresql)["']""")
    assert not [path for path in files if named.search(path.read_text(encoding="utf-8"))]


DRIZZLE = """
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const t = sqliteTable('t', { a: text() })
"""
COUNTING = "CREATE TABLE t (`id` integer PRIMARY KEY AUTOINCREMENT);"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("sql", "a.sql", COUNTING), ("sql", "b.sql", "CREATE TABLE t (id serial);")),
        (("sql", "a.sql", "CREATE TABLE t (x jsonb);"), ("sql", "b.sql", COUNTING)),
        (("drizzle", "a.ts", DRIZZLE), ("sql", "b.sql", "CREATE TABLE t (a timestamptz);")),
    ],
)
def test_sources_of_two_engines_are_no_one_database(
    first: tuple[str, str, str], second: tuple[str, str, str], tmp_path: Path
) -> None:
    for _, name, text in (first, second):
        (tmp_path / name).write_text(text)
    sources = [f"{name[0]}={kind}:{name}" for kind, name, _ in (first, second)]
    with pytest.raises(driftcheck.DriftcheckError, match="they are no one database") as error:
        driftcheck.diff(*sources, root=tmp_path)
    assert "--dialect" in str(error.value.hint)


def test_a_folder_with_tables_of_several_engines_is_postgresqls(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    folder.mkdir()
    for name, core in (("a", "sqlite"), ("b", "mysql"), ("c", "pg")):
        text = (
            f"import {{ {core}Table, text }} from 'drizzle-orm/{core}-core'\nexport const {name} = {core}Table('{name}'"
        )
        (folder / f"{name}.ts").write_text(text + ", { x: text() })")
    (tmp_path / "s.sql").write_text("CREATE TABLE c (x text);")
    report = driftcheck.diff("drizzle:db", "sql:s.sql", root=tmp_path)
    assert not report.findings
    assert any("db/a.ts, db/b.ts" in note for source in report.sources for note in source.notes)
    (folder / "c.ts").unlink()
    (tmp_path / "s.sql").write_text("CREATE TABLE a (x text);")
    assert not driftcheck.diff("drizzle:db", "sql:s.sql", root=tmp_path).findings


def test_the_config_says_which_engine_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));")
    (tmp_path / "b.sql").write_text("CREATE TABLE t (id integer PRIMARY KEY, a text);")
    sources = ("one=sql:a.sql", "two=sql:b.sql")
    assert [one.rule.code for one in driftcheck.diff(*sources, root=tmp_path).findings] == ["DR203"]
    (tmp_path / "driftcheck.toml").write_text('dialect = "sqlite"\n')
    assert [one.rule.code for one in driftcheck.diff(*sources, root=tmp_path).findings] == ["DR215"]


def test_a_file_outside_of_the_repository_is_told_apart_from_nothing(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / ".git").mkdir(parents=True)
    (tmp_path / "schema.sql").write_text("CREATE TABLE t (a int);")
    done = run(inner, "export", f"sql:{tmp_path / 'schema.sql'}", "--to", "sql")
    assert done.returncode == 2
    assert "it is outside of the repository" in done.stderr
