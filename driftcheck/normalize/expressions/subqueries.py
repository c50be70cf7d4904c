"""Queries: relations labelled, columns resolved, stars written out, names of results where they matter."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from ...model import ColumnType
from ...sql import whole
from ..known import Columns
from .casts import typed
from .from_items import FromItems, renamed
from .functions import together
from .naming import result_name
from .scope import QueryScope, Visible
from .tree import Node, serialize
from .type_families import TEXT

#: PostgreSQL's own limit (MaxTupleAttributeNumber): a star over stars over stars is soon more than can be held.
_MOST_RESULTS = 1664


class Subqueries(FromItems):
    """`transformSelectStmt` and `transformSetOperationStmt` in src/backend/parser/analyze.c."""

    def view(self, query: Node, names: tuple[str, ...]) -> tuple[Node, Columns | None]:
        """A view's query, and its columns; `names` are those of the view's own list, which rename its results."""
        node, columns = self.subquery(query, QueryScope(), named=True)
        if not names:
            return node, columns
        if columns is not None and len(names) <= len(columns):
            node, done = _with_names(node, (*names, *(name for name, _ in columns[len(names) :])))
            if done:
                return node, renamed(columns, names)
        return Node("named", "", (node, *(Node("column", name) for name in names))), renamed(columns, names)

    def existence(self, query: Node, scope: QueryScope) -> Node:
        """The query of an EXISTS, which asks only whether there is a row."""
        select = query.child("select")
        if select is not None and len(query.children) == 1 and _is_rowwise(select):
            children = tuple(
                Node("targets") if child.kind == "targets" else child
                for child in select.children
            )  # fmt: skip
            query = Node("query", children=(Node("select", children=children),))
        return self.subquery(query, scope)[0]

    def subquery(self, query: Node, scope: QueryScope, *, named: bool = False) -> tuple[Node, Columns | None]:
        """The canonical query and its columns (None if unknown). The columns' names are part of it only if `named`."""
        inner = QueryScope(parent=scope)
        children: list[Node] = []
        columns: Columns | None = None
        for child in query.children:
            if child.kind == "with":
                children.append(self._with(child, inner))
            elif child.kind in ("select", "set", "values", "query"):
                sorting = query.child("order_by")
                body, columns, order = self._body(child, inner, named=named, order=sorting)
                types = [type_ for _, type_ in columns or ()]
                children.append(_finished(body, types, named=named))
                children.extend([order] if order else [])
            elif child.kind != "order_by":
                children.append(self.visit(child, inner))
        return Node("query", children=tuple(children)), columns

    def _with(self, node: Node, scope: QueryScope) -> Node:
        tables = []
        for common in node.children:
            names = tuple(child.text for child in common.children if child.kind == "column")
            query = common.children[0]
            if node.text:
                scope.common[common.text] = None
            body, columns = self.subquery(query, scope, named=True)
            scope.common[common.text] = renamed(columns, names)
            rest = tuple(child for child in common.children[1:])
            tables.append(Node("common", common.text, (body, *rest)))
        return Node("with", node.text, tuple(tables))

    def _body(
        self, node: Node, scope: QueryScope, *, named: bool, order: Node | None
    ) -> tuple[Node, Columns | None, Node | None]:
        if node.kind == "select":
            return self._select(node, scope, named=named, order=order)
        if node.kind == "set":
            first, columns, _ = self._body(node.children[0], scope, named=named, order=None)
            second, others, _ = self._body(node.children[1], scope, named=False, order=None)
            columns = self._both(columns, others)
            return Node("set", node.text, (first, second)), columns, self._combined_order(order, columns)
        sorting = self._combined_order(order, None)
        if node.kind == "query":
            query, columns = self.subquery(node, scope, named=named)
            return query, columns, sorting
        return *self._values(node, scope), sorting

    def _values(self, node: Node, scope: QueryScope) -> tuple[Node, Columns]:
        """VALUES, each column of which has one type."""
        rows = [tuple(self.visit(value, scope) for value in row.children) for row in node.children]
        settled = [together(column, self.known) for column in zip(*rows, strict=False)]
        columns = tuple((f"column{index + 1}", type_) for index, (_, type_) in enumerate(settled))
        lines = zip(*(values for values, _ in settled), strict=True)
        return Node("values", children=tuple(Node("row", children=line) for line in lines)), columns

    def _both(self, first: Columns | None, second: Columns | None) -> Columns | None:
        """The columns of a set operation: the first query's names, and the type that both sides make."""
        if first is None or second is None:
            return first
        pairs = zip(first, second, strict=False)
        return tuple(
            (name, together((_of(one), _of(other)), self.known)[1] if one != other else one)
            for (name, one), (_, other) in pairs
        )

    def _combined_order(self, order: Node | None, columns: Columns | None) -> Node | None:
        """The ORDER BY of a set operation, whose keys are numbers or names of results."""

        def numbered(key: Node) -> Node:
            if key.kind == "literal" and columns and 0 < (position := whole(key.text) or 0) <= len(columns):
                return Node("name", children=(Node("part", columns[position - 1][0]),))
            return self.visit(key, QueryScope())

        return order.map(lambda key: key.map(numbered)) if order is not None else None

    def _select(
        self, node: Node, outer: QueryScope, *, named: bool, order: Node | None
    ) -> tuple[Node, Columns | None, Node | None]:
        scope = QueryScope(parent=outer)
        source = node.child("from")
        relations = tuple(self._item(item, scope) for item in source.children) if source else ()
        targets = node.child("targets")
        assert targets is not None
        results = self._results(targets, scope)
        written = [target.children[0] for target in targets.children]
        if named and len(written) == len(results):
            pairs = zip(results, written, strict=True)
            results = [(name, self._with_type(value, node)) for (name, value), node in pairs]
        shown = tuple(
            Node("target", name if named else "", (value,)) for name, value in results
        )  # fmt: skip
        children: list[Node] = []
        for child in node.children:
            if child.kind == "targets":
                children.append(Node("targets", children=shown))
            elif child.kind == "from":
                children.append(Node("from", children=relations))
            elif child.kind in ("group_by", "distinct"):
                keys = tuple(self._key(key, scope, results, inside=child.kind == "group_by") for key in child.children)
                keys = tuple(sorted(keys, key=serialize)) if child.kind == "group_by" else keys
                children.append(Node(child.kind, children=keys))
            else:
                children.append(self.visit(child, scope))
        sorting = None
        if order is not None:
            sorting = order.map(lambda key: key.map(lambda item: self._key(item, scope, results, inside=False)))
        starred = any(value.kind in ("star", "row_of") or name == "*" for name, value in results)
        columns = None if starred else tuple((name, value.type) for name, value in results)
        return Node("select", children=tuple(children)), columns, sorting

    def _results(self, targets: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        results: list[tuple[str, Node]] = []
        for target in targets.children:
            value = target.children[0]
            if value.kind == "star":
                results.extend(self._star(value, scope))
            elif value.kind == "field" and value.text == "*":
                results.extend(self._every_field(value, scope))
            else:
                results.append((target.text or result_name(value), self.visit(value, scope)))
            if len(results) > _MOST_RESULTS:
                raise ValueError(f"target lists can have at most {_MOST_RESULTS} entries")
        return results

    def _every_field(self, star: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        """`(a).*` as the fields that it stands for, or itself where they are not known."""
        value = self.visit(star.children[0], scope)
        found = self.fields(value)
        if not found:
            return [("*", star.with_children((value,)))]
        return [(name, Node("field", name, (value,), type_)) for name, type_ in found]

    @abstractmethod
    def fields(self, value: Node) -> Columns:
        """The fields of a composite value, if they are known."""

    def _with_type(self, value: Node, written: Node) -> Node:
        """A result with the type that its cast gives to the view's column, even where the value stays the same."""
        if value.kind in ("null", "row_of") or written.kind != "cast" or written.type is None:
            return value
        target = self.type(written.type)
        return value if value.type == target else Node("cast", children=(value,), type=target)

    def _star(self, star: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        """`*` or `t.*` as the columns it stands for, or itself where they are not known."""
        items: Sequence[Visible | None] = scope.visible
        label = ""
        if star.children:
            found = scope.relation(tuple(part.text for part in star.children))
            items, label = ([found.visible()], found.label) if found is not None else ([None], "")
        if not items or any(item is None for item in items):
            return [("*", Node("star", label))]
        return [column for item in items for column in item or ()]

    def _key(self, key: Node, scope: QueryScope, results: list[tuple[str, Node]], *, inside: bool) -> Node:
        """A key of ORDER BY or GROUP BY, which may be the number or the name of a result.

        GROUP BY looks among the columns first (`inside`), ORDER BY among the results.
        """
        if key.kind == "literal" and 0 < (position := whole(key.text) or 0) <= len(results):
            return results[position - 1][1]
        if key.kind == "name" and len(key.children) == 1:
            name = key.children[0].text
            named = [value for result, value in results if result == name]
            if named and not (inside and any(relation.has(name) for relation in scope.relations)):
                return named[0]
        return self.visit(key, scope)


def _of(type_: ColumnType | None) -> Node:
    """A value of a type; a constant that has none yet."""
    return Node("value", type=type_) if type_ is not None else Node("literal")


def _finished(node: Node, types: Sequence[ColumnType | None], *, named: bool) -> Node:
    """A query's body, its results that are constants of no type made what the column is; text if nothing says."""
    if node.kind == "targets":
        padded = (*types, *(None for _ in node.children))
        pairs = zip(node.children, padded, strict=False)
        return node.with_children(
            tuple(target.with_children((_constant(target.children[0], one, named=named),)) for target, one in pairs)
        )
    if node.kind == "set":
        first, second = node.children
        # Only the first query's results have names, and with them a type that is theirs alone.
        return node.with_children((_finished(first, types, named=named), _finished(second, types, named=False)))
    if node.kind in ("query", "select"):
        return node.map(lambda child: _finished(child, types, named=named))
    return node


def _constant(value: Node, type_: ColumnType | None, *, named: bool) -> Node:
    if value.kind == "null":
        return Node("cast", children=(Node("null"),), type=value.type or type_ or TEXT) if named else value
    found = typed(value, type_)
    if not named or type_ is None or found is value or found.type == type_:
        return found
    return Node("cast", children=(found,), type=type_)


def _with_names(node: Node, names: tuple[str, ...]) -> tuple[Node, bool]:
    """`node`, its results called `names`, and whether that could be done: a result is where the first SELECT is."""
    if node.kind == "targets":
        if len(node.children) != len(names):
            return node, False
        pairs = zip(node.children, names, strict=True)
        return node.with_children(tuple(Node("target", name, target.children) for target, name in pairs)), True
    for index, child in enumerate(node.children):
        if child.kind in ("query", "select", "set", "targets"):
            renamed, done = _with_names(child, names)
            return node.with_children((*node.children[:index], renamed, *node.children[index + 1 :])), done
    return node, False


def _is_rowwise(select: Node) -> bool:
    """Whether the select makes one row out of each row it finds, whatever it selects."""
    if any(child.kind not in ("targets", "from", "where") for child in select.children):
        return False
    targets = select.child("targets")
    return targets is None or not any(_may_aggregate(child) for child in targets.children)


def _may_aggregate(node: Node) -> bool:
    return node.kind == "call" or any(map(_may_aggregate, node.children))
