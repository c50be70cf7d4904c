"""Edited Drizzle schemas before their native judges: TypeScript's compiler, drizzle-kit and PostgreSQL."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from ..fixes.editing import mended
from ..fixes.test_in_place import TRUTH as COLUMNS
from ..fixes.test_lines import TRUTH as TABLES
from ..fixes.test_typescript import DRIZZLE, SOURCES
from ..properties.languages import Languages
from ..properties.spec import Schema
from ..properties.strategies import schemas
from ..properties.test_fix import changed_schema, ended
from .catalog import differences
from .drizzle import DrizzleKit
from .postgres import Server

_OPTIONS = {
    "strict": True, "noEmit": True, "skipLibCheck": True, "module": "esnext", "moduleResolution": "bundler",
    "target": "es2022", "types": [],
}  # fmt: skip
#: One value, of which drizzle-kit writes a text.
_ONE_NUMBER = re.compile(r"""expected '(\S+)', is "'\1'::numeric""")
#: What the schemas name and Node's types would declare.
_BUFFER = "declare class Buffer {}\n"


def compiled(folder: Path, drizzle_kit: DrizzleKit) -> list[str]:
    """What `tsc --noEmit` has to say of the TypeScript in a folder."""
    (folder / "node_modules").symlink_to(drizzle_kit.packages)
    (folder / "buffer.d.ts").write_text(_BUFFER)
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": _OPTIONS, "include": ["*.ts"]}))
    command = ["node", str(drizzle_kit.packages / "typescript" / "bin" / "tsc"), "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def test_random_schemas_compile(tmp_path: Path, drizzle_kit: DrizzleKit) -> None:
    """Whatever compiled before: values that do not fit their column's type are none of ours."""
    (tmp_path / "read").mkdir()
    (tmp_path / "edited").mkdir()
    languages = Languages(tmp_path / "read")
    texts: dict[str, tuple[str, str]] = {}

    @seed(1)
    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.generate])  # fmt: skip
    @given(schema=schemas(), style=st.integers(0, 2**32), back=st.booleans())
    def write(schema: Schema, style: int, back: bool) -> None:
        changed = changed_schema(schema, Random(style), {"drizzle", "sql"}, 5)
        truth = languages.side("sql", changed if back else schema, style).source
        text = str(languages.side("drizzle", schema if back else changed, style + 1).text)
        texts[f"{len(texts)}.ts"] = text, ended(languages, truth, "drizzle", text)

    write()
    languages.close()
    for name, (before, after) in texts.items():
        (tmp_path / "edited" / f"a{name}").write_text(before)
        (tmp_path / "edited" / f"b{name}").write_text(after)
    said = compiled(tmp_path / "edited", drizzle_kit)
    refused = {line.partition("(")[0] for line in said if line[:1] == "a"}
    assert [line for line in said if line[:1] == "b" and f"a{line[1:].partition('(')[0]}" not in refused] == []
    assert len(texts) > 40


@pytest.mark.parametrize("truth", [COLUMNS.format(key="users_team_id_teams_id_fk"), TABLES], ids=["columns", "tables"])
def test_drizzle_kit_makes_the_truths_database_of_it(
    truth: str, tmp_path: Path, drizzle_kit: DrizzleKit, pg: Server
) -> None:
    (tmp_path / "truth.sql").write_text(truth)
    start = DRIZZLE if "teams" in truth else DRIZZLE[: DRIZZLE.index("export const teamsTable")] + (
        "export const users = pgTable('users', {\n  id: uuid('id').primaryKey().defaultRandom(),\n});\n"
    )  # fmt: skip
    (tmp_path / "schema.ts").write_text(start)
    mended(tmp_path, *SOURCES)
    native = pg.catalog_of(drizzle_kit.export(tmp_path, schema="schema.ts"))
    assert [line for line in differences(pg.catalog_of(truth), native) if not _ONE_NUMBER.search(line)] == []
    (tmp_path / "truth.sql").unlink()
    assert compiled(tmp_path, drizzle_kit) == []
