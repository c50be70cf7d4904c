"""Drizzle's classes as values: for `is(value, PgTable)`, `instanceof`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from ...typescript.runtime.values import CallSite, HostFunction, HostObject, JsObject, Unknown, Value
from .columns import ColumnBuilder, IndexedColumn, PgColumn
from .constraints import CheckBuilder, ForeignKeyBuilder, IndexBuilder, PrimaryKeyBuilder, UniqueBuilder
from .context import argument
from .queries import Query, Subquery
from .schemas import PgEnum, PgPolicy, PgRole, PgSchema, PgSequence
from .sql import Aliased, Placeholder, Sql, SqlName
from .tables import PgTable
from .views import PgView


class DrizzleClass(HostObject):
    """A class of Drizzle's. `holds` says of a value whether it is of that class."""

    type_of = "function"

    def __init__(self, name: str, holds: Callable[[Value], bool]) -> None:
        self.name = name
        self.holds = holds

    def has_instance(self, value: Value) -> bool:
        return self.holds(value)

    def get(self, key: str, site: CallSite) -> Value:
        if key == "Symbol" and self.name in ("Table", "PgTable"):
            return JsObject((name, f"drizzle:{name}") for name in _TABLE_SYMBOLS)
        return self.name if key == "name" else super().get(key, site)


#: `Table.Symbol` of drizzle-orm: what a table's own facts stand under. A symbol is its description here.
_TABLE_SYMBOLS = "Name OriginalName BaseName Schema Columns ExtraConfigColumns IsAlias ExtraConfigBuilder".split()


def _materialized(wanted: bool) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, PgView) and value.materialized is wanted


_INSTANCES: dict[str, type | tuple[type, ...]] = {
    "CheckBuilder": CheckBuilder,
    "Column": PgColumn,
    "ColumnBuilder": ColumnBuilder,
    "ExtraConfigColumn": (PgColumn, IndexedColumn),
    "ForeignKeyBuilder": ForeignKeyBuilder,
    "IndexBuilder": IndexBuilder,
    "IndexedColumn": IndexedColumn,
    "Name": SqlName,
    "PgColumn": PgColumn,
    "PgColumnBuilder": ColumnBuilder,
    "PgPolicy": PgPolicy,
    "PgRole": PgRole,
    "PgSchema": PgSchema,
    "PgSelectBase": Query,
    "PgSequence": PgSequence,
    "PgTable": PgTable,
    "Placeholder": Placeholder,
    "PrimaryKeyBuilder": PrimaryKeyBuilder,
    "SQL": Sql,
    "Subquery": Subquery,
    "Table": PgTable,
    "UniqueConstraintBuilder": UniqueBuilder,
    "View": PgView,
}

#: The column classes, recognized by the name each column's kind carries.
_COLUMNS = (
    "PgBigInt53 PgBigInt64 PgBigIntString PgBigSerial53 PgBigSerial64 PgBinaryVector PgBoolean PgBytea PgChar PgCidr "
    "PgCustomColumn PgDate PgDateString PgDoublePrecision PgEnumColumn PgGeometry PgGeometryObject PgHalfVector PgInet "
    "PgInteger PgInterval PgJson PgJsonb PgLineABC PgMacaddr PgMacaddr8 PgNumeric PgNumericBigInt PgNumericNumber "
    "PgPointObject PgPointTuple PgReal PgSerial PgSmallInt PgSmallSerial PgSparseVector PgText PgTime PgTimestamp "
    "PgTimestampString PgUUID PgVarchar PgVector"
).split()


def _of_kind(name: str) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, PgColumn) and value.kind.class_name == name and not value.facts.dimensions


def _instance(kinds: type | tuple[type, ...]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, kinds)


CLASSES: dict[str, Value] = {name: DrizzleClass(name, _instance(kinds)) for name, kinds in _INSTANCES.items()}
CLASSES |= {name: DrizzleClass(name, _of_kind(name)) for name in _COLUMNS}
CLASSES |= {
    "PgLineTuple": DrizzleClass("PgLineTuple", _of_kind("PgLine")),
    "PgArray": DrizzleClass("PgArray", lambda value: isinstance(value, PgColumn) and bool(value.facts.dimensions)),
    "PgView": DrizzleClass("PgView", _materialized(False)),
    "PgMaterializedView": DrizzleClass("PgMaterializedView", _materialized(True)),
}


def _is(arguments: list[Value], site: CallSite) -> Value:
    value, kind = argument(arguments, 0), argument(arguments, 1)
    for item in (value, kind):
        if isinstance(item, Unknown):
            return item
    return kind.holds(value) if isinstance(kind, DrizzleClass) else site.unknown("is() is given no class that is known")


def _test(holds: Callable[[Value], bool]) -> HostFunction:
    def test(arguments: list[Value], site: CallSite) -> Value:
        value = argument(arguments, 0)
        return value if isinstance(value, Unknown) else holds(value)

    return HostFunction(test)


PREDICATES: dict[str, Value] = {
    "is": HostFunction(_is, "is"),
    "isTable": _test(_instance(PgTable)),
    "isView": _test(_instance(PgView)),
    "isSQLWrapper": _test(_instance((Sql, Aliased, PgColumn, PgTable))),
    "isPgEnum": _test(_instance(PgEnum)),
    "isPgSchema": _test(_instance(PgSchema)),
    "isPgSequence": _test(_instance(PgSequence)),
    "isPgView": _test(_materialized(False)),
    "isPgMaterializedView": _test(_materialized(True)),
}
