"""Families of types, as far as PostgreSQL's implicit casts go."""

from __future__ import annotations

from ...model import Column, ColumnType, Table

TEXT = ColumnType("text")
INTEGER = ColumnType("integer")
BIGINT = ColumnType("bigint")
NUMERIC = ColumnType("numeric")
DOUBLE = ColumnType("double precision")
BOOLEAN = ColumnType("boolean")
JSON = ColumnType("json")
JSONB = ColumnType("jsonb")
INTERVAL = ColumnType("interval")
#: The type of constants that are compared with char(n): trailing blanks do not count.
BLANK_PADDED = ColumnType("bpchar")
DATE = ColumnType("date")
TIMESTAMP = ColumnType("timestamp without time zone")
TIMESTAMPTZ = ColumnType("timestamp with time zone")

#: Numeric types; an operator between two of them takes the higher one (real gives way to double precision).
_RANKS = {"smallint": 1, "integer": 2, "bigint": 3, "numeric": 4, "real": 5, "double precision": 6}
_DATES = {"date": 1, "timestamp without time zone": 2, "timestamp with time zone": 3}


def is_text(type_: ColumnType | None) -> bool:
    """text or varchar, which PostgreSQL treats as one representation (a cast between them does nothing)."""
    return (
        type_ is not None
        and not type_.dimensions
        and type_.schema is None
        and type_.name in ("text", "character varying")
    )


def is_text_array(type_: ColumnType | None) -> bool:
    return type_ is not None and bool(type_.dimensions) and is_text(type_.element)


def is_foreign_text(type_: ColumnType | None) -> bool:
    """Types that PostgreSQL casts to text, unsaid, where they meet text."""
    return is_blank_padded(type_) or is_named(type_, "citext", "name")


def is_blank_padded(type_: ColumnType | None) -> bool:
    return type_ is not None and not type_.dimensions and type_.schema is None and type_.name in ("character", "bpchar")


def rank(type_: ColumnType | None) -> int:
    """0 for what is no number."""
    return 0 if type_ is None or type_.dimensions or type_.schema is not None else _RANKS.get(type_.name, 0)


def is_whole(type_: ColumnType | None) -> bool:
    return 1 <= rank(type_) <= 3


def date_rank(type_: ColumnType | None) -> int:
    """0 for what is neither date nor timestamp."""
    return 0 if type_ is None or type_.dimensions or type_.schema is not None else _DATES.get(type_.name, 0)


def bare(type_: ColumnType) -> ColumnType:
    """`type_` without modifiers; the fields of an interval are some."""
    fields = type_.name.startswith("interval ") and type_.schema is None and not type_.quoted
    return ColumnType("interval" if fields else type_.name, (), type_.schema, type_.dimensions, type_.quoted)


def is_named(type_: ColumnType | None, *names: str) -> bool:
    return type_ is not None and not type_.dimensions and type_.schema is None and type_.name in names


def softer_type(_table: Table, column: Column, _other_table: Table, other: Column) -> str | None:
    """DR214 for two columns of which one is text, and the other varchar without a length."""
    return "DR214" if all(is_text(one.type) and not one.type.modifiers for one in (column, other)) else None
