"""Fixtures for tests that read schemas written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.readers.drizzle import read
from driftcheck.reading import Reading

Reads = Callable[..., Reading]


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes files (path → text) and gives their folder."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def reads(project: Callable[..., Path]) -> Reads:
    """Reads one schema, given as text, with all of pg-core and drizzle-orm imported by name."""

    def read_text(text: str, files: dict[str, str] | None = None, location: str = "schema.ts") -> Reading:
        root = project({"schema.ts": _IMPORTS + text, **(files or {})})
        return read(location, root)

    return read_text


_IMPORTS = (
    "import { pgTable, pgSchema, pgEnum, pgView, pgMaterializedView, pgPolicy, pgRole, pgSequence, pgTableCreator, "
    "customType, text, varchar, "
    "integer, bigint, serial, numeric, boolean, timestamp, date, json, jsonb, uuid, vector, point, index, uniqueIndex, "
    "unique, check, primaryKey, foreignKey } from 'drizzle-orm/pg-core'; "
    "import { sql, eq, ne, gt, inArray, between, like, and, or, not, isNull, exists, relations } from 'drizzle-orm';\n"
)
