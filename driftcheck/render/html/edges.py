"""Lines from a foreign key to the table it leads to, around the boxes: along the gutters between their columns, and
through the gaps between the boxes of a column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from .layout import GAP_X, GAP_Y, HEAD, Box

#: Lines beside each other in one gutter, and in one gap; beyond these some share their place.
_LANES, _TRACKS = 9, 5
_STEP = (GAP_X - 20) / (_LANES - 1)

Point = tuple[float, float]


class Router:
    """Finds the way of each line between `boxes`, which stand in columns."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._columns: dict[int, list[Box]] = {}
        for box in boxes:
            self._columns.setdefault(box.column, []).append(box)
        self._used: Counter[tuple[str, float]] = Counter()

    def way(self, source: Box, dy: float, target: Box) -> list[Point]:
        """The corners from `dy` below the top of `source` to the head of `target`; every part is level or upright."""
        right = target.column > source.column
        x, y = (source.x + source.width if right else source.x), source.y + dy
        points = [(x, y)]
        step = 1 if right else -1
        between = range(source.column + step, target.column, step) if target.column != source.column else ()
        for column in between:
            lane, track = self._lane(column if right else column + 1), self._gap(column, y)
            points += [(lane, y), (lane, track)]
            y = track
        lane = self._lane(target.column if right or target.column == source.column else target.column + 1)
        end = target.y + HEAD / 2
        side = target.x if right or target.column == source.column else target.x + target.width
        return [*points, (lane, y), (lane, end), (side, end)]

    def _lane(self, gutter: int) -> float:
        """An upright lane in the gutter left of the column `gutter`."""
        self._used["lane", gutter] += 1
        number = (self._used["lane", gutter] - 1) % _LANES
        if gutter in self._columns:
            return self._columns[gutter][0].x - 10 - number * _STEP
        last = self._columns[max(self._columns)]
        return max(box.x + box.width for box in last) + 10 + number * _STEP

    def _gap(self, column: int, y: float) -> float:
        """A level track through `column`, in the gap nearest to `y`: above, below or between its boxes."""
        boxes = self._columns[column]
        gaps = [boxes[0].y - GAP_Y / 2, *(box.y + box.height + GAP_Y / 2 for box in boxes)]
        nearest = min(gaps, key=lambda gap: abs(gap - y))
        self._used[f"track {column}", nearest] += 1
        number = (self._used[f"track {column}", nearest] - 1) % _TRACKS
        return nearest + (number - _TRACKS // 2) * (GAP_Y - 8) / _TRACKS


def path(points: Iterable[Point]) -> str:
    """The corners as the data of an SVG path."""
    first, *rest = points
    return f"M{first[0]:.0f} {first[1]:.0f}" + "".join(f"L{x:.0f} {y:.0f}" for x, y in rest)
