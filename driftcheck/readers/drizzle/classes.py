"""Drizzle's classes as values: for `is(value, PgTable)`, `instanceof`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from ...typescript.values import HostFunction, HostObject, Site, Unknown, Value
from .columns import Column, ColumnBuilder, IndexedColumn
from .constraints import CheckBuilder, ForeignKeyBuilder, IndexBuilder, PrimaryKeyBuilder, UniqueBuilder
from .context import argument
from .queries import Query, Subquery
from .schemas import Enum, PgSchema, Policy, Role, Sequence
from .sql import Aliased, Name, Placeholder, Sql
from .tables import Table
from .views import View


class ClassValue(HostObject):
    """A class of Drizzle's. `holds` says of a value whether it is of that class."""

    type_of = "function"

    def __init__(self, name: str, holds: Callable[[Value], bool]) -> None:
        self.name = name
        self.holds = holds

    def has_instance(self, value: Value) -> bool:
        return self.holds(value)

    def get(self, key: str, site: Site) -> Value:
        return self.name if key == "name" else super().get(key, site)


def _materialized(wanted: bool) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, View) and value.materialized is wanted


_INSTANCES: dict[str, type | tuple[type, ...]] = {
    "CheckBuilder": CheckBuilder,
    "Column": Column,
    "ColumnBuilder": ColumnBuilder,
    "ExtraConfigColumn": (Column, IndexedColumn),
    "ForeignKeyBuilder": ForeignKeyBuilder,
    "IndexBuilder": IndexBuilder,
    "IndexedColumn": IndexedColumn,
    "Name": Name,
    "PgColumn": Column,
    "PgColumnBuilder": ColumnBuilder,
    "PgPolicy": Policy,
    "PgRole": Role,
    "PgSchema": PgSchema,
    "PgSelectBase": Query,
    "PgSequence": Sequence,
    "PgTable": Table,
    "Placeholder": Placeholder,
    "PrimaryKeyBuilder": PrimaryKeyBuilder,
    "SQL": Sql,
    "Subquery": Subquery,
    "Table": Table,
    "UniqueConstraintBuilder": UniqueBuilder,
    "View": View,
}

#: The column classes, told by the name each column's kind carries.
_COLUMNS = (
    "PgBigInt53 PgBigInt64 PgBigIntString PgBigSerial53 PgBigSerial64 PgBinaryVector PgBoolean PgBytea PgChar PgCidr "
    "PgCustomColumn PgDate PgDateString PgDoublePrecision PgEnumColumn PgGeometry PgGeometryObject PgHalfVector PgInet "
    "PgInteger PgInterval PgJson PgJsonb PgLineABC PgMacaddr PgMacaddr8 PgNumeric PgNumericBigInt PgNumericNumber "
    "PgPointObject PgPointTuple PgReal PgSerial PgSmallInt PgSmallSerial PgSparseVector PgText PgTime PgTimestamp "
    "PgTimestampString PgUUID PgVarchar PgVector"
).split()


def _of_kind(name: str) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, Column) and value.kind.class_name == name and not value.facts.dimensions


def _instance(kinds: type | tuple[type, ...]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, kinds)


CLASSES: dict[str, Value] = {name: ClassValue(name, _instance(kinds)) for name, kinds in _INSTANCES.items()}
CLASSES |= {name: ClassValue(name, _of_kind(name)) for name in _COLUMNS}
CLASSES |= {
    "PgLineTuple": ClassValue("PgLineTuple", _of_kind("PgLine")),
    "PgArray": ClassValue("PgArray", lambda value: isinstance(value, Column) and bool(value.facts.dimensions)),
    "PgView": ClassValue("PgView", _materialized(False)),
    "PgMaterializedView": ClassValue("PgMaterializedView", _materialized(True)),
}


def _is(arguments: list[Value], site: Site) -> Value:
    value, kind = argument(arguments, 0), argument(arguments, 1)
    for item in (value, kind):
        if isinstance(item, Unknown):
            return item
    return kind.holds(value) if isinstance(kind, ClassValue) else site.unknown("is() is given no class that is known")


def _test(holds: Callable[[Value], bool]) -> HostFunction:
    def test(arguments: list[Value], site: Site) -> Value:
        value = argument(arguments, 0)
        return value if isinstance(value, Unknown) else holds(value)

    return HostFunction(test)


PREDICATES: dict[str, Value] = {
    "is": HostFunction(_is, "is"),
    "isTable": _test(_instance(Table)),
    "isView": _test(_instance(View)),
    "isSQLWrapper": _test(_instance((Sql, Aliased, Column, Table))),
    "isPgEnum": _test(_instance(Enum)),
    "isPgSchema": _test(_instance(PgSchema)),
    "isPgSequence": _test(_instance(Sequence)),
    "isPgView": _test(_materialized(False)),
    "isPgMaterializedView": _test(_materialized(True)),
}
