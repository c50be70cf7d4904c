"""What goes by CASCADE because an expression of it speaks of something dropped.

PostgreSQL keeps what an expression depends on; here it is read off the words. Where they leave it open, the object may
or may not be gone: that is a gap, and the object is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ....model import Check, Domain, Exclusion, Location
from ....sql.references import aliases_in, may_name, names_in, names_in_strings, relations_in
from ..catalog import FunctionKey
from ..entries import EXISTENCE, Key, TableEntry, ViewEntry
from ..session import Session

#: Whether an expression speaks of what is dropped; None if its words leave that open.
Speaks = Callable[[str], bool | None]


def of_column(session: Session, table: TableEntry, column: str) -> Speaks:
    """Speaks of a column, in queries, and in the policies of `table` itself."""

    def speaks(sql: str) -> bool | None:
        if not may_name(sql, column) and "*" not in sql:
            return False
        aliases = {name: session.find(*found) for name, found in aliases_in(sql).items()}
        if not any(entry is table for entry in aliases.values()):
            return False
        verdicts = [
            verdict
            for name in names_in(sql)
            if name.role == "column" and name.name in (column, "*")
            if (verdict := _is_column(name.qualifiers, column, table, aliases)) is not False
        ]
        if "*" in sql and any(name.strip().startswith("*") for name in sql.lower().split("select")[1:]):
            return True
        return True if True in verdicts else None if verdicts else False

    return speaks


def _is_column(
    qualifiers: tuple[str, ...], column: str, table: TableEntry, aliases: Mapping[str, object]
) -> bool | None:
    """Whether a name so qualified is the column; None if it may be another relation's."""
    if qualifiers:
        return aliases.get(qualifiers[-1]) is table
    others = [entry for entry in aliases.values() if entry is not table]
    if all(isinstance(entry, TableEntry) and column not in entry.columns for entry in others):
        return True
    return None


def of_relation(session: Session, key: Key) -> Speaks:
    def speaks(sql: str) -> bool | None:
        return may_name(sql, key[1]) and any(
            (entry := session.find(schema, name)) is not None and entry.key == key for schema, name in relations_in(sql)
        )

    return speaks


def of_function(session: Session, key: FunctionKey) -> Speaks:
    """Speaks of a function, which the text doesn't distinguish from another of its name with other arguments."""
    only = len(session.catalog.functions_named(key[:2])) <= 1

    def speaks(sql: str) -> bool | None:
        called = may_name(sql, key[1]) and any(
            name.role == "function" and name.name == key[1] and name.qualifiers in ((), (key[0],))
            for name in names_in(sql)
        )
        return False if not called else True if only else None

    return speaks


def of_sequence(session: Session, key: Key) -> Speaks:
    def speaks(sql: str) -> bool | None:
        return may_name(sql, key[1]) and any(
            (entry := session.find(name.schema, name.name)) is not None and entry.key == key
            for name in names_in_strings(sql)
            if name.role == "relation"
        )

    return speaks


def of_type(key: Key) -> Speaks:
    def speaks(sql: str) -> bool | None:
        return may_name(sql, key[1]) and any(
            name.role == "type" and name.name == key[1] and name.qualifiers in ((), (key[0],)) for name in names_in(sql)
        )

    return speaks


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


def release_policies(session: Session, speaks: Speaks) -> None:
    for policies in session.catalog.policies.values():
        for name, policy in list(policies.items()):
            verdicts = {speaks(part.sql) for part in (policy.using, policy.check) if part is not None}
            if True in verdicts:
                del policies[name]
            elif None in verdicts:
                policies[name] = replace(policy, unknown=policy.unknown | {EXISTENCE})
                _gap(session, policy.location, f"the policy {name}", (policy.schema, policy.table, name))


def release_views(session: Session, speaks: Speaks) -> None:
    from .drops import drop_view

    for entry in list(session.catalog.relations.values()):
        if not isinstance(entry, ViewEntry) or entry.key not in session.catalog.relations:
            continue
        verdict = speaks(entry.view.definition.sql)
        if verdict:
            drop_view(session, entry, cascade=True)
        elif verdict is None:
            entry.view = replace(entry.view, unknown=entry.view.unknown | {EXISTENCE})
            _gap(session, entry.view.location, f"the view {entry.view.name}", entry.key)


def _gap(session: Session, location: Location | None, what: str, about: tuple[str, ...]) -> None:
    if location is not None:
        session.gap(
            location, f"whether {what} is dropped by CASCADE can't be determined from its text", about=".".join(about)
        )


def _columns(session: Session, table: TableEntry, speaks: Speaks) -> None:
    from .drop_column import remove_column

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
