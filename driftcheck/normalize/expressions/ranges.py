"""Constants of range types as the server stores them: of whole numbers and dates from a bound that is in to one not in.

https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-IO and #RANGETYPES-DISCRETE
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

#: What a range is of.
SUBTYPES = {
    "int4range": "integer", "int8range": "bigint", "numrange": "numeric", "daterange": "date",
    "tsrange": "timestamp without time zone", "tstzrange": "timestamp with time zone",
}  # fmt: skip
#: A quote inside quotes is doubled; what is read once is not read in another way.
_BOUND = r'(?:"(?:[^"\\]|""|\\.)*+"|\\.|[^,"\\\[\]()])*+'
_RANGE = re.compile(rf"\s*([\[(])\s*({_BOUND})\s*,\s*({_BOUND})\s*([\])])\s*")
_EMPTY = re.compile(r"\s*empty\s*\Z", re.IGNORECASE)


def canonical_range(text: str, name: str, scalar: Callable[[str, str], str]) -> str:
    """A constant of the range type `name`, `scalar` giving that of a bound; `text` if it is not understood."""
    if name not in SUBTYPES:
        return text
    if _EMPTY.match(text):
        return "empty"
    match = _RANGE.fullmatch(text)
    return text if match is None else _shown(match, SUBTYPES[name], scalar)


def canonical_multirange(text: str, name: str, scalar: Callable[[str, str], str]) -> str:
    """A constant of the multirange type `name`; `text` if its ranges are not in order, where the server sorts them."""
    inner = text.strip()
    subtype = SUBTYPES.get(name.replace("multirange", "range"))
    if subtype is None or not (inner.startswith("{") and inner.endswith("}")):
        return text
    items, position, inner = [], 0, inner[1:-1].strip()
    while position < len(inner):
        match = _RANGE.match(inner, position)
        if match is None:
            return text
        items.append(_shown(match, subtype, scalar))
        position = match.end() + inner[match.end() :].startswith(",")
    return text if len(items) > 1 else "{" + "".join(item for item in items if item != "empty") + "}"


def _shown(match: re.Match[str], subtype: str, scalar: Callable[[str, str], str]) -> str:
    opening, low, high, closing = match.groups()
    low, high = (_bound(text, subtype, scalar) for text in (low, high))
    if low and high and low == high and (opening, closing) != ("[", "]"):
        return "empty"
    try:
        if low and opening == "(" and subtype in _STEPS:
            opening, low = "[", _STEPS[subtype](low)
        if high and closing == "]" and subtype in _STEPS:
            closing, high = ")", _STEPS[subtype](high)
    except (ValueError, OverflowError):
        return match[0].strip()
    if low and low == high and closing == ")":
        return "empty"
    return f"{opening if low else '('}{low},{high}{closing if high else ')'}"


def _bound(text: str, subtype: str, scalar: Callable[[str, str], str]) -> str:
    """A bound as its type has it; "" where there is none."""
    bare = re.sub(r'""|\\(.)|"', lambda m: m[1] or m[0][1:], text.strip())
    return scalar(bare, subtype) if bare else ""


def _next_number(text: str) -> str:
    return str(int(text) + 1)


def _next_day(text: str) -> str:
    return (date.fromisoformat(text) + timedelta(days=1)).isoformat()


_STEPS: dict[str, Callable[[str], str]] = {"integer": _next_number, "bigint": _next_number, "date": _next_day}
