"""Columns: their builders, and one small table for each family of types."""

from __future__ import annotations

from .builder import ColumnBuilder
from .column import Column, IndexedColumn
from .families import column_functions

__all__ = ["Column", "ColumnBuilder", "IndexedColumn", "column_functions"]
