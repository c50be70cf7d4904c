"""Places as text: `path:line`, whole wherever the terminal allows it, and to be clicked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ...findings import Report
from ...model import Location
from .layout import Style, clean, columns_of

if TYPE_CHECKING:
    from ..grouping import Item

#: Columns that a place leaves free: the margin before it and the digits of its line.
_BESIDE = 12
#: However narrow the terminal: what is shorter says nothing.
_SHORTEST = 24


class Place(NamedTuple):
    """A place as text, and as text that leaves room for another beside it."""

    whole: str
    short: str

    def __add__(self, more: object) -> Place:
        return Place(f"{self.whole}{more}", f"{self.short}{more}")


class Places:
    """Writes the places of one report.

    Paths are relative to the root of the check, and whole. One that no line of the terminal holds, or that leaves no
    room for another where two are needed, loses parts in its middle, as long as no other path of the report looks the
    same.
    """

    def __init__(self, report: Report, style: Style) -> None:
        self.style = style
        paths = {location.path for location in _locations(report)}
        self._whole, self._short = (
            elided(paths, None if style.width is None else max(style.width // parts - _BESIDE // parts, _SHORTEST))
            for parts in (1, 2)
        )

    def one(self, location: Location) -> Place:
        """`path:line`, a hyperlink where the style has a root."""
        return Place(self._text(location, self._whole), self._text(location, self._short))

    def _text(self, location: Location, names: Mapping[str, str]) -> str:
        if not location.is_file:
            return self.style.paint(clean(str(location)), "dim")
        name = names.get(location.path, location.path)
        text = self.style.paint(f"{clean(name)}:{location.line}", "dim")
        if self.style.root is None:
            return text
        return f"\x1b]8;;{_uri(self.style.root, location.path)}#L{location.line}\x1b\\{text}\x1b]8;;\x1b\\"

    def several(self, locations: Iterable[Location | None], limit: int | None = None) -> list[Place]:
        """Places, each once: with `×2` if two objects have it, and `+3` at the last one for those beyond `limit`."""
        known = (place for place in locations if place is not None)
        counts = Counter(Location(one.path, one.line, object=one.object) for one in known)
        shown = list(counts.items())[:limit]
        places = [self.one(key) + (f" ×{count}" if count > 1 else "") for key, count in shown]
        if places and len(counts) > len(shown):
            places[-1] += f" +{len(counts) - len(shown)}"
        return places


def _locations(report: Report) -> Iterable[Location]:
    sides = (side for finding in report.findings for side in (finding.expected, finding.actual))
    found = [side.location for side in sides] + [table.location for table in report.schema.tables]
    return (location for location in found if location is not None and location.is_file)


def _uri(root: str, path: str) -> str:
    """The file's URI; of `C:/x` it is `file:///C:/x`. Whatever a path holds is encoded."""
    whole = path if path.startswith("/") or path[1:3] == ":/" else f"{root.rstrip('/')}/{path}"
    return "file:///" + quote(whole.removeprefix("/"), safe="/:", errors="replace")


def elided(paths: Iterable[str], room: int | None) -> dict[str, str]:
    """path → itself, or where it takes more than `room` columns its first part, `…` and the last ones that fit.

    Two paths that would look the same stay whole.
    """
    names = {path: path if room is None else _elided(path, room) for path in paths}
    shown = Counter(names.values())
    return {path: name if shown[name] == 1 else path for path, name in names.items()}


def _elided(path: str, room: int) -> str:
    parts = clean(path).split("/")
    if columns_of(clean(path)) <= room or len(parts) < 3:
        return path
    for last in range(len(parts) - 2, 0, -1):
        name = "/".join([parts[0], "…", *parts[-last:]])
        if columns_of(name) <= room:
            return name
    return "…/" + parts[-1]


def actual_places(items: Iterable[Item]) -> list[Location | None]:
    """For each of `items` the places at which its sources drift, each once.

    What drifts in a database is named by its row already, so the truth's line is of more use.
    """
    found: list[Location | None] = []
    for item in items:
        places = dict.fromkeys(side.location for side in item.actual.values())
        files = [place for place in places if place is None or place.is_file]
        found += files if any(files) or not places else [item.expected.location]
    return found
