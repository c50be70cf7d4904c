"""A database whose names mean something to whoever prints them: nothing obeys them, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from driftcheck.render import FORMATS
from driftcheck.writers.sql import write

from ..catalog import assert_same_catalog
from ..postgres import Database, Server
from .reading import both_ways, database, script

NAMES = [
    'qu"ote', "apo'strophe", "back\\slash", "a\nb", "tab\tbed", "\x1b[31mred", "::error::x", "##[command]y", "per%cent",
    "$$", "$body$", "-- no", "/* no", "; DROP TABLE x", "\u202eabc", "ünïcode", "a.b", "{}", "x" * 63,
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(pg: Server) -> Database:
    with pg.database() as made:
        for name in NAMES:
            quoted, text = '"' + name.replace('"', '""') + '"', "'" + name.replace("'", "''") + "'"
            made.execute(
                "SET check_function_bodies = off;\n"
                f"CREATE TYPE {quoted} AS ENUM ({text}, 'b');\n"
                f'CREATE TABLE "t_{quoted[1:]} ({quoted} text DEFAULT {text} NOT NULL, id serial PRIMARY KEY, '
                f"e {quoted}, CHECK ({quoted} <> {text}), UNIQUE ({quoted}));\n"
                f'COMMENT ON TABLE "t_{quoted[1:]} IS {text};\n'
                f'CREATE INDEX ON "t_{quoted[1:]} (lower({quoted})) WHERE {quoted} <> {text};\n'
                f'CREATE POLICY {quoted} ON "t_{quoted[1:]} USING ({quoted} = {text});\n'
                f'CREATE VIEW "v_{quoted[1:]} AS SELECT {quoted}, {text}::text AS c FROM "t_{quoted[1:]};\n'
                f'CREATE FUNCTION "f_{quoted[1:]}(a int DEFAULT 1) RETURNS text LANGUAGE sql AS {text};\n'
            )
        yield made


def test_what_is_read_builds_it_again(pg: Server, hostile: Database) -> None:
    found = database(hostile.dsn)
    assert not found.reading.gaps
    with pg.database() as made:
        made.replay(write(found.schema))
        assert_same_catalog(hostile.catalog(), made.catalog())
        assert both_ways(found, database(made.dsn, "other")) == []


def test_its_dump_is_the_same(pg: Server, hostile: Database, tmp_path: Path) -> None:
    dump = tmp_path / "dump.sql"
    subprocess.run([Path(pg.psql).parent / "pg_dump", "-s", "-f", dump, hostile.dsn], check=True, timeout=60)
    assert both_ways(script(dump), database(hostile.dsn)) == []


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_obeys_it(hostile: Database, tmp_path: Path, form: str) -> None:
    (tmp_path / "schema.sql").write_text('CREATE TABLE "t_a\nb" (id bigint);\n')
    dsn = psycopg.conninfo.make_conninfo(hostile.dsn, password="hunter2")
    done = subprocess.run(
        [sys.executable, "-m", "driftcheck", "diff", "sql:schema.sql", f"live=database:{dsn}", "--format", form, "-v"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 1, done.stderr
    assert "hunter2" not in said
    assert "\x1b[31m" not in said
    assert "\u202e" not in said
    assert not [line for line in said.splitlines() if line.lstrip().startswith(("::error::x", "##[command]"))]
