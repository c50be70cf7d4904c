"""A config's `schemaFilter`: which of the declared schemas it leaves to others.

`drizzle-kit push` leaves out declared tables by it. `tablesFilter` has no such effect with any command: it only chooses
which tables of a database drizzle-kit looks at, and what is declared and does not match is created all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Filters:
    """`schemas` are names or, since 1.0, patterns; none means all."""

    schemas: tuple[str, ...] = ()

    def has_schema(self, schema: str) -> bool:
        return not self.schemas or any(fnmatchcase(schema, pattern) for pattern in self.schemas)


#: A config that leaves nothing to others.
EVERYTHING = Filters()
