"""Where in a file something stands."""

from __future__ import annotations

from bisect import bisect_right

from ...location import Location


class Places:
    """The places of one text. In a database there are no lines: then every place is `whole`, with the object's name."""

    def __init__(self, path: str, text: str, whole: Location | None = None) -> None:
        self.path = path
        self._whole = whole
        self._starts = [0]
        if whole is None:
            at = text.find("\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = text.find("\n", at + 1)

    def of(self, offset: int) -> Location:
        if self._whole is not None:
            return self._whole
        line = bisect_right(self._starts, offset)
        return Location(self.path, line, offset - self._starts[line - 1] + 1)
