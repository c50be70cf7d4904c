"""Where keys, checks and indexes are written: calls beside the columns, or words of a column."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ...model import ForeignKey, Index, Table, Unique
from .context import Context
from .elements import CALLS, Element
from .lists import PythonFile
from .names import Names
from .sites import ColumnSite, keyword
from .types import Unplaced


@dataclass(frozen=True)
class Written:
    """Where a key or index is written: a call with the list that it is in, or a column that asks for it."""

    file: PythonFile
    names: Names
    call: ast.Call | None
    holder: ast.AST | None
    column: ColumnSite | None


def written_of(context: Context, table: Table, thing: Element) -> Written:
    found = call_at(context, table, thing)
    if found is not None:
        return found
    columns = columns_of(thing)
    if len(columns) == 1 and (column := table.column(columns[0])) is not None:
        site = context.column(column)
        call = _inline(site, thing)
        if call is not None or any(has_flag(site, name) for name in flags_of(thing)):
            return Written(site.file, site.names, call, site.call, site)
    raise Unplaced("what makes it cannot be found from its place")


def columns_of(thing: Element) -> tuple[str, ...]:
    if isinstance(thing, Index):
        return tuple(key.column or "" for key in thing.keys)
    return getattr(thing, "columns", ())


def flags_of(thing: Element) -> tuple[str, ...]:
    if isinstance(thing, Index):
        return ("index",)
    return ("unique",) if isinstance(thing, Unique) else ("foreign_key",) if isinstance(thing, ForeignKey) else ()


def has_flag(site: ColumnSite, name: str) -> bool:
    given = site.keyword(name)
    return given is not None and not (isinstance(given.value, ast.Constant) and not given.value.value)


def _inline(site: ColumnSite, thing: Element) -> ast.Call | None:
    """The argument of a column that makes it: the one that is meant, if there are several."""
    found = site.arguments(*CALLS[type(thing)])
    if len(found) < 2:
        return found[0] if found else None
    words = {thing.name, *([f"{thing.target_table}."] if isinstance(thing, ForeignKey) else [])}
    for one in found:
        if any(isinstance(node, ast.Constant) and any(w in str(node.value) for w in words) for node in ast.walk(one)):
            return one
    return None


def call_at(context: Context, table: Table, thing: Element) -> Written | None:
    """The call at the place of `thing`, or one beside it that fits better."""
    place = thing.location
    file = context.sites.file(place.path) if place is not None else None
    if place is None or file is None:
        return None
    names = context.sites.names(file)
    over = file.over(place)
    calls = [one for one in over if names.called(one) in CALLS[type(thing)] and isinstance(one, ast.Call)]
    if not calls:
        return None
    holder = file.holders[calls[0]]
    beside = [
        one
        for one in _siblings(holder)
        if isinstance(one, ast.Call) and names.called(one) == names.called(calls[0])
    ]  # fmt: skip
    chosen = next((one for one in beside if _fits(one, thing)), None)
    if chosen is None:
        if len(beside) > 1 and not _mentions_name(calls[0], thing):
            return None
        chosen = calls[0]
    column = None
    if isinstance(holder, ast.Call) and len(columns_of(thing)) == 1 and (one := table.column(columns_of(thing)[0])):
        site = context.sites.column(one)
        column = site if site is not None and site.call is holder else None
    return Written(file, names, chosen, holder, column)


def _siblings(holder: ast.AST) -> list[ast.AST]:
    return list(ast.iter_child_nodes(holder))


def _mentions_name(call: ast.Call, thing: Element) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == thing.name for one in ast.walk(call))


def _fits(call: ast.Call, thing: Element) -> bool:
    """Whether a call names `thing`, or covers its columns."""
    named = keyword(call, "name")
    if isinstance(thing, Index):
        first = call.args[0] if call.args else None
        return isinstance(first, ast.Constant) and first.value == thing.name
    if named is not None and isinstance(named.value, ast.Constant) and named.value.value is not None:
        return bool(named.value.value == thing.name)
    given = call.args
    if isinstance(thing, ForeignKey):
        given = call.args[0].elts if call.args and isinstance(call.args[0], (ast.List, ast.Tuple)) else []
    words = [one.value for one in given if isinstance(one, ast.Constant)]
    return bool(words) and words == list(columns_of(thing))
