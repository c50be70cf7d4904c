"""The names Drizzle gives to keys and indexes that nobody named.

Sources: drizzle-orm's `uniqueKeyName`, `ForeignKey.getName`, `PrimaryKey.getName`; drizzle-kit's `indexName` and, in
the 1.0 line, `defaultNameForPK`, `defaultNameForFK`. They are whole here: PostgreSQL cuts them at 63 bytes, and what
turns their words (`recased`) does so before.
"""

from __future__ import annotations

from collections.abc import Sequence

from .line import Line


def unique_name(table: str, columns: Sequence[str]) -> str:
    return f"{table}_{'_'.join(columns)}_unique"


def index_name(table: str, columns: Sequence[str]) -> str:
    return f"{table}_{'_'.join(columns)}_index"


def primary_key_name(table: str, columns: Sequence[str], line: Line) -> str:
    """Of `primaryKey({ columns })`; the key of a single `.primaryKey()` column gets PostgreSQL's own name."""
    return f"{table}_pkey" if line is Line.NEXT else f"{table}_{'_'.join(columns)}_pk"


def foreign_key_name(table: str, columns: Sequence[str], target: str, target_columns: Sequence[str], line: Line) -> str:
    parts = [table, *columns, target, *target_columns]
    if line is Line.STABLE:
        return "_".join(parts) + "_fk"
    desired = "_".join(parts) + "_fkey"
    if len(desired) <= 63:
        return desired
    return f"{table}_{_digest(desired)}_fkey" if len(table) < 45 else f"{_digest(desired)}_fkey"


def recased(name: str, keys: Sequence[str], columns: Sequence[str]) -> str:
    """`name` with the first occurrence of each key replaced by the column's name.

    So drizzle-kit 0.x turns the name of a key, its author's own words included, when `casing` is set.
    """
    for key, column in zip(keys, columns, strict=True):
        name = name.replace(key, column, 1)
    return name


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _digest(text: str, length: int = 12) -> str:
    """drizzle-kit 1.0's `hash`: a polynomial in 53 over the code points, modulo 62**length, in base 62."""
    combinations = len(_DIGITS) ** length
    number, power = 0, 1
    for character in text:
        number = (number + ord(character) * power) % combinations
        power = power * 53 % combinations
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
