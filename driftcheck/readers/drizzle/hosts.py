"""Which modules Drizzle's names come from, and what each exports."""

from __future__ import annotations

from collections.abc import Callable

from ...typescript.runtime.values import (
    UNDEFINED,
    CallSite,
    HostFunction,
    HostModule,
    JsArray,
    JsObject,
    Unknown,
    Value,
)
from . import choosing, irrelevant, shipped
from .casing import casing
from .classes import CLASSES, PREDICATES
from .columns import column_functions
from .conditions import conditions
from .constraints import CONSTRAINTS
from .context import Context, argument
from .left import LEFT
from .naming import unique_name
from .queries import SET_OPERATIONS, QueryBuilder
from .schemas import enum_function, policy_function, role_function, schema_function, sequence_function
from .sql import Bound, Placeholder, Sql, SqlName, sql
from .tables import PgTable, TableLike, table_columns, table_creator, table_function
from .views import PgView, view_function

Hosts = Callable[[str], HostModule | None]


def hosts(context: Context) -> Hosts:
    """The modules that one reading's program is given for the packages it may import."""
    made: dict[str, HostModule | None] = {}

    def module(specifier: str) -> HostModule | None:
        if specifier not in made:
            made[specifier] = _module(specifier, context, made)
        return made[specifier]

    return module


def _module(specifier: str, context: Context, made: dict[str, HostModule | None]) -> HostModule | None:
    package, _, rest = specifier.partition("/")
    if package == "drizzle-orm":
        return _drizzle(specifier, rest.removesuffix("/index").removesuffix(".js"), context, made)
    if package == "drizzle-kit":
        return HostModule(specifier, {"defineConfig": HostFunction(lambda arguments, _site: argument(arguments, 0))})
    if package == "zod" or specifier in ("@hono/zod-openapi", "zod-openapi"):
        return irrelevant.zod(specifier)
    name = "/".join(specifier.split("/")[:2]) if specifier.startswith("@") else package
    if name in irrelevant.LIBRARIES:
        return irrelevant.library(specifier, name, choosing.functions(name))
    if name in choosing.PACKAGES:
        return choosing.module(specifier, name)
    what = irrelevant.PACKAGES.get(name)
    return None if what is None else irrelevant.irrelevant_module(specifier, what)


def _drizzle(specifier: str, path: str, context: Context, made: dict[str, HostModule | None]) -> HostModule:
    first = path.partition("/")[0]
    if first == context.core:
        found = made.get(first) or _known(specifier, _core(context))
        return made.setdefault(first, found) or found
    if first == "supabase":
        return _known(specifier, shipped.supabase(context))
    if first == "neon":
        return _known(specifier, shipped.neon(context))
    if first in irrelevant.DIALECTS:
        return irrelevant.other_dialect(specifier)
    if first in irrelevant.VALIDATION:
        return irrelevant.irrelevant_module(specifier, "a validation schema")
    if not first or first in _ROOT_PARTS:
        found = made.get("drizzle-orm") or _known(specifier, root(context))
        return made.setdefault("drizzle-orm", found) or found
    database = HostFunction(lambda _arguments, _site: QueryBuilder(), "drizzle")
    driver = irrelevant.irrelevant_module(specifier, "a database connection")
    return HostModule(specifier, {"drizzle": database}, missing=driver.missing)


def _core(context: Context) -> dict[str, Value]:
    if context.core == "sqlite-core":
        from .sqlite import sqlite_core

        return sqlite_core(context)
    return pg_core(context)


#: Subpaths of drizzle-orm that hold parts of what its root exports.
_ROOT_PARTS = frozenset(
    """
    alias casing column column-builder entity expressions operations primary-key relations _relations sql subquery
    table utils view-common
    """.split()
)


def _known(specifier: str, exports: dict[str, Value]) -> HostModule:
    def missing(name: str) -> Value:
        if name in LEFT:
            return Unknown(f"{name} is a part of {specifier} that shapes no schema")
        return Unknown(f"{specifier} has no export {name} that is known here")

    return HostModule(specifier, exports, missing)


def _table_name(arguments: list[Value], site: CallSite) -> Value:
    table = argument(arguments, 0)
    if isinstance(table, PgTable):
        return table.alias or table.name
    if isinstance(table, PgView):
        return table.name
    return table if isinstance(table, Unknown) else site.unknown("getTableName is not given a table")


def _alias(arguments: list[Value], site: CallSite) -> Value:
    table, name = argument(arguments, 0), argument(arguments, 1)
    if isinstance(table, PgTable) and isinstance(name, str):
        return table.aliased(name)
    return table if isinstance(table, Unknown) else site.unknown("alias is not given a table and a name")


