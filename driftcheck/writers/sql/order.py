"""The order of creation: each object after those that its own statement needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from ...model import (
    DEFAULT_SCHEMA,
    ColumnType,
    CompositeType,
    Domain,
    Enum,
    Expression,
    Function,
    RangeType,
    Schema,
    Sequence,
    Table,
    View,
)
from ...sql import SqlError, Stream
from ...sql.references import COLUMN, FUNCTION, Name, names_in, names_in_strings
from .programs import has_parsed_body

Item: TypeAlias = Enum | Domain | CompositeType | RangeType | Sequence | Table | View | Function
#: A reference, and whether it certainly is one.
Need: TypeAlias = tuple[int, bool]


def in_order(schema: Schema) -> list[Item]:
    """Types, sequences, tables, views, functions, materialized views, as far as they do not need one another
    otherwise; within a kind in the order of declaration. Foreign keys and triggers are no part of this.
    """
    items = _items(schema)
    index = _Index(items)
    needs = [dict(sorted(_needs(item, position, index))) for position, item in enumerate(items)]
    _break_cycles(needs)
    found: dict[int, Item] = {}
    for start in range(len(items)):
        _visit(start, needs, items, found)
    return list(found.values())


def _items(schema: Schema) -> list[Item]:
    plain = [view for view in schema.views if not view.materialized]
    filled = [view for view in schema.views if view.materialized]
    return [
        *schema.enums, *schema.composites, *schema.domains, *schema.ranges, *schema.sequences,
        *schema.tables, *plain, *schema.functions, *filled,
    ]  # fmt: skip


def _visit(start: int, needs: list[dict[int, bool]], items: list[Item], found: dict[int, Item]) -> None:
    """Depth first, on a stack of its own: chains of views may be long."""
    stack = [(start, iter(needs[start]))]
    while stack:
        position, rest = stack[-1]
        following = next((need for need in rest if need not in found), None)
        if following is None:
            stack.pop()
            found.setdefault(position, items[position])
        else:
            stack.append((following, iter(needs[following])))


def _break_cycles(needs: list[dict[int, bool]]) -> None:
    """Drop needs until no circle is left: in each a possible one, if it has one, else the last."""
    while True:
        try:
            TopologicalSorter({position: found.keys() for position, found in enumerate(needs)}).prepare()
        except CycleError as error:
            circle: list[int] = error.args[1]
            edges = list(zip(circle[1:], circle, strict=False))  # (who needs, what)
            who, what = min(edges, key=lambda edge: (needs[edge[0]][edge[1]], -edge[0]))
            del needs[who][what]
        else:
            return


class _Index:
    """Where the objects of a name are."""

    def __init__(self, items: list[Item]) -> None:
        self._relations: dict[str, list[tuple[str, int]]] = {}
        self._functions: dict[str, list[tuple[str, int]]] = {}
        for position, item in enumerate(items):
            kind = self._functions if isinstance(item, Function) else self._relations
            kind.setdefault(item.name, []).append((item.schema, position))

    def types(self, type_: ColumnType) -> Iterator[int]:
        return self._find(self._relations, type_.schema, type_.name)

    def relation(self, schema: str, name: str) -> Iterator[int]:
        return self._find(self._relations, schema, name)

    def named(self, found: Name) -> Iterator[int]:
        """What a name may mean: `schema.name`, `name`, with more behind it `table.column`, or `row.function`."""
        path = found.path
        pairs: list[tuple[str | None, str]] = [(None, path[0])]
        if len(path) > 1:
            pairs = [(path[0], path[1])]
            if found.role == COLUMN:
                pairs.append((None, path[0]))
        for schema, name in pairs:
            if found.role != FUNCTION:
                yield from self._find(self._relations, schema, name)
            if found.role == FUNCTION:
                yield from self._find(self._functions, schema, name)
        if found.role == COLUMN and len(path) > 1:
            yield from self._find(self._functions, None, path[-1])

    def _find(self, kind: dict[str, list[tuple[str, int]]], schema: str | None, name: str) -> Iterator[int]:
        """Without a schema: what is in the default one, else whatever has the name (the search path is not known)."""
        found = kind.get(name, ())
        wanted = DEFAULT_SCHEMA if schema is None else schema
        exact = [position for where, position in found if where == wanted]
        yield from exact or (position for _, position in found if schema is None)


def _needs(item: Item, position: int, index: _Index) -> Iterable[Need]:
    """What must be there before `item`; a certain need wins over a possible one of the same object."""
    found: dict[int, bool] = {}
    for need, certain in _references(item, index):
        if need != position:
            found[need] = found.get(need, False) or certain
    return found.items()


def _references(item: Item, index: _Index) -> Iterator[Need]:
    for type_ in _types(item):
        yield from ((need, True) for need in index.types(type_))
    for schema, name in _relations(item):
        yield from ((need, True) for need in index.relation(schema, name))
    for text in _texts(item):
        for found in _names(text):
            yield from ((need, found.role != COLUMN) for need in index.named(found))
    if isinstance(item, Function):
        for text in _signature(item):
            for found in _names(text):
                yield from ((need, True) for need in index.named(found))


def _names(text: str) -> Iterator[Name]:
    """A table may be called what a column is called elsewhere: what is where a column may is no certain need."""
    yield from names_in(text)
    yield from names_in_strings(text)


def _types(item: Item) -> Iterator[ColumnType]:
    if isinstance(item, Table):
        yield from (column.type for column in item.columns)
    elif isinstance(item, CompositeType):
        yield from (attribute.type for attribute in item.attributes)
    elif isinstance(item, Domain):
        yield item.type
    elif isinstance(item, RangeType):
        yield item.subtype


def _relations(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, Table):
        yield from item.inherits
        if item.partition_of is not None:
            yield item.partition_of.parent_schema, item.partition_of.parent_table


def _texts(item: Item) -> Iterator[str]:
    """The SQL in an object's statement that PostgreSQL parses at once."""
    if isinstance(item, Table):
        yield from map(str, filter(None, _table_expressions(item)))
        yield from filter(None, (item.partition_by, item.of_type))
    elif isinstance(item, Domain):
        yield from map(str, filter(None, (item.default, *(check.expression for check in item.checks))))
    elif isinstance(item, RangeType):
        yield from (f"{value}(" for option, value in item.options if option in ("subtype_diff", "canonical"))
    elif isinstance(item, View):
        yield item.definition.sql
    elif isinstance(item, Function):
        yield item.arguments
        if has_parsed_body(item):
            yield item.body
        elif item.kind == "aggregate":
            yield from _support(item.body)


def _support(definition: str) -> Iterator[str]:
    """The functions and types that an aggregate is made of, as in `(SFUNC = add, STYPE = money)`."""
    try:
        stream = Stream.of(definition)
        for part in stream.parts(*stream.skip_group()):
            option = part.advance().word
            if part.accept("=") and option.endswith("func"):
                yield f"{part.until()}("
            elif option in ("stype", "mstype"):
                yield f"x::{part.until()}"
    except SqlError:
        return


def _table_expressions(table: Table) -> Iterator[Expression | None]:
    for column in table.columns:
        yield column.default
        if column.generated is not None:
            yield column.generated.expression
    yield from (check.expression for check in table.checks)
    for exclusion in table.exclusions:
        yield exclusion.predicate
        yield from (element.expression for element in exclusion.elements)


def _signature(function: Function) -> Iterator[str]:
    """The types of a function's arguments and result, which must be there; names of result columns are no types."""
    yield from function.signature
    if function.returns is not None and not function.returns.upper().startswith("TABLE"):
        yield function.returns
