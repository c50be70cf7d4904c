"""Revisions that ask the clock or chance, themselves or by what they had called: their reading is never kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check.kept import KeptReadings
from driftcheck.check.readings import reading
from driftcheck.config import SourceSpec
from driftcheck.project import Project

from ..readers.alembic.conftest import written

MADE = (
    'op.create_table("t", sa.Column("id", sa.Integer()), sa.Column("at", sa.DateTime(), server_default=sa.func.now()))'
)
ADDED = 'op.add_column("t", sa.Column("a", sa.Integer()))'
#: Files beside a revision that makes a table and one that adds a column; whether the reading is kept.
CASES: dict[str, tuple[dict[str, str], bool]] = {
    "nothing": ({}, True),
    "a name made up": ({"c": "import uuid\nop.execute(f'CREATE TABLE {uuid.uuid4().hex} ()')"}, False),
    "the day": ({"c": "import datetime\nop.execute(f'CREATE TABLE t{datetime.date.today():%Y} ()')"}, False),
    "a name that nobody takes": ({"c": "import uuid\nop.add_column('t', sa.Column('c', sa.Uuid, default=uuid.uuid4))"},
                                  True),
    "a helper of the project": (
        {"app/__init__.py": "", "app/names.py": "import random\ndef name(): return f't{random.random():.5}'",
         "c": "from app.names import name\nop.create_table(name())"}, False),
    "what is called within another revision": (
        {"app/__init__.py": "", "app/hooks.py": "import time\nimport sqlalchemy as sa\n"
         "@sa.event.listens_for(sa.Table, 'before_create')\ndef called(*_, **__): time.time()\n",
         "0": "import app.hooks", "a": MADE, "b": ADDED}, False),
}  # fmt: skip


@pytest.mark.parametrize(("files", "kept"), CASES.values(), ids=CASES)
def test_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], kept: bool) -> None:
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "project"
    ini = {"alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n", "migrations/env.py": ""}
    written(root, {**ini, **(files if "a" in files else {"a": MADE, "b": ADDED, **files})})
    spec = SourceSpec(name="alembic", kind="alembic", location="alembic.ini")
    for _ in range(3 if kept else 1):  # nothing is kept while anybody touches an installed package
        with reading(Project(root), [spec], kept=KeptReadings()) as arrivals:
            for _spec, arrive in arrivals:
                arrive()
        found = list((tmp_path / "cache").rglob("*.part"))
        if found:
            break
    assert bool(found) == kept
