"""Columns: their builders, and one small table for each family of types."""

from __future__ import annotations

from .builder import ColumnBuilder
from .column import IndexedColumn, PgColumn
from .families import column_functions

__all__ = ["ColumnBuilder", "IndexedColumn", "PgColumn", "column_functions"]
