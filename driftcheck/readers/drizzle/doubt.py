"""What a syntax error puts in doubt: everything that the part of a file around it may have declared.

The parser goes on behind an error, but it may take what follows for something else; TypeScript itself would refuse the
file. So nothing that such a part declares is compared, and nothing is called missing that it could have declared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from ...model import Location, Schema, Table
from ...model.located import Located
from ...typescript.program import Module

#: Fields that say what an object is, and not how.
_IDENTITY = frozenset({"schema", "table", "name", "kind", "signature", "opaque", "location", "places", "unknown"})


class Doubt:
    """The lines of the parts with a syntax error, by file."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self._lines = {module.file.path: module.file.broken_lines() for module in modules if module.file.broken}

    def holds(self, place: Location | None) -> bool:
        """Whether `place` is in such a part."""
        lines = () if place is None else self._lines.get(place.path, ())
        return any(place is not None and first <= place.line <= last for first, last in lines)

    def about(self, schema: Schema) -> Schema:
        """`schema` with everything that is in doubt unknown."""
        if not self._lines:
            return schema
        parts: dict[str, Any] = {
            field.name: tuple(map(self._thing, getattr(schema, field.name)))
            for field in fields(schema)
            if field.name not in _IDENTITY
        }
        return replace(schema, **parts, unknown=_facts(schema))

    def _thing(self, thing: Located) -> Located:
        if isinstance(thing, Table):
            return self._table(thing)
        return replace(thing, unknown=_facts(thing)) if self.holds(thing.location) else thing

    def _table(self, table: Table) -> Table:
        whole = self.holds(table.location)
        doubtful = [whole or self.holds(column.location) for column in table.columns]
        if not any((whole, *doubtful)):
            return table
        columns = (
            replace(column, unknown=_facts(column)) if doubt else column
            for column, doubt in zip(table.columns, doubtful, strict=True)
        )
        return replace(table, columns=tuple(columns), unknown=_facts(table))


def _facts(thing: Located) -> frozenset[str]:
    return thing.unknown | {field.name for field in fields(thing)} - _IDENTITY
