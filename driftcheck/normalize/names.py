"""Names with and without the schemas that everybody searches."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import DEFAULT_SCHEMA, quote

#: Schemas whose name before a function, type or sequence adds nothing: the search path finds them.
TRANSPARENT = frozenset({"pg_catalog", "extensions", DEFAULT_SCHEMA})


def dotted(parts: Sequence[str]) -> str:
    """The name of a function, type or sequence, without a schema that everybody searches."""
    if len(parts) > 1 and parts[0] in TRANSPARENT:
        parts = parts[1:]
    return ".".join(quote(part) for part in parts)


def bare(path: str) -> str:
    """`schema.name`, neither of them quoted, without a schema that everybody searches."""
    schema, dot, name = path.partition(".")
    return name if dot and schema in TRANSPARENT else path
