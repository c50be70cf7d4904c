"""What of a database could not be understood: a gap for each object, whose name is kept from being called missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from ...model import Location, Opaque
from ...reading import Gap
from ...sql import SqlError

T = TypeVar("T")
#: What reading the server's words raises where they are not as expected.
_ODD = (SqlError, ValueError, KeyError, IndexError, TypeError, RecursionError)


class Gaps:
    """Collects gaps, and the objects that are there and of which no more is known."""

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self.opaque: list[Opaque] = []

    def read(
        self, kind: str, names: tuple[str, ...], place: Location, build: Callable[[], T], table: str | None = None
    ) -> T | None:
        """What `build` makes; where it cannot, a gap, and None. `names` are schema and name, `table` the owner's."""
        try:
            return build()
        except _ODD as error:
            why = f"what the server says of it is not understood ({error})"
            self.gaps.append(
                Gap(place, f"{kind} {names[-1]}", why, object=".".join(filter(None, (names[0], table or names[-1]))))
            )
            self.opaque.append(Opaque(kind=kind, schema=names[0], name=names[-1], table=table, location=place))
            return None


def those(items: Iterable[T | None]) -> tuple[T, ...]:
    """What could be read."""
    return tuple(item for item in items if item is not None)
