"""Index keys that were given as text: `text("created_at DESC NULLS LAST")`, `text("lower(name) text_pattern_ops")`."""

from __future__ import annotations

import re
from collections.abc import Container

from ...model import Expression, IndexKey
from ...model.identifiers import fold
from .parentheses import closes_at_end

_NULLS = re.compile(r"\s+NULLS\s+(FIRST|LAST)\s*\Z", re.IGNORECASE)
_ORDER = re.compile(r"\s+(ASC|DESC)\s*\Z", re.IGNORECASE)
_OPCLASS = re.compile(r"(?s)(?P<key>.*[\w)\"'])\s+(?P<opclass>[\w.]+)(?P<options>\s*\([^()]*=[^()]*\))?\s*\Z")
_COLLATE = re.compile(r"(?s)(?P<key>.*?)\s+COLLATE\s+(?P<collation>\"[^\"]+\"|[\w.]+)\s*\Z", re.IGNORECASE)
_NAME = re.compile(r'(?P<bare>[^\W\d][\w$]*)\Z|"(?P<quoted>(?:[^"]|"")+)"\Z')


def parse(text: str, columns: Container[str]) -> IndexKey:
    """The key that PostgreSQL would read in `text`."""
    descending = False
    nulls_first: bool | None = None
    rest = text.strip()
    if match := _NULLS.search(rest):
        nulls_first, rest = match[1].upper() == "FIRST", rest[: match.start()]
    if match := _ORDER.search(rest):
        descending, rest = match[1].upper() == "DESC", rest[: match.start()]
    opclass: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    if (match := _OPCLASS.match(rest)) and _is_key(match["key"]):
        rest, opclass, options = match["key"].rstrip(), fold(match["opclass"]), opclass_options(match["options"] or "")
    collation = None
    if match := _COLLATE.match(rest):
        rest, collation = match["key"], match["collation"].strip('"')
    column = column_name(rest, columns)
    return IndexKey(
        column=column,
        expression=None if column is not None else Expression(bare(rest)),
        descending=descending,
        nulls_first=descending if nulls_first is None else nulls_first,
        opclass=opclass,
        opclass_options=options,
        collation=collation,
    )


def opclass_options(text: str) -> tuple[tuple[str, str], ...]:
    """`(siglen=32)` as pairs."""
    pairs = [part.split("=", 1) for part in text.strip().strip("()").split(",") if "=" in part]
    return tuple(sorted((name.strip(), value.strip().strip("'")) for name, value in pairs))


def column_name(text: str, columns: Container[str]) -> str | None:
    """The column that `text` is, if it is nothing more than that."""
    match = _NAME.match(text.strip())
    if match is None:
        return None
    name = fold(match["bare"]) if match["bare"] else match["quoted"].replace('""', '"')
    return name if name in columns else None


def bare(text: str) -> str:
    """`text` without parentheses around the whole of it."""
    text = text.strip()
    while text.startswith("(") and closes_at_end(text):
        text = text[1:-1].strip()
    return text


def _is_key(text: str) -> bool:
    """Whether `text` can stand before an operator class: a name, a call, or something in parentheses, and whole."""
    text = _COLLATE.sub(r"\g<key>", text.strip())
    if text.endswith(")"):
        call = re.match(r"[\w.\"]*\s*(?=\()", text)
        return call is not None and closes_at_end(text[call.end() :])
    return _NAME.match(text) is not None
