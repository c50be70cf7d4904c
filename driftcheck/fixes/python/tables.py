"""Columns and tables that the models lack, have too many, or call by another name."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ...findings import Edit
from ...model import Check, Column, Exclusion, ForeignKey, Index, Table
from ..drift import Drift
from .arguments import without
from .calls import call_at
from .context import Context
from .elements import ElementWriter
from .names import Word
from .new_tables import makes_fields, table_missing
from .primary_keys import primary_key_edits
from .relations import (
    behind_blank_lines,
    class_gone,
    demand_no_relationship,
    demand_not_between,
    demand_unused,
)
from .sites import COLUMN_CALLS, ColumnSite, TableSite
from .table_args import TableArguments
from .types import Unplaced
from .whole_columns import ColumnWriter, own_constants


def table_edits(context: Context, drift: Drift) -> list[Edit]:
    """The edits that end a finding about a table itself, or about a column that only one side has. Raises Unplaced."""
    return _RULES[drift.code](context, drift)


# -- A column that is missing -----------------------------------------------------------------------------------


def _column_missing(context: Context, drift: Drift) -> list[Edit]:
    place = context.table(drift.table)
    column: Column = drift.expected
    writer = ColumnWriter(context, drift, place)
    writer.among_fields = place.class_ is not None and makes_fields(context, place.file, place.class_)
    word = writer.line(column, _single_keys(drift))
    edits = [*word.edits, *_placed(context, drift, place, column, word.text)]
    arguments = TableArguments(context, place)
    elements = ElementWriter(context, place.file, place.names, drift.table)
    for _, thing in drift.following:
        if not writer.said_inline(thing):
            edits += arguments.add(elements.whole(thing))
    return list(dict.fromkeys(edits))


def _single_keys(drift: Drift) -> list[ForeignKey]:
    return [one for _, one in drift.following if isinstance(one, ForeignKey) and len(one.columns) == 1]


def _placed(context: Context, drift: Drift, place: TableSite, column: Column, line: str) -> list[Edit]:
    """The line behind that of the column which the truth has before it."""
    file = place.file
    if isinstance(place.node, ast.Call):
        return _among_arguments(context, drift, place, column, line)
    class_ = place.class_
    assert class_ is not None
    after = _neighbour(context, drift, class_, column)
    if after is None:
        after = _last_column(place, class_) or class_.body[-1]
    at = file.behind(after)
    if at is None:
        raise Unplaced("its class has several statements on one line")
    indent = file.indent(file.span(class_.body[0])[0])
    return [replace(file.edit(at, at, f"\n{indent}{line}"), rank=_rank(drift))]


def _rank(drift: Drift) -> int:
    """Where the column is in the truth."""
    return next((at for at, one in enumerate(drift.expected_table.columns, 1) if one.name == drift.expected.name), 0)


def _neighbour(context: Context, drift: Drift, class_: ast.ClassDef, column: Column) -> ast.stmt | None:
    """The statement of the nearest column before it, in the truth's order, that is in this very class."""
    names = [one.name for one in drift.expected_table.columns]
    before = names[: names.index(column.name)] if column.name in names else []
    for name in reversed(before):
        here = drift.table.column(name)
        site = context.sites.column(here) if here is not None else None
        if site is not None and site.statement is not None and site.statement in class_.body:
            return site.statement
    return None


def _last_column(place: TableSite, class_: ast.ClassDef) -> ast.stmt | None:
    found = [
        one
        for one in class_.body
        if isinstance(one, (ast.Assign, ast.AnnAssign))
        and any(place.names.called(n) in COLUMN_CALLS for n in ast.walk(one))
    ]
    if found:
        return found[-1]
    plain = [one for one in class_.body if isinstance(one, (ast.Assign, ast.AnnAssign))]
    return plain[-1] if plain else None


def _among_arguments(context: Context, drift: Drift, place: TableSite, column: Column, line: str) -> list[Edit]:
    call, file = place.node, place.file
    assert isinstance(call, ast.Call)
    parts = file.parts(call)
    if parts is None or not parts.items:
        raise Unplaced("the call of Table cannot be taken apart")
    names = [one.name for one in drift.expected_table.columns]
    before = names[: names.index(column.name)] if column.name in names else []
    index = min(2, len(call.args))
    for name in reversed(before):
        here = drift.table.column(name)
        site = context.sites.column(here) if here is not None else None
        at = next((n for n, one in enumerate(parts.items) if site is not None and one.node is site.call), None)
        if at is not None:
            index = at + 1
            break
    return [replace(one, rank=_rank(drift)) for one in file.inserted(parts, index, line)]


