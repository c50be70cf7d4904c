"""What a reader met and could not read: told at the top of the file, and left out of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from ...model import Column, Located, Schema, Table
from .text import remark

#: Of these, what is known is written all the same: everything else stands on them.
_PARTLY_WRITTEN = (Schema, Table, Column)


def written(item: Located) -> bool:
    """Whether `item` can be written at all. A policy without its condition, say, would be another policy."""
    if isinstance(item, Column):
        return "type" not in item.unknown
    return isinstance(item, _PARTLY_WRITTEN) or not _unread(item)


def _unread(item: Located) -> frozenset[str]:
    """The fields that could not be read. A name that is not known is one that nobody gave: the server's own stands in
    its place, and is what the server would give again.
    """
    return item.unknown - {"name"}


def absent(schema: Schema) -> list[str]:
    """The comment lines, one per object with something unknown; none if all was read."""
    lines = [
        f"{item.kind} {'.'.join(filter(None, (item.schema, item.table, item.name)))}"
        + (f"({', '.join(item.signature)})" if item.signature is not None else "")
        + ": nothing of it"
        for item in schema.opaque
    ]
    lines += [
        f"{'.'.join(path)}: {'not its' if written(item) else 'nothing of it, for want of its'} {facts}"
        for path, item in _located(schema, ())
        if (facts := " and ".join(sorted(word.replace("_", " ") for word in _unread(item))))
    ]
    if not lines:
        return []
    return [
        "\n".join([remark("Not in this file, because it could not be read:"), *(remark(f"  {x}") for x in lines)])
        + "\n"
    ]


def _located(item: Located, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Located]]:
    """`item` and every object in it, with the names that lead there."""
    yield path, item
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Located):
                yield from _located(child, (*path, *_own_names(child, path)))


def _own_names(item: Any, path: tuple[str, ...]) -> list[str]:
    known = () if path else ("schema", "table")
    found = [getattr(item, name, None) for name in (*known, "name")]
    return [name for name in found if name]
