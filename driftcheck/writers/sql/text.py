"""Clauses that many statements share, put together from what the gate lets through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import quote
from ...model.programs import LIST_SETTINGS
from ...regex import lazy
from .gate import NOTHING, Refused, SqlText, collation, joined, literal, name, number, path, sql, words
from .lexed import lexed

_NUMBER = lazy(r"[-+]?[0-9]+(?:\.[0-9]+)?\Z")


def qualified(schema: str | None, text: str) -> SqlText:
    """`schema.name`; without a schema only the name."""
    return name(text) if schema is None else sql("{}.{}", name(schema), name(text))


def names(columns: Iterable[str]) -> SqlText:
    """A list of names in parentheses."""
    return sql("({})", joined(map(name, columns)))


def collate(text: str | None) -> SqlText:
    return NOTHING if text is None else sql(" COLLATE {}", collation(text))


def parameters(options: Iterable[tuple[str, str]]) -> SqlText:
    """`(name = value, …)` of a WITH clause."""
    return sql("({})", joined(sql("{} = {}", dotted(key), _value(value)) for key, value in options))


def dotted(text: str) -> SqlText:
    """A name of any number of parts, none of them quoted yet."""
    return joined(map(name, text.split(".")), ".")


def _value(value: str) -> SqlText:
    if _NUMBER.match(value):
        return number(value)
    return name(value) if value and quote(value) == value else literal(value)


def range_option(option: str, value: str) -> SqlText:
    if option not in ("subtype_opclass", "collation", "canonical", "subtype_diff", "multirange_type_name"):
        raise Refused("is not an option of a range type")
    return sql("{} = {}", words(option), collation(value) if option == "collation" else path(value))


def setting(key: str, value: str) -> SqlText:
    """SET clause of a function; a list is one of identifiers."""
    if value == "FROM CURRENT":
        return sql("SET {} FROM CURRENT", dotted(key))
    items = joined(_items(value)) if key in LIST_SETTINGS and value else literal(value)
    return sql("SET {} TO {}", dotted(key), items)


def _items(value: str) -> Iterator[SqlText]:
    for item in lexed(value).parts():
        yield name(item.string() if item.at_string else item.identifier())
        item.finish()
