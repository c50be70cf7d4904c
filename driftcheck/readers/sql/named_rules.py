"""What PostgreSQL refuses in an expression or query: columns and functions that are not there, subqueries, aggregates.

Only what is certain is refused: text whose grammar is not known here, relations of which not all columns are known and
functions that no statement makes are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model import Expression
from ...normalize.expressions.parser import parse_expression, parse_query
from ...normalize.expressions.tree import Node
from .entries import SYSTEM_COLUMNS, WILD, Relation, TableEntry
from .errors import MissingError, RefusedError
from .existence import need_function, need_relation
from .session import Session

#: The columns of a relation; None if they are not known.
Columns = frozenset[str] | None
_AGGREGATES = frozenset(
    """
    count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or
    every stddev variance
    """.split()
)
_QUERIES = frozenset({"scalar_query", "exists", "in_query", "quantified_query", "array_query", "query"})
#: Where a name that stands alone may be that of the query's own output.
_OF_OUTPUT = frozenset({"order_by", "key", "group_by", "distinct"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: what the server calls it, and what it may not hold there."""

    name: str
    plural: str
    subquery: bool = False
    columns: bool = True


CHECK = Place("check constraint", "check constraints")
DEFAULT = Place("DEFAULT expression", "DEFAULT expressions", columns=False)
GENERATED = Place("column generation expression", "column generation expressions")
INDEX = Place("index expression", "index expressions")
PREDICATE = Place("index predicate", "index predicates")
POLICY = Place("policy expression", "policy expressions", subquery=True)
WHEN = Place("trigger WHEN condition", "trigger WHEN conditions")


@dataclass(slots=True)
class _Scope:
    """The relations that a query reads, by what they are called there, within those of the queries around it.

    `own` are the names of its WITH queries.
    """

    relations: list[tuple[str, Columns]] = field(default_factory=list)
    outer: _Scope | None = None
    own: frozenset[str] = frozenset()

    def all(self) -> list[tuple[str, Columns]]:
        return self.relations + (self.outer.all() if self.outer is not None else [])


def check_expression(session: Session, expression: Expression, place: Place, table: TableEntry | None) -> None:
    """Raises RefusedError for an expression that `table` cannot have in that place."""
    names = {table.name: columns_of(table)} if table is not None else {}
    computed = frozenset[str]()
    if place is GENERATED and table is not None:
        computed = frozenset(column.name for column in table.columns.values() if column.generated is not None)
    check_over(session, expression, place, names, computed)


def check_over(
    session: Session,
    expression: Expression,
    place: Place,
    names: Mapping[str, Columns],
    computed: frozenset[str] = frozenset(),
) -> None:
    """As `check_expression`, over relations of these names; `computed` are columns that cannot be used."""
    if (tree := _tree(session, expression.sql, query=False)) is not None:
        _Walk(session, place, computed).visit(tree, _Scope(list(names.items())))


def check_query(session: Session, sql: str) -> None:
    """Raises RefusedError for a view's query that names what is not there."""
    if (tree := _tree(session, sql, query=True)) is not None:
        _Walk(session, None).query(tree, _Scope())


def columns_of(relation: Relation | None) -> Columns:
    """The names of all columns of a table, if they are known."""
    if not isinstance(relation, TableEntry) or relation.opaque or relation.unknown:
        return None
    return frozenset(relation.columns)


def _tree(session: Session, sql: str, *, query: bool) -> Node | None:
    if session.blind or WILD in sql:
        return None
    try:
        return parse_query(sql) if query else parse_expression(sql)
    except (ValueError, RecursionError):
        return None


