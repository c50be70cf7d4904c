"""Folders of migrations: a new one in the manner of each tool; what is there stays as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Server
from .editing import messages, report, run

TRUTH = """CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE lamp (id integer PRIMARY KEY, m mood DEFAULT 'c', hue text, need integer NOT NULL);
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$SELECT 1;$$;
"""
BASE = """CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE lamp (id integer PRIMARY KEY, m mood);
"""
_STAMP = r"20\d{12}"
_PLAN = "%project=lamps\n\nlamp 2024-01-01T00:00:00Z A <a@b.c> # x\n"

#: By the tool: the folder, its files, and the files that come (regular expressions).
FOLDERS: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "Supabase": (
        "supabase/migrations",
        {"supabase/migrations/20250101120000_lamp.sql": BASE},
        [rf"{_STAMP}_driftcheck_fix\.sql", rf"{_STAMP}_driftcheck_fix_labels\.sql"],
    ),
    "golang-migrate": (
        "migrations",
        {"migrations/000001_lamp.up.sql": BASE, "migrations/000001_lamp.down.sql": "DROP TABLE lamp;\n"},
        [rf"{number}_{name}\.{way}\.sql" for number, name in (("000002", "driftcheck_fix_labels"),
         ("000003", "driftcheck_fix")) for way in ("down", "up")],
    ),
    "Flyway": (
        "sql",
        {"sql/V1__a.sql": "SELECT 2;", "sql/V1.9__lamp.sql": BASE, "sql/R__r.sql": "SELECT 1;"},
        [r"V1\.10__driftcheck_fix_labels\.sql", r"V1\.11__driftcheck_fix\.sql"],
    ),
    "goose": (
        "migrations",
        {"migrations/00001_lamp.sql": f"-- +goose Up\n{BASE}-- +goose Down\nDROP TABLE lamp;\n"},
        [r"00002_driftcheck_fix_labels\.sql", r"00003_driftcheck_fix\.sql"],
    ),
    "dbmate": (
        "db/migrations",
        {"db/migrations/20240101000000_lamp.sql": f"-- migrate:up\n{BASE}-- migrate:down\nDROP TABLE lamp;\n"},
        [rf"{_STAMP}_driftcheck_fix\.sql", rf"{_STAMP}_driftcheck_fix_labels\.sql"],
    ),
    "Sqitch": (
        "deploy",
        {"sqitch.plan": _PLAN, "deploy/lamp.sql": f"BEGIN;\n{BASE}COMMIT;\n", "revert/lamp.sql": "-- none\n"},
        [r"driftcheck_fix\.sql"] * 3,
    ),
    "Diesel": (
        "migrations",
        {"migrations/2024-01-01-000000_lamp/up.sql": BASE, "migrations/2024-01-01-000000_lamp/down.sql": ""},
        [r"down\.sql", r"down\.sql", r"up\.sql", r"up\.sql"],
    ),
    "Prisma": ("prisma", {"prisma/20240101000000_lamp/migration.sql": BASE}, [r"migration\.sql"] * 2),
    "plain numbers": (
        "migrations",
        {"migrations/9-lamp.sql": BASE},
        [r"10-driftcheck_fix_labels\.sql", r"11-driftcheck_fix\.sql"],
    ),
}  # fmt: skip


def _written(root: Path, files: dict[str, str]) -> None:
    (root / "truth.sql").write_text(TRUTH)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def _files(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("tool", FOLDERS)
def test_a_new_migration_is_added(tool: str, tmp_path: Path) -> None:
    folder, files, names = FOLDERS[tool]
    _written(tmp_path, files)
    (tmp_path / "driftcheck.toml").write_text('[compare]\nfunctions = "always"\n')
    before = _files(tmp_path)
    sources = ("truth=sql:truth.sql", f"sql:{folder}")
    done = run(tmp_path, *sources, unsafe=False)
    assert (done.taken_back, done.left) == ((), ())
    assert messages(report(tmp_path, *sources)) == []
    after = _files(tmp_path)
    kept = {path: after[path] for path in before if path != "sqitch.plan"}
    assert kept == {path: text for path, text in before.items() if path != "sqitch.plan"}
    new = sorted(Path(path).name for path in after.keys() - before.keys())
    assert len(new) == len(names)
    assert all(any(re.fullmatch(pattern, name) for pattern in names) for name in new), new
    assert run(tmp_path, *sources, unsafe=False).changed == ()


def test_sqitch_has_it_in_its_plan(tmp_path: Path) -> None:
    folder, files, _ = FOLDERS["Sqitch"]
    _written(tmp_path, files)
    run(tmp_path, "truth=sql:truth.sql", f"sql:{folder}")
    plan = (tmp_path / "sqitch.plan").read_text()
    assert plan.startswith(_PLAN)
    assert re.fullmatch(r"driftcheck_fix \S+Z driftcheck <\S+> # .+\n", plan.removeprefix(_PLAN))
    assert (tmp_path / "deploy" / "driftcheck_fix.sql").read_text().endswith("COMMIT;\n")


def test_bodies_of_functions_are_one_statement_for_goose(tmp_path: Path) -> None:
    folder, files, _ = FOLDERS["goose"]
    _written(tmp_path, files)
    run(tmp_path, "truth=sql:truth.sql", f"sql:{folder}")
    text = (tmp_path / "migrations" / "00003_driftcheck_fix.sql").read_text()
    assert re.search(r"StatementBegin\nCREATE FUNCTION [^+]*SELECT 1;[^+]*\n-- \+goose StatementEnd", text)


#: What there is beside the truth's: it goes on the way up, and comes back on the way down.
MORE = """ALTER TABLE lamp ADD COLUMN w varchar(20) NOT NULL, ADD COLUMN gone text DEFAULT 'x';
CREATE INDEX w ON lamp (w);
"""


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["golang-migrate", "goose", "Diesel", "Sqitch"])
def test_postgresql_takes_the_files_one_by_one_and_goes_back(tool: str, pg: Server, tmp_path: Path) -> None:
    folder, files, _ = FOLDERS[tool]
    _written(tmp_path, {path: text.replace(BASE, BASE + MORE) for path, text in files.items()})
    (tmp_path / "driftcheck.toml").write_text('[compare]\nfunctions = "always"\n')
    (tmp_path / "truth.sql").write_text(TRUTH.replace("hue text,", "w varchar(50), hue text UNIQUE,"))
    run(tmp_path, "truth=sql:truth.sql", f"sql:{folder}")
    paths = sorted(tmp_path.rglob("*.sql"), key=lambda one: (str(one.relative_to(tmp_path)) not in files, one))
    ways = [_ways(tmp_path, path) for path in paths]
    ups, downs = zip(*(way for way in ways if way), strict=True)
    with pg.database() as database:
        for text in ups:
            database.replay(text)
        assert_same_catalog(pg.catalog_of((tmp_path / "truth.sql").read_text()), database.catalog())
        for text in downs[:0:-1]:
            database.replay(text)
        assert_same_catalog(pg.catalog_of(BASE + MORE), database.catalog())


def _ways(root: Path, path: Path) -> tuple[str, str] | None:
    """The way up and the way down, in one file or in two; None for a file of another kind."""
    text = path.read_text()
    if "+goose Down" in text:
        up, down = text.split("-- +goose Down")
        return up, down
    if path.name.endswith("up.sql"):
        return text, path.with_name(path.name.replace("up.sql", "down.sql")).read_text()
    return (text, (root / "revert" / path.name).read_text()) if path.parent.name == "deploy" else None


def test_what_loses_something_waits_for_unsafe_with_all_that_needs_it(tmp_path: Path) -> None:
    _written(tmp_path, {"m/1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY, n text);\n"})
    (tmp_path / "truth.sql").write_text(
        "CREATE TABLE a (id integer PRIMARY KEY, n integer, CONSTRAINT c CHECK (n > 0));"
    )
    done = run(tmp_path, "truth=sql:truth.sql", "sql:m", unsafe=False)
    assert done.changed == ()
    assert {one.why for one in done.left} == {"loses data; --unsafe does it"}
    run(tmp_path, "truth=sql:truth.sql", "sql:m")
    assert messages(report(tmp_path, "truth=sql:truth.sql", "sql:m")) == []


def test_drizzle_kits_folder_is_left_to_it(tmp_path: Path) -> None:
    journal = {"version": "7", "dialect": "postgresql", "entries": [{"idx": 0, "when": 1, "tag": "0000_lamp"}]}
    _written(tmp_path, {"drizzle/0000_lamp.sql": BASE, "drizzle/meta/_journal.json": json.dumps(journal)})
    done = run(tmp_path, "truth=sql:truth.sql", "sql:drizzle")
    assert done.changed == ()
    assert all("npx drizzle-kit generate" in one.why for one in done.left)


def test_a_dry_run_shows_the_new_file_and_writes_none(tmp_path: Path) -> None:
    folder, files, _ = FOLDERS["Diesel"]
    _written(tmp_path, files)
    before = _files(tmp_path)
    done = run(tmp_path, "truth=sql:truth.sql", f"sql:{folder}", dry_run=True)
    assert done.patch.count("new file mode") == 4
    assert _files(tmp_path) == before
