"""Which objects a glob of the config means."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

from ..findings import ObjectRef
from ..globs import expanded
from ..model import DEFAULT_SCHEMA


def covers(pattern: str, schema: str, name: str) -> bool:
    """Whether `pattern` means `schema.name`; without a dot it means a name in public, as in SQL.

    `{a,b}` is a choice, as in other globs; parentheses are those of a function's arguments.
    """
    full = f"{schema}.{name}"
    return any(
        fnmatchcase(full, one) or (schema == DEFAULT_SCHEMA and fnmatchcase(name, one)) for one in _choices(pattern)
    )


@lru_cache(maxsize=1_000)
def _choices(pattern: str) -> tuple[str, ...]:
    return tuple(expanded(pattern))


def names_one(pattern: str) -> bool:
    """Whether `pattern` is the name of one object, without a wildcard."""
    return not set(pattern) & set("*?[{")


def concerns(pattern: str, ref: ObjectRef) -> bool:
    """Whether `pattern` means the object of a finding: itself, or the table that it belongs to."""
    own = dict.fromkeys((ref.name, ref.called))
    names = list(own) if ref.table is None else [ref.table, *(f"{ref.table}.{name}" for name in own)]
    return any(covers(pattern, ref.schema, name) for name in names)
