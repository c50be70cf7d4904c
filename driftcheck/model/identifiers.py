"""PostgreSQL identifiers: folding, quoting, cutting.

Source of the behaviour: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
"""

from __future__ import annotations

from ..regex import lazy

#: NAMEDATALEN - 1: the longest identifier PostgreSQL stores, in bytes of UTF-8.
MAX_BYTES = 63

#: The schema that an unqualified name means.
DEFAULT_SCHEMA = "public"

_PLAIN = lazy(r"[a-z_][a-z0-9_$]*\Z")

#: Words that PostgreSQL does not take as a column or table name unless quoted (reserved in `pg_get_keywords()`,
#: those that may only be a function or type name included).
RESERVED = frozenset(
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
    column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
    from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
    localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
    returning right select session_user similar some symmetric system_user table tablesample then to trailing true
    union unique user using variadic verbose when where window with
    """.split()
)

_HALF = lazy("[\ud800-\udfff]")


def fold(name: str) -> str:
    """An unquoted identifier as PostgreSQL stores it: ASCII letters in lower case, cut at 63 bytes."""
    return truncate(name.lower() if name.isascii() else "".join(c.lower() if c.isascii() else c for c in name))


def truncate(name: str, limit: int = MAX_BYTES) -> str:
    """`name` cut to `limit` bytes of UTF-8, never in the middle of a character.

    Half of a surrogate pair, which JavaScript allows in a string, comes to the database as U+FFFD: so Node writes it.
    """
    if len(name) <= limit and name.isascii():
        return name
    return _HALF.sub("\ufffd", name).encode()[:limit].decode(errors="ignore")


def bytes_of(name: str) -> int:
    """How many bytes `name` takes in UTF-8."""
    return len(name) if name.isascii() else len(_HALF.sub("\ufffd", name).encode())


def quote(name: str) -> str:
    """`name` as it must be written in SQL: bare where PostgreSQL takes it bare, else in double quotes."""
    if _PLAIN.match(name) and name not in RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def qualified(schema: str | None, name: str) -> str:
    """`schema.name`, each quoted where needed; without a schema only the name."""
    return f"{quote(schema)}.{quote(name)}" if schema else quote(name)
