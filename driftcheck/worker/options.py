"""What a caller may say about running the project's Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """`python` is the interpreter to use, relative to the root; `timeout` is in seconds.

    `env` is added to the clean environment of the import. `stub_missing` puts permissive stand-ins in the place of
    third-party packages that are not installed; None does so only if the import fails without them and nobody named
    an interpreter.

    `dialect` is SQLAlchemy's name for another engine than PostgreSQL, if the models are to be read for one.

    For Alembic's revisions: `after` is the SQL of what was there before them (a `sql` location), `run_env` lets env.py
    run them.
    """

    python: str | None = None
    timeout: float = 60
    env: Mapping[str, str] = field(default_factory=dict)
    stub_missing: bool | None = None
    after: str | None = None
    run_env: bool = False
    dialect: str = ""
