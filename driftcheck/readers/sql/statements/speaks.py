"""Whether an expression speaks of something that is dropped, read off its words (PostgreSQL keeps dependencies)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ....model import DEFAULT_SCHEMA
from ....sql.references import aliases_in, may_name, names_in, names_in_strings, relations_in
from ..catalog import FunctionKey
from ..entries import Key, TableEntry
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
            name.role == "type" and name.name == key[1] and (name.schema or DEFAULT_SCHEMA) == key[0]
            for name in names_in(sql)
        )

    return speaks
