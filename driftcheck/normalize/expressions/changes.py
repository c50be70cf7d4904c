"""INSERT, UPDATE and DELETE, as the body of a function may hold them."""

from __future__ import annotations

from .assignment import assigned
from .queries import Queries
from .scope import QueryScope, Relation
from .stream import name_node
from .subqueries import Subqueries
from .tree import Node


class Statements(Queries):
    """`InsertStmt`, `UpdateStmt` and `DeleteStmt` in src/backend/parser/gram.y; without WITH and ON CONFLICT."""

    def statement(self) -> Node:
        if self.accept("insert", "into"):
            return self._insert()
        if self.accept("update"):
            return self._update()
        if self.accept("delete", "from"):
            target = self._target_table()
            using = self._from_list() if self.accept("using") else ()
            return Node("delete", children=(target, *using, *self._ending()))
        return self.query()

    def _target_table(self) -> Node:
        only = (Node("only"),) if self.accept("only") else ()
        start = self.token.start
        name = name_node(self.path(), start)
        self.accept("*")
        alias = "" if self.at("set") else self._alias()
        return Node("table", alias, (name, *only))

    def _insert(self) -> Node:
        start = self.token.start
        name = name_node(self.path(), start)
        target = Node("table", self.identifier() if self.accept("as") else "", (name,))
        columns = tuple(Node("column", one) for one in self.names()) if self.at("(") else ()
        overriding = self.advance().word if self.accept("overriding") else ""
        if overriding:
            self.expect("value")
        if self.accept("default", "values"):
            return Node("insert", overriding, (target, *self._ending()))
        return Node("insert", overriding, (target, *columns, self.query(), *self._ending()))

    def _update(self) -> Node:
        target = self._target_table()
        self.expect("set")
        changes = [self._change()]
        while self.accept(","):
            changes.append(self._change())
        source = self._from_list() if self.accept("from") else ()
        return Node("update", children=(target, *changes, *source, *self._ending()))

    def _change(self) -> Node:
        column = self.identifier()
        self.expect("=")
        value = Node("default") if self.accept("default") else self.expression()
        return Node("set_column", column, (value,))

    def _from_list(self) -> tuple[Node, ...]:
        items = [self._from_item()]
        while self.accept(","):
            items.append(self._from_item())
        return (Node("from", children=tuple(items)),)

    def _ending(self) -> tuple[Node, ...]:
        parts = []
        if self.accept("where"):
            parts.append(Node("where", children=(self.expression(),)))
        if self.accept("returning"):
            parts.append(Node("targets", children=self._targets()))
        return tuple(parts)


class Changes(Subqueries):
    """`transformInsertStmt` and its like in src/backend/parser/analyze.c."""

    def statement(self, node: Node, outer: QueryScope) -> Node:
        if node.kind == "query":
            return self.subquery(node, outer, named=True)[0]
        scope = QueryScope(parent=outer)
        target = self._item(node.children[0], scope)
        table = scope.relations[0]
        if node.kind == "insert":
            return self._insert(node, target, table, scope, outer)
        return node.with_children((target, *(self._clause(child, table, scope) for child in node.children[1:])))

    def _insert(self, node: Node, target: Node, table: Relation, scope: QueryScope, outer: QueryScope) -> Node:
        """Without a list, the columns are as many of the table's as there are values."""
        names = [child.text for child in node.children if child.kind == "column"]
        query = node.child("query")
        shown: list[Node] = []
        if query is not None:
            found, columns = self.subquery(query, outer)
            names = names or [name for name, _ in (table.columns or ())[: len(columns or ())]]
            shown = [Node("column", name) for name in names] + [_typed_values(found, names, table)]
        rest = (self._clause(child, table, scope) for child in node.children[1:] if child.kind in ("where", "targets"))
        return node.with_children((target, *shown, *rest))

    def _clause(self, node: Node, table: Relation, scope: QueryScope) -> Node:
        if node.kind == "from":
            return Node("from", children=tuple(self._item(item, scope) for item in node.children))
        if node.kind == "targets":
            return Node("targets", children=tuple(Node("target", *pair) for pair in self._returned(node, scope)))
        if node.kind == "set_column" and node.children[0].kind != "default":
            return Node("set_column", node.text, (_stored(self.visit(node.children[0], scope), table, node.text),))
        return self.visit(node, scope)

    def _returned(self, node: Node, scope: QueryScope) -> list[tuple[str, tuple[Node, ...]]]:
        return [(name, (value,)) for name, value in self._results(node, scope)]


def _stored(value: Node, table: Relation, column: str) -> Node:
    """`value` on its way into a column."""
    type_ = table.type_of(column)
    return value if type_ is None else assigned(value, type_)


def _typed_values(query: Node, names: list[str], table: Relation) -> Node:
    """The values of VALUES as the columns take them; any other query as it is."""
    values = query.child("values")
    if values is None or len(query.children) > 1:
        return query

    def row(line: Node) -> Node:
        pairs = zip(line.children, names, strict=False)
        return line.with_children(tuple(_stored(value, table, name) for value, name in pairs))

    return Node("query", children=(values.map(row),))
