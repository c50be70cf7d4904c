"""The labels of an enum while statements add to it, each in the time of one: a dump may add forty thousand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ...frozen import dataclass
from ...model import Enum
from ...model.located import Located


@dataclass(slots=True)
class _Log:
    """Every label that was added, as the statements came: the label, its neighbour, and whether it is behind that.

    Without a neighbour it is the last. `when` is label → its number among them.
    """

    steps: list[tuple[str, str | None, bool]] = field(default_factory=list)
    when: dict[str, int] = field(default_factory=dict)

    def add(self, label: str, neighbour: str | None, behind: bool) -> None:
        self.when[label] = len(self.steps)
        self.steps.append((label, neighbour, behind))


class Labels:
    """The labels in their order; never changed, but shared: what was added later is in the same log, and not seen."""

    __slots__ = ("_count", "_log", "_order")

    def __init__(self, labels: tuple[str, ...] = ()) -> None:
        self._log, self._order = _Log(), tuple(labels)
        for label in labels:
            self._log.add(label, None, True)
        self._count = len(self._log.steps)

    def with_label(self, label: str, neighbour: str | None = None, *, behind: bool = True) -> Labels:
        """These and a new one, before or behind `neighbour`, or the last. `label` is none of these, `neighbour` is."""
        before = self if self._count == len(self._log.steps) else Labels(tuple(self))
        made = Labels()
        made._log, made._order, made._count = before._log, (), before._count + 1
        made._log.add(label, neighbour, behind)
        return made

    def __contains__(self, label: object) -> bool:
        return isinstance(label, str) and self._log.when.get(label, self._count) < self._count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        if len(self._order) != self._count:
            self._order = self._ordered()
        return iter(self._order)

    def _ordered(self) -> tuple[str, ...]:
        """The log, followed: a chain in which each label knows the next, and None is both ends."""
        following: dict[str | None, str | None] = {None: None}
        previous: dict[str | None, str | None] = {None: None}
        for label, neighbour, behind in self._log.steps[: self._count]:
            left = neighbour if neighbour is not None and behind else previous[neighbour]
            right = following[left]
            following[left] = previous[right] = label
            previous[label], following[label] = left, right
        order: list[str] = []
        last = following[None]
        while last is not None:
            order.append(last)
            last = following[last]
        return tuple(order)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Labels) and (self is other or tuple(self) == tuple(other))

    __hash__ = None  # type: ignore[assignment]  # nobody keeps labels by their value


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumEntry(Located):
    """An enum in the catalog."""

    schema: str
    name: str
    values: Labels

    def freeze(self) -> Enum:
        return Enum(
            schema=self.schema, name=self.name, values=tuple(self.values),
            location=self.location, places=self.places, unknown=self.unknown,
        )  # fmt: skip
