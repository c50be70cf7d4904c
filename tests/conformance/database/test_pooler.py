"""A database behind PgBouncer, which gives each transaction another server, and one that wants SCRAM."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from ..archetype import PRODUCTION, ROOT
from ..postgres import SUPABASE, Database, Server
from .reading import both_ways, database, script

PASSWORD = "p@ss:w/örd"
_CONFIG = """
[databases]
app = host={host} dbname={database} user=keyed password='{password}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
default_pool_size = 2
logfile = {log}
pidfile = {pid}
ignore_startup_parameters = extra_float_digits
"""


@pytest.fixture(scope="module")
def keyed(pg: Server) -> Iterator[Database]:
    """A database whose role `keyed` has to prove that it knows its password."""
    with pg.database(SUPABASE) as made:
        made.replay(ROOT / PRODUCTION)
        made.execute(f"SET password_encryption = 'scram-sha-256'; CREATE ROLE keyed LOGIN PASSWORD '{PASSWORD}'")
        with psycopg.connect(made.dsn) as connection:
            ((path,),) = connection.execute("SHOW hba_file").fetchall()
        rules = Path(path)
        before = rules.read_text()
        rules.write_text(f"local all keyed scram-sha-256\n{before}")
        made.execute("SELECT pg_reload_conf()")
        yield made
        rules.write_text(before)
        made.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="module")
def pooled(keyed: Database) -> Iterator[int]:
    """The port of a PgBouncer before `keyed`."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("pgbouncer is not installed")
        pytest.skip("pgbouncer is not installed")
    # Not below pytest's own folder, which is closed to the server's user.
    home = Path(tempfile.mkdtemp(prefix="driftcheck-pooler-"))
    host = psycopg.conninfo.conninfo_to_dict(keyed.dsn)["host"]
    owner = pwd.getpwuid(Path(str(host)).stat().st_uid)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    users, config = home / "users.txt", home / "pgbouncer.ini"
    users.write_text(f'"keyed" "{PASSWORD}"\n')
    config.write_text(
        _CONFIG.format(host=host, database=keyed.name, password=PASSWORD, port=port, users=users, log=home / "log",
                       pid=home / "pid")
    )  # fmt: skip
    as_owner = [] if owner.pw_name == getpass.getuser() else ["-u", owner.pw_name]
    for path in (home, *home.iterdir()):
        path.chmod(0o755)
    os.chown(home, owner.pw_uid, owner.pw_gid)
    running = subprocess.Popen([program, "-q", *as_owner, config], stderr=subprocess.DEVNULL)
    try:
        _wait(port, running, home / "log")
        yield port
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(home)


def _wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert running.poll() is None, log.read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("PgBouncer does not listen")


def test_through_a_pooler_again_and_again(keyed: Database, pooled: int) -> None:
    url = f"postgresql://keyed:{quote(PASSWORD, safe='')}@127.0.0.1:{pooled}/app?pgbouncer=true"
    declared = script(ROOT / PRODUCTION)
    for _ in range(3):
        assert both_ways(declared, database(url)) == []


@pytest.mark.parametrize("wrong", ["wrong", ""])
def test_a_wrong_password_is_said_and_not_shown(keyed: Database, pooled: int, tmp_path: Path, wrong: str) -> None:
    direct = psycopg.conninfo.make_conninfo(keyed.dsn, user="keyed", password=wrong or None)
    for location in (direct, f"postgresql://keyed:{wrong}@127.0.0.1:{pooled}/app"):
        done = subprocess.run(
            [sys.executable, "-m", "driftcheck", "export", f"database:{location}", "--to", "sql"],
            cwd=tmp_path, env={"PATH": "", "HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 2, done.stderr
        assert "look at the user and the password" in done.stderr
        assert not wrong or wrong not in done.stdout + done.stderr.replace("wrong password", "")


def test_scram_by_every_way_to_say_the_password(keyed: Database, tmp_path: Path) -> None:
    words = psycopg.conninfo.conninfo_to_dict(keyed.dsn, user="keyed")
    host = str(words["host"]).replace(":", "\\:")
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    (tmp_path / ".pgpass").write_text(f"{host}:*:{keyed.name}:keyed:{escaped}\n", encoding="utf-8")
    (tmp_path / ".pgpass").chmod(0o600)
    (tmp_path / ".pg_service.conf").write_text(
        f"[prod]\nhost={words['host']}\ndbname={keyed.name}\nuser=keyed\npassword={PASSWORD}\n", encoding="utf-8"
    )
    plain = psycopg.conninfo.make_conninfo(keyed.dsn, user="keyed")
    told = {"PGHOST": str(words["host"]), "PGUSER": "keyed"}
    ways: list[tuple[str, dict[str, str]]] = [
        (f"database:{plain}", {"PGPASSWORD": PASSWORD}),
        (f"database:{plain}", {"PGPASSFILE": str(tmp_path / ".pgpass")}),
        ("database:service=prod", {"PGSERVICEFILE": str(tmp_path / ".pg_service.conf")}),
        ("database:$LIVE", {"LIVE": psycopg.conninfo.make_conninfo(plain, password=PASSWORD)}),
        (f"database:{keyed.name}", {**told, "PGPASSWORD": PASSWORD}),
    ]
    for location, env in ways:
        done = subprocess.run(
            [sys.executable, "-m", "driftcheck", "snapshot", location, "-o", "found.json"],
            cwd=tmp_path, env={"PATH": "", "HOME": str(tmp_path), **env}, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, (location, done.stderr)
        assert PASSWORD not in done.stdout + done.stderr + (tmp_path / "found.json").read_text(encoding="utf-8")
