"""The targets on the archetype project: each a command, the command it is measured by, and how much it may take."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.conformance.drizzle import DrizzleKit, why_unavailable

from . import edits
from .timing import Command

_PROJECT = Path(__file__).parent.parent / "fixtures" / "pixcrawler"
_SCHEMA = "frontend/lib/db/schema.ts"
_THREE = ("drizzle", "sql", "sqlalchemy")
#: The exit status of `driftcheck diff` where something drifts.
_DRIFT = 1


@dataclass(frozen=True, slots=True)
class Target:
    """`measured` may take at most `most` times as long as `unit`."""

    name: str
    measured: Command
    unit: Command
    most: float


class _Project:
    """A copy of the archetype in `scratch`, and commands that run in it."""

    def __init__(self, scratch: Path) -> None:
        self.root = Path(shutil.copytree(_PROJECT, scratch / "project"))
        self._env = {"DRIFTCHECK_CACHE_DIR": str(scratch / "cache")}

    def python(self, *words: str, status: int = 0) -> Command:
        return Command((sys.executable, *words), self.root, self._env, status)

    def driftcheck(self, *words: str, status: int = 0) -> Command:
        return self.python("-m", "driftcheck", *words, status=status)


def targets(scratch: Path) -> Iterator[Target]:
    """All of them, on a copy in `scratch`; those against drizzle-kit only where it can be installed."""
    project = _Project(scratch)
    click = project.python("-c", "import click")
    models = project.python("-c", "from backend.models import Base")
    cold = project.driftcheck("diff", *_THREE, "--no-cache", status=_DRIFT)
    warm = project.driftcheck("diff", *_THREE, status=_DRIFT)
    yield Target("--help / import click", project.driftcheck("--help"), click, 1.5)
    yield Target("--version / import click", project.driftcheck("--version"), click, 1.5)
    yield Target("explain / import click", project.driftcheck("explain", "DR203"), click, 1.5)
    yield Target("three-way, cold / import of the models", cold, models, 1.15)
    yield Target("warm / three-way, cold", warm, cold, 0.15)
    yield Target("warm / import click", warm, click, 2.5)
    for name, edit in edits.of_archetype(project.root).items():
        edited = replace(warm, before=edit)
        if name == "a model":
            yield Target(f"three-way, after an edit of {name} / cold", edited, cold, 1.15)
        else:
            yield Target(f"three-way, after an edit of {name} / import", edited, models, 0.45)
    if why := why_unavailable():
        print(f"not measured against drizzle-kit: {why}")
    else:
        yield from _against_drizzle_kit(project)


def _against_drizzle_kit(project: _Project) -> Iterator[Target]:
    packages = DrizzleKit("0").packages
    (project.root / "node_modules").symlink_to(packages)
    words = ("node", str(packages / "drizzle-kit" / "bin.cjs"), "export", "--dialect", "postgresql")
    export = Command((*words, f"--schema={_SCHEMA}"), project.root, {})
    written = project.driftcheck("export", f"drizzle:{_SCHEMA}", "--to", "sql")
    (project.root / "agreeing.sql").write_bytes(subprocess.check_output(written.words, cwd=project.root))
    agreeing = project.driftcheck("diff", "--no-cache", f"drizzle:{_SCHEMA}", "sql:agreeing.sql")
    drifting = project.driftcheck("diff", "--no-cache", "drizzle", "sql", status=_DRIFT)
    yield Target("two-way, cold, agreeing / drizzle-kit export", agreeing, export, 1.0)
    yield Target("two-way, cold, drifting / drizzle-kit export", drifting, export, 1.5)
