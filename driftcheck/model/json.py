"""A Schema to and from plain JSON values.

The format is the model itself: an object per dataclass, fields that have their default left out. `format` changes when
a field changes its meaning; a snapshot of another format is refused, never guessed at.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring as _quoted
from typing import Any, TypeAlias, cast

from ..decode import decode
from ..errors import DriftcheckError
from .schema import Schema

FORMAT = 1
#: Writes a value; `line` begins a line that is indented like it.
_Writer: TypeAlias = Callable[[Any, str], str]


def to_text(document: Any) -> str:
    """JSON with an indentation of one and a newline at its end; `document` may hold objects of the model anywhere.

    `json.dumps` would take as long for a large schema as all else: with an indentation it is written in Python.
    """
    return _WRITERS[type(document)](document, "\n") + "\n"


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


def _list(value: Iterable[Any], line: str) -> str:
    inner = f"{line} "
    written = f",{inner}".join([_WRITERS[type(item)](item, inner) for item in value])
    return f"[{inner}{written}{line}]" if written else "[]"


def _object(value: dict[str, Any], line: str) -> str:
    inner = f"{line} "
    written = f",{inner}".join([f"{_quoted(key)}: {_WRITERS[type(item)](item, inner)}" for key, item in value.items()])
    return f"{{{inner}{written}{line}}}" if written else "{}"


def _of_class(cls: type) -> _Writer:
    """What writes an object of `cls`. It is compiled, as `dataclasses` does with its methods: a schema has a million
    fields, most of which say nothing, and a loop over their names takes twice as long.
    """
    known: dict[str, Any] = {"quoted": _quoted, "writers": _WRITERS}
    lines = ["def write(value, line):", " inner = line + ' '", " found = []"]
    for number, field in enumerate(dataclasses.fields(cls)):
        known[f"default_{number}"], key = _default(field), f"{_quoted(field.name)}: "
        lines += [
            f" item = value.{field.name}",
            f" if item is not default_{number} and item != default_{number}:",
            "  kind = item.__class__",
            f"  found.append({key!r} + (quoted(item) if kind is str else writers[kind](item, inner)))",
        ]
    lines.append(" return '{' + inner + (',' + inner).join(found) + line + '}' if found else '{}'")
    exec("\n".join(lines), known)  # noqa: S102  # made of the names of our own fields alone
    return cast(_Writer, known["write"])


class _Writers(dict[type, _Writer]):
    """By class; those of the model's classes are made when one is first met."""

    def __missing__(self, cls: type) -> _Writer:
        self[cls] = made = _of_class(cls)
        return made


_WRITERS = _Writers(
    {
        str: lambda value, _: _quoted(value),
        tuple: _list,
        list: _list,
        frozenset: lambda value, line: _list(sorted(value), line),
        dict: _object,
        **dict.fromkeys((int, bool, float, type(None)), lambda value, _: json.dumps(value)),
    }
)


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
