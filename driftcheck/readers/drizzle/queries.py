"""Drizzle's query builder, as far as the bodies of views use it, written as Drizzle writes it.

Source: `PgDialect.buildSelectQuery` and `PgSelectQueryBuilderBase` of drizzle-orm. Whatever else a query does is an
Unknown, and so a gap in the view's body.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import field
from functools import partial

from ...frozen import dataclass
from ...typescript.runtime.values import (
    UNDEFINED,
    CallSite,
    HostFunction,
    HostObject,
    JsArray,
    JsObject,
    Unknown,
    Value,
    is_function,
)
from .columns import PgColumn
from .context import argument, method
from .literals import NotKnown, identifier, take
from .rendering import Renderer
from .sql import Aliased, Sql, SqlName, SqlObject
from .tables import PgTable, TableLike

_JOINS = {
    "leftJoin": "left",
    "rightJoin": "right",
    "innerJoin": "inner",
    "fullJoin": "full",
    "crossJoin": "cross",
    "leftJoinLateral": "left",
    "innerJoinLateral": "inner",
    "crossJoinLateral": "cross",
}
_SETS = {
    "union": "union",
    "unionAll": "union all",
    "intersect": "intersect",
    "intersectAll": "intersect all",
    "except": "except",
    "exceptAll": "except all",
}
_LISTS = {"groupBy": "group by", "orderBy": "order by"}


class Subquery(TableLike):
    """`query.as('name')`, or with `common` a WITH query, which is named where it is used."""

    def __init__(self, query: Value, alias: str, columns: dict[str, Value], common: bool = False) -> None:
        self.query = query
        self.alias = alias
        self.common = common
        self.columns = {key: seen_through(value, self) for key, value in columns.items()}

    def reference(self) -> str:
        return identifier(self.alias)

    def render(self, renderer: Renderer) -> str:
        return self.reference() if self.common else f"{renderer.render(self.query)} {self.reference()}"

    def get(self, key: str, site: CallSite) -> Value:
        if key == "_":
            return JsObject([("alias", self.alias), ("selectedFields", JsObject(self.columns.items()))])
        return self.columns[key] if key in self.columns else super().get(key, site)


def seen_through(value: Value, table: TableLike) -> Value:
    """A selected value as the rows of `table` have it."""
    if isinstance(value, PgColumn):
        return value.of(table)
    return SqlName(value.alias) if isinstance(value, Aliased) else value


@dataclass(frozen=True, slots=True)
class _Join:
    kind: str
    lateral: bool
    table: Value
    condition: Value


@dataclass(slots=True)
class _QueryParts:
    table: Value
    fields: dict[str, Value]
    distinct: Value = None
    common: list[Value] = field(default_factory=list)
    joins: list[_Join] = field(default_factory=list)
    where: Value = UNDEFINED
    having: Value = UNDEFINED
    lists: dict[str, list[Value]] = field(default_factory=dict)
    limit: Value = UNDEFINED
    offset: Value = UNDEFINED


class Query(SqlObject):
    """What all queries offer: a name, and set operations with another one."""

    @property
    def fields(self) -> dict[str, Value]:
        """Property → what is selected."""
        raise NotImplementedError

    def get(self, key: str, site: CallSite) -> Value:
        if key == "as":
            return method(self._as)
        if key in ("getSQL", "$dynamic"):
            return method(lambda _arguments, _site: self)
        if key == "getSelectedFields":
            return method(lambda _arguments, _site: JsObject(self.fields.items()))
        if key in _SETS:
            return HostFunction(lambda arguments, site: combine(_SETS[key], [self, *arguments], site), key)
        return site.unknown(f"the query builder's {key} is not known here")

    def _as(self, arguments: list[Value], site: CallSite) -> Value:
        alias = argument(arguments, 0)
        return Subquery(self, alias, self.fields) if isinstance(alias, str) else site.unknown("a subquery has no name")

    def render(self, renderer: Renderer) -> str:
        return "(" + self.statement(Renderer(renderer.budget, depth=renderer.depth)) + ")"

    def statement(self, renderer: Renderer) -> str:
        """The query without parentheses. Raises NotKnown."""
        raise NotImplementedError


class Select(Query):
    """`select(…).from(…)` and what follows."""

    def __init__(self, parts: _QueryParts, partial: bool) -> None:
        self.parts = parts
        self.partial = partial

    @property
    def fields(self) -> dict[str, Value]:
        return self.parts.fields

    def get(self, key: str, site: CallSite) -> Value:
        if key in _JOINS:
            return HostFunction(lambda arguments, site: self._join(key, arguments, site), key)
        if key in ("where", "having"):
            return HostFunction(lambda arguments, site: self._condition(key, arguments, site), key)
        if key in _LISTS:
            return HostFunction(lambda arguments, site: self._list(key, arguments, site), key)
        if key in ("limit", "offset"):
            return HostFunction(lambda arguments, _site: self._with(key, argument(arguments, 0, UNDEFINED)), key)
        return super().get(key, site)

    def _with(self, key: str, value: Value) -> Select:
        setattr(self.parts, key, value)
        return self

    def _condition(self, key: str, arguments: list[Value], site: CallSite) -> Value:
        return self._with(key, _given(argument(arguments, 0, UNDEFINED), _unaliased(self.fields), site))

    def _list(self, key: str, arguments: list[Value], site: CallSite) -> Value:
        given = _given(arguments[0], JsObject(self.fields.items()), site) if len(arguments) == 1 else JsArray(arguments)
        self.parts.lists[key] = list(given) if isinstance(given, JsArray) else [given]
        return self

    def _join(self, key: str, arguments: list[Value], site: CallSite) -> Value:
        table = argument(arguments, 0)
        if not isinstance(table, SqlObject):
            return table if isinstance(table, Unknown) else site.unknown("what is joined is not a table")
        name, parts = _name(table), self.parts
        if not self.partial and name is not None:
            if not parts.joins and (own := _name(parts.table)) is not None:
                parts.fields = {own: JsObject(parts.fields.items())}
            if isinstance(table, TableLike):
                parts.fields[name] = JsObject(table.columns.items())
        condition = _given(argument(arguments, 1, UNDEFINED), _unaliased(self.fields), site)
        parts.joins.append(_Join(_JOINS[key], key.endswith("Lateral"), table, condition))
        return self

    def statement(self, renderer: Renderer) -> str:
        parts = self.parts
        text = _common(parts.common, renderer) + "select" + self._distinct(renderer)
        text += f" {self._selection(renderer)} from {_source(parts.table, renderer)}"
        for join in parts.joins:
            lateral = " lateral" if join.lateral else ""
            text += f" {join.kind} join{lateral} {_source(join.table, renderer)}"
            text += _clause("on", join.condition, renderer)
        text += _clause("where", parts.where, renderer)
        text += _listed("group by", parts.lists.get("groupBy"), renderer)
        text += _clause("having", parts.having, renderer)
        text += _listed("order by", parts.lists.get("orderBy"), renderer)
        return text + _clause("limit", parts.limit, renderer) + _clause("offset", parts.offset, renderer)

    def _distinct(self, renderer: Renderer) -> str:
        distinct = self.parts.distinct
        if isinstance(distinct, JsArray):
            return f" distinct on ({', '.join(map(renderer.render, distinct))})"
        return " distinct" if distinct else ""

    def _selection(self, renderer: Renderer) -> str:
        alone = not self.parts.joins
        return ", ".join(_selected(value, alone, renderer) for value in _flat(self.parts.fields.values(), renderer))


def _given(value: Value, fields: JsObject, site: CallSite) -> Value:
    """A condition or a list, or a function of the query's fields that gives one."""
    return site.call(value, [fields]) if is_function(value) else value


