"""What a schema is to a server of an earlier version."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..model import Expression, Schema
from .schema import normalize


def before_14(schema: Schema) -> Schema:
    """`schema`, normalized already, as PostgreSQL 13 and earlier have it: there EXTRACT is `date_part`.

    That is another function, of another type, since 14. https://www.postgresql.org/docs/14/release-14.html
    """
    found = _as_declared(schema)
    return schema if found is schema else normalize(found, "date_part")


def _as_declared(value: Any) -> Any:
    """`value` with every expression that calls EXTRACT as it was before it was normalized; itself if there is none."""
    if isinstance(value, Expression):
        return Expression(value.sql) if "(call 'extract' " in value.canonical else value
    if isinstance(value, tuple):
        items = [_as_declared(item) for item in value]
        return tuple(items) if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: new
        for field in dataclasses.fields(value)
        if (new := _as_declared(old := getattr(value, field.name))) is not old
    }
    return dataclasses.replace(value, **changes) if changes else value
