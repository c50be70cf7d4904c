"""Primary keys: `primary_key=True` on columns, or a constraint beside them."""

from __future__ import annotations

from typing import Any

from ...findings import Edit
from ...model import Table
from ..drift import Drift
from .arguments import set_keyword, without
from .calls import call_at
from .changing import changed_call
from .context import Context
from .elements import writer
from .names import Word
from .table_args import TableArguments
from .types import Unplaced


def primary_key_edits(context: Context, drift: Drift) -> list[Edit]:
    wanted, now, table = drift.expected, drift.actual, drift.table
    place = context.table(table)
    written = call_at(context, table, now) if now is not None else None
    if wanted is None and place.class_ is not None:
        raise Unplaced("a mapped class needs a primary key")
    if written is not None and written.call is not None:
        if wanted is None:
            edits = without(written.file, written.file.holders[written.call], written.call)
            return [*edits, *_kept_not_null(context, drift, now.columns)]
        return changed_call(context, drift, written, wanted, now)
    words = writer(context, place, table)
    old, new = (now.columns if now is not None else ()), (wanted.columns if wanted is not None else ())
    edits = [edit for name in old if name not in new for edit in _key_column(context, table, name, wanted=False)]
    plain = wanted is None or (words.is_servers(wanted) and _in_order(table, new) and not wanted.include)
    if old != new and plain and not (wanted and (wanted.deferrable or wanted.initially_deferred)):
        edits += [edit for name in new if name not in old for edit in _key_column(context, table, name, wanted=True)]
        return [*edits, *_kept_not_null(context, drift, [name for name in old if name not in new])]
    gone = [edit for name in old if name in new for edit in _key_column(context, table, name, wanted=False)]
    kept = _kept_not_null(context, drift, [name for name in old if name not in new])
    return [*edits, *(gone if set(old) != set(new) or old != new else []), *kept,
            *TableArguments(context, place).add(words.whole(wanted))]  # fmt: skip


def _in_order(table: Table, columns: tuple[str, ...]) -> bool:
    return columns == tuple(column.name for column in table.columns if column.name in columns)


def _key_column(context: Context, table: Table, name: str, *, wanted: bool) -> list[Edit]:
    column = table.column(name)
    if column is None:
        raise Unplaced(f"the models have no column {name} yet")
    site = context.column(column)
    if len(context.users(site.key)) > 1:
        raise Unplaced(f"other tables have {name} from the same line of {site.file.path}")
    return set_keyword(site, "primary_key", Word("True") if wanted else None)


def _kept_not_null(context: Context, drift: Drift, names: Any) -> list[Edit]:
    """Columns that leave the key stay NOT NULL where the truth has them so."""
    edits: list[Edit] = []
    for name in names:
        column, wanted = drift.table.column(name), drift.expected_table.column(name)
        site = context.sites.column(column) if column is not None else None
        if site is None or wanted is None or wanted.nullable:
            continue
        if context.annotation(site) is None and site.keyword("nullable") is None:
            edits += set_keyword(site, "nullable", Word("False"))
    return edits
