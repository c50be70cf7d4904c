"""What a quoted constant of a type says: `'0'::numeric`, `'t'::boolean`, `'{a,b}'::text[]`, `'{"a": 1}'::jsonb`."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from ...model import ColumnType
from ...regex import lazy
from ...sql import tokenize, whole
from ..names import dotted
from . import type_families as families
from .moments import canonical_moment, canonical_time
from .tree import Node

_BOOLEANS = {
    "true": "true",
    "yes": "true",
    "on": "true",
    "1": "true",
    "false": "false",
    "no": "false",
    "off": "false",
    "0": "false",
}
_UUID = lazy(r"\{?([0-9a-fA-F]{4}-?){8}\}?\Z")


def constant(text: str, type_: ColumnType) -> Node:
    """The constant that PostgreSQL reads from the string `text` for `type_` (canonical), in one spelling."""
    if type_.dimensions:
        return _array(text, type_)
    if families.is_text(type_):
        return Node("literal", _cut(text, type_), type=families.TEXT)
    if families.is_blank_padded(type_):
        return Node("literal", _cut(text, type_).rstrip(" "), type=families.BLANK_PADDED)
    if families.rank(type_):
        return Node("literal", _plain_number(text), type=type_)
    if type_.name.startswith("interval ") and type_.schema is None and not type_.modifiers:
        return _interval_of_fields(text, type_)
    return Node("literal", _scalar(text, type_), type=type_)


def _interval_of_fields(text: str, type_: ColumnType) -> Node:
    """`interval '1' day` is `'1 day'::interval`, unless the fields cut something off."""
    from .intervals import canonical_interval, is_whole_in  # few schemas have any, and it needs fractions

    value = canonical_interval(text, type_.name)
    if is_whole_in(value, type_.name):
        return Node("literal", value, type=families.INTERVAL)
    return Node("literal", value, type=type_)


def _scalar(text: str, type_: ColumnType) -> str:
    if type_.schema is not None:
        return text
    name = type_.name
    if name == "boolean":
        return boolean(text)
    if name.startswith("interval"):
        from .intervals import canonical_interval

        return canonical_interval(text, name)
    if name in ("date", "timestamp without time zone", "timestamp with time zone"):
        return canonical_moment(text, name)
    if name == "time without time zone":
        return canonical_time(text)
    if name == "bytea":
        return canonical_bytes(text)
    if name == "jsonb":
        return canonical_json(text)
    if name == "uuid" and _UUID.match(text.strip()):
        return re.sub(r"[{}\s-]", "", text.lower())
    if name in ("jsonpath", "tsquery") or name.endswith("range"):
        return _rare(text, name)
    if name == "regconfig":
        return text.removeprefix("pg_catalog.")
    if name == "regclass":
        return _relation(text)
    return text


def _rare(text: str, name: str) -> str:
    """A constant of a type that few schemas have, each with a grammar of its own."""
    if name == "jsonpath":
        from .json_paths import canonical_path

        return canonical_path(text)
    if name == "tsquery":
        from .search_queries import canonical_search

        return canonical_search(text)
    from .ranges import canonical_multirange, canonical_range

    return (canonical_multirange if name.endswith("multirange") else canonical_range)(text, name, _bound)


def _bound(text: str, type_name: str) -> str:
    """A bound of a range; numbers by their value, since only that decides where a range begins."""
    found = constant(text, ColumnType(type_name)).text
    return number_value(found) if families.rank(ColumnType(type_name)) else found


def boolean(text: str) -> str:
    """`true` or `false` for every spelling that boolin takes, unique beginnings included; else `text`."""
    word = text.strip().lower()
    found = {value for spelling, value in _BOOLEANS.items() if word and spelling.startswith(word)}
    return found.pop() if len(found) == 1 and word != "o" else text


def _plain_number(text: str) -> str:
    """A number without exponent and needless zeros in front; the zeros behind the point are its scale."""
    word = text.strip().lower().replace("_", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", word):
        return text.strip()
    plain = format(Decimal(word), "f")
    return plain.removeprefix("-") if not Decimal(word) else plain


def number_value(text: str) -> str:
    """A number by its value alone: `0`, `0.00` and `0e5` are one. What is no finite number is left alone."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 400:
        return text
    return format(value.normalize(), "f") if value else "0"


