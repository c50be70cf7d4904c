"""Documents of 500 tables, each against the DDL of the same source: what it costs to say more than PostgreSQL asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from driftcheck.documents import FORMS

from . import scale
from .archetype import Target
from .timing import Command

_TABLES = 500
_MOST = 1.2


def targets(scratch: Path) -> Iterator[Target]:
    """Every form of a document, and a page for each table."""
    root = scratch / "documents"
    scale.write(root, _TABLES)
    ddl = _export(root, "sql", "schema.out.sql")
    for form in FORMS:
        yield Target(f"{_TABLES} tables to {form} / to sql", _export(root, form, f"schema.{form}"), ddl, _MOST)
    pages = _export(root, "markdown", "pages/")
    yield Target(f"{_TABLES} tables to a folder of pages / to sql", pages, ddl, _MOST)


def _export(root: Path, form: str, output: str) -> Command:
    words = (sys.executable, "-m", "driftcheck", "export", "sql:schema.sql", "--to", form, "-o", output, "--no-cache")
    return Command(words, root, {})