# -- A column that is too many ----------------------------------------------------------------------------------


def _column_extra(context: Context, drift: Drift) -> list[Edit]:
    site, place = context.column(drift.actual), context.table(drift.table)
    context.demand_agreement(drift, site)
    table, name = drift.table, drift.actual.name
    for key in table.foreign_keys:
        if key.columns == (name,):
            demand_no_relationship(context, table, key)
    _demand_key(drift, place)
    change = drift.key_change
    constraint = call_at(context, table, change.actual) if change is not None else None
    beside = constraint.call if constraint is not None and constraint.column is None else None
    going = _standing_on(context, place, table, name)
    own = site.file is place.file and site.holder is place.node
    if own:
        demand_unused(context, place, site, [*(call for _, call in going), *([beside] if beside is not None else [])])
    elif going:
        raise Unplaced("its keys and indexes are written in another class than the column")
    edits = [edit for holder, call in going for edit in without(place.file, holder, call, comment=True)]
    if change is not None and beside is not None:
        edits += primary_key_edits(context, change)
    return [*edits, *_gone(site)]


def _demand_key(drift: Drift, place: TableSite) -> None:
    """Raises Unplaced where a class would be left without a primary key."""
    table, wanted = drift.table, drift.expected_table.primary_key
    kept = {column.name for column in drift.expected_table.columns}
    if table.primary_key is None or place.class_ is None or not kept.isdisjoint(table.primary_key.columns):
        return
    if wanted is None:
        raise Unplaced("a mapped class needs a primary key")
    if all(table.column(name) is not None for name in wanted.columns):
        raise Unplaced("a mapped class needs a primary key: that changes first")


def _standing_on(context: Context, place: TableSite, table: Table, name: str) -> list[tuple[ast.AST, ast.Call]]:
    """The calls beside the columns that make keys, checks and indexes on the column, each with its list."""

    found = []
    things: list[Any] = [
        *table.uniques, *table.foreign_keys, *table.checks, *table.indexes, *table.exclusions
    ]  # fmt: skip
    for thing in things:
        if _stands_on(thing, name):
            written = call_at(context, table, thing)
            if written is not None and written.column is None and written.call is not None:
                if written.file is not place.file or written.holder is None:
                    raise Unplaced("what depends on it is written in another file")
                found.append((written.holder, written.call))
    return found


def _stands_on(thing: Any, name: str) -> bool:
    """Whether a key, check or index has the column, or speaks of it."""
    texts: list[str] = []
    if isinstance(thing, Index):
        columns: Sequence[str | None] = [*(key.column for key in thing.keys), *thing.include]
        texts = [key.expression.sql for key in thing.keys if key.expression is not None]
        texts += [thing.predicate.sql] if thing.predicate is not None else []
    elif isinstance(thing, Check):
        columns, texts = (), [thing.expression.sql]
    elif isinstance(thing, Exclusion):
        columns, texts = (), [one.expression.sql for one in thing.elements]
    else:
        columns = thing.columns
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    return name in columns or any(word.search(text) for text in texts)


def _gone(site: ColumnSite) -> list[Edit]:
    file = site.file
    if site.statement is None:
        if site.holder is None or site.call is None:
            raise Unplaced("a function makes the column")
        return without(file, site.holder, site.call, comment=True)
    lines = file.lines_of(site.statement)
    if lines is None:
        raise Unplaced("other statements are on its line")
    body = getattr(site.holder, "body", [])
    kept = [one for one in body if one is not site.statement]
    return [file.edit(*lines, "" if kept else f"{file.indent(lines[0])}pass\n")]


# -- Tables -----------------------------------------------------------------------------------------------------


