"""What a folder of migrations holds and cannot be read is said: a file left out may have changed anything."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ..cli.running import run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and links as POSIX has them")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)


def _circle(path: Path) -> None:
    path.symlink_to("round.sql")
    path.with_name("round.sql").symlink_to(path.name)


_UNREADABLE: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a socket": _socket,
    "a folder": Path.mkdir,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "links in a circle": _circle,
    "a link to nothing": lambda path: path.symlink_to("gone.sql"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a pipe": lambda path: (os.mkfifo(path.with_name("pipe")), path.symlink_to("pipe")),
}


@pytest.mark.parametrize("what", _UNREADABLE)
@pytest.mark.parametrize("source", ["sql:m", "sql:m/*.sql", "sql:schema.sql"])
def test_it_is_said(what: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m").mkdir()
    monkeypatch.chdir(tmp_path / "m")
    (tmp_path / "m/1.sql").write_text("CREATE TABLE guests (id integer);\n")
    (tmp_path / "m/3.sql").write_text("CREATE TABLE rooms (id integer);\n")
    (tmp_path / "schema.sql").write_text("\\i m/1.sql\n\\i m/2.sql\n\\i m/3.sql\n")
    _UNREADABLE[what](tmp_path / "m/2.sql")
    done = run(tmp_path, "export", source, "--to", "sql")
    place = "schema.sql:2" if source == "sql:schema.sql" else "2.sql"
    assert place in done.stderr
    assert done.returncode == 2 or ("not understood" in done.stderr and "CREATE TABLE public.rooms" in done.stdout)
    checked = run(tmp_path, "diff", f"a={source}", "b=sql:m/1.sql", "--no-cache")
    assert checked.returncode != 0
    assert "✓ no drift" not in checked.stdout
