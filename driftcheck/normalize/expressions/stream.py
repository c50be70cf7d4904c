"""A stream of tokens, and what the parts of the grammar need of each other."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ... import sql
from ...model.identifiers import RESERVED
from .tree import Node, NotUnderstood

#: Words that a query begins with.
QUERY_WORDS = frozenset({"select", "with", "values", "table"})


class ExpressionStream(sql.Stream, ABC):
    """The tokens of one text. A name must not be a reserved word unless it is quoted."""

    @abstractmethod
    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators all bind at least as tight as `binding`."""

    @abstractmethod
    def query(self) -> Node:
        """A SELECT, VALUES or WITH, without parentheses around it."""

    def error(self, why: str, token: sql.Token | None = None) -> NotUnderstood:
        return NotUnderstood(why, token)

    def advance(self) -> sql.Token:
        if self.done:
            raise self.unexpected()
        return super().advance()

    def identifier(self) -> str:
        if self.word in RESERVED:
            raise self.unexpected()
        return super().identifier()

    def label(self) -> str:
        """A name after AS or a dot, where every word is allowed."""
        return super().identifier()

    def path(self) -> list[str]:
        """A name with dots, of which only the first part is no reserved word; a `.*` behind it is left."""
        parts = [self.identifier()]
        while self.at(".") and self.peek().is_name:
            self.advance()
            parts.append(self.label())
        return parts

    def expressions(self) -> tuple[Node, ...]:
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        return tuple(items)

    def parenthesised(self) -> tuple[Node, ...]:
        self.expect("(")
        items = () if self.at(")") else self.expressions()
        self.expect(")")
        return items


def name_node(parts: list[str], start: int) -> Node:
    return Node("name", children=tuple(Node("part", part) for part in parts), start=start)