class _Walk:
    """Goes through a tree; `place` is that of an expression outside of a query."""

    def __init__(self, session: Session, place: Place | None, computed: frozenset[str] = frozenset()) -> None:
        self.session, self.place, self.computed = session, place, computed

    def visit(self, node: Node, scope: _Scope, *, output: bool = False) -> None:
        """`output`: a bare name here may be one of the query's own output."""
        if node.kind in _QUERIES and self.place is not None and not self.place.subquery:
            raise RefusedError(f"cannot use subquery in {self.place.name}")
        if node.kind == "query":
            self.query(node, scope)
            return
        if node.kind == "name":
            self._name(tuple(part.text for part in node.children), scope, output)
            return
        if node.kind == "call":
            self._call(node)
        bare = output and node.kind in _OF_OUTPUT
        for child in node.children:
            self.visit(child, scope, output=bare)

    def _call(self, node: Node) -> None:
        place = self.place
        if place is not None and any(child.kind == "over" for child in node.children):
            raise RefusedError(f"window functions are not allowed in {place.plural}")
        *schema, name = node.text.removeprefix("pg_catalog.").split(".")
        if place is not None and not schema and name in _AGGREGATES and not self._is_function(name):
            raise RefusedError(f"aggregate functions are not allowed in {place.plural}")
        if '"' not in node.text and len(schema) < 2:
            need_function(self.session, schema[0] if schema else None, name, "…" if node.children else "")

    def query(self, node: Node, outer: _Scope) -> None:
        """A query with all that is in it. What it holds stands in a place of its own."""
        place, self.place = self.place, None
        own = frozenset(common.text for child in node.children if child.kind == "with" for common in child.children)
        within = _Scope([], outer, own | outer.own)
        for child in node.children:
            if child.kind == "with":
                for common in child.children:
                    self.visit(common.children[0], within)
            else:
                self._body(child, within)
        self.place = place

    def _body(self, node: Node, outer: _Scope) -> None:
        if node.kind == "set":
            for child in node.children:
                self._body(child, outer)
        elif node.kind == "select":
            scope = _Scope([], outer, outer.own)
            source = node.child("from")
            for item in source.children if source is not None else ():
                self._relations(item, scope)
            for child in (*(source.children if source is not None else ()), *node.children):
                self._part(child, scope)
        elif node.kind in ("query", "values"):
            self.visit(node, outer)
        elif node.kind != "order_by":
            for child in node.children:
                self.visit(child, outer)

    def _part(self, node: Node, scope: _Scope) -> None:
        """A clause of a SELECT, or an item of its FROM."""
        if node.kind == "from":
            return
        if node.kind == "join":
            for child in node.children:
                self._part(child, scope)
        elif node.kind in ("table", "using"):
            return
        elif node.kind in ("derived", "function"):
            self.visit(node.children[0], scope)
        else:
            self.visit(node, scope, output=node.kind in _OF_OUTPUT)

    def _relations(self, item: Node, scope: _Scope) -> None:
        if item.kind == "join":
            for child in item.children[:2]:
                self._relations(child, scope)
        elif item.kind == "table":
            parts = [part.text for part in item.children[0].children]
            schema, name = parts[-2] if len(parts) > 1 else None, parts[-1]
            renamed = len(item.children) > 1 or (schema is None and name in scope.own)
            if schema is not None or name not in scope.own:
                need_relation(self.session, schema, name)
            columns = None if renamed else columns_of(self.session.find(schema, name))
            scope.relations.append((item.text or name, columns))
        elif item.kind == "function":
            scope.relations.append((item.text, None))
        else:
            scope.relations.append((item.text, None))

    def _name(self, parts: tuple[str, ...], scope: _Scope, output: bool) -> None:
        if self.place is not None and not self.place.columns:
            raise RefusedError(f"cannot use column reference in {self.place.name}")
        seen, name = scope.all(), parts[-1]
        if len(parts) < 3 and name in self.computed:
            raise RefusedError(f'cannot use generated column "{name}" in column generation expression')
        if len(parts) > 2 or name in SYSTEM_COLUMNS or self._is_function(name):
            return
        if len(parts) == 2:
            self._qualified(parts[0], name, seen)
        elif not output and all(columns is not None and name not in (label, *columns) for label, columns in seen):
            raise MissingError(f'column "{name}" does not exist')

    def _qualified(self, label: str, name: str, seen: list[tuple[str, Columns]]) -> None:
        found = [columns for other, columns in seen if other == label]
        if not found:
            if all(other for other, _ in seen):
                raise MissingError(f'missing FROM-clause entry for table "{label}"')
        elif all(columns is not None and name not in columns for columns in found):
            raise MissingError(f"column {label}.{name} does not exist")

    def _is_function(self, name: str) -> bool:
        """Whether the name may be that of a function of the row: `guests.full_name` is `full_name(guests)`."""
        return any((schema, name) in self.session.catalog.routine_names for schema in self.session.path)
