"""Fix scripts: after them nothing drifts, and PostgreSQL has the truth's catalog."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from driftcheck.check import Request, check
from driftcheck.findings import Finding, Report
from driftcheck.fixes.script import fix_script

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import SUPABASE, Database, Server
from ..differ.cases import ROOT, SOURCES, folders, of_postgresql

ARCHETYPE = ROOT.parent / "pixcrawler" / "frontend" / "lib" / "db"

#: What no ALTER can do: the script says so in a comment, and the finding stays.
STAYS = {
    "table-definition": {"DR104"},
    "types": {"DR633"},
    "column-order": {"DR212"},
    "stale-baseline": {"DR903"},
    "row-level-security-required": {"DR702", "DR704"},  # the truth has to be fixed as well
}

#: What DROP TYPE cannot fix, because the truth is what has to change.
TRUTH_IS_WRONG = {"not-exported", "ignores", "gaps", "syntax-error"}


def truth_of(folder: Path) -> str | None:
    """The folder's first source, if SQL can drift from it."""
    if not (folder / "schema.sql").exists():
        return None
    return next((SOURCES[name] for name in ("truth.sql", "schema.ts") if (folder / name).exists()), None)


CASES = [
    folder for folder in filter(of_postgresql, folders()) if truth_of(folder) and folder.name not in TRUTH_IS_WRONG
]


def report(folder: Path) -> Report:
    return check(Request(root=folder, sources=(str(truth_of(folder)), SOURCES["schema.sql"])))


def script(folder: Path) -> str:
    found = report(folder)
    return fix_script(found.findings, truth=found.truth, source="sql", destructive=True)


def fixed(folder: Path, target: Path) -> list[Finding]:
    """What still drifts once the script is at the end of the folder's SQL."""
    text = script(folder)
    if target != folder:
        shutil.copytree(folder, target, dirs_exist_ok=True)
    with (target / "schema.sql").open("a", encoding="utf-8") as file:
        file.write("\n" + text)
    return list(report(target).findings)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_nothing_drifts_after_the_script(folder: Path, tmp_path: Path) -> None:
    rest = [one for one in fixed(folder, tmp_path) if one.rule.code not in STAYS.get(folder.name, ())]
    assert [one.message for one in rest] == []


#: Cases of which both sides are SQL that this server can run, so that whole catalogs can be compared.
COMPARABLE = (
    "comments foreign-key-deferrable functions index-include not-valid "
    "row-level-security-forced schemas triggers unique-deferrable views domains"
).split()


@pytest.mark.parametrize("name", COMPARABLE)
def test_postgresql_has_the_truths_catalog(name: str, pg: Server) -> None:
    folder = ROOT / name
    expected = pg.catalog_of((folder / "truth.sql").read_text())
    actual = pg.catalog_of((folder / "schema.sql").read_text() + "\n" + script(folder))
    assert_same_catalog(expected, actual)


@pytest.fixture
def archetype(tmp_path: Path) -> Path:
    shutil.copy(ARCHETYPE / "schema.ts", tmp_path)
    shutil.copy(ARCHETYPE / "migrations" / "production_schema.sql", tmp_path / "schema.sql")
    return tmp_path


def test_the_archetype_is_fixed(archetype: Path, pg: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pg.database(SUPABASE) as database:
        database.replay((archetype / "schema.sql").read_text())
        database.replay(script(archetype))
    assert [one.message for one in fixed(archetype, tmp_path_factory.mktemp("fixed"))] == []


def test_destructive_statements_are_commented_out(archetype: Path) -> None:
    found = report(archetype)
    text = fix_script(found.findings, truth=found.truth, source="sql")
    lines = [line for line in text.splitlines() if "DROP" in line and "project_id" in line]
    assert lines
    assert all(line.startswith("-- destructive: ") for line in lines)
    assert "-- destructive:" not in script(archetype).split("BEGIN;")[1]


def test_what_is_commented_out_loses_nothing(archetype: Path, pg: Server) -> None:
    """The script as it is written runs too, and every table and column is still there."""
    found = report(archetype)
    before = (archetype / "schema.sql").read_text()
    text = fix_script(found.findings, truth=found.truth, source="sql")
    kept, after = pg.catalog_of(before, SUPABASE), pg.catalog_of(before + "\n" + text, SUPABASE)
    for kind in ("table", "column", "policy", "trigger"):
        assert kept[kind].keys() <= after[kind].keys()


def test_a_script_can_build_what_is_missing(tmp_path: Path, pg: Server) -> None:
    """All of a schema, from nothing: the fixes of missing objects find what they need in the order of the script."""
    (tmp_path / "truth.sql").write_text((ROOT / "agreement-of-three" / "schema.sql").read_text())
    (tmp_path / "schema.sql").write_text("CREATE TABLE public.only (a integer);\n")
    made = pg.catalog_of((tmp_path / "schema.sql").read_text() + "\n" + script(tmp_path))
    assert_same_catalog(pg.catalog_of((tmp_path / "truth.sql").read_text()), made)


GRANTED = """SELECT string_agg(format('%s %s %s', relname, relacl, attacl), E'\n' ORDER BY relname, attname)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'n' WHERE relkind IN ('v', 'm')"""


def test_grants_on_views_outlive_them(tmp_path: Path, pg: Server) -> None:
    """The views are dropped and recreated under a column that changes its type."""
    views = """CREATE VIEW plain AS SELECT id, n FROM a; CREATE MATERIALIZED VIEW "Odd" AS SELECT n FROM plain;"""
    grants = """GRANT SELECT, UPDATE ON plain TO anon WITH GRANT OPTION; GRANT SELECT ON "Odd" TO PUBLIC;
    GRANT INSERT (n) ON plain TO authenticated;"""
    (tmp_path / "truth.sql").write_text(f"CREATE TABLE a (id integer, n bigint); {views}")
    (tmp_path / "schema.sql").write_text(f"CREATE TABLE a (id integer, n integer); {views} {grants}")
    with pg.database() as database:
        database.replay(tmp_path / "schema.sql")
        before = rows(database, GRANTED)
        database.replay(script(tmp_path))
        assert rows(database, GRANTED) == before
        assert "anon=r*w*" in str(before)
    assert fixed(tmp_path, tmp_path) == []


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.dsn) as connection:
        return list(connection.execute(query.encode()))
