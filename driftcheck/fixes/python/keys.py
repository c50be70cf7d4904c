"""Edits of keys, checks and indexes: what is missing, what is too many, and calls instead of `index=True`."""

from __future__ import annotations

import ast

from ...findings import Edit
from ...model import ForeignKey, Index, PrimaryKey, Unique
from ..drift import Drift
from .arguments import positional, set_keyword, type_argument, without
from .calls import Written, columns_of, flags_of, has_flag, written_of
from .changing import changed_call, demand_sayable
from .context import Context
from .elements import Element, ElementWriter, writer
from .lists import PythonFile
from .names import Word
from .primary_keys import primary_key_edits
from .relations import demand_no_relationship
from .sites import ColumnSite
from .table_args import TableArguments
from .types import Unplaced


def key_edits(context: Context, drift: Drift) -> list[Edit]:
    """The edits that end a finding about a key, check or index. Raises Unplaced."""
    wanted, now = drift.expected, drift.actual
    if now is None:
        return added(context, drift, wanted)
    if isinstance(now, PrimaryKey) or (wanted is not None and isinstance(wanted, PrimaryKey)):
        return primary_key_edits(context, drift)
    written = written_of(context, drift.table, now)
    _demand_own(context, drift, written)
    if wanted is None:
        return _removed(context, drift, written, now)
    if type(wanted) is not type(now):
        return [*_removed(context, drift, written, now), *added(context, drift, wanted)]
    if written.call is None:
        return _spelled_out(context, drift, written, wanted, now)
    if written.column is not None and isinstance(now, ForeignKey) and wanted.columns != now.columns:
        return [*_removed(context, drift, written, now), *added(context, drift, wanted)]
    return changed_call(context, drift, written, wanted, now)


def _demand_own(context: Context, drift: Drift, written: Written) -> None:
    """Raises Unplaced if other tables have the key from the same line, unless all of them are to change alike."""
    if written.column is None:
        return
    for table, _ in context.users(written.column.key):
        if table is drift.table or table.key == drift.table.key or context.between.match(table.key) is None:
            continue
        same = [
            one
            for one in context.drifts
            if one.key == table.key and one.code == drift.code
            and one.finding.expected.value == drift.finding.expected.value
        ]  # fmt: skip
        if not same:
            raise Unplaced(f"{table} has it from the same line of {written.file.path}, and agrees with the truth there")


# -- Adding -----------------------------------------------------------------------------------------------------


def added(context: Context, drift: Drift, thing: Element) -> list[Edit]:
    """What the truth has and the models do not: at its column where that says all of it, else beside the columns."""
    table = drift.table
    if isinstance(thing, PrimaryKey):
        return primary_key_edits(context, drift)
    demand_sayable(thing, None)
    column = table.column(columns_of(thing)[0]) if len(columns_of(thing)) == 1 else None
    if column is not None:
        site = context.column(column)
        if len(context.users(site.key)) == 1 and (edits := _at_column(context, drift, site, thing)):
            return edits
    place = context.table(table)
    word = writer(context, place, table).whole(thing)
    return TableArguments(context, place).add(word)


def _at_column(context: Context, drift: Drift, site: ColumnSite, thing: Element) -> list[Edit]:
    """`ForeignKey(…)`, `unique=True` or `index=True`; none where a column cannot say it."""
    words = writer(context, site, drift.table)
    options = {name: word for name, word in words.options(thing).items() if word is not None}
    if isinstance(thing, ForeignKey):
        if site.is_field:
            return _field_reference(words, site, thing, options)
        node, index = type_argument(site)
        return positional(site, words.inline(thing), index + 1 if node is not None else index)
    if isinstance(thing, Unique) and not options and not has_flag(site, "index"):
        return set_keyword(site, "unique", Word("True"))
    plain = isinstance(thing, Index) and not options and thing.name == f"ix_{drift.table.name}_{thing.keys[0].column}"
    if plain and "index=True" in site.file.text and not context.has_convention and not has_flag(site, "unique"):
        return set_keyword(site, "index", Word("True"))
    return []


def _field_reference(words: ElementWriter, site: ColumnSite, thing: ForeignKey, options: dict[str, Word]) -> list[Edit]:
    if set(options) - {"ondelete"}:
        return []
    target = words.target(thing, words.target_columns(thing)[0])
    edits = set_keyword(site, "foreign_key", Word(site.file.quoted(target)))
    return [*edits, *(set_keyword(site, "ondelete", options["ondelete"]) if options else [])]


# -- Removing ---------------------------------------------------------------------------------------------------


def _removed(context: Context, drift: Drift, written: Written, now: Element) -> list[Edit]:
    if isinstance(now, ForeignKey) and drift.expected is None:
        demand_no_relationship(context, drift.table, now)
    file = written.file
    if written.call is None:
        assert written.column is not None
        return [edit for name in flags_of(now) for edit in _without_flag(written.column, name)]
    holder = file.holders[written.call]
    if isinstance(holder, ast.Expr):
        return _statement_gone(file, holder)
    if written.column is not None and isinstance(now, ForeignKey):
        word = _type_of_its_own(context, drift, written.column)
        if word is not None:
            return [*word.edits, file.replace(written.call, word.text)]
    return without(file, holder, written.call, comment=True)


def _without_flag(site: ColumnSite, name: str) -> list[Edit]:
    edits = set_keyword(site, name, None)
    if name == "foreign_key" and site.keyword("ondelete") is not None:
        edits += set_keyword(site, "ondelete", None)
    return edits


def _statement_gone(file: PythonFile, statement: ast.stmt) -> list[Edit]:
    lines = file.lines_of(statement)
    if lines is None:
        raise Unplaced("other statements are on its line")
    return [file.edit(*lines, "")]


def _type_of_its_own(context: Context, drift: Drift, site: ColumnSite) -> Word | None:
    """The type of a column that had it from the key that goes; None where it is written."""
    column = drift.table.column(drift.actual.columns[0])
    if type_argument(site)[0] is not None or column is None or site.is_field:
        return None
    if any(one.rule.code == "DR203" for one in context.drifting.about(column)):
        return None  # that finding brings the type
    return context.writer(drift, site).text(column.type)


# -- Changing ---------------------------------------------------------------------------------------------------


def _spelled_out(context: Context, drift: Drift, written: Written, wanted: Element, now: Element) -> list[Edit]:
    """A call of its own instead of `index=True`, `unique=True` or `foreign_key=`."""
    site = written.column
    demand_sayable(wanted, now)
    if site is not None and isinstance(now, ForeignKey) and isinstance(wanted, ForeignKey) and site.is_field:
        words = writer(context, site, drift.table)
        # A name that the models leave to the server need not be written only because something else changes.
        skipped = {"name"} if "name" in now.unknown else set()
        options = {
            name: word for name, word in words.options(wanted).items() if word is not None and name not in skipped
        }
        edits = _field_reference(words, site, wanted, options)
        if edits or not options:
            gone = set_keyword(site, "ondelete", None) if "ondelete" not in options else []
            return [*edits, *gone]
    gone = _removed(context, drift, written, now)
    place = context.table(drift.table)
    return [*gone, *TableArguments(context, place).add(writer(context, place, drift.table).whole(wanted))]
