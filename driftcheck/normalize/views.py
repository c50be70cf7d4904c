"""Views as relations: their columns are known when their queries are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from ..model import DEFAULT_SCHEMA, Expression, Schema, View
from ..sql import SqlError
from ..sql.references import relations_in
from .expressions import query
from .known import Columns, Known, known_of


def columns_of_views(schema: Schema) -> dict[tuple[str, str], Columns]:
    """What the queries of `schema`'s views give, by schema and name; without views whose columns are not known.

    The type of a column is None where it is not known, and what a domain is made of where it is one.
    """
    found = with_views(known_of(schema), schema.views).columns if schema.views else {}
    keys = [(view.schema, view.name) for view in schema.views]
    return {key: found[key] for key in keys if key in found}


def with_views(known: Known, views: Sequence[View]) -> Known:
    """`known` with the columns of `views`, those that depend on other views included."""
    columns: dict[tuple[str, str], Columns] = dict(known.columns)
    known = replace(known, columns=columns)
    for view in _after_what_they_read(views):
        key = (view.schema, view.name)
        if key not in columns and "definition" not in view.unknown:
            # A definition in canonical form is read again, for its columns.
            _, found = query(Expression(view.definition.sql), known, view.columns)
            if found is not None:
                columns[key] = found
    return known


def _after_what_they_read(views: Sequence[View]) -> Iterator[View]:
    """Each view after those that its query names."""
    left = {(view.schema, view.name): view for view in views}
    begun: set[tuple[str, str]] = set()
    stack = list(reversed(left))
    while stack:
        key = stack[-1]
        if key in left and key not in begun:
            begun.add(key)
            stack += [other for other in _read_by(left[key]) if other in left and other not in begun]
        elif (view := left.pop(stack.pop(), None)) is not None:
            yield view


def _read_by(view: View) -> Iterator[tuple[str, str]]:
    with suppress(SqlError):
        for schema, name in relations_in(str(view.definition)):
            yield from ((schema, name),) if schema is not None else ((view.schema, name), (DEFAULT_SCHEMA, name))
