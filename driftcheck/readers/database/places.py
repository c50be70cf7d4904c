"""Where something is in a database: it has no line, only a name."""

from __future__ import annotations

from ...model import Location


class Places:
    """Places in the database `host/db`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.whole = Location(path, object="")

    def of(self, *names: str) -> Location:
        return Location(self.path, 1, 1, None, ".".join(names))
