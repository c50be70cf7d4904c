"""The columns of PostgreSQL's own tables and views: data from the servers' own `pg_attribute`."""

from __future__ import annotations

from functools import cache

from ..model import ColumnType
from ..sql import parse_type
from .builtin.data import FOLDER
from .types import canonical_type


def catalog_columns(schema: str | None, name: str) -> tuple[tuple[str, ColumnType | None], ...] | None:
    """The columns of a relation of pg_catalog or information_schema; None if there is none of the name."""
    facts = _relations().get(f"{schema or 'pg_catalog'}.{name}")
    return None if facts is None else _columns(facts)


@cache
def _relations() -> dict[str, str]:
    lines = (FOLDER / "relations.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


@cache
def _columns(facts: str) -> tuple[tuple[str, ColumnType | None], ...]:
    pairs = (column.split(":") for column in facts.split(" "))
    return tuple(
        (name, canonical_type(parse_type(f'"{type_}"' if type_ == "char" else type_))) for name, type_ in pairs
    )
