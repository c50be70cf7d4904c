"""PostgreSQL judges what two pieces of SQL come to: without findings and gaps they build the same, and the reverse."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ..conformance.catalog import Catalog, differences
from ..conformance.postgres import Server
from .checking import Checking
from .mutating import mutated, tries
from .seeds import SQL

pytestmark = pytest.mark.slow

#: Tables that tools keep for themselves: no check looks at them.
_TOOLS = ("alembic_version", "schema_migrations")
_JUDGED = [text for text in SQL if not any(name in text for name in _TOOLS)]


def _built(pg: Server, script: Path) -> tuple[Catalog, bool]:
    """What psql makes of a file, on to its end whatever PostgreSQL refuses; and whether it took all of it."""
    with pg.database() as database:
        done = subprocess.run(
            [pg.psql, "-X", "-q", "-f", str(script), database.dsn],
            cwd=script.parent, capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return database.catalog(), not done.stderr and not done.returncode


def test_no_false_agreement_and_no_false_drift(checking: Checking, pg: Server) -> None:
    for seed, chance in tries(12):
        first = chance.choice(_JUDGED)
        checking.write({"a.sql": first, "b.sql": mutated(first, _JUDGED, chance)})
        status, out, _ = checking.run("diff", "a=sql:a.sql", "b=sql:b.sql", "--format", "json", "--no-cache", seed=seed)
        if status == 2 or "DR901" in (found := {one["rule"] for one in json.loads(out)["findings"]}):
            continue
        (one, _), (other, taken) = (_built(pg, checking.root / name) for name in ("a.sql", "b.sql"))
        lines = differences(one, other)
        assert found or not lines, (seed, lines)
        # What a statement refers to may be made elsewhere: then PostgreSQL refuses here what is drift there.
        assert lines or not found or not taken, (seed, found)
