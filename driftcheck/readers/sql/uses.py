"""Which columns and relations a stored expression or query certainly uses, as PostgreSQL notes in `pg_depend`.

A name that may be of a relation whose columns are not known is left out, and so is text whose grammar is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ...model import DEFAULT_SCHEMA
from ...normalize.expressions.parser import parse_expression, parse_query
from ...normalize.expressions.tree import Node
from .catalog import TEMPORARY
from .entries import Key, Relation
from .scopes import Read, Scope, Walk, columns_of
from .session import Session

#: A column, as the key of its table and its name.
Used = tuple[Key, str]


def used_by_query(session: Session, sql: str, path: tuple[str, ...] = (DEFAULT_SCHEMA,)) -> Uses:
    """What a query uses; names without a schema are looked for along `path`."""
    session.budget.step(len(sql) // 4)
    uses = Uses(session, path)
    if (tree := parsed(sql, True)) is not None:
        uses.query(tree, Scope())
    return uses


def used_by_expression(session: Session, sql: str, tables: Iterable[tuple[str, Key]]) -> Uses:
    """What an expression over `tables`, each by what it is called there, uses."""
    uses = Uses(session, (DEFAULT_SCHEMA,))
    if (tree := parsed(sql, False)) is not None:
        uses.visit(tree, Scope([Read(label, columns_of(session.catalog.table(key)), key) for label, key in tables]))
    return uses


@lru_cache(maxsize=64)
def parsed(sql: str, query: bool) -> Node | None:
    try:
        return parse_query(sql) if query else parse_expression(sql)
    except (ValueError, RecursionError):
        return None


def columns_meant(parts: tuple[str, ...], scope: Scope) -> set[Used]:
    """The columns that a name certainly means: several where a join has made one of them."""
    *before, name = parts
    for level in scope.levels():
        meant = [read for read in level if not before or _is(read, before)]
        if any(read.columns is None for read in meant):
            return set()
        if found := {(read.key, name) for read in meant if read.key and name in (read.columns or ())}:
            return found
        if before and meant:
            return set()
    return set()


def _is(read: Read, before: list[str]) -> bool:
    return read.key == tuple(before) if len(before) > 1 else read.label == before[0]


class Uses(Walk):
    """`columns` are those that are named, `starred` those for which a `*` stands, `relations` those that are read."""

    def __init__(self, session: Session, path: tuple[str, ...]) -> None:
        self.session, self.path = session, path
        self.columns: set[Used] = set()
        self.starred: set[Used] = set()
        self.relations: set[Key] = set()

    def relation(self, schema: str | None, name: str) -> Relation | None:
        for candidate in (schema,) if schema is not None else (TEMPORARY, *self.path):
            if (found := self.session.catalog.relations.get((candidate, name))) is not None:
                self.relations.add(found.key)
                return found
        return None

    def name(self, parts: tuple[str, ...], scope: Scope, output: bool) -> None:
        self.columns |= columns_meant(parts, scope)

    def star(self, label: str, scope: Scope) -> None:
        for read in scope.relations:
            if read.key is not None and (not label or read.label == label):
                self.starred |= {(read.key, name) for name in read.columns or ()}

    def using(self, column: str, scope: Scope) -> None:
        if all(read.columns is not None for read in scope.relations):
            self.columns |= {
                (read.key, column) for read in scope.relations if read.key and column in (read.columns or ())
            }
