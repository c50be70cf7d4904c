"""`PgColumn`: a column of a table, and the ways to name it in SQL and in an index."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ....budget import Budget
from ....model import Location
from ....typescript.runtime.values import UNDEFINED, CallSite, HostFunction, JsArray, Unknown, Value, is_function
from ..context import Context, argument
from ..line import Line
from ..literals import identifier
from ..sql import SqlObject
from .builder import Facts
from .kind import ColumnKind

if TYPE_CHECKING:
    from ..rendering import Renderer
    from ..tables import TableLike


class PgColumn(SqlObject):
    """`key` is the property, `given` the name Drizzle holds (the key itself where nobody gave one)."""

    def __init__(
        self,
        table: TableLike,
        key: str,
        given: str,
        kind: ColumnKind,
        facts: Facts,
        location: Location | None,
        context: Context,
        *,
        key_as_name: bool = False,
    ) -> None:
        self.table = table
        self.key = key
        self.given = given
        self.key_as_name = key_as_name
        self.kind = kind
        self.facts = facts
        self.location = location
        self.context = context

    @property
    def name(self) -> str:
        """The column's name in the database: the config's `casing` turns names that are keys."""
        casing = self.context.casing
        return casing(self.given) if casing is not None and self.key_as_name else self.given

    @property
    def data_type(self) -> str | Unknown:
        """Drizzle's word for the values; 1.0 has finer ones."""
        if self.context.line is Line.STABLE:
            return "array" if self.facts.dimensions else self.kind.data_type
        return Unknown("a column's dataType is not known in drizzle-orm 1.0", self.location)

    def of(self, table: TableLike) -> PgColumn:
        """The same column of `table`, an alias or a view."""
        column = copy(self)
        column.table = table
        return column

    def encode(self, value: Value, budget: Budget) -> Value:
        """A value as this column gives it to PostgreSQL."""
        if self.facts.dimensions and isinstance(value, JsArray):
            return value
        return value if isinstance(value, SqlObject) else self.kind.encode(value, budget)

    def render(self, renderer: Renderer) -> str:
        if renderer.bare:
            return identifier(self.name)
        return f"{self.table.reference()}.{identifier(self.name)}"

    def get(self, key: str, site: CallSite) -> Value:
        if key in _INDEX_METHODS:
            return IndexedColumn(self).get(key, site)
        if key in _FACTS:
            return _FACTS[key](self)
        if key == "getSQLType":
            return HostFunction(lambda _arguments, _site: self.kind.sql_type, key)
        return super().get(key, site)

    def set(self, key: str, value: Value, site: CallSite) -> None:
        """Some projects change a column that is made: `column.getSQLType = () => …` is what drizzle-kit asks."""
        if key == "getSQLType":
            sql_type = site.call(value) if is_function(value) else site.unknown("getSQLType is set to no function")
            if not isinstance(sql_type, str | Unknown):
                sql_type = site.unknown("getSQLType gives no text")
            self.kind = replace(self.kind, sql_type=sql_type, enum=None)
        elif key in _FACTS:
            unknown = site.unknown(f"{key} of the column {self.given} is set after it is made")
            self.context.gap(site.location, f"column {self.given}", unknown)

    def to_string(self, site: CallSite) -> Value:
        return "[object Object]"


_FACTS: dict[str, Callable[[PgColumn], Value]] = {
    "name": lambda column: column.given,
    "keyAsName": lambda column: column.key_as_name,
    "table": lambda column: column.table,
    "notNull": lambda column: column.facts.not_null,
    "primary": lambda column: column.facts.primary,
    "default": lambda column: column.facts.default,
    "hasDefault": lambda column: column.facts.default is not UNDEFINED or column.facts.default_fn is not None,
    "isUnique": lambda column: column.facts.unique is not None,
    "dataType": lambda column: column.data_type,
    "columnType": lambda column: "PgArray" if column.facts.dimensions else column.kind.class_name,
    "enumValues": lambda column: UNDEFINED if column.kind.enum_values is None else column.kind.enum_values,
    "enum": lambda column: UNDEFINED if column.kind.enum is None else column.kind.enum,
    "generated": lambda column: column.facts.generated,
}

_INDEX_METHODS = frozenset({"asc", "desc", "nullsFirst", "nullsLast", "op"})


@dataclass(frozen=True, eq=False)
class IndexedColumn(SqlObject):
    """A column with its part in an index: `t.createdAt.desc().nullsFirst()`.

    Drizzle's default is NULLS LAST, for descending keys too (`ExtraConfigColumn.indexConfig`).
    """

    column: PgColumn
    descending: bool = False
    nulls_first: bool = False
    opclass: Value = None

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("asc", "desc"):
            ordered = replace(self, descending=key == "desc")
            return HostFunction(lambda _arguments, _site: ordered, key)
        if key in ("nullsFirst", "nullsLast"):
            placed = replace(self, nulls_first=key == "nullsFirst")
            return HostFunction(lambda _arguments, _site: placed, key)
        if key == "op":
            return HostFunction(lambda arguments, _site: replace(self, opclass=argument(arguments, 0)), key)
        return self.column.get(key, site)

    def render(self, renderer: Renderer) -> str:
        return self.column.render(renderer)


def column_of(value: Value) -> PgColumn | Unknown | None:
    """The column that `value` is or that an index key of it is; an Unknown as it is; None for anything else."""
    if isinstance(value, IndexedColumn):
        return value.column
    return value if isinstance(value, PgColumn | Unknown) else None
