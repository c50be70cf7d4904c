"""Edits of a source before each run, so that a check finds all the others as it left them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

_COLUMN = "  benchmarked: text('benchmarked'),\n"
_BEFORE = "export const profiles = pgTable('profiles', {\n"


def of_archetype(root: Path) -> dict[str, Callable[[], None]]:
    """What is edited, and how: each call leaves the file another than it was."""
    schema, models = root / "frontend/lib/db/schema.ts", root / "backend/models/usage.py"
    sql = root / "frontend/lib/db/migrations/production_schema.sql"
    return {
        "schema.ts, a comment": comment(schema, "//"),
        "schema.ts, a column": _column(schema),
        "the SQL": comment(sql, "--"),
        "a model": comment(models, "#"),
    }


def comment(path: Path, mark: str) -> Callable[[], None]:
    """Has another comment at the end of the file."""
    text, numbers = path.read_text(encoding="utf-8"), count()
    return lambda: _write(path, f"{text}\n{mark} {next(numbers)}\n")


def _column(path: Path) -> Callable[[], None]:
    """Has a column in the file, and the next time not."""
    text, numbers = path.read_text(encoding="utf-8"), count()
    with_column = text.replace(_BEFORE, _BEFORE + _COLUMN)
    assert with_column != text
    return lambda: _write(path, text if next(numbers) % 2 else with_column)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
