"""What is in a schema by itself, paired by its own name: the common part of several finders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...findings import Finding
from ..between import Between, reference, unreadable
from ..facts import drifts
from ..meaning import by
from ..pairing import Pairing, pair


def compared(between: Between, kind: str, name: str) -> Pairing[Any]:
    """The objects of `kind` by schema and name; nothing if they are not compared."""
    if not between.scope.kind(kind):
        return Pairing()
    pairing = pair(getattr(between.expected, name), getattr(between.actual, name), by("schema", "name"))
    return readable(between, name, pairing)


def readable(between: Between, name: str, pairing: Pairing[Any]) -> Pairing[Any]:
    """`pairing` without what a side might have all the same, because not all it has of the kind is known."""
    return Pairing(
        pairing.pairs,
        () if name in between.actual.unknown else pairing.missing,
        () if name in between.expected.unknown else pairing.extra,
    )


def free(between: Between, kind: str, name: str, codes: tuple[str, str]) -> Iterator[Finding]:
    """Missing, extra, and differing objects of `kind`."""
    pairing = compared(between, kind, name)
    yield from lost(between, kind, pairing, codes)
    for expected, actual in pairing.pairs:
        yield from drifts(between, kind, expected, actual, reference(kind, actual))


def lost(between: Between, kind: str, pairing: Pairing[Any], codes: tuple[str, str]) -> Iterator[Finding]:
    """What one side lacks. What it could not read is not lacking."""
    for one in pairing.missing:
        about = reference(kind, one)
        if not unreadable(between.actual, about):
            yield between.missing(codes[0], about, one, between.other.reading.home)
    for one in pairing.extra:
        about = reference(kind, one)
        if not unreadable(between.expected, about):
            yield between.extra(codes[1], about, one, between.truth.reading.home)
