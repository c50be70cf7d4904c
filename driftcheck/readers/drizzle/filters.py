"""A config's `schemaFilter` and `tablesFilter`: which objects it leaves to others."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Filters:
    """`schemas` are names or, since 1.0, patterns; `tables` are patterns, those with a leading `!` taking away."""

    schemas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    def has_schema(self, schema: str) -> bool:
        return not self.schemas or any(fnmatchcase(schema, pattern) for pattern in self.schemas)

    def has_table(self, schema: str, table: str) -> bool:
        if not self.has_schema(schema):
            return False
        without = [pattern[1:] for pattern in self.tables if pattern.startswith("!")]
        wanted = [pattern for pattern in self.tables if not pattern.startswith("!")]
        if any(fnmatchcase(table, pattern) for pattern in without):
            return False
        return not wanted or any(fnmatchcase(table, pattern) for pattern in wanted)


#: A config that leaves nothing to others.
EVERYTHING = Filters()
