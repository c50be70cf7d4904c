"""The columns of PostgreSQL's own tables and views: data from the servers' own `pg_attribute`."""

from __future__ import annotations

from functools import lru_cache

from ..model import ColumnType
from ..sql import parse_type
from .builtin.data import relation
from .types import canonical_type


@lru_cache(maxsize=1_000)
def catalog_columns(schema: str | None, name: str) -> tuple[tuple[str, ColumnType | None], ...] | None:
    """The columns of a relation of pg_catalog or information_schema; None if there is none of the name."""
    columns = relation(f"{schema or 'pg_catalog'}.{name}")
    if columns is None:
        return None
    return tuple(
        (column, canonical_type(parse_type(f'"{type_}"' if type_ == "char" else type_))) for column, type_ in columns
    )
