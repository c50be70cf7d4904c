"""Defaults by their value: what an INSERT that leaves the column out would store.

A literal is turned by the column's affinity, so that `DEFAULT 1` of a TEXT column is the text '1'.
https://www.sqlite.org/datatype3.html#determination_of_column_affinity
"""

from __future__ import annotations

import re

from ...model import Column, Expression
from .expressions import canonical, number
from .types import affinity

_NUMBER = re.compile(
    r"\s*([+-]?)\s*(0[xX][0-9A-Fa-f]+|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)\s*\Z", re.ASCII
)
_TEXT = re.compile(r"'((?:[^']|'')*)'\Z")


def canonical_default(column: Column) -> Expression | None:
    """The default of `column`; DEFAULT NULL is none."""
    if column.default is None:
        return None
    found = canonical(column.default, frozenset())
    if found.canonical == "null":
        return None
    return Expression(column.default.sql, _stored(found.canonical, column), found.as_text)


def _stored(form: str, column: Column) -> str:
    """A literal as it is stored in the column; anything else as it is."""
    kind = affinity(column.type)
    text = _TEXT.match(form)
    if text is not None and kind in ("integer", "real", "numeric"):
        inside = text[1].replace("''", "'")
        if found := _NUMBER.match(inside):
            if found[2].lower().startswith("0x"):
                return form
            return _number(("-" if found[1] == "-" else "") + number(found[2]), kind)
        return form
    if text is None and (found := _NUMBER.match(form)):
        return f"'{form}'" if kind == "text" else _number(form, kind)
    return form


def _number(text: str, kind: str) -> str:
    """1.0 is stored as 1 unless the column is for what has no affinity."""
    if kind == "blob":
        return text
    whole = float(text)
    return str(int(whole)) if whole.is_integer() and abs(whole) < 2**53 else text
