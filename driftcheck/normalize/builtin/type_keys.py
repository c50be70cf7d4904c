"""Types as the catalog names them: their category, and what PostgreSQL casts unsaid."""

from __future__ import annotations

from functools import lru_cache

from . import data
from .data import categories as categories

#: A constant whose type nobody said.
UNKNOWN = "unknown"
#: Before the names of types that a schema defines: what kind they are of.
ENUM, ROW, RANGE = "enum ", "row ", "range "


def is_array(key: str) -> bool:
    return key.startswith("_") or key in ("int2vector", "oidvector")


def element(key: str) -> str:
    return {"int2vector": "int2", "oidvector": "oid"}.get(key, key[1:])


@lru_cache(maxsize=1_000)
def category(key: str) -> str:
    """One letter of `pg_type.typcategory`."""
    if key.startswith("_"):
        return "A"
    for prefix, letter in ((ENUM, "E"), (ROW, "C"), (RANGE, "R")):
        if key.startswith(prefix):
            return letter
    return categories().get(key, "P")[0]


def is_preferred(key: str) -> bool:
    return categories().get(key, "").endswith("*")


@lru_cache(maxsize=4_000)
def is_implicit(source: str, target: str) -> bool:
    """Whether a value of `source` becomes one of `target` without a word."""
    if source in (target, UNKNOWN) or (source, target) in data.casts():
        return True
    if source.startswith("_") and target.startswith("_"):
        return is_implicit(source[1:], target[1:])
    return target == "record" and source.startswith(ROW)
