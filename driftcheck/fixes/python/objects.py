"""What stands beside tables: enums that no column has, sequences."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from ...findings import Edit
from ...model import Enum, Table
from ..drift import Drift
from .arguments import set_keyword
from .context import Context
from .enums import is_of, users
from .names import Word
from .new_tables import metadata_of, pattern, standing_behind
from .sites import ColumnSite
from .types import CORE, TypeWriter, Unplaced
from .whole_columns import attribute_of

#: Ends another finding of the comparison.
Others = Callable[[Drift], Sequence[Edit]]


def enum_edits(context: Context, drift: Drift, others: Others) -> list[Edit]:
    """An enum that only one side has: it comes and goes with the columns that have it. Raises Unplaced."""
    enum: Enum = drift.expected if drift.expected is not None else drift.actual
    with_it = [one for one in context.drifts if _brings(one, enum, missing=drift.expected is not None)]
    edits = [edit for one in with_it for edit in others(one)]
    if edits:
        return list(dict.fromkeys(edits))
    if drift.expected is None:
        if users(context.between.actual.tables, enum):
            raise Unplaced("columns have it that agree with the truth")
        return _statement_gone(context, drift.actual, {"Enum", "ENUM"})
    place = pattern(context)
    word = TypeWriter(place.file, place.names, drift.schema).of_enum(enum)
    text = f"{attribute_of(enum.name)} = {word.text[:-1]}, metadata={metadata_of(context, place)})"
    return [*word.edits, standing_behind(place, text)]


def _brings(drift: Drift, enum: Enum, *, missing: bool) -> bool:
    thing = drift.expected if missing else drift.actual
    if drift.code in ("DR201", "DR202", "DR203"):
        return is_of(thing, enum) if thing is not None else False
    return isinstance(thing, Table) and drift.code in ("DR101", "DR102") and bool(users([thing], enum))


def _statement_gone(context: Context, thing: Any, calls: set[str]) -> list[Edit]:
    """The assignment of a call, if nothing uses what it assigns."""
    place = thing.location
    file = context.sites.file(place.path) if place is not None else None
    if place is None or file is None:
        raise Unplaced("it is written where driftcheck cannot see it")
    names = context.sites.names(file)
    statement = next((one for one in file.over(place) if isinstance(one, (ast.Assign, ast.Expr))), None)
    if statement is None or not any(names.called(one) in calls for one in ast.walk(statement)):
        raise Unplaced("it is not written in a statement of its own")
    lines = file.lines_of(statement)
    targets = [one.id for one in getattr(statement, "targets", []) if isinstance(one, ast.Name)]
    for path in context.sites.loaded:
        other = context.sites.file(path)
        for node in ast.walk(other.tree) if other is not None else ():
            used = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in targets
            if used or (isinstance(node, ast.alias) and node.name in targets):
                raise Unplaced(f"{path}:{getattr(node, 'lineno', 1)} uses it")
    if lines is None:
        raise Unplaced("other statements are on its line")
    return [file.edit(*lines, "")]


def sequence_edits(context: Context, drift: Drift) -> list[Edit]:
    """A sequence that is missing, too many, or has other options. Raises Unplaced."""
    wanted, now = drift.expected, drift.actual
    if wanted is None:
        return _statement_gone(context, now, {"Sequence"})
    options = {
        "start": wanted.start, "increment": wanted.increment, "minvalue": wanted.minimum, "maxvalue": wanted.maximum,
        "cache": wanted.cache, "cycle": wanted.cycle or None,
    }  # fmt: skip
    if now is None:
        place = pattern(context)
        word, quoted = place.names.word(CORE, "Sequence"), place.file.quoted
        given = [quoted(wanted.name), *(f"{name}={value}" for name, value in options.items() if value is not None)]
        given += [f"schema={quoted(wanted.schema)}"] if wanted.schema != "public" else []
        given.append(f"metadata={metadata_of(context, place)}")
        text = f"{attribute_of(wanted.name)} = {word.text}({', '.join(given)})"
        return [*word.edits, standing_behind(place, text)]
    if wanted.type != now.type or wanted.owned_by != now.owned_by:
        raise Unplaced("SQLAlchemy has no word for its type or its owner")
    file = context.sites.file(now.location.path) if now.location is not None else None
    call = next((one for one in file.over(now.location) if isinstance(one, ast.Call)), None) if file else None
    if file is None or call is None or context.sites.names(file).called(call) != "Sequence" or len(call.args) > 1:
        raise Unplaced("its call cannot be found from its place")
    before = {
        "start": now.start, "increment": now.increment, "minvalue": now.minimum, "maxvalue": now.maximum,
        "cache": now.cache, "cycle": now.cycle or None,
    }  # fmt: skip
    site = ColumnSite(file, context.sites.names(file), call, None, None)
    changed = [(name, value) for name, value in options.items() if value != before[name]]
    return [
        edit
        for name, value in changed
        for edit in set_keyword(site, name, Word(str(value)) if value is not None else None)
    ]
