"""`pgTable`: calling it in the evaluator builds a table."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from ...model import Location
from ...typescript.runtime.coercion import observed
from ...typescript.runtime.values import (
    UNDEFINED,
    UNKNOWN_KEYS,
    CallSite,
    HostFunction,
    JsArray,
    JsObject,
    Unknown,
    Value,
    is_function,
)
from .casing import Casing
from .columns import ColumnBuilder, PgColumn, column_functions
from .context import Context, Entity, argument, method
from .irrelevant import OtherDialect
from .literals import identifier
from .rendering import Renderer
from .sql import Sql, SqlObject

#: How the names of drizzle-orm's own symbols begin: `Symbol.for('drizzle:Name')`.
_SYMBOLS = "drizzle:"


class TableLike(SqlObject):
    """What columns belong to and queries select from: tables, aliases, views, subqueries."""

    #: Property → column (in subqueries also other selected values).
    columns: dict[str, Value]

    def reference(self) -> str:
        """How SQL names it, quoted."""
        raise NotImplementedError

    def render(self, renderer: Renderer) -> str:
        return self.reference()


class PgTable(TableLike, Entity):
    """A table. `schema` is None for the default one; `problems` are what could not be read of its columns.

    `name` is an Unknown if it is not known; then nothing else of the table is of use.
    """

    kind = "table"

    def __init__(self, name: Value, schema: Value, site: CallSite | None, location: Location | None) -> None:
        Entity.__init__(self, location)
        self.name = name
        self.base_name = name
        self.schema = schema
        self.columns = {}
        self.problems: list[tuple[str, Unknown]] = []
        self.extra: Value = None
        self.row_security = False
        self.site = site
        self.alias: str | None = None

    def reference(self) -> str:
        if self.alias is not None:
            return identifier(self.alias)
        name = identifier(str(self.name))
        return name if self.schema is None else f"{identifier(str(self.schema))}.{name}"

    def aliased(self, alias: str) -> PgTable:
        """The table under another name, for queries (Drizzle's `alias` and `aliasedTable`)."""
        table = copy(self)
        table.alias = alias
        table.columns = {key: column.of(table) for key, column in self.columns.items()}
        return table

    def get(self, key: str, site: CallSite) -> Value:
        if key in self.columns:
            return self.columns[key]
        if key == "enableRLS":
            return method(self._enable_row_security)
        if key == "getSQL":
            return method(lambda _arguments, _site: Sql([self]))
        if key in ("$inferSelect", "$inferInsert"):
            return UNDEFINED
        if key == "_":
            return JsObject([("name", self.name), ("columns", JsObject(self.columns.items()))])
        if key.startswith(_SYMBOLS):
            return self._behind(key, site)
        for _, unknown in self.problems:
            return unknown
        return UNDEFINED

    def _behind(self, key: str, site: CallSite) -> Value:
        """What drizzle-orm keeps under its symbols (src/table.ts, src/pg-core/table.ts)."""
        if key == "drizzle:Name":
            return self.name if self.alias is None else self.alias
        if key in ("drizzle:OriginalName", "drizzle:BaseName"):
            return self.name if key == "drizzle:OriginalName" else self.base_name
        if key == "drizzle:Schema":
            return UNDEFINED if self.schema is None else self.schema
        if key in ("drizzle:Columns", "drizzle:ExtraConfigColumns"):
            columns = JsObject(self.columns.items())
            for name, unknown in self.problems:
                columns[UNKNOWN_KEYS if name == "columns" else name] = unknown
            return columns
        if key in ("drizzle:IsDrizzleTable", "drizzle:IsAlias"):
            return key == "drizzle:IsDrizzleTable" or self.alias is not None
        if key == "drizzle:EnableRLS":
            return self.row_security
        return site.unknown(f"what drizzle-orm keeps of a table under {key} is not known here")

    def keys(self) -> list[str]:
        return list(self.columns)

    def _enable_row_security(self, arguments: list[Value], site: CallSite) -> Value:
        self.row_security = True
        return self


def build_table(
    context: Context,
    arguments: list[Value],
    site: CallSite,
    *,
    name: Value = None,
    schema: Value = None,
    casing: Casing | None = None,
    location: Location | None = None,
) -> PgTable:
    """Drizzle's `pgTableWithSchema`. `name` replaces the first argument (a table creator's own naming)."""
    given = argument(arguments, 0) if name is None else name
    if not isinstance(given, str | Unknown):
        given = site.unknown("the table's name is not text")
    table = PgTable(given, schema, site, location)
    columns = argument(arguments, 1)
    if is_function(columns):
        columns = site.call(columns, [JsObject(column_functions(context).items())])
    _add_columns(table, columns, context, casing)
    extra = argument(arguments, 2, UNDEFINED)
    table.extra = None if extra in (None, UNDEFINED) else extra
    return table


def _add_columns(table: PgTable, columns: Value, context: Context, casing: Casing | None) -> None:
    if isinstance(columns, PgTable):
        columns = JsObject(columns.columns.items())
    if not isinstance(columns, JsObject):
        unknown = columns if isinstance(columns, Unknown) else Unknown("its columns are not an object", table.location)
        table.problems.append(("columns", unknown))
        return
    for key, builder in columns.items():
        location = columns.locations.get(key)
        if isinstance(builder, Unknown) or key == UNKNOWN_KEYS:
            table.problems.append((key, Unknown(builder.reason, location or builder.location)))
        elif isinstance(builder, ColumnBuilder):
            _add_column(table, key, builder, context, casing, location)
        elif isinstance(builder, PgColumn):
            table.columns[key] = builder.of(table)
        elif builder is not UNDEFINED and builder is not None:
            unknown = Unknown("it is not a column of drizzle-orm/pg-core", location or table.location)
            table.problems.append((key, unknown))


def _add_column(
    table: PgTable, key: str, builder: ColumnBuilder, context: Context, casing: Casing | None, location: Location | None
) -> None:
    builder.take_name(key, casing(key) if casing is not None else key)
    location = location or builder.location
    if isinstance(builder.name, Unknown):
        table.problems.append((key, Unknown(builder.name.reason, location)))
        return
    facts = builder.facts.copy()
    by_key = builder.key_as_name and casing is None
    table.columns[key] = PgColumn(table, key, builder.name, builder.kind, facts, location, context, key_as_name=by_key)


def declared_table(
    context: Context,
    arguments: list[Value],
    site: CallSite,
    *,
    name: Value = None,
    schema: Value = None,
    casing: Casing | None = None,
    row_security: bool = False,
) -> PgTable:
    """A table of the project's own, at the call that makes it."""
    table = build_table(context, arguments, site, name=name, schema=schema, casing=casing, location=site.named_at)
    table.row_security = row_security
    context.declare(table)
    return table


def table_function(context: Context, *, schema: Value = None, casing: Casing | None = None) -> HostFunction:
    """`pgTable`, and `pgSchema(…).table`, each with its `.withRLS`."""

    def make(row_security: bool) -> Callable[[list[Value], CallSite], Value]:
        return lambda arguments, site: declared_table(
            context, arguments, site, schema=schema, casing=casing, row_security=row_security
        )

    return HostFunction(make(False), "pgTable", {"withRLS": method(make(True), "withRLS")})


def table_creator(context: Context, casing_of: Callable[[Value], Casing | None]) -> HostFunction:
    """`pgTableCreator((name) => `app_${name}`)`."""

    def create(arguments: list[Value], site: CallSite) -> Value:
        rename, casing = argument(arguments, 0), casing_of(argument(arguments, 1))

        def make(row_security: bool) -> Callable[[list[Value], CallSite], Value]:
            def table(arguments: list[Value], site: CallSite) -> Value:
                name = site.call(rename, [argument(arguments, 0, UNDEFINED)])
                if not isinstance(name, str | Unknown):
                    name = site.unknown("the table creator gives no name")
                return declared_table(context, arguments, site, name=name, casing=casing, row_security=row_security)

            return table

        return HostFunction(make(False), "pgTable", {"withRLS": method(make(True), "withRLS")})

    return HostFunction(create, "pgTableCreator")


def table_columns(arguments: list[Value], site: CallSite) -> Value:
    """`getTableColumns(table)`, `getColumns(table)`."""
    table = argument(arguments, 0)
    if not isinstance(table, TableLike):
        return table if isinstance(table, Unknown) else site.unknown("getTableColumns is not given a table")
    columns = JsObject(table.columns.items())
    for key, column in table.columns.items():
        if isinstance(column, PgColumn) and column.location is not None:
            columns.locations[key] = column.location
    return columns


def extra_values(table: PgTable, site: CallSite, context: Context) -> tuple[list[Value], list[Unknown]]:
    """What the third argument of a table builds: its keys, checks, indexes and policies, and what is not known of it.

    The function is called now, and not when the table is made: it may speak of tables further down (Drizzle's
    `getTableConfig` does the same).
    """
    extra = table.extra
    if is_function(extra):
        extra = observed(site.call(extra, [table]))
    if isinstance(extra, Unknown):
        return [], [extra]
    values: list[Value] = []
    if isinstance(extra, JsArray):
        for item in extra:
            values += list(item) if isinstance(item, JsArray) else [item]
    elif isinstance(extra, JsObject):
        values = list(extra.values())
    elif extra not in (None, UNDEFINED):
        return [], [Unknown("its third argument gives neither an array nor an object", table.location)]
    # drizzle-kit passes over what is for another database, and so it costs nothing but itself.
    values = [value if isinstance(value, OtherDialect) else observed(value) for value in values]
    return [value for value in values if not isinstance(value, Unknown)], [
        value for value in values if isinstance(value, Unknown)
    ]
