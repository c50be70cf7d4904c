"""SQLAlchemy 1.4, 2.0 and 2.1, each in a virtual environment of its own.

Built once with pip, by the first of the processes that ask, and kept in the user's cache (DRIFTCHECK_TEST_CACHE names
another place); a change of what they hold makes new ones.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock


@dataclass(frozen=True)
class Line:
    """One line of SQLAlchemy; `pythons` are tried in turn, the one that runs the tests is the last resort."""

    name: str
    packages: tuple[str, ...]
    driver: str
    pythons: tuple[str, ...] = ()


_ADD_ONS = ("geoalchemy2", "sqlalchemy-utils", "flask-sqlalchemy", "alembic-utils")
_OLD = ("sqlalchemy>=1.4.54,<2", "psycopg2-binary", "pgvector>=0.3,<0.4", *_ADD_ONS)
_NEW = ("psycopg[binary]", "pgvector>=0.3", "sqlmodel", *_ADD_ONS)
LINES = {
    line.name: line
    for line in (
        Line("1.4", _OLD, "psycopg2", ("python3.9", "python3.10")),
        Line("2.0", ("sqlalchemy>=2.0.41,<2.1", *_NEW), "psycopg"),
        Line("2.1", ("sqlalchemy>=2.1,<2.2", *_NEW), "psycopg", ("python3.14", "python3.13")),
    )
}


def python_of(line: Line) -> Path:
    """The interpreter of the line's environment, which is built if it is not there yet."""
    base = next(found for name in (*line.pythons, sys.executable) if (found := _works(name)))
    key = hashlib.sha256("\0".join((base, *line.packages)).encode()).hexdigest()[:12]
    folder = _cache() / f"sqlalchemy-{line.name}-{key}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    with FileLock(f"{folder}.lock"):
        if not (folder / "complete").is_file():
            _build(folder, base, python, line.packages)
    return python


def _build(folder: Path, base: str, python: Path, packages: tuple[str, ...]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([base, "-m", "venv", str(folder)], check=True, capture_output=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *packages], check=True, capture_output=True)
    (folder / "complete").touch()


def _works(name: str) -> str | None:
    """The real path of an interpreter; None if there is none (a version manager's shim may stand for nothing)."""
    path = shutil.which(name)
    if path is None:
        return None
    program = "import sys; print(sys._base_executable)"  # that of a virtual environment is another one in each clone
    done = subprocess.run([path, "-c", program], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def _cache() -> Path:
    named = os.environ.get("DRIFTCHECK_TEST_CACHE")
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    base = Path(named) if named else user / "driftcheck-tests"
    base.mkdir(parents=True, exist_ok=True)
    return base
