"""Every small case, built by drizzle-kit and by us: the catalogs must be equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.project import Project
from driftcheck.readers.drizzle import read
from driftcheck.writers.sql import write

from ..catalog import assert_same_catalog
from ..drizzle import DrizzleKit
from ..postgres import Server
from .cases import CASES, Case, export, project

PAIRS = [(case, line) for case in CASES for line in case.lines]


@pytest.fixture(scope="module")
def built(
    drizzle_kit: DrizzleKit, drizzle_kit_next: DrizzleKit, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, dict[str, str]]]:
    """Of each line the folder with its cases, and drizzle-kit's SQL of each: one run of Node a line."""
    found = {}
    for kit in (drizzle_kit, drizzle_kit_next):
        cases = [case for case in CASES if kit.line in case.lines]
        folder = project(kit, tmp_path_factory.mktemp("drizzle") / kit.line, cases)
        found[kit.line] = (folder, export(kit, folder, cases))
    return found


@pytest.mark.parametrize(("case", "line"), PAIRS, ids=[f"{case.name}-{line}" for case, line in PAIRS])
def test_builds_the_catalog_that_drizzle_kit_builds(
    case: Case, line: str, built: dict[str, tuple[Path, dict[str, str]]], pg: Server
) -> None:
    folder, native = built[line]
    # The packages are installed once for all cases, beside them; what is there says which line it is.
    within = Project(folder, [str((folder / "node_modules").resolve())])
    reading = read(f"{case.name}.config.json" if case.casing else case.path.name, within)

    assert reading.gaps == ()
    assert_same_catalog(
        pg.catalog_of(native[case.name], case.prelude), pg.catalog_of(write(reading.schema), case.prelude)
    )
