"""The targets on the archetype project: each a command, the command it is measured by, and how much it may take."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .timing import Command

_PROJECT = Path(__file__).parent.parent / "fixtures" / "pixcrawler"
_SCHEMA = "frontend/lib/db/schema.ts"


@dataclass(frozen=True, slots=True)
class Target:
    """`measured` may take at most `most` times as long as `unit`."""

    name: str
    measured: Command
    unit: Command
    most: float


def targets(scratch: Path, drizzle_kit: str | None) -> Iterator[Target]:
    """All of them, on a copy in `scratch`; those against drizzle-kit only where there is one."""
    root = Path(shutil.copytree(_PROJECT, scratch / "project"))
    env = {"DRIFTCHECK_CACHE_DIR": str(scratch / "cache")}

    def command(*words: str) -> Command:
        return Command((sys.executable, *words), root, env)

    def driftcheck(*words: str) -> Command:
        return command("-m", "driftcheck", *words)

    click = command("-c", "import click")
    models = command("-c", "from backend.models import Base")
    cold = driftcheck("diff", "--no-cache")
    yield Target("--help / import click", driftcheck("--help"), click, 1.5)
    yield Target("--version / import click", driftcheck("--version"), click, 1.5)
    yield Target("explain / import click", driftcheck("explain", "DR203"), click, 1.5)
    yield Target("three-way, cold / import of the models", cold, models, 1.10)
    yield Target("warm / three-way, cold", driftcheck("diff"), cold, 0.15)
    yield Target("warm / import click", driftcheck("diff"), click, 2.5)
    if drizzle_kit:
        export = Command((drizzle_kit, "export", "--dialect", "postgresql", "--schema", _SCHEMA), root, env)
        same = driftcheck("diff", "--no-cache", f"drizzle:{_SCHEMA}", f"other=drizzle:{_SCHEMA}")
        two = driftcheck("diff", "--no-cache", "drizzle", "sql")
        (root / "agreeing.sql").write_text(_as_sql(root), encoding="utf-8")
        agreeing = driftcheck("diff", "--no-cache", "drizzle", "agreeing=sql:agreeing.sql")
        yield Target("two-way, cold, agreeing / drizzle-kit export", agreeing, export, 1.0)
        yield Target("two-way, cold, drifting / drizzle-kit export", two, export, 1.5)
        yield Target("Drizzle twice, cold / drizzle-kit export", same, export, 1.0)


def _as_sql(root: Path) -> str:
    import subprocess

    words = (sys.executable, "-m", "driftcheck", "export", f"drizzle:{_SCHEMA}", "--to", "sql", "-C", str(root))
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
