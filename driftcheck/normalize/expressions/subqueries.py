"""Queries: relations labelled, columns resolved, stars written out, names of results where they matter."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ...model import DEFAULT_SCHEMA, ColumnType
from ...sql import whole
from ..known import Columns, Known
from .naming import result_name
from .scope import QueryScope, Relation
from .tree import Node, NotUnderstood, serialize
from .type_families import TEXT

#: Schemas that an unqualified table may be in.
_SEARCHED = (None, DEFAULT_SCHEMA)
#: Functions that return rows of one value, whatever its type.
_SCALAR_SETS = frozenset(
    """
    unnest generate_series generate_subscripts regexp_split_to_table string_to_table regexp_matches jsonb_object_keys
    json_object_keys jsonb_array_elements json_array_elements jsonb_array_elements_text json_array_elements_text
    """.split()
)


class Subqueries(ABC):
    """`transformSelectStmt` and `transformFromClause` in src/backend/parser/analyze.c."""

    def __init__(self, known: Known) -> None:
        self.known = known

    @abstractmethod
    def visit(self, node: Node, scope: QueryScope) -> Node:
        """The canonical tree of `node`."""

    def view(self, query: Node, names: tuple[str, ...]) -> tuple[Node, Columns | None]:
        """A view's query, and its columns; `names` are those of the view's own list, which rename its results."""
        node, columns = self.subquery(query, QueryScope(), named=True)
        if not names:
            return node, columns
        if columns is not None and len(names) <= len(columns):
            node, done = _with_names(node, (*names, *(name for name, _ in columns[len(names) :])))
            if done:
                return node, _renamed(columns, names)
        return Node("named", "", (node, *(Node("column", name) for name in names))), _renamed(columns, names)

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
                children.append(body)
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
            scope.common[common.text] = _renamed(columns, names)
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
            second, _, _ = self._body(node.children[1], scope, named=False, order=None)
            return Node("set", node.text, (first, second)), columns, self._combined_order(order, columns)
        sorting = self._combined_order(order, None)
        if node.kind == "query":
            query, columns = self.subquery(node, scope, named=named)
            return query, columns, sorting
        width = len(node.children[0].children)
        columns = tuple((f"column{index + 1}", None) for index in range(width))
        return node.map(lambda row: self.visit(row, scope)), columns, sorting

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
        relations = tuple(self._from(item, scope) for item in source.children) if source else ()
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
        starred = any(value.kind in ("star", "row_of") for _, value in results)
        columns = None if starred else tuple((name, value.type) for name, value in results)
        return Node("select", children=tuple(children)), columns, sorting

    def _results(self, targets: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        results: list[tuple[str, Node]] = []
        for target in targets.children:
            value = target.children[0]
            if value.kind == "star":
                results.extend(self._star(value, scope))
            else:
                results.append((target.text or result_name(value), self.visit(value, scope)))
        return results

    def _with_type(self, value: Node, written: Node) -> Node:
        """A result with the type that its cast gives to the view's column, even where the value stays the same."""
        if value.kind == "null":
            return Node("cast", children=(Node("null"),), type=value.type or TEXT)
        if written.kind != "cast" or written.type is None:
            return value
        target = self.type(written.type)
        return value if value.type == target else Node("cast", children=(value,), type=target)

    @abstractmethod
    def type(self, written: ColumnType) -> ColumnType:
        """`written` in canonical spelling."""

    def _star(self, star: Node, scope: QueryScope) -> list[tuple[str, Node]]:
        """`*` or `t.*` as the columns it stands for, or itself where they are not known."""
        relations = scope.relations
        if star.children:
            found = scope.relation(tuple(part.text for part in star.children))
            relations = [found] if found else []
        if not relations or scope.joined or any(relation.columns is None for relation in relations):
            label = relations[0].label if star.children and relations else ""
            return [("*", Node("star", label))]
        return [(name, relation.column(name)) for relation in relations for name, _ in relation.columns or ()]

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

    def _from(self, item: Node, scope: QueryScope) -> Node:
        if item.kind == "join":
            return self._join(item, scope)
        lateral = (Node("lateral"),) if item.child("lateral") else ()
        names = tuple(child.text for child in item.children if child.kind == "column")
        what = item.children[0]
        if item.kind == "table":
            return self._table(item, what, names, scope)
        if item.kind == "derived":
            query, columns = self.subquery(what, scope if lateral else scope.parent or scope, named=True)
            relation = Relation(scope.label("#query"), item.text, columns=_renamed(columns, names))
            scope.relations.append(relation)
            return Node("derived", relation.label, (query, *(Node("column", name) for name in names), *lateral))
        return self._function(item, what, names, scope)

    def _table(self, item: Node, what: Node, names: tuple[str, ...], scope: QueryScope) -> Node:
        parts = [part.text for part in what.children]
        schema = parts[-2] if len(parts) > 1 else None
        common = scope.common_table(parts[-1]) if schema is None else None
        if common is not None:
            columns, label = common[0], parts[-1]
        else:
            columns = self.known.columns.get((schema or DEFAULT_SCHEMA, parts[-1]))
            label = parts[-1] if schema in _SEARCHED else f"{schema}.{parts[-1]}"
        relation = Relation(
            scope.label(label),
            item.text or parts[-1],
            None if item.text else schema or (None if common else DEFAULT_SCHEMA),
            _renamed(columns, names),
        )
        scope.relations.append(relation)
        return Node("table", relation.label, tuple(Node("column", name) for name in names))

    def _function(self, item: Node, what: Node, names: tuple[str, ...], scope: QueryScope) -> Node:
        value = self.visit(what, scope)
        plain = what.kind == "call"
        own = item.text or what.text.rsplit(".", 1)[-1]
        scalar = value.type is not None and not value.type.dimensions
        single = plain and (len(names) == 1 or (not names and (scalar or value.text in _SCALAR_SETS)))
        columns: Columns | None = tuple((name, None) for name in names) or None
        if single:
            named = tuple(dict.fromkeys((*names, own, "value")))
            columns = tuple((name, value.type) for name in named)
        relation = Relation(scope.label("#function"), own, columns=columns, only=single)
        scope.relations.append(relation)
        shown = () if single else tuple(Node("column", name) for name in names)
        return Node("function", relation.label, (value, *shown))

    def _join(self, item: Node, scope: QueryScope) -> Node:
        before = len(scope.relations)
        first = self._from(item.children[0], scope)
        middle = len(scope.relations)
        second = self._from(item.children[1], scope)
        if len(item.children) == 2:
            return Node("join", item.text, (first, second, Node("on", children=(Node("literal", "true"),))))
        condition = item.children[2]
        if condition.kind == "using":
            for column in condition.children:
                sides = scope.relations[before:middle], scope.relations[middle:]
                owner = _owner(sides[1 if item.text == "right" else 0], column.text)
                if owner is None or item.text == "full":
                    raise NotUnderstood("USING over columns that are not known")
                scope.joined[column.text] = owner
            return Node("join", item.text, (first, second, condition))
        return Node("join", item.text, (first, second, self.visit(condition, scope)))


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


def _owner(relations: list[Relation], name: str) -> Relation | None:
    if len(relations) == 1:
        return relations[0]
    found = [relation for relation in relations if relation.has(name)]
    return found[0] if len(found) == 1 else None


def _renamed(columns: Columns | None, names: tuple[str, ...]) -> Columns | None:
    if not names:
        return columns
    if columns is None:
        return None
    return tuple((name, type_) for name, (_, type_) in zip(names, columns, strict=False)) + columns[len(names) :]


def _is_rowwise(select: Node) -> bool:
    """Whether the select makes one row out of each row it finds, whatever it selects."""
    if any(child.kind not in ("targets", "from", "where") for child in select.children):
        return False
    targets = select.child("targets")
    return targets is None or not any(_may_aggregate(child) for child in targets.children)


def _may_aggregate(node: Node) -> bool:
    return node.kind == "call" or any(map(_may_aggregate, node.children))
