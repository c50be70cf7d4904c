"""From text to tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .changes import Statements
from .queries import Queries
from .tree import Node, NotUnderstood


@lru_cache(maxsize=20_000)
def parse_expression(text: str) -> Node:
    """The tree of an expression, as written. Raises ValueError for what the grammar does not know."""
    stream = Queries.of(text)
    return _whole(stream, stream.expression)


@lru_cache(maxsize=2_000)
def parse_query(text: str) -> Node:
    """The tree of a view's query, as written; a semicolon may end it. Raises ValueError."""
    stream = Queries.of(text)
    return _whole(stream, stream.query)


@lru_cache(maxsize=2_000)
def parse_statement(text: str) -> Node:
    """The tree of a statement in the body of a function: a query, INSERT, UPDATE or DELETE. Raises ValueError."""
    stream = Statements.of(text)
    return _whole(stream, stream.statement)


def _whole(stream: Queries, read: Callable[[], Node]) -> Node:
    try:
        node = read()
    except RecursionError:
        raise NotUnderstood("nested too deeply") from None
    stream.accept(";")
    stream.finish()
    return node
