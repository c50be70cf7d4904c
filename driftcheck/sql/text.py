"""A SQL file as text, and where in it a place is."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property

from ..location import Location
from ..regex import lazy

_LINE_END = lazy(r"\r\n?|\n")
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
    if (said := _as_said(data)) is not None:
        return said
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


#: `SET client_encoding`, psql's `\\encoding`: from there on bytes are what it says.
_SETTING = lazy(
    rb"^[ \t]*(?:SET\s+(?:SESSION\s+|LOCAL\s+)?client_encoding\s*(?:=|\bTO\b)\s*|\\\\encoding\s+)'?([\w-]{1,30})",
    re.IGNORECASE | re.MULTILINE,
)
#: PostgreSQL's encodings that Python calls otherwise.
_CODECS = {
    "latin5": "iso8859-9", "latin6": "iso8859-10", "latin7": "iso8859-13", "latin8": "iso8859-14",
    "latin9": "iso8859-15", "latin10": "iso8859-16", "koi8r": "koi8-r", "koi8u": "koi8-u", "euccn": "gb2312",
    "uhc": "cp949", "win874": "cp874", "win866": "cp866", "alt": "cp866", "sjis": "shift_jis", "win": "cp1251",
    "iso88595": "iso8859-5", "iso88596": "iso8859-6", "iso88597": "iso8859-7", "iso88598": "iso8859-8",
}  # fmt: skip


def _as_said(data: bytes) -> tuple[str, str] | None:
    """`data` read as its settings of the client's encoding say; None if all is UTF-8."""
    parts, at, codec, used = [], 0, "utf-8", "utf-8"
    for found in _SETTING.finditer(data):
        following = _codec(found[1].decode("ascii", "replace"))
        parts.append(data[at : found.end()].decode(codec, "replace"))
        at, codec = found.end(), following
        used = codec if codec != "utf-8" else used
    if used == "utf-8":
        return None
    return "".join([*parts, data[at:].decode(codec, "replace")]), used


def _codec(name: str) -> str:
    """Python's name for an encoding of PostgreSQL's; UTF-8 if it has none, or is told to keep bytes as they are."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    if plain in ("utf8", "unicode", "sqlascii", "default"):
        return "utf-8"
    guess = _CODECS.get(plain) or (f"cp{plain[3:]}" if plain.startswith("win12") else plain)
    try:
        return codecs.lookup(guess).name if not guess.startswith("utf") else "utf-8"
    except LookupError:
        return "utf-8"


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
