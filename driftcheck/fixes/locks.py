"""What a script makes others wait for who use the database, or takes from them: said at its top.

The kinds are those of which linters of migrations warn (https://squawkhq.com/docs/rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KINDS = (
    (
        r"ALTER COLUMN .{1,200}? TYPE |ADD COLUMN .{1,400}? GENERATED |SET DATA TYPE",
        "A change of type and a new computed or counted column mostly write the table anew: nobody reads it meanwhile.",
    ),
    (
        r"ADD CONSTRAINT .{1,200}? (?:FOREIGN KEY|CHECK) ",
        "A new foreign key or check reads the table while nobody writes: NOT VALID first, VALIDATE later is gentler.",
    ),
    (
        r"ADD CONSTRAINT .{1,200}? (?:UNIQUE|PRIMARY KEY|EXCLUDE) ",
        "A new unique, primary or exclusion key builds an index, and nobody reads the table meanwhile.",
    ),
    (
        r"^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)",
        "A new index keeps others from writing to its table until it is built; --concurrently does not.",
    ),
    (r"^DROP INDEX", "Dropping an index waits for all who use its table."),
    (r"SET NOT NULL", "SET NOT NULL reads the whole table, and nobody reads or writes it meanwhile."),
    (r"DETACH PARTITION", "Detaching a partition locks its table for all others."),
    (r"RENAME |DROP COLUMN |^DROP TABLE ", "What goes or gets another name breaks programs that still ask for it."),
)  # fmt: skip
_TIMEOUTS = "Where others use the database, set lock_timeout and statement_timeout before."
_PATTERNS = [(re.compile(pattern, re.MULTILINE), said) for pattern, said in _KINDS]


def warnings(statements: Iterable[str]) -> Iterator[str]:
    """A sentence for each kind of lock that `statements` take, in a fixed order."""
    texts = list(statements)
    found = [said for pattern, said in _PATTERNS if any(pattern.search(text) for text in texts)]
    yield from found
    if found:
        yield _TIMEOUTS
