"""`index`, `uniqueIndex`, `unique`, `primaryKey`, `foreignKey`, `check`: what is in a table's third argument."""

from __future__ import annotations

from ...model import Location
from ...typescript.runtime.values import (
    UNDEFINED,
    CallSite,
    HostFunction,
    HostObject,
    JsArray,
    JsObject,
    Unknown,
    Value,
)
from .columns.kind import option
from .context import argument, method


class Constraint(HostObject):
    """One of a table's keys, checks or indexes, as far as it has been given. `location` is the call that makes it."""

    def __init__(self, location: Location, name: Value = None) -> None:
        self.location = location
        self.name = None if name is UNDEFINED else name


def _items(value: Value) -> list[Value]:
    return list(value) if isinstance(value, JsArray) else [] if value in (None, UNDEFINED) else [value]


class IndexBuilder(Constraint):
    """`index('name').on(…)`, `.using('gin', …)`, `.where(…)`, `.with({…})`, `.concurrently()`."""

    def __init__(self, location: Location, name: Value, unique: bool) -> None:
        super().__init__(location, name)
        self.unique = unique
        self.keys_: list[Value] = []
        self.method: Value = "btree"
        self.where: Value = UNDEFINED
        self.options: Value = UNDEFINED
        self.only = False

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("on", "onOnly"):
            return method(self._on)
        if key == "using":
            return method(self._using)
        if key in ("where", "with", "concurrently"):
            return HostFunction(lambda arguments, _site: self._record(key, argument(arguments, 0, UNDEFINED)), key)
        return super().get(key, site)

    def _on(self, arguments: list[Value], site: CallSite) -> Value:
        self.keys_ = list(arguments)
        return self

    def _using(self, arguments: list[Value], site: CallSite) -> Value:
        self.method = argument(arguments, 0, "btree")
        self.keys_ = list(arguments[1:])
        return self

    def _record(self, key: str, value: Value) -> Value:
        if key == "where":
            self.where = value
        elif key == "with":
            self.options = value
        return self


class UniqueBuilder(Constraint):
    """`unique('name').on(…).nullsNotDistinct()`."""

    def __init__(self, location: Location, name: Value) -> None:
        super().__init__(location, name)
        self.columns: list[Value] = []
        self.nulls_distinct = True

    def get(self, key: str, site: CallSite) -> Value:
        if key == "on":
            return method(self._on)
        if key == "nullsNotDistinct":
            return method(self._not_distinct)
        return super().get(key, site)

    def _on(self, arguments: list[Value], site: CallSite) -> Value:
        self.columns = list(arguments)
        return self

    def _not_distinct(self, arguments: list[Value], site: CallSite) -> Value:
        self.nulls_distinct = False
        return self


class PrimaryKeyBuilder(Constraint):
    """`primaryKey({ columns, name })`, or in its older form `primaryKey(a, b)`."""

    def __init__(self, location: Location, name: Value, columns: list[Value]) -> None:
        super().__init__(location, name)
        self.columns = columns


class ForeignKeyBuilder(Constraint):
    """`foreignKey({ columns, foreignColumns, name }).onDelete('cascade')`."""

    def __init__(self, location: Location, name: Value, columns: list[Value], target_columns: list[Value]) -> None:
        super().__init__(location, name)
        self.columns = columns
        self.target_columns = target_columns
        self.on_delete: Value = "no action"
        self.on_update: Value = "no action"

    def get(self, key: str, site: CallSite) -> Value:
        if key in ("onDelete", "onUpdate"):
            fact = "on_delete" if key == "onDelete" else "on_update"
            return HostFunction(lambda arguments, _site: self._act(fact, argument(arguments, 0, UNDEFINED)), key)
        return super().get(key, site)

    def _act(self, fact: str, action: Value) -> Value:
        setattr(self, fact, "no action" if action is UNDEFINED else action)
        return self


class CheckBuilder(Constraint):
    """`check('name', sql`…`)`."""

    def __init__(self, location: Location, name: Value, condition: Value) -> None:
        super().__init__(location, name)
        self.condition = condition


def _primary_key(arguments: list[Value], site: CallSite) -> Value:
    first = argument(arguments, 0)
    if isinstance(first, JsObject) and "columns" in first:
        return PrimaryKeyBuilder(site.location, option(first, "name"), _items(first["columns"]))
    return PrimaryKeyBuilder(site.location, None, list(arguments))


def _foreign_key(arguments: list[Value], site: CallSite) -> Value:
    config = argument(arguments, 0)
    if isinstance(config, Unknown):
        return config
    if not isinstance(config, JsObject):
        return site.unknown("foreignKey is not given an object")
    columns, targets = _items(config.get("columns")), _items(config.get("foreignColumns"))
    return ForeignKeyBuilder(site.location, option(config, "name"), columns, targets)


def _index(unique: bool) -> HostFunction:
    return method(lambda arguments, site: IndexBuilder(site.named_at, argument(arguments, 0), unique))


#: name → function, as `drizzle-orm/pg-core` exports them.
CONSTRAINTS: dict[str, Value] = {
    "index": _index(False),
    "uniqueIndex": _index(True),
    "unique": method(lambda arguments, site: UniqueBuilder(site.named_at, argument(arguments, 0))),
    "primaryKey": method(_primary_key),
    "foreignKey": method(_foreign_key),
    "check": method(
        lambda arguments, site: CheckBuilder(site.named_at, argument(arguments, 0), argument(arguments, 1, UNDEFINED))
    ),
}