def _unaliased(fields: dict[str, Value]) -> JsObject:
    """The fields as conditions see them: there the name of a selected expression is not known yet."""
    return JsObject((key, value.sql if isinstance(value, Aliased) else value) for key, value in fields.items())


def _flat(values: Iterable[Value], renderer: Renderer) -> list[Value]:
    """Raises NotKnown."""
    found: list[Value] = []
    for value in values:
        take(renderer.budget, 10)
        if isinstance(value, JsObject) or (isinstance(value, TableLike) and not isinstance(value, Subquery)):
            inner = value if isinstance(value, JsObject) else value.columns
            found += renderer.deeper(partial(_flat, inner.values(), renderer))
        else:
            found.append(value)
    return found


def _selected(value: Value, alone: bool, renderer: Renderer) -> str:
    if isinstance(value, Aliased):
        return f"{_selected(value.sql, alone, renderer)} as {renderer.identifier(value.alias)}"
    if isinstance(value, PgColumn) and alone:
        return identifier(value.name)
    if isinstance(value, Sql) and alone:
        value = Sql(SqlName(chunk.name) if isinstance(chunk, PgColumn) else chunk for chunk in value.chunks)
    return renderer.render(value)


def _name(table: Value) -> str | None:
    if isinstance(table, PgTable):
        return table.alias or str(table.base_name)
    name = getattr(table, "alias", None) or getattr(table, "name", None)
    return name if isinstance(name, str) and isinstance(table, TableLike) else None


def _source(table: Value, renderer: Renderer) -> str:
    if isinstance(table, PgTable) and table.alias is not None:
        original = copy(table)
        original.alias = None
        return f"{original.reference()} {identifier(table.alias)}"
    return renderer.render(table)


def _clause(word: str, value: Value, renderer: Renderer) -> str:
    return "" if value in (UNDEFINED, None) else f" {word} {renderer.render(value)}"


