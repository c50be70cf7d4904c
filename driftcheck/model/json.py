"""A Schema to and from plain JSON values.

The format is the model itself: an object per dataclass, fields that have their default left out. `format` changes when
a field changes its meaning; a snapshot of another format is refused, never guessed at.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from functools import cache
from typing import Any

from ..errors import DriftcheckError
from .schema import Schema

FORMAT = 1


def to_json(schema: Schema) -> dict[str, Any]:
    """`schema` as values that `json.dumps` takes."""
    return {"format": FORMAT, "schema": _encode(schema)}


def from_json(document: Any) -> Schema:
    """The schema that `to_json` wrote. Raises DriftcheckError if `document` is not one."""
    if not isinstance(document, dict) or "schema" not in document:
        raise DriftcheckError("this is no driftcheck schema: the key 'schema' is missing")
    if document.get("format") != FORMAT:
        raise DriftcheckError(
            f"this schema has format {document.get('format')!r}; this driftcheck reads format {FORMAT}",
            hint="write it again with this version: driftcheck snapshot",
        )
    try:
        return typing.cast(Schema, _decode(Schema, document["schema"]))
    except (KeyError, TypeError, ValueError) as error:
        raise DriftcheckError(f"this is no driftcheck schema: {error}") from error


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _encode(item)
            for field in dataclasses.fields(value)
            if (item := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _decode(hint: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _decode(next(item for item in arguments if item is not type(None)), value)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_decode(arguments[0], item) for item in value)
        return tuple(_decode(part, item) for part, item in zip(arguments, value, strict=True))
    if origin is frozenset:
        return frozenset(value)
    if origin is typing.Literal:
        if value not in arguments:
            raise ValueError(f"{value!r} is none of {', '.join(map(repr, arguments))}")
        return value
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _decode_object(hint, value)
    if not isinstance(value, hint):
        raise ValueError(f"{value!r} is no {hint.__name__}")
    return value


def _decode_object(cls: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is no {cls.__name__}")
    hints = _hints(cls)
    names = {field.name for field in dataclasses.fields(cls)}
    if unknown := sorted(set(value) - names):
        raise ValueError(f"{cls.__name__} has no {', '.join(unknown)}")
    return cls(**{name: _decode(hints[name], item) for name, item in value.items()})
