"""The reading of each source is kept for itself: what it was read from is changed, one thing at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from driftcheck.check.readings import read_one
from driftcheck.check.snapshots import snapshot_text
from driftcheck.config import SourceSpec
from driftcheck.project import Project

from .project import FILES, MODELS, NAMES, SCHEMA, SQL, Files, Readings

_REVISION = """\
import sqlalchemy as sa
from alembic import op

from app.words import NAME

revision = "1"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", NAME, nullable=False))
"""
_SECOND = """\
import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade():
    op.add_column("users", sa.Column("age", sa.Integer()))
"""
MORE = {
    "alembic.ini": "[alembic]\nscript_location = alembic\nprepend_sys_path = .\n",
    "alembic/env.py": "",
    "alembic/versions/1_first.py": _REVISION,
}
SOURCES = {
    "drizzle": "web/schema.ts",
    "sql": "migrations",
    "sqlalchemy": "app.models:Base",
    "alembic": "alembic.ini",
    "snapshot": "schema.json",
}

Change = Callable[[Path], object]


class House:
    """A project with a source of each kind that is kept, in a folder of its own."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = folder / "project"
        for name, text in {**FILES, **MORE}.items():
            self.write(name, text)
        specs = {kind: SourceSpec(name=kind, kind=kind, location=where) for kind, where in SOURCES.items()}
        project = Project(self.root)
        self.write("schema.json", snapshot_text(read_one(project, specs["sql"]), project))
        self.readings, self.files = Readings(self.root, list(specs.values()), patch), Files(self.root)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRIFTCHECK_CACHE_DIR", str(folder / "cache"))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield House(folder, patch)


def written(name: str, text: str) -> Change:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    return change


def same_size_and_time(root: Path) -> None:
    path = root / "web/names.ts"
    facts = path.stat()
    path.write_text(NAMES.replace("name:", "nome:"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def by_another(root: Path) -> None:
    (root / "web/other").write_text(NAMES.replace("name:", "nome:"))
    (root / "web/other").replace(root / "web/names.ts")


DRIZZLE, FILES_OF_SQL, MODELS_, REVISIONS, SNAPSHOT = "drizzle", "sql", "sqlalchemy", "alembic", "snapshot"
#: Whoever looks through all folders for what speaks of models asks again when a name comes or goes in one of them.
ALL_NAMES = {MODELS_, REVISIONS}
#: What is changed, and whose reading does not hold then.
CHANGES: dict[str, tuple[Change, set[str]]] = {
    "the schema": (written("web/schema.ts", SCHEMA.replace("users", "people")), {DRIZZLE}),
    "a comment in the schema": (written("web/schema.ts", SCHEMA + "// more\n"), {DRIZZLE}),
    "what the schema imports": (written("web/names.ts", NAMES.replace("name:", "nome:")), {DRIZZLE}),
    "a file, keeping size and time": (same_size_and_time, {DRIZZLE}),
    "a file, by another that takes its place": (by_another, {DRIZZLE}),
    "a file that an import finds sooner": (written("web/names.tsx", "export const named = {};"), ALL_NAMES),
    "how imports are resolved, where none asks": (written("web/tsconfig.json", "{}"), ALL_NAMES),
    "the version of drizzle-orm": (
        written("web/node_modules/drizzle-orm/package.json", '{"version": "0.30.0"}'), {DRIZZLE} | ALL_NAMES,
    ),
    "a file that is gone": (lambda root: (root / "web/names.ts").unlink(), {DRIZZLE} | ALL_NAMES),
    "a migration": (written("migrations/1.sql", SQL.replace("text", "varchar")), {FILES_OF_SQL, SNAPSHOT}),
    "one more migration": (
        written("migrations/2.sql", "CREATE TABLE more (id integer);\n"), {FILES_OF_SQL} | ALL_NAMES,
    ),
    "one migration less": (
        lambda root: (root / "migrations/1.sql").unlink(), {FILES_OF_SQL, SNAPSHOT} | ALL_NAMES,
    ),
    "the journal of the migrations": (
        written("migrations/meta/_journal.json", '{"entries": [{"idx": 0, "tag": "1"}]}'), {FILES_OF_SQL} | ALL_NAMES,
    ),
    "the models": (written("app/models.py", MODELS.replace("(NAME)", "(NAME, comment='x')")), {MODELS_, REVISIONS}),
    "a module of the models": (
        written("app/words.py", "from sqlalchemy import String\nNAME = String()\n"), {MODELS_, REVISIONS},
    ),
    "a file that the models open": (written("app/table.txt", "people\n"), {MODELS_}),
    "a module nobody imports": (
        written("app/more.py", "class More:\n    __tablename__ = 'more'\n"), {MODELS_, REVISIONS},
    ),
    "a module that hides another": (
        written("app/words/__init__.py", "from sqlalchemy import String as NAME\n"), {MODELS_, REVISIONS},
    ),
    "a package that hides an installed one": (
        written("typing_extensions.py", "raise ImportError\n"), {MODELS_, REVISIONS},
    ),
    "an environment beside the models": (written(".venv/bin/python", "#!/bin/sh\n"), {MODELS_, REVISIONS}),
    "one more revision": (written("alembic/versions/2_second.py", _SECOND), {MODELS_, REVISIONS}),
    "the config of the revisions": (
        written("alembic.ini", "[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = .\n"), {REVISIONS},
    ),
    "the snapshot": (lambda root: (root / "schema.json").write_text((root / "schema.json").read_text().replace(
        '"users"', '"people"')), {SNAPSHOT}),
    "a file of nobody": (written("README.md", "# Project\n"), ALL_NAMES),
}  # fmt: skip


@pytest.mark.slow
def test_one_change_at_a_time(house: House) -> None:
    """Whose input is changed is read anew, or fails; and nobody else is."""
    wrong = {}
    for name, (change, about) in CHANGES.items():
        untouched = house.readings.settle()
        change(house.root)
        found = {kind for kind, how in house.readings.look().items() if how != "kept"}
        house.files.restore()
        if untouched or found != about:
            wrong[name] = untouched, found, about
    assert not wrong