def _table_config(arguments: list[Value], site: CallSite) -> Value:
    """`getTableConfig(table)`, without the keys and indexes: they are built when all modules are read."""
    table = argument(arguments, 0)
    if not isinstance(table, PgTable):
        return table if isinstance(table, Unknown) else site.unknown("getTableConfig is not given a table")
    schema = UNDEFINED if table.schema is None else table.schema
    config = JsObject([("name", table.name), ("schema", schema), ("columns", JsArray(table.columns.values()))])
    rest = ("indexes", "foreignKeys", "checks", "primaryKeys", "uniqueConstraints", "policies")
    return _with_unknown(config, rest, site)


def _with_unknown(config: JsObject, keys: tuple[str, ...], site: CallSite) -> JsObject:
    for key in keys:
        config[key] = site.unknown(f"a table's {key} are not known before all is read")
    return config


def _unique_key_name(arguments: list[Value], site: CallSite) -> Value:
    table, columns = argument(arguments, 0), argument(arguments, 1)
    if not isinstance(table, PgTable) or not isinstance(columns, JsArray):
        return site.unknown("uniqueKeyName is not given a table and columns")
    return unique_name(str(table.name), [str(column) for column in columns])


def _selected_fields(arguments: list[Value], site: CallSite) -> Value:
    view = argument(arguments, 0)
    return JsObject(view.columns.items()) if isinstance(view, TableLike) else site.unknown("no view is given")


def _relations(name: str) -> Value:
    return irrelevant.Irrelevant(name)


def root(context: Context) -> dict[str, Value]:
    """The exports of `drizzle-orm`."""
    columns = HostFunction(table_columns, "getTableColumns")
    exports: dict[str, Value] = {
        "sql": sql,
        "getTableColumns": columns,
        "getColumns": columns,
        "getTableName": HostFunction(_table_name, "getTableName"),
        "getViewName": HostFunction(_table_name, "getViewName"),
        "getViewSelectedFields": HostFunction(_selected_fields, "getViewSelectedFields"),
        "aliasedTable": HostFunction(_alias, "aliasedTable"),
        "name": HostFunction(lambda arguments, _site: SqlName(argument(arguments, 0)), "name"),
        "param": HostFunction(lambda arguments, _site: Sql([Bound(argument(arguments, 0), argument(arguments, 1))])),
        "placeholder": HostFunction(lambda arguments, _site: Placeholder(argument(arguments, 0)), "placeholder"),
        "entityKind": "drizzle:entityKind",
    }
    for name in ("relations", "defineRelations", "defineRelationsPart", "createTableRelationsHelpers"):
        exports[name] = _relations(name)
    return exports | conditions(context.line) | CLASSES | PREDICATES


def pg_core(context: Context) -> dict[str, Value]:
    """The exports of `drizzle-orm/pg-core`."""
    line = context.line
    columns = column_functions(context)
    exports: dict[str, Value] = {
        "pgTable": table_function(context),
        "pgTableCreator": table_creator(context, lambda name: casing(name, line)),
        "pgSchema": schema_function(context),
        "pgEnum": enum_function(context),
        "pgSequence": sequence_function(context),
        "pgView": view_function(context),
        "pgMaterializedView": view_function(context, materialized=True),
        "pgRole": role_function(context),
        "pgPolicy": policy_function(context),
        "alias": HostFunction(_alias, "alias"),
        "getTableConfig": HostFunction(_table_config, "getTableConfig"),
        "getPgColumnBuilders": HostFunction(lambda _arguments, _site: JsObject(columns.items()), "getPgColumnBuilders"),
        "uniqueKeyName": HostFunction(_unique_key_name, "uniqueKeyName"),
        "QueryBuilder": QueryBuilder(),
        "snakeCase": _cased(context, "snake_case"),
        "camelCase": _cased(context, "camelCase"),
    }
    return exports | columns | CONSTRAINTS | SET_OPERATIONS | CLASSES | PREDICATES


def _cased(context: Context, name: str) -> JsObject:
    """1.0's `snakeCase` and `camelCase`: what they make names its columns so, whatever the config says."""
    turn = casing(name, context.line)
    return JsObject(
        [
            ("table", table_function(context, casing=turn)),
            ("view", view_function(context, casing=turn)),
            ("materializedView", view_function(context, materialized=True, casing=turn)),
            ("schema", schema_function(context, turn)),
        ]
    )