def _listed(words: str, values: list[Value] | None, renderer: Renderer) -> str:
    return f" {words} {', '.join(map(renderer.render, values))}" if values else ""


def _common(queries: list[Value], renderer: Renderer) -> str:
    if not queries:
        return ""
    parts = []
    for query in queries:
        if not isinstance(query, Subquery):
            raise NotKnown(query if isinstance(query, Unknown) else Unknown("with() is given something else"))
        parts.append(f"{query.reference()} as {renderer.render(query.query)}")
    return f"with {', '.join(parts)} "


class Combined(Query):
    """`union(a, b)` and its like; ordering and limits behind it are the whole's."""

    def __init__(self, operator: str, first: Query, second: Query) -> None:
        self.operator = operator
        self.first = first
        self.second = second
        self.tail: dict[str, Value] = {}

    @property
    def fields(self) -> dict[str, Value]:
        return self.first.fields

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("orderBy", "limit", "offset"):
            return HostFunction(lambda arguments, _site: self._then(key, arguments), key)
        return super().get(key, site)

    def _then(self, key: str, arguments: list[Value]) -> Value:
        self.tail[key] = list(arguments)
        return self

    def statement(self, renderer: Renderer) -> str:
        first = renderer.deeper(lambda: self.first.statement(renderer))
        second = renderer.deeper(lambda: self.second.statement(renderer))
        text = f"({first}) {self.operator} ({second})"
        order = [
            SqlName(value.name) if isinstance(value, PgColumn) else value for value in self.tail.get("orderBy", [])
        ]
        text += _listed("order by", order, renderer)
        limits = [key for key in ("limit", "offset") if key in self.tail]
        return text + "".join(_clause(key, self.tail[key][0], renderer) for key in limits)


def combine(operator: str, queries: list[Value], site: CallSite) -> Value:
    combined: Value = None
    for query in queries:
        if not isinstance(query, Query):
            return query if isinstance(query, Unknown) else site.unknown(f"{operator} of something else than queries")
        combined = query if combined is None else Combined(operator, combined, query)
    return combined


class QueryBuilder(HostObject):
    """What a view's `.as((qb) => …)` is given, and what `drizzle(…)` gives as far as it matters here."""

    def __init__(self, common: list[Value] | None = None) -> None:
        self.common = common or []

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("select", "selectDistinct"):
            distinct = key == "selectDistinct"
            return HostFunction(lambda arguments, _site: self._select(distinct, argument(arguments, 0)), key)
        if key == "selectDistinctOn":
            return HostFunction(lambda arguments, _site: self._select(*[*arguments, None, None][:2]), key)
        if key == "with":
            return HostFunction(lambda arguments, _site: QueryBuilder(list(arguments)), key)
        if key == "$with":
            return HostFunction(lambda arguments, _site: _WithName(argument(arguments, 0), self), key)
        return site.unknown(f"the query builder's {key} is not known here")

    def construct(self, arguments: list[Value], site: CallSite) -> Value:
        return QueryBuilder()

    def _select(self, distinct: Value, fields: Value) -> Value:
        return _SelectFrom(distinct, fields, self.common)


class _SelectFrom(HostObject):
    def __init__(self, distinct: Value, fields: Value, common: list[Value]) -> None:
        self.distinct = distinct
        self.fields = fields
        self.common = common

    def get(self, key: str, site: CallSite) -> Value:
        return method(self._from) if key == "from" else super().get(key, site)

    def _from(self, arguments: list[Value], site: CallSite) -> Value:
        table = argument(arguments, 0)
        for value in (table, self.fields):
            if isinstance(value, Unknown):
                return value
        partial = isinstance(self.fields, JsObject)
        fields = dict(self.fields) if partial else dict(table.columns) if isinstance(table, TableLike) else {}
        if not fields or not isinstance(table, SqlObject):
            return site.unknown("what the query selects is not known")
        return Select(_QueryParts(table, fields, self.distinct, self.common), partial)


class _WithName(HostObject):
    """`qb.$with('name')`."""

    def __init__(self, name: Value, builder: QueryBuilder) -> None:
        self.name = name
        self.builder = builder

    def get(self, key: str, site: CallSite) -> Value:
        return method(self._as) if key == "as" else super().get(key, site)

    def _as(self, arguments: list[Value], site: CallSite) -> Value:
        query = argument(arguments, 0)
        if is_function(query):
            query = site.call(query, [self.builder])
        if isinstance(query, Query) and isinstance(self.name, str):
            return Subquery(query, self.name, query.fields, common=True)
        return query if isinstance(query, Unknown) else site.unknown("a WITH query is not made by the query builder")


def _set_operation(name: str, words: str) -> HostFunction:
    return HostFunction(lambda arguments, site: combine(words, arguments, site), name)


#: name → function, as `drizzle-orm/pg-core` exports them.
SET_OPERATIONS: dict[str, Value] = {name: _set_operation(name, words) for name, words in _SETS.items()}
