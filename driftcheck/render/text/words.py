"""Names, counts and values as people say them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

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


def said(sides: Mapping[str, str], paint: Callable[[str], str], *, flag: bool) -> list[str]:
    """What each source says, in pieces: those that say the same together, and with three or more the one that is alone.

    Of a `flag` only what one side has and the other has not is said: `INITIALLY DEFERRED in a, not in b`.
    """
    groups: dict[str, list[str]] = {}
    for name, text in sides.items():
        groups.setdefault(text, []).append(clean(name))
    if flag and len(groups) == 2:
        (one, ours), (other, theirs) = groups.items()
        for more, less, having, lacking in ((one, other, ours, theirs), (other, one, theirs, ours)):
            if word := _beyond(more, less):
                return [f"{paint(word)} in {', '.join(having)}, not in {', '.join(lacking)}"]
    odd = len(sides) > 2 and len(groups) == 2
    alone = {text: " alone" if odd and len(names) == 1 else "" for text, names in groups.items()}
    return [f"{', '.join(names)}{alone[text]} {paint(text)}" for text, names in groups.items()]


def _beyond(more: str, less: str) -> str:
    """What `more` says beyond `less`, of flags as `X`, `not X` and `X Y`; empty if it is nothing of the kind."""
    negated = less[4:] if less.lower().startswith("not ") else None
    if negated is not None:
        return more if more.startswith(negated) else ""
    return more.removeprefix(f"{less} ") if more.startswith(f"{less} ") else ""


def qualified(schema: str, name: str, twice: Container[str] = ()) -> str:
    """The name as the report says it; `public` goes without saying, but of names that are there `twice`."""
    return clean(name if schema == "" or (schema == "public" and name not in twice) else f"{schema}.{name}")


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
