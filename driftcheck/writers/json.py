"""A reading as JSON: the whole of what a reader gave back, so that it can be read again instead of its source.

`schema` and `format` are as `driftcheck.model.json` has them; beside them are the language and what it cannot say,
the files, and everything that is not in the schema. Empty ones are left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from ..model import Location
from ..model.json import FORMAT, to_text
from ..reading import Reading


def write(reading: Reading) -> str:
    """`reading` as indented JSON with a newline at its end. The same reading gives the same text."""
    return to_text(document(reading))


def document(reading: Reading) -> dict[str, Any]:
    """`reading` as `model.json.to_text` takes it; a caller may add keys of its own."""
    found: dict[str, Any] = {
        "language": reading.capabilities.language,
        "cannot": sorted(reading.capabilities.cannot),
        "files": list(reading.files),
        "notes": list(reading.notes),
        "home": _plain(reading.home),
        "statements": _plain(reading.statements),
        "gaps": [_plain(gap) for gap in reading.gaps],
        "unexported": [_plain(item) for item in reading.unexported],
        "management": {key: text for key, text in dataclasses.asdict(reading.management).items() if text},
        "kept": sorted(reading.kept),
        "database": _plain(reading.database),
        "dialect": reading.dialect,
    }
    return {
        "format": FORMAT,
        **{key: value for key, value in found.items() if value},
        "schema": reading.schema,
    }


def _plain(item: Any) -> Any:
    """A dataclass as an object, without the fields that say nothing."""
    if isinstance(item, Mapping):
        return dict(sorted(item.items()))
    if not dataclasses.is_dataclass(item):
        return item
    fields = {field.name: _plain(getattr(item, field.name)) for field in dataclasses.fields(item)}
    if isinstance(item, Location):
        return {key: value for key, value in fields.items() if value is not None}
    if fields.get("kind") == "gap":
        del fields["kind"]
    return {key: value for key, value in fields.items() if value not in (None, 0, {})}
