"""The exports of `drizzle-orm/sqlite-core`."""

from __future__ import annotations

from ....typescript.runtime.values import Value
from ..casing import casing
from ..classes import CLASSES, PREDICATES
from ..columns import column_functions
from ..constraints import CONSTRAINTS
from ..context import Context
from ..queries import SET_OPERATIONS, QueryBuilder
from ..tables import table_creator, table_function
from ..views import view_function

#: Drizzle's own names of what is one class here.
_CLASSES = {
    "SQLiteTable": "PgTable",
    "SQLiteColumn": "PgColumn",
    "SQLiteColumnBuilder": "PgColumnBuilder",
    "SQLiteView": "PgView",
    "SQLiteSelectBase": "PgSelectBase",
}


def sqlite_core(context: Context) -> dict[str, Value]:
    exports: dict[str, Value] = {
        "sqliteTable": table_function(context),
        "sqliteTableCreator": table_creator(context, lambda name: casing(name, context.line)),
        "sqliteView": view_function(context),
        "view": view_function(context),
        "QueryBuilder": QueryBuilder(),
    }
    named = {own: CLASSES[other] for own, other in _CLASSES.items()}
    return exports | column_functions(context) | CONSTRAINTS | SET_OPERATIONS | CLASSES | named | PREDICATES
