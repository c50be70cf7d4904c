"""A copy with other facts, where there are others: most of what is normalized is canonical already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

T = TypeVar("T")


def revised(item: T, **facts: Any) -> T:
    """`item`, a dataclass, with `facts`; itself if they are what it holds."""
    if all(_is_same(getattr(item, name), value) for name, value in facts.items()):
        return item
    changed: Any = replace(item, **facts)  # type: ignore[type-var] # of T no more is known than that it has fields
    return changed  # type: ignore[no-any-return] # as above


def _is_same(held: Any, value: Any) -> bool:
    """Whether one may stand for the other in all respects: equal expressions may differ in their words and places."""
    if held is value:
        return True
    if isinstance(value, str):
        return bool(held == value)
    if isinstance(value, tuple):
        return isinstance(held, tuple) and len(held) == len(value) and all(map(_is_same, held, value))
    return False
