"""The JSON Schema of the config file, for editors (Taplo, Even Better TOML): `python -m driftcheck.config.schema`.

Its output is `schema.json` beside this file. In TOML: `#:schema` in the first line of driftcheck.toml.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import sys
import types
import typing
from collections.abc import Mapping
from typing import Any

from ..budget import MOST_TIMES, Limits
from ..dialects import DIALECTS, DialectName
from ..differ.rules import RULES
from ..kinds import KINDS, KindName
from .decode import keys
from .document import Document, SeverityWord

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string", "pattern": "\\S"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 1},
    float: {"type": "number", "exclusiveMinimum": 0},
    datetime.date: {"type": "string", "format": "date"},
}


def json_schema() -> dict[str, Any]:
    """The schema, made from the types that decode the file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "driftcheck",
        **_table(Document),
    }


def _table(cls: type) -> dict[str, Any]:
    properties, required = {}, []
    for name, key in keys(cls).items():
        properties[name] = {"description": key.doc, **_shape(name, key.hint)}
        if isinstance(key.default, str | bool | int):
            properties[name]["default"] = key.default
        if cls is Limits:
            properties[name]["maximum"] = MOST_TIMES * key.default
        if key.required:
            required.append(name)
    table = {"type": "object", "additionalProperties": False, "properties": properties}
    return {"description": cls.__doc__, **table, **({"required": required} if required else {})}


def _shape(name: str, hint: Any) -> dict[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if name == "rules":
        return _rules()
    if origin in (typing.Union, types.UnionType):
        shapes = [_shape("", item) for item in arguments if item is not types.NoneType]
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    if origin is typing.Literal or hint is KindName:
        return {"enum": list(arguments or KINDS)}
    if hint is DialectName:
        return {"enum": list(DIALECTS)}
    if origin is tuple:
        return {"type": "array", "items": _shape("", arguments[0])}
    if origin is Mapping:
        return _mapping(name, *arguments)
    return _table(hint) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else dict(_SCALARS[hint])


def _mapping(name: str, key: Any, value: Any) -> dict[str, Any]:
    if words := typing.get_args(key):
        shape = _shape("", value)
        return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(words, shape)}
    if name == "env":
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return {"type": "object", "additionalProperties": _shape("", value), "propertyNames": {"pattern": "^[\\w.-]+$"}}


def _rules() -> dict[str, Any]:
    """By name with its summary, which an editor offers; by code or its beginning."""
    severity = _shape("", SeverityWord)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {rule.name: {"description": f"{rule.code}: {rule.summary}", **severity} for rule in RULES},
        "patternProperties": {"^[Dd][Rr]?[0-9]{0,3}$": severity},
    }


def schema_text() -> str:
    return json.dumps(json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
