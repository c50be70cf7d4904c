"""Where the things of a document are: the headings of its tables, and the files that declare them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from ..model import Location
from .described import Key

_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


class Slugs:
    """What GitHub makes of headings: https://github.com/Flet/github-slugger"""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, heading: str) -> str:
        slug = _NOT_IN_SLUG.sub("", heading.lower()).replace(" ", "-")
        number = self._used.get(slug)
        self._used[slug] = 0 if number is None else number + 1
        if number is None:
            return slug
        numbered = f"{slug}-{number + 1}"
        self._used.setdefault(numbered, 0)
        return numbered


@dataclass(frozen=True)
class Places:
    """Links of one page. `tables` are the addresses of tables, as far as they stand anywhere; `up` is the way from the
    folder of the page to the folder that places are relative to, None where no page is written.
    """

    tables: Mapping[Key, str] = field(default_factory=dict)
    up: str | None = None

    def file(self, location: Location | None) -> tuple[str, str]:
        """`path:line`, and the address of that line or "" if there is none."""
        if location is None:
            return "", ""
        if not location.is_file or self.up is None or location.path.startswith("/") or location.path[1:2] == ":":
            return str(location), ""
        path = posixpath.normpath(posixpath.join(self.up, location.path))
        return str(location), f"{quote(path, safe='/', errors='replace')}#L{location.line}"
