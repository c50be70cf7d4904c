"""A long history of migrations, against the import of Alembic and of the revisions alone."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .archetype import Target
from .timing import Command

_COUNT = 1_000
_UNIT = """
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.runtime.environment import EnvironmentContext
list(ScriptDirectory.from_config(Config("alembic.ini")).walk_revisions())
"""
_HEAD = (
    "import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '{0}'\ndown_revision = {1!r}\n\n\ndef upgrade():\n"
)
_TABLE = """\
    op.create_table(
        "t{0}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
    )
    op.create_index("ix_t{0}_name", "t{0}", ["name"])
"""
_CHANGE = '    op.add_column("t{0}", sa.Column("c{1}", sa.Integer(), nullable=True))\n'


def target(scratch: Path) -> Target:
    """Every tenth of a thousand revisions makes a table, the others add a column to it."""
    root = scratch / "history"
    versions = root / "migrations" / "versions"
    versions.mkdir(parents=True)
    (root / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
    (root / "migrations" / "env.py").write_text("")
    previous = None
    for number in range(_COUNT):
        name, table = f"{number:012x}", number // 10
        body = (_CHANGE if number % 10 else _TABLE).format(table, number)
        (versions / f"{name}_change.py").write_text(_HEAD.format(name, previous) + body)
        previous = name
    kept = scratch / "cache"
    environment = {"DRIFTCHECK_CACHE_DIR": str(kept)}
    words = ("-m", "driftcheck", "export", "alembic:alembic.ini", "--to", "json", "-o", "schema.json")
    # A reading that is kept runs no revision: what is measured is the one that is to be kept.
    measured = Command((sys.executable, *words), root, environment, before=lambda: shutil.rmtree(kept, True))
    unit = Command((sys.executable, "-B", "-c", _UNIT), root, {})
    return Target(f"{_COUNT:,} revisions / import of Alembic and of them", measured, unit, 1.3)