def _table_extra(context: Context, drift: Drift) -> list[Edit]:
    place = context.table(drift.actual)
    if place.class_ is not None:
        if sum(context.sites.table(one) == place for one in context.between.actual.tables) > 1:
            raise Unplaced("its class declares more than one table")
        going = (context.sites.table(one.actual) for one in context.drifts if one.code == "DR102")
        names = [one.class_.name for one in going if one is not None and one.class_ is not None]
        demand_not_between(context, drift.actual)
        return class_gone(context, place, names)
    statement = next((one for one in place.file.around(place.node) if isinstance(one, ast.stmt)), None)
    alone = isinstance(statement, ast.Assign) and place.file.holders[statement] is place.file.tree
    if not isinstance(statement, ast.Assign) or not alone or not isinstance(statement.targets[0], ast.Name):
        raise Unplaced("its call of Table is part of something else")
    name, lines = statement.targets[0].id, place.file.lines_of(statement)
    for path in context.sites.loaded:
        file = context.sites.file(path)
        for node in file.holders if file is not None and re.search(rf"\b{name}\b", file.text) else ():
            used = isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
            if used or (isinstance(node, ast.alias) and node.name == name):
                raise Unplaced(f"{path}:{getattr(node, 'lineno', 1)} uses {name}")
    if lines is None:
        raise Unplaced("other statements are on its lines")
    demand_not_between(context, drift.actual)
    return [place.file.edit(lines[0], behind_blank_lines(place.file, lines[1]), "")]


def _table_renamed(context: Context, drift: Drift) -> list[Edit]:
    wanted, now = drift.expected, drift.actual
    if wanted.schema != now.schema:
        raise Unplaced("the table would move to another schema")
    place = context.table(now)
    file = place.file
    named = [one for one in own_constants(place) if one.value == now.name]
    edits = [file.replace(one, file.requoted(one, wanted.name)) for one in named[:1]]
    if not named:
        class_ = place.class_
        if class_ is None:
            raise Unplaced("its name is not written in its call")
        at = file.line_start(file.span(class_.body[0])[0])
        indent = file.indent(at)
        edits = [file.edit(at, at, f"{indent}__tablename__ = {file.quoted(wanted.name)}\n\n")]
    return [*edits, *_referring(context, now, wanted.name)]


def _referring(context: Context, now: Table, name: str) -> list[Edit]:
    """What names the table: targets of foreign keys, `secondary="…"`."""
    prefix = re.compile(rf"((?:{re.escape(now.schema)}\.)?){re.escape(now.name)}(\.[^.]+)?\Z")
    edits = []
    for path in context.sites.loaded:
        file = context.sites.file(path)
        names = context.sites.names(file) if file is not None else None
        for call in ast.walk(file.tree) if file is not None and now.name in file.text else ():
            if file is None or names is None or names.called(call) not in _REFERRING:
                continue
            joined = re.search(rf"\b{re.escape(now.name)}\.c\.", file.source(call))
            if joined is not None and names.called(call) in ("relationship", "Relationship"):
                raise Unplaced(f"the relationship at {path}:{getattr(call, 'lineno', 1)} joins by its name")
            strings = [one for one in ast.walk(call) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            edits += [
                file.replace(one, file.requoted(one, f"{found[1]}{name}{found[2] or ''}"))
                for one in strings
                if (found := prefix.match(str(one.value)))
            ]
    return list(dict.fromkeys(edits))


_REFERRING = frozenset({"ForeignKey", "ForeignKeyConstraint", "relationship", "Relationship", "Field"})


def _table_comment(context: Context, drift: Drift) -> list[Edit]:
    place = context.table(drift.actual)
    comment = drift.expected.comment
    word = Word(place.file.quoted(comment)) if comment is not None else None
    return TableArguments(context, place).set_option("comment", word)


def _table_options(context: Context, drift: Drift) -> list[Edit]:
    place, wanted, now = context.table(drift.actual), drift.expected, drift.actual
    arguments, quoted = TableArguments(context, place), place.file.quoted
    edits: list[Edit] = []
    if wanted.partition_by != now.partition_by:
        value = wanted.partition_by
        edits += arguments.set_option("postgresql_partition_by", Word(quoted(value)) if value is not None else None)
    if wanted.tablespace != now.tablespace:
        value = wanted.tablespace
        edits += arguments.set_option("postgresql_tablespace", Word(quoted(value)) if value is not None else None)
    if wanted.options != now.options:
        given = ", ".join(f"{quoted(name)}: {quoted(value)}" for name, value in wanted.options)
        edits += arguments.set_option("postgresql_with", Word(f"{{{given}}}") if given else None)
    if wanted.unlogged != now.unlogged:
        edits += arguments.set_option("prefixes", Word(f"[{quoted('UNLOGGED')}]") if wanted.unlogged else None)
    if not edits:
        raise Unplaced("SQLAlchemy has no word for it")
    return edits


_RULES: dict[str, Callable[[Context, Drift], list[Edit]]] = {
    "DR101": table_missing,
    "DR102": _table_extra,
    "DR103": _table_renamed,
    "DR104": _table_options,
    "DR109": _table_comment,
    "DR201": _column_missing,
    "DR202": _column_extra,
}
