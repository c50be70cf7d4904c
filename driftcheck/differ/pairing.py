"""Which of the truth's objects is which of the other source's: in stages, the surest first, one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from ..frozen import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pairing(Generic[T]):
    """What belongs together, what only the truth has (`missing`), and what only the other source has (`extra`)."""

    pairs: tuple[tuple[T, T], ...] = ()
    missing: tuple[T, ...] = ()
    extra: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage(Generic[T]):
    """Objects with equal keys belong together; a key of None sits this stage out.

    `alone` demands that a key occurs once on either side: where several would fit, none is taken.
    """

    key: Callable[[T], Hashable | None]
    alone: bool = False


def name_of(thing: Any) -> str:
    return str(getattr(thing, "name", ""))


def pair(expected: Iterable[T], actual: Iterable[T], *stages: Stage[T]) -> Pairing[T]:
    """`expected` and `actual` paired by the first stage that fits; equal names decide where a stage offers several.

    The order of the inputs never matters: what is left to choose is chosen by name, then by place.
    """
    missing, extra = sorted(expected, key=_order), sorted(actual, key=_order)
    pairs: list[tuple[T, T]] = []
    for stage in stages:
        if not missing or not extra:
            break
        found = list(_matches(missing, extra, stage))
        taken = {id(thing) for both in found for thing in both}
        missing = [thing for thing in missing if id(thing) not in taken]
        extra = [thing for thing in extra if id(thing) not in taken]
        pairs += found
    return Pairing(tuple(sorted(pairs, key=lambda both: _order(both[0]))), tuple(missing), tuple(extra))


def _order(thing: Any) -> tuple[str, str, int, int]:
    place = getattr(thing, "location", None)
    return (name_of(thing), place.path, place.line, place.column) if place else (name_of(thing), "", 0, 0)


def _matches(missing: list[T], extra: list[T], stage: Stage[T]) -> Iterable[tuple[T, T]]:
    wanted, offered = _buckets(missing, stage), _buckets(extra, stage)
    for key, mine in wanted.items():
        theirs = offered.get(key, [])
        if not theirs or (stage.alone and (len(mine) > 1 or len(theirs) > 1)):
            continue
        yield from _by_name(mine, theirs)


def _buckets(things: list[T], stage: Stage[T]) -> dict[Hashable, list[T]]:
    buckets: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        if (key := stage.key(thing)) is not None:
            buckets[key].append(thing)
    return buckets


def _by_name(mine: list[T], theirs: list[T]) -> Iterable[tuple[T, T]]:
    named = {name_of(thing): thing for thing in reversed(theirs)}
    left: list[T] = []
    for thing in mine:
        if (same := named.pop(name_of(thing), None)) is not None:
            yield thing, same
        else:
            left.append(thing)
    free = {id(thing) for thing in named.values()}
    yield from zip(left, (thing for thing in theirs if id(thing) in free), strict=False)
