"""The archetype, all three languages brought to one truth at once: their native tools take what was edited."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from driftcheck.check import Request
from driftcheck.check.fixing import Wishes, fix
from driftcheck.check.readings import PythonChoice

from . import archetype
from .drizzle import DrizzleKit
from .postgres import SUPABASE, Server

_OPTIONS = {
    "strict": True, "noEmit": True, "skipLibCheck": True, "module": "esnext", "moduleResolution": "bundler",
    "target": "es2022", "types": [],
}  # fmt: skip


def _complaints(root: Path, drizzle_kit: DrizzleKit) -> str:
    """What `tsc --noEmit` has to say of the schema."""
    home = root / "frontend"
    (home / "node_modules").symlink_to(drizzle_kit.packages)
    (home / "schema.tsconfig.json").write_text(json.dumps({"compilerOptions": _OPTIONS, "files": ["lib/db/schema.ts"]}))
    command = ["node", str(drizzle_kit.packages / "typescript" / "bin" / "tsc"), "-p", "schema.tsconfig.json"]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
@pytest.mark.parametrize("truth", ["drizzle", "sqlalchemy"])
def test_all_three_agree_and_their_tools_take_them(
    truth: str, tmp_path: Path, pg: Server, drizzle_kit: DrizzleKit
) -> None:
    (tmp_path / ".git").mkdir()
    root = shutil.copytree(archetype.ROOT, tmp_path / "pixcrawler")
    sources = ("drizzle", "sql", "sqlalchemy")
    choice = PythonChoice(python=sys.executable)
    request = Request(root=root, home=root, sources=sources, truth=truth, interpreter=choice)
    done = fix(request, Wishes(unsafe=True))
    assert [one.message for one in done.taken_back] == []
    assert done.status == 0
    assert {Path(path).suffix for path in done.changed} == {".ts", ".sql", ".py"} - {
        {"drizzle": ".ts", "sqlalchemy": ".py"}[truth]
    }
    subprocess.run([sys.executable, "-c", "import backend.models"], cwd=root, check=True)
    pg.catalog_of(root / archetype.PRODUCTION, prelude=SUPABASE)
    assert _complaints(root, drizzle_kit) == ""
