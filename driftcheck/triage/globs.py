"""Which objects a glob of the config means."""

from __future__ import annotations

from fnmatch import fnmatchcase

from ..findings import ObjectRef
from ..model import DEFAULT_SCHEMA


def covers(pattern: str, schema: str, name: str) -> bool:
    """Whether `pattern` means `schema.name`; without a dot it means a name in public, as in SQL."""
    return fnmatchcase(f"{schema}.{name}", pattern) or (schema == DEFAULT_SCHEMA and fnmatchcase(name, pattern))


def names_one(pattern: str) -> bool:
    """Whether `pattern` is the name of one object, without a wildcard."""
    return not set(pattern) & set("*?[")


def concerns(pattern: str, ref: ObjectRef) -> bool:
    """Whether `pattern` means the object of a finding: itself, or the table that it belongs to."""
    own = dict.fromkeys((ref.name, ref.called))
    names = list(own) if ref.table is None else [ref.table, *(f"{ref.table}.{name}" for name in own)]
    return any(covers(pattern, ref.schema, name) for name in names)
