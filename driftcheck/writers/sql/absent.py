"""What a reader met and could not read: listed at the top of the file, and left out of it."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from ...model import Column, Located, Opaque, Schema, Table

#: Of these, what is known is written all the same: everything else depends on them.
_PARTLY_WRITTEN = (Schema, Table, Column)


def written(item: Located) -> bool:
    """Whether `item` can be written at all. A policy without its condition, say, would be another policy."""
    if isinstance(item, Column):
        return "type" not in item.unknown
    return isinstance(item, _PARTLY_WRITTEN) or not _unread(item)


def _unread(item: Located) -> frozenset[str]:
    """The fields that could not be read. A name that is not known is one that nobody gave: it is
    the server's own, which the server would give again.
    """
    return item.unknown - {"name"}


def absent(item: Located) -> list[str]:
    """One line for every object in `item` (itself included) with something unknown; none if all was read."""
    lines = [f"{_called(one)}: nothing of it" for one in (item.opaque if isinstance(item, Schema) else ())]
    for around in _located((item,)) if _is_partly_unread(item) else ():
        if facts := " and ".join(sorted(word.replace("_", " ") for word in _unread(around[-1]))):
            said = "not its" if written(around[-1]) else "nothing of it, for want of its"
            lines.append(f"{'.'.join(_path(around)) or 'the schema'}: {said} {facts}")
    return lines


def _is_partly_unread(item: Located) -> bool:
    """Whether there is anything to be said: of most schemas there is not, and of each object that is asked."""
    stack = [item]
    while stack:
        one = stack.pop()
        if one.unknown and _unread(one):
            return True
        cls: type = type(one)
        for name in _fields(cls):
            value = getattr(one, name)
            stack += [
                child for child in (value if isinstance(value, tuple) else (value,)) if isinstance(child, Located)
            ]
    return False


def _called(item: Opaque) -> str:
    signature = "" if item.signature is None else f"({', '.join(item.signature)})"
    return (
        f"{item.kind or 'something called'} {'.'.join(filter(None, (item.schema, item.table, item.name)))}{signature}"
    )


def _located(around: tuple[Located, ...]) -> Iterator[tuple[Located, ...]]:
    """The last of `around` and every object in it, each behind those that it is in."""
    yield around
    cls: type = type(around[-1])
    for name in _fields(cls):
        value = getattr(around[-1], name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Located):
                yield from _located((*around, child))


@cache
def _fields(cls: type) -> tuple[str, ...]:
    """The fields of `cls` that hold objects."""
    return tuple(name for name, hint in typing.get_type_hints(cls).items() if _holds_objects(hint))


def _holds_objects(hint: Any) -> bool:
    if isinstance(hint, type):
        return issubclass(hint, Located)
    return any(map(_holds_objects, typing.get_args(hint)))


def _path(around: tuple[Located, ...]) -> tuple[str, ...]:
    """The names that lead to the last of `around`."""
    path: tuple[str, ...] = ()
    for one in around:
        path = (*path, *_own_names(one, path))
    return path


def _own_names(item: Any, path: tuple[str, ...]) -> list[str]:
    if isinstance(item, Schema):
        return []
    known = () if path else ("schema", "table")
    found = [getattr(item, name, None) for name in (*known, "name")]
    return [name for name in found if name]
