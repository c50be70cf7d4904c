"""Names, counts and values as people say them."""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import ObjectRef
from ..grouping import NONE
from .layout import clean

_PLURAL = {"index": "indexes", "policy": "policies"}
_WORDS = {"unique": "unique constraint", "exclusion": "exclusion constraint"}
_TYPES = (
    ("timestamp without time zone", "timestamp"),
    ("timestamp with time zone", "timestamptz"),
    ("time without time zone", "time"),
    ("time with time zone", "timetz"),
    ("character varying", "varchar"),
)


def number(count: int, one: str) -> str:
    """`1 table`, `2 tables`, `3 foreign keys`."""
    word = _WORDS.get(one, one.replace("-", " "))
    return f"{count} {word if count == 1 else _PLURAL.get(one, word + 's')}"


def values(texts: Sequence[str | None]) -> list[str]:
    """Each as `value` has it; but with its blanks as they are where the values differ in nothing else."""
    shown = [value(text) for text in texts]
    if len(set(shown)) == len(set(texts)):
        return shown
    return [NONE if text is None else clean(text) for text in texts]


def value(text: str | None) -> str:
    """A value on one line: PostgreSQL's long type names in their short form, `none` where there is none."""
    if text is None:
        return NONE
    for long, short in _TYPES:
        if text.startswith(long):
            text = short + text[len(long) :]
            break
    return clean(" ".join(text.split()))


def qualified(schema: str, name: str) -> str:
    """The name as the report says it; `public` goes without saying."""
    return clean(name if schema in ("public", "") else f"{schema}.{name}")


def named(ref: ObjectRef) -> str:
    """The object's name. Foreign keys are named by their columns: their own names nobody remembers."""
    if ref.kind in ("foreign-key", "primary-key") and ref.columns:
        return clean(", ".join(ref.columns))
    return clean(ref.called)


def following(related: Sequence[ObjectRef]) -> str:
    """`(and 1 foreign key, 2 indexes with it)`; empty if nothing follows."""
    if not related:
        return ""
    kinds: dict[str, int] = {}
    for ref in related:
        kinds[ref.kind] = kinds.get(ref.kind, 0) + 1
    return f"(and {', '.join(number(count, kind) for kind, count in kinds.items())} with it)"


def shortened(text: str, width: int | None) -> str:
    """`text`, on a terminal cut so that a place still fits beside it."""
    room = 100 if width is None else max(width - 40, 30)
    return text if len(text) <= room else text[: room - 1] + "…"
