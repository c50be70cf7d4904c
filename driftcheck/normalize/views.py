"""Views as relations: their columns are known when their queries are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Expression, View
from .expressions import query
from .known import Columns, Known


def with_views(known: Known, views: Sequence[View]) -> Known:
    """`known` with the columns of `views`, those that depend on other views included."""
    columns: dict[tuple[str, str], Columns] = dict(known.columns)
    for _ in range(len(views)):
        known = replace(known, columns=columns)
        added = False
        for view in views:
            if (view.schema, view.name) not in columns and "definition" not in view.unknown:
                # A definition in canonical form is read again, for its columns.
                _, found = query(Expression(view.definition.sql), known, view.columns)
                if found is not None:
                    columns[view.schema, view.name] = found
                    added = True
        if not added:
            break
    return replace(known, columns=columns)
