"""What follows a renamed table or column: constraints and indexes whose names were made from the old one, and views
that show the column under its own name.

PostgreSQL renames none of them along.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import ForeignKey, Index, Table, View
from ...writers.sql.gate import SqlText, sql
from ...writers.sql.gate import name as identifier
from ...writers.sql.text import qualified
from ..drift import Drift
from . import views
from .steps import Phase, Steps, name, step


def followers(drift: Drift) -> Steps:
    """RENAME for every key, check and index that is in the renamed table, or leads to it, and whose name in the
    truth differs only by a rename; and the views on it that show the column under its own name, recreated.
    """
    for table, thing, new in following(drift):
        yield step(Phase.RENAME_FOLLOWERS, _renamed(table, thing, new))
    if drift.code == "DR210":
        followed = [view for view in views.on_column(drift, drift.key, drift.actual.name) if _follows(drift, view)]
        yield from views.recreate(drift, [*followed, *views.on_views(drift, followed)])


def following(drift: Drift) -> Iterator[tuple[Table, Any, str]]:
    """What gets another name along with a table or column: its table, itself, and that name."""
    between = drift.between
    for before, after in zip(between.truth.schema.tables, between.expected.tables, strict=True):
        for mine, translated in zip(_named(before), _named(after), strict=True):
            follows = mine.name != translated.name and after.key in between.actual_tables
            if follows and drift.key in (after.key, _target(translated)):
                yield after, translated, mine.name


def _target(thing: Any) -> tuple[str, str] | None:
    return (thing.target_schema, thing.target_table) if isinstance(thing, ForeignKey) else None


def _follows(drift: Drift, view: View) -> bool:
    renaming = drift.between.renaming
    same = any((one.schema, one.name) == (view.schema, view.name) for one in drift.schema.views)
    return same and renaming is not None and bool(renaming.columns((view.schema, view.name)))


def _named(table: Table) -> Iterator[Any]:
    if table.primary_key is not None:
        yield table.primary_key
    for things in (table.foreign_keys, table.uniques, table.exclusions, table.checks, table.indexes):
        yield from things


def _renamed(table: Table, thing: Any, new: str) -> SqlText:
    if isinstance(thing, Index):
        return sql("ALTER INDEX {} RENAME TO {}", qualified(table.schema, thing.name), identifier(new))
    return sql("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", qualified(*table.key), name(thing), identifier(new))
