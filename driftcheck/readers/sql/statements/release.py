"""What goes by CASCADE because an expression of it speaks of something dropped."""

from __future__ import annotations

from dataclasses import replace

from ....model import Check, Domain, Exclusion
from ..entries import TableEntry
from ..session import Session
from .drop_column import remove_column
from .drop_view import release_policies, release_views
from .speaks import Speaks


def release(session: Session, speaks: Speaks) -> None:
    """Drops all that speaks of what is dropped: defaults, generated columns, checks, indexes, policies, views, …"""
    for entry in list(session.catalog.relations.values()):
        if isinstance(entry, TableEntry):
            _columns(session, entry, speaks)
            _constraints(session, entry, speaks)
            _indexes(session, entry, speaks)
    for key, domain in list(session.catalog.types.items()):
        if isinstance(domain, Domain):
            checks = tuple(item for item in domain.checks if not speaks(item.expression.sql))
            default = None if domain.default is not None and speaks(domain.default.sql) else domain.default
            if (checks, default) != (domain.checks, domain.default):
                session.catalog.types[key] = replace(domain, checks=checks, default=default)
    release_policies(session, speaks)
    release_views(session, speaks)
    for triggers in session.catalog.triggers.values():
        for name, trigger in list(triggers.items()):
            if trigger.when is not None and speaks(trigger.when.sql):
                del triggers[name]


def _columns(session: Session, table: TableEntry, speaks: Speaks) -> None:
    for name, column in list(table.columns.items()):
        if name not in table.columns:
            continue
        if column.generated is not None and speaks(column.generated.expression.sql):
            remove_column(session, table, name, cascade=True, only=True)
        elif column.default is not None and speaks(column.default.sql):
            table.columns[name] = replace(column, default=None)


def _constraints(session: Session, table: TableEntry, speaks: Speaks) -> None:
    for item in list(table.constraints.values()):
        texts = []
        if isinstance(item, Check):
            texts = [item.expression.sql]
        elif isinstance(item, Exclusion):
            texts = [element.expression.sql for element in item.elements]
            texts += [item.predicate.sql] if item.predicate is not None else []
        if any(speaks(text) for text in texts):
            session.catalog.remove_constraint(table, item.name)


def _indexes(session: Session, table: TableEntry, speaks: Speaks) -> None:
    for index in list(table.indexes.values()):
        texts = [key.expression.sql for key in index.keys if key.expression is not None]
        texts += [index.predicate.sql] if index.predicate is not None else []
        if any(speaks(text) for text in texts):
            session.catalog.remove_index((table.schema, index.name))
