"""Defaults that a SQLModel keeps in its pydantic fields rather than in its columns."""

from __future__ import annotations

import enum
from typing import Any


def field_default(class_: type, key: str) -> str | None:
    """What the field `key` of a pydantic class fills in, as a short text; None if nothing or no such class."""
    fields = getattr(class_, "model_fields", None) or getattr(class_, "__fields__", None)
    field = fields.get(key) if isinstance(fields, dict) else None
    if field is None:
        return None
    factory = getattr(field, "default_factory", None)
    if factory is not None:
        name = str(getattr(factory, "__name__", type(factory).__name__))
        return "lambda" if name == "<lambda>" else name
    value: Any = getattr(field, "default", None)
    if value is None or type(value).__name__ in ("PydanticUndefinedType", "UndefinedType", "ellipsis"):
        return None
    return value.name if isinstance(value, enum.Enum) else str(value)
