"""SQLAlchemy models."""

from __future__ import annotations

from pathlib import PurePosixPath

from ..regex import lazy
from .kind import Lazy, SourceKind

_MODULE = lazy(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\.\*)?(?::[A-Za-z_][\w.]*)?\Z|[A-Za-z_]\w*:[A-Za-z_]\w*\Z")


def _guess(location: str) -> str | None:
    """A module, or the file of one."""
    path = PurePosixPath(location.replace("\\", "/"))
    if path.suffix.lower() == ".py":
        parts = [part for part in path.with_suffix("").parts if part not in (".", "/")]
        return ".".join(parts).removesuffix(".__init__")
    return location if _MODULE.match(location) else None


SQLALCHEMY = SourceKind(
    name="sqlalchemy",
    spoken="SQLAlchemy",
    example="sqlalchemy:app.models:Base",
    location="`module` or `module:attribute`, or `package.*` for all its modules; "
    "imported with the project's own interpreter",
    suffixes=(".py", ".pyi"),
    guess=_guess,
    comments=Lazy("driftcheck.triage.comments:python"),
    describe=Lazy("driftcheck.readers.sqlalchemy.docstrings:describe"),
    is_path=False,
    start=Lazy("driftcheck.readers.sqlalchemy:start"),
    options=frozenset({"python", "env", "timeout", "stub_missing", "snapshot"}),
    find=Lazy("driftcheck.discovery.sqlalchemy:search"),
    snapshot="driftcheck.snapshot.json",
    edit=Lazy("driftcheck.fixes.python:edit"),
    language="python",
    tidy=Lazy("driftcheck.fixes.python.tidy:tidy"),
)
