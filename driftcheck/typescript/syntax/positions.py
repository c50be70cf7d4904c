"""Lines and columns of byte offsets in UTF-8 text, each found in a time that does not grow with the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

#: Bytes that continue a character.
_CONTINUING = bytes(range(0x80, 0xC0))
_BLOCK = 512


class TextPositions:
    """Lines count from 1, and so do columns, which count characters. Everything is made when first asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._lines: list[int] | None = None
        #: How many characters begin before each block.
        self._characters: list[int] | None = None

    def of(self, offset: int) -> tuple[int, int]:
        if self._lines is None:
            self._lines = list(_line_starts(self._data))
        line = bisect_right(self._lines, offset)
        start = self._lines[line - 1]
        return line, (offset - start if self._ascii else self._before(offset) - self._before(start)) + 1

    def _before(self, offset: int) -> int:
        if self._characters is None:
            blocks = (self._data[at : at + _BLOCK] for at in range(0, len(self._data), _BLOCK))
            self._characters = [0, *accumulate(map(_count, blocks))]
        block = offset // _BLOCK
        return self._characters[block] + _count(self._data[block * _BLOCK : offset])


def _count(data: bytes) -> int:
    return len(data.translate(None, delete=_CONTINUING))


def _line_starts(data: bytes) -> Iterator[int]:
    offset = 0
    for line in data.splitlines(keepends=True):
        yield offset
        offset += len(line)
    if not data or data[-1:] in b"\r\n":
        yield offset
