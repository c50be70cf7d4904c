"""SQLite's types: any words, of which only the affinity counts. https://www.sqlite.org/datatype3.html#type_affinity"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ...model import Column, ColumnType, Table

Affinity = Literal["integer", "text", "blob", "real", "numeric"]

_WITHOUT_ROWID = ("without rowid", "true")


def affinity(type_: ColumnType) -> Affinity:
    """The affinity of a declared type, by the first of SQLite's rules that says one."""
    words = type_.name.lower()
    if "int" in words:
        return "integer"
    if any(word in words for word in ("char", "clob", "text")):
        return "text"
    if not words or "blob" in words:
        return "blob"
    return "real" if any(word in words for word in ("real", "floa", "doub")) else "numeric"


def canonical_type(type_: ColumnType) -> ColumnType:
    """The words in lower case, one space between them, the numbers without theirs."""
    words = " ".join(type_.name.lower().split())
    return replace(type_, name=words, modifiers=tuple("".join(one.split()) for one in type_.modifiers), quoted=False)


def is_rowid(table: Table, column: str) -> bool:
    """Whether the column is the rowid itself: an INTEGER that is alone the primary key, of a table that has rowids.

    https://www.sqlite.org/lang_createtable.html#rowid
    """
    key = table.primary_key
    found = table.column(column)
    return (
        key is not None
        and found is not None
        and key.columns == (column,)
        and found.type.name.lower() == "integer"
        and not found.type.modifiers
        and not has_no_rowid(table)
        and ("descending_key", "true") not in table.options
    )


def has_no_rowid(table: Table) -> bool:
    return _WITHOUT_ROWID in table.options


def is_strict(table: Table) -> bool:
    return ("strict", "true") in table.options


#: Affinities into which values of another one are stored as they are, or as text that says the same.
_KEPT = {
    "integer": {"numeric", "text"},
    "real": {"numeric", "text"},
    "numeric": {"integer", "text"},
}


def narrows(now: ColumnType, wanted: ColumnType) -> bool:
    """Whether values may be stored otherwise in a column of the other type: the text 007 becomes 7 as an integer."""
    kinds = affinity(now), affinity(wanted)
    return kinds[0] != kinds[1] and kinds[1] != "blob" and kinds[1] not in _KEPT.get(kinds[0], ())


def softer_type(table: Table, column: Column, other_table: Table, other: Column) -> str | None:
    """Two declared types store the same if they have one affinity, and both are the rowid or neither is."""
    if is_strict(table) or is_strict(other_table):
        return None
    rowids = {is_rowid(table, column.name), is_rowid(other_table, other.name)}
    return "DR215" if len(rowids) == 1 and affinity(column.type) == affinity(other.type) else None
