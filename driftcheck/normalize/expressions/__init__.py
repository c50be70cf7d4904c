"""Expressions and queries in the form by which they are compared.

A grammar of PostgreSQL's own expressions and queries (`lexer`, `parser`), then what the server's parse analysis does to
them (`analysis`): names resolved, constants typed, implied casts gone; then spellings of one condition made alike
(`logic`, `operations`, `functions`). What the grammar does not know is compared word by word and marked `as_text`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from ...frozen import dataclass
from ...model import ColumnType, Expression
from ..known import Columns, Known
from ..tokens import words_of
from .analysis import Analysis
from .assignment import assigned
from .casts import typed
from .parser import parse_expression, parse_query, parse_statement
from .scope import QueryScope, Relation
from .tree import Node, serialize
from .type_families import BOOLEAN


@dataclass(frozen=True, slots=True)
class Site:
    """Where an expression stands: the table whose columns it may name without saying so, and what else is known."""

    known: Known
    relations: tuple[Relation, ...] = field(default=())

    @classmethod
    def of_table(cls, known: Known, schema: str, table: str) -> Site:
        columns = known.columns.get((schema, table))
        return cls(known, (Relation("", table, schema, columns),))

    @classmethod
    def of_value(cls, known: Known, type_: ColumnType) -> Site:
        """A domain's checks, where VALUE is the value."""
        return cls(known, (Relation("", "", None, (("value", known.base(type_)),)),))

    @classmethod
    def of_function(cls, known: Known, name: str, arguments: Columns) -> Site:
        """The body of a function, whose arguments are called by name, or by the function's name and theirs."""
        return cls(known, (Relation("", name, None, arguments),))

    @classmethod
    def of_trigger(cls, known: Known, schema: str, table: str) -> Site:
        columns = known.columns.get((schema, table))
        return cls(known, (Relation("new", "new", None, columns), Relation("old", "old", None, columns)))

    def scope(self) -> QueryScope:
        return QueryScope(list(self.relations))

    def analyse(self, text: str) -> Node:
        """The canonical tree of an expression. Raises ValueError if the grammar does not know it."""
        return Analysis(self.known).visit(parse_expression(text), self.scope())


def condition(expression: Expression, site: Site) -> Expression:
    """A boolean expression: a check, a predicate, a policy."""
    return _canonical(expression, lambda: typed(site.analyse(expression.sql), BOOLEAN))


def value(expression: Expression, site: Site) -> Expression:
    """An expression of any type: the key of an index, say."""
    return _canonical(expression, lambda: site.analyse(expression.sql))


def assignment(expression: Expression, site: Site, target: ColumnType) -> Expression:
    """What a column of the type `target` is filled with: a default, a generated column's expression."""
    return _canonical(expression, lambda: assigned(site.analyse(expression.sql), site.known.base(target) or target))


def query(expression: Expression, known: Known, names: tuple[str, ...] = ()) -> tuple[Expression, Columns | None]:
    """A view's query with the view's own column `names` worked in, and its columns if they are known."""
    found: list[Columns | None] = [None]

    def read() -> Node:
        node, found[0] = Analysis(known).view(parse_query(expression.sql), names)
        return node

    return _canonical(expression, read), found[0]


def statement(expression: Expression, site: Site) -> Expression:
    """A statement in the body of a function: a query, INSERT, UPDATE or DELETE."""
    return _canonical(expression, lambda: Analysis(site.known).statement(parse_statement(expression.sql), site.scope()))


def _canonical(expression: Expression, read: Callable[[], Node]) -> Expression:
    if expression.canonical != expression.sql:
        return expression
    try:
        return Expression(expression.sql, serialize(read()))
    except (ValueError, RecursionError):
        return Expression(expression.sql, words_of(expression.sql), as_text=True)


__all__ = ["Site", "assignment", "condition", "query", "statement", "value"]
