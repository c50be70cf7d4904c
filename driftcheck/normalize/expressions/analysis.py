"""From the tree as written to the canonical tree: names resolved, types known, PostgreSQL's own additions gone."""

from __future__ import annotations

from ...model import ColumnType, quote
from ..known import Columns
from ..names import TRANSPARENT
from ..types import canonical_type
from . import type_families as families
from .casts import array, cast, typed
from .changes import Changes
from .functions import call, ordered, together
from .logic import junction, negation
from .operations import alike, compare, distinct, listed, operation, prefixed, quantified, quantified_query
from .scope import QueryScope
from .tree import Node

#: Children of a call that are no arguments.
_CLAUSES = frozenset({"distinct", "order_by", "within_group", "filter", "over"})


class Analysis(Changes):
    """`transformExpr` of src/backend/parser/parse_expr.c, as far as it changes how an expression is stored."""

    def visit(self, node: Node, scope: QueryScope) -> Node:
        method = getattr(self, f"_visit_{node.kind}", None)
        if method is not None:
            result = method(node, scope)
            assert isinstance(result, Node)
            return result
        return node.map(lambda child: self.visit(child, scope))

    def _all(self, node: Node, scope: QueryScope) -> tuple[Node, ...]:
        return tuple(self.visit(child, scope) for child in node.children)

    def _visit_part(self, node: Node, scope: QueryScope) -> Node:
        return node

    def _visit_literal(self, node: Node, scope: QueryScope) -> Node:
        return node

    def _visit_name(self, node: Node, scope: QueryScope) -> Node:
        parts = tuple(part.text for part in node.children)
        return self._of_row(parts, scope) or scope.resolve(parts) or node

    def _of_row(self, parts: tuple[str, ...], scope: QueryScope) -> Node | None:
        """`row.function`, another spelling of `function(row)`, where the row has no such column."""
        relation = scope.relation(parts[:-1]) if len(parts) > 1 else None
        if relation is None or relation.columns is None or relation.only or relation.has(parts[-1]):
            return None
        names = [name for name in self.known.parameters if name.rpartition(".")[2] == quote(parts[-1])]
        return call(names[0], (Node("row_of", relation.label),), self.known) if len(names) == 1 else None

    def _visit_parameter(self, node: Node, scope: QueryScope) -> Node:
        """`$1` is the function's first argument, which may have a name."""
        outermost = list(scope.levels())[-1]
        names = [name for relation in outermost.relations if not relation.label for name, _ in relation.columns or ()]
        number = int(node.text)
        found = scope.resolve((names[number - 1],)) if 0 < number <= len(names) else None
        return found or node

    def _visit_star(self, node: Node, scope: QueryScope) -> Node:
        relation = scope.relation(tuple(part.text for part in node.children)) if node.children else None
        return Node("row_of", relation.label) if relation is not None else node

    def _visit_cast(self, node: Node, scope: QueryScope) -> Node:
        assert node.type is not None
        value, wanted = self.visit(node.children[0], scope), self.type(node.type)
        if value.kind == "row_of" and not wanted.dimensions and value.text.partition("#")[0] == _label(wanted):
            return value  # a whole row of a table as what it is: so the server writes `SELECT t FROM t`
        return cast(value, wanted)

    def type(self, written: ColumnType) -> ColumnType:
        return canonical_type(written, self.known.types)

    def _visit_op(self, node: Node, scope: QueryScope) -> Node:
        return operation(node.text, *self._all(node, scope), known=self.known)

    def _visit_prefix(self, node: Node, scope: QueryScope) -> Node:
        return prefixed(node.text, *self._all(node, scope), known=self.known)

    def _visit_and(self, node: Node, scope: QueryScope) -> Node:
        return junction("and", tuple(typed(child, families.BOOLEAN) for child in self._all(node, scope)))

    def _visit_or(self, node: Node, scope: QueryScope) -> Node:
        return junction("or", tuple(typed(child, families.BOOLEAN) for child in self._all(node, scope)))

    def _visit_not(self, node: Node, scope: QueryScope) -> Node:
        return negation(typed(self.visit(node.children[0], scope), families.BOOLEAN))

    def _visit_in(self, node: Node, scope: QueryScope) -> Node:
        children = self._all(node, scope)
        first, items = listed(children[0], children[1:], self.known)
        return junction("or", tuple(compare("=", first, item, known=self.known) for item in items))

    def _visit_quantified(self, node: Node, scope: QueryScope) -> Node:
        operator, quantifier = node.text.split(" ")
        return quantified(operator, quantifier, *self._all(node, scope), known=self.known)

    def _visit_quantified_query(self, node: Node, scope: QueryScope) -> Node:
        operator, quantifier = node.text.split(" ")
        return quantified_query(operator, quantifier, *self._all(node, scope))

    def _visit_is(self, node: Node, scope: QueryScope) -> Node:
        children = self._all(node, scope)
        if node.text == "distinct":
            return distinct(*children, known=self.known)
        if node.text == "not null" and not self._is_row(children[0]):
            return negation(Node("is", "null", children, families.BOOLEAN))
        return Node("is", node.text, children, families.BOOLEAN)

    def _is_row(self, node: Node) -> bool:
        """Whether `node` has fields: a row IS NOT NULL when none of them is null, no opposite of IS NULL."""
        return node.kind in ("row", "row_of", "star", "name") or (
            node.type is not None and self.known.kinds.get(node.type) == "row"
        )

    def _visit_call(self, node: Node, scope: QueryScope) -> Node:
        children = self._all(node, scope)
        arguments = tuple(child for child in children if child.kind not in _CLAUSES)
        clauses = tuple(child for child in children if child.kind in _CLAUSES)
        sorting = next((clause for clause in clauses if clause.kind == "within_group"), None)
        if sorting is not None:
            keys = sorting.children[0].children
            every, found = ordered(node.text, arguments, tuple(key.children[0] for key in keys), self.known)
            sorted_by = tuple(key.with_children((value,)) for key, value in zip(keys, every, strict=True))
            within = sorting.with_children((sorting.children[0].with_children(sorted_by),))
            clauses = tuple(within if clause is sorting else clause for clause in clauses)
        else:
            found = call(node.text, arguments, self.known)
        return Node(found.kind, found.text, (*found.children, *clauses), found.type) if clauses else found

    def _visit_case(self, node: Node, scope: QueryScope) -> Node:
        subject = node.child("subject")
        tested = self.visit(subject.children[0], scope) if subject else None
        whens = [self._all(child, scope) for child in node.children if child.kind == "when"]
        otherwise = node.child("else")
        last = self._all(otherwise, scope) if otherwise else ()
        results, type_ = together((*(when[1] for when in whens), *last), self.known)
        parts = [Node("subject", children=(tested,))] if tested else []
        for (condition, _), result in zip(whens, results, strict=False):
            if tested:
                condition = alike("=", tested, condition, known=self.known)[1]
            parts.append(Node("when", children=(condition, result)))
        if last and results[-1].kind != "null":
            parts.append(Node("else", children=(results[-1],)))
        return Node("case", children=tuple(parts), type=type_)

    def _visit_array(self, node: Node, scope: QueryScope) -> Node:
        items, element = together(self._all(node, scope), known=self.known)
        known = element is not None and not element.dimensions
        type_ = ColumnType(element.name, (), element.schema, 1, element.quoted) if element and known else element
        return array(items, type_)

    def _visit_subscript(self, node: Node, scope: QueryScope) -> Node:
        children = self._all(node, scope)
        whole = children[0].type
        sliced = children[1].kind == "slice"
        return Node("subscript", "", children, whole.element if whole and not sliced else whole)

    def _visit_field(self, node: Node, scope: QueryScope) -> Node:
        """A field of a composite value; of a whole row it is the column."""
        (value,) = self._all(node, scope)
        if value.kind == "row_of":
            for relation in (one for level in scope.levels() for one in level.relations):
                if relation.label == value.text and relation.has(node.text):
                    return relation.column(node.text)
        return Node("field", node.text, (value,), dict(self.fields(value)).get(node.text))

    def fields(self, value: Node) -> Columns:
        """The fields of a composite value, if they are known."""
        found = self.known.attributes.get(value.type) if value.type is not None else None
        if found is None and value.kind == "call":
            found = self.known.rows(value.text)
        return found or ()

    def _visit_collate(self, node: Node, scope: QueryScope) -> Node:
        (operand,) = self._all(node, scope)
        return Node("collate", node.text, (typed(operand, families.TEXT),), operand.type)

    def _visit_exists(self, node: Node, scope: QueryScope) -> Node:
        return Node("exists", children=(self.existence(node.children[0], scope),), type=families.BOOLEAN)

    def _visit_scalar_query(self, node: Node, scope: QueryScope) -> Node:
        query, columns = self.subquery(node.children[0], scope)
        return Node("scalar_query", children=(query,), type=columns[0][1] if columns and len(columns) == 1 else None)

    def _visit_array_query(self, node: Node, scope: QueryScope) -> Node:
        query, _ = self.subquery(node.children[0], scope)
        return Node("array_query", children=(query,))


def _label(row: ColumnType) -> str:
    """What a table is called whose rows are of this type."""
    return row.name if row.schema is None or row.schema in TRANSPARENT else f"{row.schema}.{row.name}"
