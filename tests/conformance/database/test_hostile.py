"""A database whose names mean something to whoever prints them: nothing obeys them, and nothing is lost."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def cut_after(dsn: str, size: int, *, hangs: bool) -> Iterator[int]:
    """A port that leads to the server behind `dsn`, for its first `size` bytes: then nothing comes, or it is closed."""
    words = psycopg.conninfo.conninfo_to_dict(dsn)
    there = f"{words['host']}/.s.PGSQL.{words.get('port', 5432)}"

    def lead(here: socket.socket) -> None:
        with here, socket.socket(socket.AF_UNIX) as server:
            server.connect(there)
            threading.Thread(target=_pour, args=(here, server, None), daemon=True).start()
            _pour(server, here, size)
            if hangs:
                done.wait(60)
            with suppress(OSError):
                here.shutdown(socket.SHUT_RDWR)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=lead, args=(connection,), daemon=True).start()

    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        done.set()


def _pour(source: socket.socket, target: socket.socket, size: int | None) -> None:
    with suppress(OSError):
        while size is None or size > 0:
            data = source.recv(4096)
            if not data:
                return
            target.sendall(data[:size])
            size = None if size is None else size - len(data)


@pytest.mark.parametrize("hangs", [True, False])
@pytest.mark.parametrize("size", [500, 2_000, 9_000])
def test_a_connection_that_ends_in_the_middle(hostile: Database, tmp_path: Path, size: int, hangs: bool) -> None:
    """In the settings, in the first rows, in later ones: one message, in time, and nothing of half a database."""
    with cut_after(hostile.dsn, size, hangs=hangs) as port:
        done = subprocess.run(
            [sys.executable, "-m", "driftcheck", "export", "--to", "sql", "--timeout", "3",
             f"database:postgresql://postgres:hunter2@127.0.0.1:{port}/{hostile.name}?sslmode=disable"],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    wanted = "gave no answer within 3 seconds" if hangs else "was cut: server closed the connection unexpectedly"
    assert f"127.0.0.1:{port}/{hostile.name} {wanted}" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr
