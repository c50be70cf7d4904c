"""COPY's text format: https://www.postgresql.org/docs/current/sql-copy.html"""

from __future__ import annotations

import re

#: A row of a query: the text of each of its fields, "" for NULL.
Row = list[str]

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def rows_of(lines: bytes) -> list[Row]:
    """The rows that whole lines hold."""
    text = lines.decode("utf-8", "replace")
    if "\\" not in text:
        return [line.split("\t") for line in text.split("\n")[:-1]]
    return [_row(line) for line in text.split("\n")[:-1]]


def _row(line: str) -> Row:
    fields = line.split("\t")
    if "\\" not in line:
        return fields
    return [_ESCAPE.sub(_unescaped, text) if "\\" in text else text for text in fields]


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[1])
