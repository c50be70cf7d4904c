"""Whoever answers in a server's place: one message, within the time that was given, and never the password."""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SECRET = "hunter2-pa%3Ass"  # as a URL has it
PLAIN = "hunter2-pa:ss"
Talk = Callable[[socket.socket], None]


def hung(connection: socket.socket) -> None:
    """Takes everything and says nothing."""
    with suppress(OSError):
        while connection.recv(4096):
            pass


def http(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nno\r\n")


def mysql(connection: socket.socket) -> None:
    connection.sendall(b"J\x00\x00\x00\n8.0.36\x00\x08\x00\x00\x00mysql_native_password\x00")
    connection.recv(4096)


def gone(connection: socket.socket) -> None:
    connection.recv(4096)


def ready(connection: socket.socket) -> None:
    """A server that lets everybody in, up to its first ReadyForQuery."""
    first = connection.recv(8)
    if first[4:] == struct.pack(">i", 80877103):  # SSLRequest
        connection.sendall(b"N")
        first = connection.recv(8)
    connection.recv(struct.unpack(">i", first[:4])[0] - 8)
    version = b"server_version\x0016.4\x00"
    connection.sendall(b"R" + struct.pack(">ii", 8, 0) + b"S" + struct.pack(">i", len(version) + 4) + version)
    connection.sendall(b"Z" + struct.pack(">i", 5) + b"I")


def hangs_at_the_first_query(connection: socket.socket) -> None:
    ready(connection)
    hung(connection)


def cut_at_the_first_query(connection: socket.socket) -> None:
    ready(connection)
    connection.recv(4096)


def asks_for_the_password_and_repeats_it(connection: socket.socket) -> None:
    first = connection.recv(8)
    if first[4:] == struct.pack(">i", 80877103):
        connection.sendall(b"N")
        first = connection.recv(8)
    connection.recv(struct.unpack(">i", first[:4])[0] - 8)
    connection.sendall(b"R" + struct.pack(">ii", 8, 3))  # in clear text
    said = connection.recv(4096)[5:-1]
    text = b"SFATAL\x00C28P01\x00Mno entry for " + said + b"\n::error::" + said + b"\x1b[2J\x00\x00"
    connection.sendall(b"E" + struct.pack(">i", len(text) + 4) + text)


@contextmanager
def server(talk: Talk) -> Iterator[int]:
    """A port at which `talk` answers everybody."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError, struct.error, ssl.SSLError):
                talk(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]


def diff(root: Path, location: str, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    (root / "schema.sql").write_text("CREATE TABLE t (a int);\n")
    return subprocess.run(
        [sys.executable, "-m", "driftcheck", "diff", "sql:schema.sql", location, "--timeout", "2", *words],
        cwd=root, env={"PATH": "", "HOME": str(root), "PGCONNECT_TIMEOUT": "3", **(env or {})},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


SERVERS = [
    (hung, "gave no answer within 2 seconds"),
    (http, "is not PostgreSQL"),
    (mysql, "is not PostgreSQL"),
    (gone, "was cut: server closed the connection unexpectedly"),
    (hangs_at_the_first_query, "gave no answer within 2 seconds"),
    (cut_at_the_first_query, "was cut: "),
    (asks_for_the_password_and_repeats_it, "cannot be read: no entry for ***"),
]


@pytest.mark.parametrize(("talk", "message"), SERVERS, ids=[talk.__name__ for talk, _ in SERVERS])
def test_one_message(tmp_path: Path, talk: Talk, message: str) -> None:
    with server(talk) as port:
        done = diff(tmp_path, f"database:postgresql://u:{SECRET}@127.0.0.1:{port}/app?connect_timeout=9")
    _holds(done, message, port)


@pytest.mark.parametrize("form", ["json", "github", "sarif", "html", "junit"])
def test_one_message_in_every_format(tmp_path: Path, form: str) -> None:
    with server(asks_for_the_password_and_repeats_it) as port:
        done = diff(tmp_path, f"database:postgresql://u:{SECRET}@127.0.0.1:{port}/app", "--format", form)
    _holds(done, "no entry for ***", port)


def _holds(done: subprocess.CompletedProcess[str], message: str, port: int) -> None:
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert message in " ".join(said.split()), said
    assert f"127.0.0.1:{port}/app" in said.replace("%3A", ":")
    assert "Traceback" not in said
    assert SECRET not in said
    assert PLAIN not in said
    assert "\x1b" not in said
    assert len([line for line in said.splitlines() if line.startswith("::error")]) <= 1
    assert not [line for line in said.splitlines() if line.startswith("::error::")]


def test_nobody_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    done = diff(tmp_path, f"database:postgresql://u:{SECRET}@127.0.0.1:{port}/app")
    assert done.returncode == 2
    assert "Connection refused" in done.stderr
    assert "--wait SECONDS" in done.stderr
    assert PLAIN not in done.stdout + done.stderr


def test_waiting_for_one_that_is_starting(tmp_path: Path) -> None:
    """Whoever waits comes to the server as soon as it is there: here it is none, which is said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    began = threading.Event()

    def later() -> None:
        began.wait()
        time.sleep(1.5)
        with socket.create_server(("127.0.0.1", port)) as late:
            connection, _ = late.accept()
            with connection:
                http(connection)

    threading.Thread(target=later, daemon=True).start()
    began.set()
    done = diff(tmp_path, f"database:postgresql://u:{SECRET}@127.0.0.1:{port}/app", "--wait", "30")
    assert done.returncode == 2
    assert "is not PostgreSQL" in done.stderr


def test_a_config_does_not_choose_where_credentials_go(tmp_path: Path) -> None:
    """A location that a config spells out gets no password from here; a variable's, and the user's own, do."""
    heard: list[bytes] = []

    def asks(connection: socket.socket) -> None:
        first = connection.recv(8)
        if first[4:] == struct.pack(">i", 80877103):
            connection.sendall(b"N")
            first = connection.recv(8)
        connection.recv(struct.unpack(">i", first[:4])[0] - 8)
        connection.sendall(b"R" + struct.pack(">ii", 8, 3))
        heard.append(connection.recv(4096))

    (tmp_path / ".pgpass").write_text(f"*:*:*:*:{PLAIN}\n")
    (tmp_path / ".pgpass").chmod(0o600)
    with server(asks) as port:
        url = f"postgresql://u@127.0.0.1:{port}/app"
        for env in ({"PGPASSWORD": PLAIN}, {"PGPASSFILE": str(tmp_path / ".pgpass")}, {}):
            (tmp_path / "driftcheck.toml").write_text(f'[sources]\nsql = "sql:schema.sql"\nlive = "database:{url}"\n')
            done = diff(tmp_path, "live", env=env)
            assert "write database:$DATABASE_URL there" in done.stderr
            assert not any(PLAIN.encode() in said for said in heard)
        (tmp_path / "driftcheck.toml").write_text('[sources]\nsql = "sql:schema.sql"\nlive = "database:$URL"\n')
        diff(tmp_path, "live", env={"URL": url, "PGPASSWORD": PLAIN})
        assert sum(PLAIN.encode() in said for said in heard) == 1
        diff(tmp_path, f"database:{url}", env={"PGPASSWORD": PLAIN})
        assert sum(PLAIN.encode() in said for said in heard) == 2
