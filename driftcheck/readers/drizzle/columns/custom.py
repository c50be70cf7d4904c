"""`customType({ dataType() { … }, toDriver(value) { … } })`: the type is whatever `dataType` returns."""

from __future__ import annotations

from ....budget import Budget
from ....typescript.runtime.values import CallSite, HostFunction, JsObject, Unknown, Value, is_function
from ..context import Context, argument
from ..sql import SqlObject
from .builder import ColumnBuilder
from .kind import ColumnKind, name_and_config


def custom_type(context: Context) -> HostFunction:
    def define(arguments: list[Value], site: CallSite) -> Value:
        definition = argument(arguments, 0)

        def make(arguments: list[Value], site: CallSite) -> Value:
            name, config = name_and_config(arguments, site)
            return ColumnBuilder(_kind(definition, config, site), name, site, context)

        return HostFunction(make, "customType")

    return HostFunction(define, "customType")


def _member(definition: Value, key: str, site: CallSite) -> Value:
    if isinstance(definition, Unknown):
        return definition
    return definition.get(key) if isinstance(definition, JsObject) else None


def _kind(definition: Value, config: Value, site: CallSite) -> ColumnKind:
    data_type = _member(definition, "dataType", site)
    if is_function(data_type):
        data_type = site.call(data_type, [config] if config is not None else [])
    if not isinstance(data_type, str | Unknown):
        data_type = site.unknown("its dataType() gives no text")
    to_driver = _member(definition, "toDriver", site)

    def encode(value: Value, _budget: Budget) -> Value:
        if not is_function(to_driver) or isinstance(value, SqlObject):
            return value
        return site.call(to_driver, [value])

    return ColumnKind("PgCustomColumn", "custom", data_type, encode)
