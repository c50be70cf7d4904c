"""sqlite-core: what is read of each case makes the database that drizzle-kit of the same line makes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from driftcheck.dialects.sqlite.writer import write
from driftcheck.project import Project
from driftcheck.readers.drizzle import read

from ..drizzle import HERE as CONFORMANCE
from ..drizzle import DrizzleKit
from .judge import catalog_of, sections

HERE = Path(__file__).parent
CASES = sections(HERE / "schemas.ts", "//")
HEAD = """\
import { asc, desc, sql } from 'drizzle-orm'
import { blob, check, customType, foreignKey, index, int, integer, numeric, primaryKey, real, sqliteTable,
  sqliteTableCreator, sqliteView, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
const own = customType<{ data: string }>({ dataType() { return 'geometry' } })
const sized = customType<{ data: string; config: { length: number } }>({
  dataType(config) { return `varchar(${config!.length})` } })
const stamps = { createdAt: integer('created_at', { mode: 'timestamp' }), updatedAt: integer('updated_at') }
"""
#: What drizzle-kit of a line does not write, or not so that SQLite takes it.
NOT_WRITTEN = {"0": set[str](), "1": set[str]()}


@pytest.fixture(scope="module")
def built(
    drizzle_kit: DrizzleKit, drizzle_kit_next: DrizzleKit, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, list[dict[str, str]]]]:
    """Of each line the folder with its cases, and drizzle-kit's SQL of each, by one run of Node."""
    found = {}
    for kit in (drizzle_kit, drizzle_kit_next):
        folder = tmp_path_factory.mktemp("sqlite") / kit.line
        folder.mkdir()
        (folder / "node_modules").symlink_to(kit.packages)
        for number, text in enumerate(CASES.values()):
            (folder / f"case{number}.ts").write_text(HEAD + text, encoding="utf-8")
        jobs = [{"file": str(folder / f"case{number}.ts")} for number in range(len(CASES))]
        loader = CONFORMANCE / "drizzle-0" / "node_modules" / "tsx" / "dist" / "cjs" / "index.cjs"
        done = subprocess.run(
            ["node", str(HERE / "export.cjs"), str(kit.packages), kit.line, str(loader)],
            input=json.dumps(jobs), cwd=folder, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
            capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
        found[kit.line] = folder, json.loads(done.stdout)
    return found


def test_there_are_sixty() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("line", ["0", "1"])
@pytest.mark.parametrize("name", CASES)
def test_builds_what_drizzle_kit_builds(
    name: str, line: str, built: dict[str, tuple[Path, list[dict[str, str]]]]
) -> None:
    if name in NOT_WRITTEN[line]:
        pytest.skip("drizzle-kit of this line writes nothing that SQLite takes")
    folder, native = built[line]
    number = list(CASES).index(name)
    assert "sql" in native[number], native[number]

    reading = read(f"case{number}.ts", Project(folder, [str((folder / "node_modules").resolve())]))

    assert reading.gaps == ()
    assert reading.dialect == "sqlite"
    assert catalog_of(write(reading.schema)) == catalog_of(native[number]["sql"])
