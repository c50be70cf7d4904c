"""The columns of views, as far as their queries say them in a way that SQLite promises to keep.

It promises the name behind AS and that of a column, and nothing of what an expression without a name is called:
https://www.sqlite.org/lang_createview.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from ...model import ColumnType, Schema, View
from .expressions import parsed

#: Name and type; None for a type that is not known.
_Columns = tuple[tuple[str, ColumnType | None], ...]


def columns_of_views(schema: Schema) -> dict[tuple[str, str], _Columns]:
    """By schema and name; without views whose columns are not known."""
    known: dict[str, _Columns] = {
        table.name.lower(): tuple((column.name, column.type) for column in table.columns) for table in schema.tables
    }
    found: dict[tuple[str, str], _Columns] = {}
    left = {view.name.lower(): (view, parsed(view.definition.sql)) for view in schema.views}
    reads = {name: _read_by(query) & left.keys() - {name} for name, (_, query) in left.items()}
    while ready := [name for name in left if reads[name].isdisjoint(left)]:
        for view, query in map(left.pop, ready):
            if (columns := _columns(view, query, known)) is not None:
                found[view.schema, view.name] = known[view.name.lower()] = columns
    return found


def _read_by(query: exp.Query | None) -> set[str]:
    return {table.name.lower() for table in query.find_all(exp.Table)} if query is not None else set()


def _columns(view: View, query: Any, known: dict[str, _Columns]) -> _Columns | None:
    while isinstance(query, exp.SetOperation):
        query = query.this
    if not isinstance(query, exp.Select) or query.args.get("with") or query.args.get("with_"):
        return None
    sources = dict(_sources(query, known))
    found: list[tuple[str, ColumnType | None]] = []
    for item in query.expressions:
        columns = _of_item(item, sources)
        if columns is None:
            return None
        found += columns
    names = view.columns or tuple(name for name, _ in found)
    if "" in names or len({name.lower() for name in names}) < len(found) or len(names) != len(found):
        return None
    return tuple((name, kind) for name, (_, kind) in zip(names, found, strict=True))


def _sources(query: exp.Select, known: dict[str, _Columns]) -> Iterator[tuple[str, _Columns | None]]:
    """What the query reads, by the names it has there; a join that drops columns is not known."""
    start = query.args.get("from_") or query.args.get("from")
    joins = query.args.get("joins") or []
    merged = any(one.args.get("using") or one.args.get("method") for one in joins)
    for item in [*([start.this] if start is not None else []), *(one.this for one in joins)]:
        plain = isinstance(item, exp.Table) and not merged
        yield item.alias_or_name.lower(), known.get(item.name.lower()) if plain else None


def _of_item(item: Any, sources: dict[str, _Columns | None]) -> _Columns | None:
    if isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
        wanted = [item.table.lower()] if isinstance(item, exp.Column) else list(sources)
        each = [sources.get(name) for name in wanted]
        return None if None in each else tuple(column for columns in each for column in columns or ())
    inner = item.this if isinstance(item, exp.Alias) else item
    name, kind = _resolved(inner, sources) if isinstance(inner, exp.Column) else ("", None)
    return ((item.alias or name, kind),)


def _resolved(column: exp.Column, sources: dict[str, _Columns | None]) -> tuple[str, ColumnType | None]:
    """Its name as it is declared, and its type; "" for what is no column, or of two tables."""
    asked = [sources.get(column.table.lower())] if column.table else list(sources.values())
    found = [one for columns in asked for one in columns or () if one[0].lower() == column.name.lower()]
    if None in asked:
        return ("" if column.this.quoted else column.name), None
    return found[0] if len(found) == 1 else ("", None)