def _cut(text: str, type_: ColumnType) -> str:
    """A cast to varchar(n) or char(n) cuts silently."""
    return text[: whole(type_.modifiers[0])] if type_.modifiers else text


_ESCAPED_BYTES = lazy(r"(?:[ -\[\]-~]|\\\\|\\[0-3][0-7]{2})*")


def canonical_bytes(text: str) -> str:
    """A bytea constant in hex format, whichever of the two formats it was written in."""
    if text.startswith("\\x"):
        return text.lower()
    if not _ESCAPED_BYTES.fullmatch(text):
        return text
    plain = re.sub(r"\\([0-3][0-7]{2}|\\)", lambda m: "\\" if m[1] == "\\" else chr(int(m[1], 8)), text)
    return "\\x" + plain.encode("latin-1").hex()


def _relation(text: str) -> str:
    """The relation that a regclass constant names, without a schema that everybody searches."""
    try:
        parts = [token.name for token in tokenize(text) if token.is_name]
    except ValueError:
        return text
    return dotted(parts) if parts else text


def canonical_json(text: str) -> str:
    """A jsonb constant as PostgreSQL stores it: keys sorted and unique, no blanks; numbers keep their scale."""
    try:
        value = json.loads(text, parse_float=_Number, parse_int=_Number, parse_constant=_no_constant)
        return _dump(value)
    except (ValueError, RecursionError):
        return text


class _Number(str):
    """A JSON number as written: jsonb keeps `1.0` apart from `1`."""


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _dump(value: Any) -> str:
    if isinstance(value, _Number):
        digits = Decimal(value)
        return format(digits, "f") if abs(digits.adjusted()) < 400 else str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_dump(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_dump, value)) + "]"
    return json.dumps(value)


def _array(text: str, type_: ColumnType) -> Node:
    """An array constant as the ARRAY[…] that makes the same value."""
    try:
        items, rest = _items(text.strip())
    except (ValueError, IndexError):
        return Node("literal", text, type=type_)
    if rest.strip():
        return Node("literal", text, type=type_)
    return _array_node(items, type_)


def _array_node(items: list[Any], type_: ColumnType) -> Node:
    if not items:
        return empty_array(type_)
    return Node(
        "array",
        children=tuple(
            _array_node(item, type_) if isinstance(item, list)
            else Node("null") if item is None
            else constant(item, type_.element)
            for item in items
        ),
        type=type_,
    )  # fmt: skip


def empty_array(type_: ColumnType) -> Node:
    if families.is_text_array(type_):
        type_ = ColumnType("text", dimensions=1)
    return Node("empty_array", type=families.bare(type_))


_BARE_ITEM = lazy(r'[^,{}"\\]+')


def _items(text: str) -> tuple[list[Any], str]:
    """The items of the array constant at the start of `text`, and what follows it. Raises ValueError, IndexError."""
    if not text.startswith("{"):
        raise ValueError("no array")
    items: list[Any] = []
    rest = text[1:].lstrip()
    if rest.startswith("}"):
        return items, rest[1:]
    while True:
        item, rest = _item(rest.lstrip())
        items.append(item)
        rest = rest.lstrip()
        if rest[0] == "}":
            return items, rest[1:]
        if rest[0] != ",":
            raise ValueError("no array")
        rest = rest[1:]


def _item(text: str) -> tuple[Any, str]:
    if text.startswith("{"):
        return _items(text)
    if text.startswith('"'):
        match = re.match(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)
        if not match:
            raise ValueError("no array")
        return re.sub(r"\\(.)", r"\1", match[1], flags=re.DOTALL), text[match.end() :]
    bare = _BARE_ITEM.match(text)
    if not bare:
        raise ValueError("no array")
    word = bare[0].rstrip()
    return None if word.lower() == "null" else word, text[bare.end() :]
