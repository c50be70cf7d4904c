"""A SQL file as text, and where in it a place is."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ...model import Location

_LINE_END = re.compile(r"\r\n?|\n")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes) -> tuple[str, str]:
    """`data` as text, and the encoding it was in.

    A byte order mark decides; then UTF-16 without one, which SQL Server's and PowerShell's tools write (every other
    byte of its ASCII is NUL); then UTF-8; and what is not that is taken as Latin-1, in which every byte has a meaning.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    head = data[:512]
    if len(head) >= 4 and head[1::2].count(0) > 0.8 * len(head[1::2]):
        return data.decode("utf-16-le", errors="replace"), "utf-16-le"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


class SourceText:
    """The text of one file, with its path as it is to be reported."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def line(self, offset: int) -> int:
        """The line, counted from 1, in which the character at `offset` stands."""
        return bisect_right(self._line_starts, offset)

    def location(self, start: int, end: int | None = None) -> Location:
        """The place of the character at `start`; `end` is the offset after the last character that is meant."""
        line = self.line(start)
        return Location(
            self.path,
            line,
            start - self._line_starts[line - 1] + 1,
            None if end is None else self.line(max(start, end - 1)),
        )


class EmbeddedText(SourceText):
    """SQL inside a string constant: every place in it is the place of the constant."""

    def __init__(self, text: str, place: Location) -> None:
        super().__init__(place.path, text)
        self.place = place

    def line(self, offset: int) -> int:
        return self.place.line

    def location(self, start: int, end: int | None = None) -> Location:
        return self.place
