"""Regions of a page that people write: what stands between two markers is made, the rest is theirs.

`<!-- driftcheck:begin NAME -->` and `<!-- driftcheck:end -->`, each on a line of its own. A marker within a block of
code is an example and no marker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..frozen import dataclass

_BEGIN = re.compile(r"[ \t]*<!--\s*driftcheck:begin(?P<name>(?:\s(?:(?!-->).)*)?)-->[ \t]*\Z")
_END = re.compile(r"[ \t]*<!--\s*driftcheck:end\s*-->[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)\Z")


class Unmatched(ValueError):
    """A marker without the other one, or one that asks for what there is not. `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


@dataclass(frozen=True, slots=True)
class Region:
    """What a page has between two markers: the numbers of the lines with the markers, from 0."""

    name: str
    begin: int
    end: int


def has_regions(page: str) -> bool:
    """Whether a marker that begins a region is on `page`."""
    return any(_BEGIN.match(line) for _, line in _outside_of_code(page.splitlines()))


def regions(page: str) -> list[Region]:
    """The regions of `page` in their order. Raises Unmatched."""
    found: list[Region] = []
    opened: tuple[str, int] | None = None
    lines = page.splitlines()
    inside_code = {number for number, _ in enumerate(lines)} - {number for number, _ in _outside_of_code(lines)}
    for number, line in enumerate(lines):
        if opened is None and number in inside_code:
            continue
        if begin := _BEGIN.match(line):
            if opened is not None:
                raise Unmatched("this region begins within another, whose end is missing", number + 1)
            opened = (" ".join(begin["name"].split()), number)
        elif _END.match(line):
            if opened is None:
                raise Unmatched("a region ends here that has not begun", number + 1)
            found.append(Region(*opened, number))
            opened = None
    if opened is not None:
        raise Unmatched("this region has no end: write <!-- driftcheck:end -->", opened[1] + 1)
    return found


def _outside_of_code(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            if match and match["fence"].startswith(fence) and not match["rest"].strip():
                fence = ""
        elif match:
            fence = match["fence"]
        else:
            yield number, line


def updated(page: str, text: Callable[[str, int], str]) -> str:
    """`page` with `text(name, line)` in each of its regions, its own line endings and all else as it is."""
    lines = page.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    pieces: list[str] = []
    at = 0
    for region in regions(page):
        pieces += lines[at : region.begin + 1]
        inner = text(region.name, region.begin + 1)
        pieces += [f"{line}{ending}" for line in ["", *inner.split("\n"), ""]] if inner else []
        at = region.end
    return "".join([*pieces, *lines[at:]])
