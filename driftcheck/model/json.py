"""A Schema to and from plain JSON values.

The format is the model itself: an object per dataclass, fields that have their default left out. `format` changes when
a field changes its meaning; a snapshot of another format is refused, never guessed at.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from ..decode import decode
from ..errors import DriftcheckError
from .schema import Schema

FORMAT = 1


def to_json(schema: Schema) -> dict[str, Any]:
    """`schema` as values that `json.dumps` takes."""
    return {"format": FORMAT, "schema": _encode(schema)}


def from_json(document: Any) -> Schema:
    """The schema that `to_json` wrote. Raises DriftcheckError if `document` is not one."""
    if not isinstance(document, dict) or "schema" not in document:
        raise DriftcheckError("this is not a driftcheck schema: the key 'schema' is missing")
    if document.get("format") != FORMAT:
        raise DriftcheckError(
            f"this schema has format {document.get('format')!r}; this driftcheck reads format {FORMAT}",
            hint="write it again with this version: driftcheck snapshot",
        )
    try:
        return decode(Schema, document["schema"])
    except (TypeError, ValueError) as error:
        raise DriftcheckError(f"this is not a driftcheck schema: {error}") from error


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
