"""Goes through the tree of an expression or query with the relations that each name in it may be of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ...frozen import dataclass
from ...normalize.expressions.tree import Node
from .entries import Key, Relation, TableEntry

#: The columns of a relation; None if they are not known.
Columns = frozenset[str] | None
QUERIES = frozenset({"scalar_query", "exists", "in_query", "quantified_query", "array_query", "query"})
#: Where a name that stands alone may be that of the query's own output.
OF_OUTPUT = frozenset({"order_by", "key", "group_by", "distinct"})


@dataclass(frozen=True, slots=True)
class Read:
    """A relation that is read, by what it is called there; `key` only if it is one of the catalog's."""

    label: str
    columns: Columns
    key: Key | None = None


@dataclass(slots=True)
class Scope:
    """The relations that a query reads, and the queries around it. `own` are the names of its WITH queries."""

    relations: list[Read] = field(default_factory=list)
    outer: Scope | None = None
    own: frozenset[str] = frozenset()

    def levels(self) -> Iterator[list[Read]]:
        """The relations of this query and of those around it, from the innermost on."""
        scope: Scope | None = self
        while scope is not None:
            yield scope.relations
            scope = scope.outer

    def all(self) -> list[Read]:
        return [read for level in self.levels() for read in level]


def columns_of(relation: Relation | None) -> Columns:
    """The names of all columns of a table, if they are known."""
    if not isinstance(relation, TableEntry) or relation.opaque or relation.unknown:
        return None
    return frozenset(relation.columns)


class Walk:
    """What follows is done for each name, call and relation; none of it here."""

    def name(self, parts: tuple[str, ...], scope: Scope, output: bool) -> None:
        """A name. `output`: it may be one of the query's own output."""

    def call(self, node: Node, inner: bool) -> None:
        """A call of a function; `inner`: within a query."""

    def star(self, label: str, scope: Scope) -> None:
        """`*` or `label.*` in the output of a query."""

    def using(self, column: str, scope: Scope) -> None:
        """A column by which two relations are joined."""

    def relation(self, schema: str | None, name: str) -> Relation | None:
        """The relation of the catalog that a query reads."""

    def enter(self, node: Node) -> None:
        """A query within an expression."""

    def visit(self, node: Node, scope: Scope, *, output: bool = False, inner: bool = False) -> None:
        if node.kind in QUERIES and not inner:
            self.enter(node)
        if node.kind == "query":
            self.query(node, scope)
            return
        if node.kind == "name":
            self.name(tuple(part.text for part in node.children), scope, output)
            return
        if node.kind == "call":
            self.call(node, inner)
        elif node.kind == "target" and node.children[0].kind == "star":
            parts = node.children[0].children
            self.star(parts[-1].text if parts else "", scope)
        bare = output and node.kind in OF_OUTPUT
        for child in node.children:
            self.visit(child, scope, output=bare, inner=inner)

    def query(self, node: Node, outer: Scope) -> None:
        """A query with all that is in it."""
        within = self.within(node, outer)
        last: Scope | None = None
        for child in node.children:
            if child.kind == "with":
                for common in child.children:
                    self.visit(common.children[0], within, inner=True)
            elif child.kind != "order_by":
                last = self.body(child, within) or last
            elif last is not None:
                self.visit(child, last, output=True, inner=True)

    @staticmethod
    def within(node: Node, outer: Scope) -> Scope:
        """What is around the parts of a query: the names of its WITH queries."""
        own = frozenset(common.text for child in node.children if child.kind == "with" for common in child.children)
        return Scope([], outer, own | outer.own)

    def body(self, node: Node, outer: Scope) -> Scope | None:
        """The scope of a SELECT, which an ORDER BY behind it shares."""
        if node.kind == "set":
            for child in node.children:
                self.body(child, outer)
            return None
        if node.kind != "select":
            self.visit(node, outer, inner=True)
            return None
        scope = Scope([], outer, outer.own)
        source = node.child("from")
        for item in source.children if source is not None else ():
            self._relations(item, scope)
        for child in (*(source.children if source is not None else ()), *node.children):
            self._part(child, scope)
        return scope

    def _part(self, node: Node, scope: Scope) -> None:
        """A clause of a SELECT, or an item of its FROM."""
        if node.kind in ("from", "table"):
            return
        if node.kind == "join":
            for child in node.children:
                self._part(child, scope)
        elif node.kind == "using":
            for child in node.children:
                self.using(child.text, scope)
        elif node.kind in ("derived", "function"):
            self.visit(node.children[0], scope, inner=True)
        else:
            self.visit(node, scope, output=node.kind in OF_OUTPUT, inner=True)

    def _relations(self, item: Node, scope: Scope) -> None:
        if item.kind == "join":
            for child in item.children[:2]:
                self._relations(child, scope)
            return
        if item.kind != "table":
            scope.relations.append(Read(item.text, None))
            return
        parts = [part.text for part in item.children[0].children]
        schema, name = parts[-2] if len(parts) > 1 else None, parts[-1]
        if schema is None and name in scope.own:
            scope.relations.append(Read(item.text or name, None))
            return
        found = self.relation(schema, name)
        renamed = any(child.kind == "column" for child in item.children)
        scope.relations.append(
            Read(item.text or name, None if renamed else columns_of(found), found.key if found is not None else None)
        )
