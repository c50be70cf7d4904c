"""Places as text: `path:line`, as short as the terminal allows and still to be clicked."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from ...findings import Report
from ...model import Location
from .layout import Style, clean


class Places:
    """Writes the places of one report.

    On a terminal a path is cut to its last parts, as many as distinguish it from the other paths; where there is no
    terminal it stays whole, since whoever reads that has no other way to the file.
    """

    def __init__(self, report: Report, style: Style) -> None:
        self.style = style
        paths = {
            side.location.path
            for finding in report.findings
            for side in (finding.expected, finding.actual)
            if side.location is not None and side.location.is_file
        }
        self.names = shortest(paths) if style.width is not None else {path: path for path in paths}

    def one(self, location: Location | None) -> str:
        """`file:line`, a hyperlink where the style has a root; empty without a location."""
        if location is None:
            return ""
        if not location.is_file:
            return self.style.paint(clean(str(location)), "dim")
        text = self.style.paint(f"{clean(self.names.get(location.path, location.path))}:{location.line}", "dim")
        if self.style.root is None:
            return text
        return f"\x1b]8;;{_uri(self.style.root, location.path)}#L{location.line}\x1b\\{text}\x1b]8;;\x1b\\"

    def several(self, locations: Iterable[Location | None], limit: int | None = None) -> str:
        """Places with a dot between, each once; `+3` for those beyond `limit`."""
        places = (place for place in locations if place is not None)
        known = list(dict.fromkeys(Location(one.path, one.line, object=one.object) for one in places))
        shown = known if limit is None else known[:limit]
        texts = [self.one(place) for place in shown]
        return " · ".join(texts) + (f" +{len(known) - len(shown)}" if len(known) > len(shown) else "")


def _uri(root: str, path: str) -> str:
    """The file's URI; of `C:/x` it is `file:///C:/x`. Whatever a path holds is encoded."""
    whole = path if path.startswith("/") or path[1:3] == ":/" else f"{root.rstrip('/')}/{path}"
    return "file:///" + quote(whole.removeprefix("/"), safe="/:", errors="replace")


def shortest(paths: Iterable[str]) -> dict[str, str]:
    """path → its shortest ending, whole parts only, that no other of `paths` has."""
    by_length: dict[str, str] = {}
    known = list(paths)
    endings: dict[str, int] = {}
    for path in known:
        parts = path.split("/")
        for number in range(1, len(parts) + 1):
            ending = "/".join(parts[-number:])
            endings[ending] = endings.get(ending, 0) + 1
    for path in known:
        parts = path.split("/")
        candidates = ("/".join(parts[-number:]) for number in range(1, len(parts) + 1))
        by_length[path] = next((ending for ending in candidates if endings[ending] == 1), path)
    return by_length
