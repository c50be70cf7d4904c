"""The database engines: one object each, and whatever differs from one engine to another is asked of it.

What the model holds, how two schemas are compared, and what of it counts, is the same for all of them. A third
engine is a package here, which says what `Dialect` asks, and a line in DIALECTS; CONTRIBUTING says what that takes.
"""

from __future__ import annotations

from .dialect import Dialect, DialectName
from .postgresql import POSTGRESQL
from .sqlite import SQLITE

__all__ = ["DIALECTS", "Dialect", "DialectName", "dialect_named"]

#: By name; the first is meant where nothing says otherwise.
DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (POSTGRESQL, SQLITE)}


def dialect_named(name: str) -> Dialect:
    """The dialect of that name; the first, if there is no name."""
    return DIALECTS[name] if name else next(iter(DIALECTS.values()))
