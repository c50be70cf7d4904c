"""The rows under a cause: in which tables, of which objects, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...model import Location
from ..grouping import Cause, Item, common_place
from .layout import clean, columns_of, cut, fitted
from .places import actual_places
from .words import named, number

if TYPE_CHECKING:
    from .body import Body
    from .places import Place

#: How many tables of a cause are listed unless all are asked for.
_LISTED = 5
#: How many tables whose place is said once for all of them.
_TOGETHER = 24
#: How many of a table's names are listed where no width limits them.
_NAMED = 8


class CauseRows:
    """Sets the objects of one cause. What all of them have at one place is said once, above them."""

    def __init__(self, body: Body, cause: Cause) -> None:
        self.body, self.style, self.cause = body, body.style, cause
        places = {source: common_place(cause.items, source) for source in cause.counts()}
        self.shared = {source: place for source, place in places.items() if place is not None}

    def lines(self) -> list[str]:
        """A line for each place that all share, then one or two for each table."""
        lines = [self._told_once(source, place) for source, place in self.shared.items()]
        tables = list(self.cause.tables().items())
        everything = self.style.verbose or self.style.fixes or self.style.source
        if self.shared.keys() >= self.cause.counts().keys():
            return [*lines, *self._together(tables, everything)]
        shown = tables if everything else tables[:_LISTED]
        margin = max(columns_of(self.body.called(*key)) for key, _ in shown) + 6
        for key, items in shown:
            lines += self._row(self.body.called(*key), margin, items)
            lines += [line for item in items for line in self.body.excerpts(item) + self.body.fixes(item)]
        if rest := len(tables) - len(shown):
            lines.append(self.style.paint(f"    … {number(rest, 'more table')} (-v lists all)", "dim"))
        return lines

    def _told_once(self, source: str, place: Location) -> str:
        count = len({item.table for item in self.cause.items if source in item.actual})
        name = f"{clean(source)}: " if len(self.body.report.sources) > 2 else ""
        lines = [f"    {name}{shown}, used by {number(count, 'table')}" for shown in self.body.places.one(place)]
        return lines[0] if self.style.width is None or columns_of(lines[0]) <= self.style.width else lines[1]

    def _together(self, tables: Sequence[tuple[tuple[str, str], list[Item]]], everything: bool) -> list[str]:
        """All tables on as few lines as they take: their place has been said."""
        names = []
        for key, items in tables:
            table, columns = self.body.called(*key), [] if self.cause.column else [named(item.object) for item in items]
            names += [f"{table}.{column}" for column in columns] or [table]
        shown = names if everything else names[:_TOGETHER]
        if rest := len(names) - len(shown):
            shown = [*shown, self.style.paint(f"… {rest} more (-v lists all)", "dim")]
        lines = self.body.listed("    ", 4, shown, ()) + self.body.excerpts(self.cause.items[0])
        return lines + [line for item in self.cause.items for line in self.body.fixes(item)]

    def _row(self, table: str, margin: int, items: Sequence[Item]) -> list[str]:
        names, width = self._names(items), self.style.width
        head = f"    {table}".ljust(margin) if names else f"    {table}"
        places = self._places(items)
        if self.style.verbose:
            return self.body.listed(head, margin, names, places)
        if width is None:
            shown = names if len(names) <= _NAMED else [*names[:_NAMED], f"+{len(names) - _NAMED}"]
            return self.body.placed(head + "  ".join(shown), places)
        beside = width - margin - columns_of(" · ".join(place.whole for place in places)) - 2
        room = beside if columns_of("  ".join(names)) <= beside else width - margin
        rest = columns_of(f"  +{len(names) - 1}") if len(names) > 1 else 0
        first = [cut(names[0], max(room - rest, 8))] if names else []
        return self.body.placed(head + fitted([*first, *names[1:]], room), places)

    def _places(self, items: Sequence[Item]) -> list[Place]:
        """Every place if all is asked for, else the first of each source, and how many more there are.

        Of what drifts in a database alone the truth's line stands there: the row has its name.
        """
        own = [
            (source, location)
            for item in items
            for source, side in item.actual.items()
            if source not in self.shared
            for location in (side.location,)
            if location is not None and location.is_file
        ]
        if not own:
            return self.body.places.several(actual_places(items), None if self.style.verbose else 1)
        if self.style.verbose:
            return self.body.places.several(place for _, place in own)
        firsts = dict(reversed(own))
        found = self.body.places.several(dict.fromkeys(firsts[source] for source in self.body.order(firsts)))
        if found and (rest := len({(place.path, place.line, place.object) for _, place in own}) - len(found)):
            found[-1] += f" +{rest}"
        return found

    def _names(self, items: Sequence[Item]) -> list[str]:
        """The items of one table; the sources alone, and only if they differ, where the cause has said the name."""
        if self.cause.column is None:
            return [self._sourced(item, items) for item in items]
        if len({tuple(item.actual) for item in self.cause.items}) == 1:
            return []
        return [self.style.paint(f"({', '.join(map(clean, item.actual))})", "dim") for item in items]

    def _sourced(self, item: Item, items: Sequence[Item]) -> str:
        """The item's name, with its sources where the row's items differ in them."""
        name = named(item.object)
        if len({tuple(other.actual) for other in items}) == 1:
            return name
        return name if len(item.actual) > 1 else f"{name} {self.style.paint('(' + clean(*item.actual) + ')', 'dim')}"
