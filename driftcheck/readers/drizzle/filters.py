"""A config's `schemaFilter` and `tablesFilter`: what of a database drizzle-kit leaves to others.

Source: `prepareTablesFilter` and `prepareSchemasFilter` of drizzle-kit, which match by minimatch. `tablesFilter`
chooses which tables of a database are looked at; what the schema files declare is created all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...globs import expression
from ...reading import Management


def management(schemas: Sequence[str], tables: Sequence[str], config: str) -> Management:
    """What `config` says drizzle-kit manages; without patterns that is everything."""
    given = [word for word, patterns in (("schemaFilter", schemas), ("tablesFilter", tables)) if patterns]
    says = f"{' and '.join(given)} of {config}" if given else ""
    return Management(_expression(schemas), _expression(tables), says)


def _expression(patterns: Sequence[str]) -> str:
    """One regular expression for a list of globs, "" for none.

    A name must match no pattern behind a `!`; beyond that one of the others, unless there is a `!` at all: whatever
    that does not leave out counts as matched.
    """
    refused = [f"(?!(?:{expression(glob)})\\Z)" for glob, negated in map(_negation, patterns) if negated]
    wanted = [f"(?:{expression(glob)})" for glob, negated in map(_negation, patterns) if not negated]
    if not patterns:
        return ""
    return "".join(refused) + (".*" if refused else "|".join(wanted))


def _negation(pattern: str) -> tuple[str, bool]:
    """A pattern without the `!` before it, and whether that negates it: two do not."""
    glob = pattern.lstrip("!")
    return glob, (len(pattern) - len(glob)) % 2 == 1
