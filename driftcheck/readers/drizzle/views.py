"""`pgView` and `pgMaterializedView`."""

from __future__ import annotations

from ...budget import Budget
from ...model import Expression, Location
from ...typescript.runtime.values import (
    UNDEFINED,
    CallSite,
    HostFunction,
    HostObject,
    JsObject,
    Unknown,
    Value,
    is_function,
)
from .casing import Casing
from .context import Context, Entity, argument
from .literals import NotKnown, identifier
from .queries import Query, QueryBuilder, seen_through
from .rendering import Renderer
from .sql import Sql
from .tables import TableLike, build_table


class PgView(TableLike, Entity):
    """A view. `query` is None for an existing one, which drizzle-kit leaves alone."""

    kind = "view"

    def __init__(self, name: Value, schema: Value, materialized: bool, location: Location | None) -> None:
        Entity.__init__(self, location)
        self.name = name
        self.schema = schema
        self.materialized = materialized
        self.query: Value = None
        self.options: Value = UNDEFINED
        self.with_data = True
        #: What it says that the model has no room for, by kind in the plural.
        self.unmodelled: set[str] = set()
        self.columns = {}

    def reference(self) -> str:
        name = identifier(str(self.name))
        return name if self.schema is None else f"{identifier(str(self.schema))}.{name}"

    def definition(self, budget: Budget) -> Expression:
        """The query. Raises NotKnown."""
        query, renderer = self.query, Renderer(budget)
        if isinstance(query, Query):
            return Expression(renderer.deeper(lambda: query.statement(renderer)).strip())
        if isinstance(query, Sql):
            return Expression(renderer.render(query).strip())
        raise NotKnown(self.query if isinstance(self.query, Unknown) else Unknown("its query is not of a known kind"))

    def get(self, key: str, site: CallSite) -> Value:
        if key in self.columns:
            return self.columns[key]
        if isinstance(self.query, Unknown):
            return self.query
        return UNDEFINED if key in ("$inferSelect", "_") else super().get(key, site)

    def keys(self) -> list[str]:
        return list(self.columns)


_UNMODELLED = {
    "using": "access methods of materialized views",
    "tablespace": "tablespaces of materialized views",
}


class ViewBuilder(HostObject):
    """`pgView('name')`, until `.as(…)` or `.existing()` makes it a view."""

    def __init__(self, view: PgView, context: Context) -> None:
        self.view = view
        self.context = context

    def get(self, key: str, site: CallSite) -> Value:
        if key == "as":
            return HostFunction(self._as, key)
        if key == "existing":
            return HostFunction(lambda _arguments, _site: self._declared(), key)
        if key in ("with", "withNoData", "using", "tablespace"):
            return HostFunction(lambda arguments, _site: self._record(key, argument(arguments, 0, UNDEFINED)), key)
        return super().get(key, site)

    def _record(self, key: str, value: Value) -> Value:
        if key == "with":
            self.view.options = value
        elif key == "withNoData":
            self.view.with_data = False
        else:
            self.view.unmodelled.add(_UNMODELLED[key])
        return self

    def _as(self, arguments: list[Value], site: CallSite) -> Value:
        query = argument(arguments, 0)
        if is_function(query):
            query = site.call(query, [QueryBuilder()])
        if not isinstance(query, Query | Sql | Unknown):
            query = site.unknown("its query is not of a known kind")
        self.view.query = query
        if isinstance(query, Query) and not self.view.columns:
            self.view.columns = {key: seen_through(value, self.view) for key, value in query.fields.items()}
        return self._declared()

    def _declared(self) -> PgView:
        self.context.declare(self.view)
        return self.view


def view_function(
    context: Context, *, schema: Value = None, materialized: bool = False, casing: Casing | None = None
) -> HostFunction:
    def make(arguments: list[Value], site: CallSite) -> Value:
        name, columns = argument(arguments, 0), argument(arguments, 1)
        view = PgView(name, schema, materialized, site.named_at)
        if isinstance(columns, JsObject):
            table = build_table(context, arguments[:2], site, schema=schema, casing=casing)
            view.columns = {key: seen_through(column, view) for key, column in table.columns.items()}
        return ViewBuilder(view, context)

    return HostFunction(make, "pgMaterializedView" if materialized else "pgView")
