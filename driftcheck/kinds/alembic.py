"""Alembic's migrations."""

from __future__ import annotations

from .kind import Lazy, SourceKind

ALEMBIC = SourceKind(
    name="alembic",
    example="alembic:alembic.ini",
    location="`alembic.ini`, a `pyproject.toml` with `[tool.alembic]`, or the migrations folder; `#section` and "
    "`@revision` behind it; run with the project's own interpreter, without a database",
    suffixes=(".ini",),
    names=("alembic.ini",),
    offered=(".ini",),
    comments=Lazy("driftcheck.triage.comments:python"),
    start=Lazy("driftcheck.readers.alembic:start"),
    options=frozenset({"python", "env", "timeout", "stub_missing", "snapshot", "after", "run_env"}),
    find=Lazy("driftcheck.discovery.revisions:search"),
    edit=Lazy("driftcheck.fixes.alembic:edit"),
    language="python",
    snapshot="driftcheck.alembic.snapshot.json",
    unedited="what revisions did stays done; `alembic revision --autogenerate` writes the next one",
)
