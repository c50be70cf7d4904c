"""From what a program declared with sqlite-core to a Schema: what drizzle-kit would create."""

from __future__ import annotations

from .... import model
from ....reading import Capabilities
from ....typescript.runtime.values import UNDEFINED, Unknown, Value
from ..assembly import Assembly
from ..context import Entity
from ..keys import TableKeys
from ..tables import PgTable
from .columns import column_model
from .keys import SqliteKeys

CAPABILITIES = Capabilities(
    "drizzle",
    frozenset(
        """
        trigger table.options column.collation
        foreign-key.deferrable foreign-key.initially_deferred view.columns
        """.split()
    ),
)


class SqliteAssembly(Assembly):
    """There is one database and no schema in it, and nothing but tables and views."""

    def _name(self, entity: Entity, name: Value, schema: Value = None) -> tuple[str, str] | None:
        if isinstance(name, Unknown):
            self.context.gap(entity.location, f"the name of a {entity.kind}", name)
            return None
        if not isinstance(name, str) or not name or schema not in (None, UNDEFINED):
            self.context.gap(entity.location, f"the name of a {entity.kind}", "it is not text")
            return None
        return model.DEFAULT_SCHEMA, name

    def _keys_of(self, table: PgTable, extras: list[Value]) -> TableKeys:
        return SqliteKeys(table, self.context).read(extras)

    def _columns(self, table: PgTable, schema: str) -> list[model.Column]:
        """Of two columns with one name, drizzle-kit keeps the place of the first and the facts of the last."""
        columns: dict[str, model.Column] = {}
        for column in table.columns.values():
            made = column_model(table, column, self.context)
            columns[made.name] = made
        return list(columns.values())
