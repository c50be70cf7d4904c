"""From text to tree."""

from __future__ import annotations

from functools import lru_cache

from .queries import Queries
from .tree import Node, NotUnderstood


@lru_cache(maxsize=20_000)
def parse_expression(text: str) -> Node:
    """The tree of an expression, as written. Raises ValueError for what the grammar does not know."""
    return _whole(Queries.of(text), query=False)


@lru_cache(maxsize=2_000)
def parse_query(text: str) -> Node:
    """The tree of a view's query, as written; a semicolon may end it. Raises ValueError."""
    return _whole(Queries.of(text), query=True)


def _whole(stream: Queries, *, query: bool) -> Node:
    try:
        node = stream.query() if query else stream.expression()
    except RecursionError:
        raise NotUnderstood("nested too deeply") from None
    stream.accept(";")
    stream.finish()
    return node
