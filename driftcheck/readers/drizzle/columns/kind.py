"""What makes a column of one type differ from a column of another."""

from __future__ import annotations

from collections.abc import Callable

from ....budget import Budget
from ....frozen import dataclass
from ....typescript.runtime.coercion import observed
from ....typescript.runtime.values import UNDEFINED, UNKNOWN_KEYS, CallSite, JsObject, Unknown, Value
from ..context import Entity, argument


def unchanged(value: Value, _budget: Budget) -> Value:
    return value


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """`class_name` is Drizzle's own (`PgVarchar`), `data_type` its `dataType`.

    `sql_type` is the type as Drizzle writes it; an Unknown where that depends on something not known. `encode` turns a
    value into what PostgreSQL is given (Drizzle's `mapToDriverValue`). `enum` is the enum the type is.
    """

    class_name: str
    data_type: str
    sql_type: str | Unknown
    encode: Callable[[Value, Budget], Value] = unchanged
    enum: Entity | None = None
    enum_values: Value = None
    not_null: bool = False
    now: str | None = None


def name_and_config(arguments: list[Value], site: CallSite) -> tuple[Value, Value]:
    """Drizzle's `getColumnNameAndConfig`: (name, config); the name is "" for a column named by its key.

    An Unknown first argument may be either, so that the name is Unknown then.
    """
    first, second = argument(arguments, 0), argument(arguments, 1)
    if isinstance(first, Unknown):
        return first, second if second is not None else first
    name = first if isinstance(first, str) else ""
    return name, first if isinstance(first, JsObject) else second


def option(config: Value, key: str) -> Value:
    """`config?.key`, None where it is not set; an Unknown where the config is one."""
    config = observed(config)
    if isinstance(config, Unknown):
        return config
    if not isinstance(config, JsObject):
        return None
    value = observed(config[key] if key in config else config.get(UNKNOWN_KEYS))
    return None if value is UNDEFINED else value
