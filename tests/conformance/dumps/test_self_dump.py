"""A schema agrees with its own dump: what a file builds, dumped by pg_dump, has no finding against the file.

Each SQL file of the conformance suite and of the fixtures goes into the server by psql, comes out by `pg_dump -s`, and
both are compared, either way round.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from driftcheck.check.readings import normalized, read_one
from driftcheck.config import parse_source
from driftcheck.differ.engine import compare
from driftcheck.findings import Severity
from driftcheck.project import Project

from ..postgres import BuildError, Server

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
OWN = sorted((HERE / "cases").glob("*.sql"))
OTHERS = [*sorted((HERE.parent / "sql" / "cases").glob("*.sql")), *sorted((ROOT / "fixtures").rglob("*.sql"))]
#: Several files a test: each takes a database of its own.
PARTS = 4


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_each_case_agrees_with_its_dump(file: Path, pg: Server, tmp_path: Path) -> None:
    assert _dumped(file, pg, tmp_path), "the server must take all of it"
    assert _findings(tmp_path) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_all_other_files_agree_with_their_dumps(part: int, pg: Server, tmp_path: Path) -> None:
    """Files that do not load by themselves (parts of migrations, broken on purpose) prove nothing, and are few."""
    loaded, drifting, files = 0, {}, OTHERS[part::PARTS]
    for number, file in enumerate(files):
        folder = tmp_path / str(number)
        folder.mkdir()
        if _dumped(file, pg, folder):
            loaded += 1
            if found := _findings(folder):
                drifting[str(file.relative_to(ROOT))] = found
    assert drifting == {}
    assert loaded >= 0.8 * len(files)


def _dumped(file: Path, pg: Server, folder: Path) -> bool:
    """Makes `folder` hold a.sql and dump.sql; False if the server does not take the file, or no table is in it."""
    with pg.database() as database:
        try:
            database.replay(file)
        except BuildError:
            return False
        dump = [Path(pg.psql).parent / "pg_dump", "-s", "-f", folder / "dump.sql", database.dsn]
        subprocess.run(dump, check=True, timeout=60)
    shutil.copy(file, folder / "a.sql")
    return "\nCREATE TABLE " in (folder / "dump.sql").read_text()


def _findings(folder: Path) -> list[str]:
    """What is found about the schema either way round, above notes."""
    a, dump = (normalized(read_one(Project(folder), parse_source(f"{name}=sql:{name}.sql"))) for name in ("a", "dump"))
    compared = (compare(*sides, {}) for sides in ((a, dump), (dump, a)))
    return [
        f"{one.rule.code} {one.message}" for each in compared for one in each.findings if one.severity > Severity.NOTE
    ]
