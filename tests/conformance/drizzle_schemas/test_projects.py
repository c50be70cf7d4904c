"""Whole projects in the manner of real ones, each by `drizzle-kit export` with its own config, and by us."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from driftcheck.readers.drizzle import read
from driftcheck.writers.sql import write

from ..catalog import assert_same_catalog
from ..drizzle import DrizzleKit
from ..postgres import SUPABASE, Server
from .cases import run

PROJECTS = sorted(path for path in (Path(__file__).parent / "projects").iterdir() if path.is_dir())


def native_of(folder: Path, config: Path, kit: DrizzleKit, scratch: Path) -> str:
    """`drizzle-kit export`; but that command forgets the config's `casing`, which its `generate` does not."""
    if config.suffix != ".json":
        return kit.export(folder, config=config.name)
    casing = json.loads(config.read_text())["casing"]
    copy = Path(shutil.copytree(folder, scratch / "project"))
    (copy / "node_modules").symlink_to(kit.packages)
    (result,) = run(kit, copy, [{"file": str(copy / "schema/all.ts"), "casing": casing}])
    return result["sql"]


@pytest.mark.parametrize("folder", PROJECTS, ids=[path.name for path in PROJECTS])
def test_builds_the_catalog_that_drizzle_kit_builds(
    folder: Path, drizzle_kit: DrizzleKit, pg: Server, tmp_path: Path
) -> None:
    (config,) = folder.glob("drizzle.config.*")
    prelude = (folder / "prelude").read_text().strip() if (folder / "prelude").exists() else ""
    prelude = SUPABASE if prelude == "supabase" else prelude
    native = native_of(folder, config, drizzle_kit, tmp_path)
    reading = read(config.name, folder)

    assert reading.gaps == ()
    assert_same_catalog(
        pg.catalog_of(native, prelude=prelude),
        pg.catalog_of(write(reading.schema), prelude=prelude),
    )
