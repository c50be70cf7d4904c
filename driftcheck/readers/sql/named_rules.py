"""What PostgreSQL refuses in an expression or query: columns and functions that are not there, subqueries, aggregates.

Only what is certain is refused: text whose grammar is not known here, relations of which not all columns are known and
functions that no statement makes are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...frozen import dataclass
from ...model import Column, Expression
from ...normalize.expressions.parser import parse_expression, parse_query
from ...normalize.expressions.tree import Node
from . import builtin
from .entries import SYSTEM_COLUMNS, WILD, Relation, TableEntry
from .errors import MissingError, RefusedError
from .existence import need_function, need_relation
from .expression_types import Typing, is_plain
from .scopes import Columns, Read, Scope, Walk, columns_of
from .session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: what the server calls it, and what it may not hold there."""

    name: str
    plural: str
    subquery: bool = False
    columns: bool = True
    condition: str = ""
    immutable: str = ""


CHECK = Place("check constraint", "check constraints", condition="CHECK")
DEFAULT = Place("DEFAULT expression", "DEFAULT expressions", columns=False)
GENERATED = Place(
    "column generation expression", "column generation expressions", immutable="generation expression is not immutable"
)
INDEX = Place(
    "index expression", "index expressions", immutable="functions in index expression must be marked IMMUTABLE"
)
PREDICATE = Place(
    "index predicate",
    "index predicates",
    condition="WHERE",
    immutable="functions in index predicate must be marked IMMUTABLE",
)
POLICY = Place("policy expression", "policy expressions", subquery=True, condition="POLICY")
WHEN = Place("trigger WHEN condition", "trigger WHEN conditions", condition="WHEN")


def check_expression(session: Session, expression: Expression, place: Place, table: TableEntry | None) -> None:
    """Raises RefusedError for an expression that `table` cannot have in that place."""
    names = {table.name: columns_of(table)} if table is not None else {}
    computed = frozenset[str]()
    if place is GENERATED and table is not None:
        computed = frozenset(column.name for column in table.columns.values() if column.generated is not None)
    check_over(session, expression, place, names, computed, Typing(session, table))


def check_over(
    session: Session,
    expression: Expression,
    place: Place,
    names: Mapping[str, Columns],
    computed: frozenset[str] = frozenset(),
    typing: Typing | None = None,
) -> None:
    """As `check_expression`, over relations of these names; `computed` are columns that cannot be used."""
    if (tree := _tree(session, expression.sql, query=False)) is None:
        return
    _Refusing(session, place, computed).visit(tree, Scope([Read(*item) for item in names.items()]))
    if typing is None:
        return
    if session.catalog.types:
        typing.need_labels(tree)
    if place.condition:
        typing.need_boolean(tree, place.condition)
    if place.immutable:
        typing.need_immutable(tree, place.immutable)


def check_default(session: Session, table: TableEntry | None, column: Column) -> None:
    """Raises RefusedError for a default that the column, or the domain that is written as one, cannot have."""
    if column.default is None or is_plain(column.default.sql, column.type):
        return
    check_expression(session, column.default, DEFAULT, table)
    if "type" not in column.unknown and (tree := _tree(session, column.default.sql, query=False)) is not None:
        Typing(session, table).need_default(tree, column)


def check_query(session: Session, sql: str) -> None:
    """Raises RefusedError for a view's query that names what is not there."""
    if (tree := _tree(session, sql, query=True)) is not None:
        _Refusing(session, None).query(tree, Scope())


def _tree(session: Session, sql: str, *, query: bool) -> Node | None:
    if session.blind or WILD in sql:
        return None
    try:
        return parse_query(sql) if query else parse_expression(sql)
    except (ValueError, RecursionError):
        return None


def _width(node: Node) -> int | None:
    """How many columns a query gives; None if that is for its relations to say."""
    if node.kind == "query":
        return next((_width(child) for child in node.children if child.kind in ("select", "set", "values")), None)
    if node.kind == "set":
        return _width(node.children[0])
    if node.kind == "values":
        return len(node.children[0].children)
    targets = node.child("targets") if node.kind == "select" else None
    if targets is None or any(target.children[0].kind in ("star", "field") for target in targets.children):
        return None
    return len(targets.children)


class _Refusing(Walk):
    """Raises RefusedError; `place` is that of an expression outside of a query."""

    def __init__(self, session: Session, place: Place | None, computed: frozenset[str] = frozenset()) -> None:
        self.session, self.place, self.computed = session, place, computed

    def enter(self, node: Node) -> None:
        if self.place is not None and not self.place.subquery:
            raise RefusedError(f"cannot use subquery in {self.place.name}")

    def body(self, node: Node, outer: Scope) -> Scope | None:
        if node.kind == "set":
            widths = [_width(child) for child in node.children]
            if None not in widths and widths[0] != widths[1]:
                raise RefusedError(f"each {node.text.split()[0].upper()} query must have the same number of columns")
        return super().body(node, outer)

    def call(self, node: Node, inner: bool) -> None:
        place = None if inner else self.place
        if place is not None and any(child.kind == "over" for child in node.children):
            raise RefusedError(f"window functions are not allowed in {place.plural}")
        *schema, name = node.text.removeprefix("pg_catalog.").split(".")
        if place is not None and not schema and not self._is_function(name) and (found := builtin.find(name)):
            if found.kind == "a":
                raise RefusedError(f"aggregate functions are not allowed in {place.plural}")
            if found.kind == "s":
                raise RefusedError(f"set-returning functions are not allowed in {place.plural}")
        if '"' not in node.text and len(schema) < 2:
            need_function(self.session, schema[0] if schema else None, name, "…" if node.children else "")

    def relation(self, schema: str | None, name: str) -> Relation | None:
        need_relation(self.session, schema, name)
        return self.session.find(schema, name)

    def name(self, parts: tuple[str, ...], scope: Scope, output: bool) -> None:
        if self.place is not None and not self.place.columns:
            raise RefusedError(f"cannot use column reference in {self.place.name}")
        seen, name = scope.all(), parts[-1]
        if len(parts) < 3 and name in self.computed:
            raise RefusedError(f'cannot use generated column "{name}" in column generation expression')
        if len(parts) > 2 or name in SYSTEM_COLUMNS or self._is_function(name):
            return
        if len(parts) == 2:
            self._qualified(parts[0], name, seen)
        elif not output and all(read.columns is not None and name not in (read.label, *read.columns) for read in seen):
            raise MissingError(f'column "{name}" does not exist')

    def _qualified(self, label: str, name: str, seen: list[Read]) -> None:
        found = [read.columns for read in seen if read.label == label]
        if not found:
            if all(read.label for read in seen):
                raise MissingError(f'missing FROM-clause entry for table "{label}"')
        elif all(columns is not None and name not in columns for columns in found):
            raise MissingError(f"column {label}.{name} does not exist")

    def _is_function(self, name: str) -> bool:
        """Whether the name may be that of a function of the row: `guests.full_name` is `full_name(guests)`."""
        return any((schema, name) in self.session.catalog.routine_names for schema in self.session.path)
