"""What is in FROM: tables, queries and functions labelled, joins with the columns that they make one."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ...model import DEFAULT_SCHEMA, ColumnType
from ..builtin import data
from ..known import Columns, Known
from .coercion import type_of
from .scope import QueryScope, Relation, Visible
from .tree import Node, NotUnderstood
from .type_families import BIGINT

#: Schemas that an unqualified table may be in, and that add nothing to its name.
_SEARCHED = (None, DEFAULT_SCHEMA, "pg_catalog")


class FromItems(ABC):
    """`transformFromClause` in src/backend/parser/parse_clause.c."""

    def __init__(self, known: Known) -> None:
        self.known = known

    @abstractmethod
    def visit(self, node: Node, scope: QueryScope) -> Node:
        """The canonical tree of `node`."""

    @abstractmethod
    def type(self, written: ColumnType) -> ColumnType:
        """`written` in canonical spelling."""

    @abstractmethod
    def subquery(self, query: Node, scope: QueryScope, *, named: bool = False) -> tuple[Node, Columns | None]:
        """The canonical query and its columns."""

    def _item(self, item: Node, scope: QueryScope) -> Node:
        """One item of FROM, whose columns a `*` shows."""
        node, visible = self._from(item, scope)
        scope.visible.append(visible)
        return node

    def _from(self, item: Node, scope: QueryScope) -> tuple[Node, Visible | None]:
        if item.kind == "join":
            return self._join(item, scope)
        if item.kind == "table":
            node = self._table(item, item.children[0], _names(item), scope)
        elif item.kind == "derived":
            node = self._derived(item, scope)
        else:
            node = self._function(item, item.children[0], _names(item), scope)
        return node, scope.relations[-1].visible()

    def _derived(self, item: Node, scope: QueryScope) -> Node:
        lateral = (Node("lateral"),) if item.child("lateral") else ()
        names = _names(item)
        query, columns = self.subquery(item.children[0], scope if lateral else scope.parent or scope, named=True)
        relation = _relation(scope.label("#query"), item.text, None, columns, names)
        scope.relations.append(relation)
        return Node("derived", relation.label, (query, *_shown(relation, names), *lateral))

    def _table(self, item: Node, what: Node, names: tuple[str, ...], scope: QueryScope) -> Node:
        parts = [part.text for part in what.children]
        schema = parts[-2] if len(parts) > 1 else None
        common = scope.common_table(parts[-1]) if schema is None else None
        if common is not None:
            columns, label = common[0], parts[-1]
        else:
            columns = self.known.relation(schema, parts[-1])
            label = parts[-1] if schema in _SEARCHED else f"{schema}.{parts[-1]}"
        relation = _relation(
            scope.label(label),
            item.text or parts[-1],
            None if item.text else schema or (None if common else DEFAULT_SCHEMA),
            columns,
            names,
        )
        scope.relations.append(relation)
        marks = tuple(self.visit(child, scope) for child in item.children if child.kind in ("only", "sample"))
        return Node("table", relation.label, (*_shown(relation, names), *marks))

    def _function(self, item: Node, what: Node, names: tuple[str, ...], scope: QueryScope) -> Node:
        numbered = what.kind == "ordinality"
        calls = what.children[0] if numbered else what
        pieces = calls.children if calls.kind == "rows_from" else _side_by_side(calls)
        typed = tuple(child for child in item.children if child.kind == "column" and child.type is not None)
        found = [self._called(piece, item.text if len(pieces) == 1 else "", typed, scope) for piece in pieces]
        columns: Columns | None = ()
        for _, one in found:
            columns = None if columns is None or one is None else (*columns, *one)
        if numbered and columns is not None:
            columns = (*columns, ("ordinality", BIGINT))
        own = item.text or (_called_name(calls) if calls.kind == "call" else "")
        single = columns is not None and len(columns) == 1 and not typed
        relation = _relation(scope.label("#function"), own, None, columns, () if typed else names)
        if single:
            known = relation.columns or ()
            extra = tuple((name, known[0][1]) for name in (own, "value") if name and name != known[0][0])
            scope.relations.append(Relation(relation.label, own, columns=(*known, *extra), only=True))
        else:
            scope.relations.append(relation)
        values = tuple(value for value, _ in found)
        shown = tuple(Node("column", child.text, (_typed(self.type(child.type)),)) for child in typed if child.type)
        marks = (Node("ordinality"),) if numbered else ()
        return Node("function", relation.label, (*values, *(shown or _shown(relation, names)), *marks))

    def _called(
        self, piece: Node, alias: str, typed: tuple[Node, ...], scope: QueryScope
    ) -> tuple[Node, Columns | None]:
        """A function in FROM, and the columns of its rows."""
        if piece.kind == "function":
            typed = tuple(child for child in piece.children if child.kind == "column")
            piece = piece.children[0]
        value = self.visit(piece, scope)
        if typed:
            return value, tuple((child.text, self.type(child.type)) for child in typed if child.type is not None)
        rows = self.known.rows(value.text) if value.kind == "call" else None
        if rows is None and value.kind == "call" and value.text not in self.known.parameters:
            rows = _builtin_rows(value)
        if rows is None and value.type is not None and not value.type.dimensions:
            rows = self.known.attributes.get(value.type)
        if rows is None and (value.type is not None or _is_scalar(value)):
            rows = ((alias or _called_name(piece), value.type),)
        return value, rows

    def _join(self, item: Node, scope: QueryScope) -> tuple[Node, Visible | None]:
        before = len(scope.relations)
        first, left = self._from(item.children[0], scope)
        middle = len(scope.relations)
        second, right = self._from(item.children[1], scope)
        both = None if left is None or right is None else (*left, *right)
        condition = item.children[2] if len(item.children) > 2 else Node("on", children=(Node("literal", "true"),))
        if condition.kind == "on":
            return Node("join", item.text, (first, second, self.visit(condition, scope))), both
        if condition.kind == "natural":
            condition = _shared(left, right)
        owners = {}
        for column in condition.children:
            sides = [
                _owner(visible, relations, column.text)
                for visible, relations in ((left, scope.relations[before:middle]), (right, scope.relations[middle:]))
            ]
            owners[column.text] = _merged(item.text, column.text, sides)
        scope.joined.update(owners)
        node = Node("join", item.text, (first, second, condition if owners else Node("on", children=(_TRUE,))))
        if both is None:
            return node, None
        return node, (*owners.items(), *((name, column) for name, column in both if name not in owners))


_TRUE = Node("literal", "true")


def _typed(type_: ColumnType) -> Node:
    return Node("of_type", str(type_))


def _names(item: Node) -> tuple[str, ...]:
    return tuple(child.text for child in item.children if child.kind == "column")


def _relation(label: str, alias: str, schema: str | None, columns: Columns | None, names: tuple[str, ...]) -> Relation:
    """A relation whose columns a list calls `names`; where they are not known, the names are all that is."""
    if not names:
        return Relation(label, alias, schema, columns)
    if columns is None:
        return Relation(label, alias, schema, tuple((name, None) for name in names))
    own = tuple(name for name, _ in columns)
    return Relation(label, alias, schema, renamed(columns, names), own=own)


def _shown(relation: Relation, names: tuple[str, ...]) -> tuple[Node, ...]:
    """A list of names where it is all that is known of the columns."""
    return () if relation.own else tuple(Node("column", name) for name in names)


def renamed(columns: Columns | None, names: tuple[str, ...]) -> Columns | None:
    """`columns`, the first of them called `names`."""
    if not names:
        return columns
    if columns is None:
        return None
    return tuple((name, type_) for name, (_, type_) in zip(names, columns, strict=False)) + columns[len(names) :]


def _side_by_side(call: Node) -> tuple[Node, ...]:
    """`unnest(a, b)` is `ROWS FROM (unnest(a), unnest(b))`."""
    if call.kind == "call" and call.text == "unnest" and len(call.children) > 1:
        return tuple(Node("call", "unnest", (child,)) for child in call.children)
    return (call,)


def _called_name(call: Node) -> str:
    return call.text.rsplit(".", 1)[-1].strip('"')


def _is_scalar(call: Node) -> bool:
    """Whether all functions of the name that PostgreSQL has give rows of one value."""
    found = data.functions(call.text) if call.kind == "call" else ()
    return bool(found) and not any(one.columns or one.result == "record" for one in found)


def _builtin_rows(call: Node) -> Columns | None:
    """The columns of a record that a built-in function gives, if all of its name agree."""
    found = {one.columns for one in data.functions(call.text)}
    (columns,) = found if len(found) == 1 else ((),)
    return tuple((name, type_of(key)) for name, key in columns) if len(columns) > 1 else None


def _shared(left: Visible | None, right: Visible | None) -> Node:
    """The columns by which NATURAL joins: those of both sides, in the order of the left."""
    if left is None or right is None:
        raise NotUnderstood("NATURAL over columns that are not known")
    others = {name for name, _ in right}
    return Node("using", children=tuple(Node("column", name) for name, _ in left if name in others))


def _owner(visible: Visible | None, relations: list[Relation], name: str) -> Node | None:
    """The column `name` of one side of a join; None if that cannot be known."""
    if visible is not None:
        found = [column for other, column in visible if other == name]
        return found[0] if len(found) == 1 else None
    if len(relations) == 1:
        return relations[0].column(name)
    having = [relation for relation in relations if relation.has(name)]
    return having[0].column(name) if len(having) == 1 else None


def _merged(kind: str, name: str, sides: list[Node | None]) -> Node:
    """The column that USING makes of two: the left one, of a RIGHT JOIN the right one, of a FULL JOIN both."""
    owner = sides[1 if kind == "right" else 0]
    if owner is None or (kind == "full" and None in sides):
        raise NotUnderstood("USING over columns that are not known")
    if kind != "full":
        return owner
    return Node("merged", name, tuple(side for side in sides if side is not None), owner.type)
