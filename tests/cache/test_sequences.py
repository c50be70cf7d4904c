"""Random edits of a project of three sources: a check that keeps readings says what one says that keeps nothing.

A hundred sequences, in ten parts; `DRIFTCHECK_SEQUENCES` says how many else (500 before a release), `DRIFTCHECK_SEED`
which. A failure names both the edits and the seed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from driftcheck.check import Request, settled
from driftcheck.check.kept import KeptReadings
from driftcheck.check.outcome import report
from driftcheck.check.plan import Plan, plan
from driftcheck.check.readings import read_one, sources_of
from driftcheck.errors import DriftcheckError
from driftcheck.reading import Reading
from driftcheck.render.json import render

from .project import FILES, MODELS, NAMES, SCHEMA, SQL

#: By file, what it may hold; None: there is no such file.
_TEXTS: dict[str, tuple[str | None, ...]] = {
    "web/schema.ts": (SCHEMA, SCHEMA + "// a comment\n", SCHEMA.replace("integer()", "bigint({ mode: 'number' })")),
    "web/names.ts": (NAMES, NAMES.replace("name:", "nome:"), NAMES.replace(".notNull()", ""), None),
    "web/tsconfig.json": (None, "{}"),
    "web/names/index.ts": (None, NAMES.replace("text()", "text('other')")),
    "migrations/1.sql": (SQL, SQL.replace("text", "varchar(20)"), "-- a comment\n" + SQL, None),
    "migrations/2.sql": (None, "CREATE TABLE more (id integer);\n", "ALTER TABLE users DROP COLUMN name;\n"),
    "driftcheck.toml": (FILES["driftcheck.toml"], FILES["driftcheck.toml"] + "\n[rules]\ncolumn-type = 'off'\n"),
    "README.md": (None, "# Project\n"),
}
#: The same for files that an import reads: importing takes longer than all else, so they are edited less often.
_MODELS: dict[str, tuple[str | None, ...]] = {
    "app/models.py": (MODELS, MODELS.replace("primary_key=True", "primary_key=True, comment='x'")),
    "app/words.py": (FILES["app/words.py"], "from sqlalchemy import String\nNAME = String(20)\n"),
    "app/table.txt": ("users\n", "people\n"),
}
_SELDOM = 0.03


class Edited:
    """A project under edits, and what a check of it says that keeps readings, or none."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state: dict[str, str | None] = {}
        self._known: dict[frozenset[tuple[str, str | None]], Reading] = {}
        for name, texts in {**FILES, **{name: one[0] for name, one in {**_TEXTS, **_MODELS}.items()}}.items():
            self.set(name, texts)

    def set(self, name: str, text: str | None, how: Callable[[Path, str], object] = Path.write_text) -> None:
        path = self.root / name
        self.state[name] = text
        if text is None:
            path.unlink(missing_ok=True)
            if path.parent != self.root and path.parent.exists() and not any(path.parent.iterdir()):
                path.parent.rmdir()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            how(path, text)

    def says(self, kept: KeptReadings | None) -> str:
        request = settled(Request(root=self.root, fixes=False, kept=kept))
        try:
            planned = plan(request)
            if kept is None:
                planned = replace(planned, readings=self._imported(planned))
            with sources_of(request, planned) as arrivals:
                return render(report(request, planned, arrivals))
        except DriftcheckError as error:
            return f"{error.message}\n{error.hint}"

    def _imported(self, planned: Plan) -> dict[str, Reading]:
        """What the import gives, made once for each state of all that is Python's here."""
        state = frozenset((name, text) for name, text in self.state.items() if name.startswith("app/"))
        if state not in self._known:
            (models,) = (spec for spec in planned.sources if spec.kind == "sqlalchemy")
            self._known[state] = read_one(planned.project, models).reading
        return {"models": self._known[state]}


def _written(path: Path, text: str) -> None:
    path.write_text(text)


def _by_another(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".tmp")
    beside.write_text(text)
    beside.replace(path)


def _keeping_time(path: Path, text: str) -> None:
    facts = path.stat() if path.exists() else None
    path.write_text(text)
    if facts is not None:
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _edit(project: Edited, chance: random.Random) -> str:
    texts = _MODELS if chance.random() < _SELDOM else _TEXTS
    name = chance.choice(sorted(texts))
    how = chance.choice([_written, _by_another, _keeping_time])
    project.set(name, chance.choice(texts[name]), how)
    return f"{name}: {project.state[name]!r} by {how.__name__}"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_kept_readings_say_what_readings_say(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)
    seed = int(os.environ.get("DRIFTCHECK_SEED", "20")) + part
    chance = random.Random(seed)
    project, lasting = Edited(tmp_path / "project"), KeptReadings()
    for number in range(int(os.environ.get("DRIFTCHECK_SEQUENCES", "100")) // 10):
        edits = [_edit(project, chance) for _ in range(chance.randint(1, 3))]
        kept = lasting if chance.random() < 0.5 else KeptReadings()
        said, truth = project.says(kept), project.says(None)
        assert said == truth, f"seed {seed}, sequence {number}: {edits}"
