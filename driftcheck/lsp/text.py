"""Texts as editors count in them: lines, and characters in units of an encoding that both sides agreed on."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from ..fixes.files import Files

#: Code units that are one character: what the name of an encoding of positions says.
_WIDTHS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}
#: Lines on either side up to which two versions of a text are compared line by line; beyond, only ends are.
_COMPARED = 3_000

#: Line and character, from 0, characters counted as Python counts them.
Place = tuple[int, int]


def units(text: str, encoding: str) -> int:
    """How long `text` is in the units of positions: "utf-8", "utf-16", or characters ("utf-32")."""
    if encoding not in _WIDTHS:
        return len(text)
    codec, width = _WIDTHS[encoding]
    return len(text.encode(codec, "surrogatepass")) // width


def character(line: str, count: int, encoding: str) -> int:
    """How many characters of `line` make `count` units, at most all; a unit within a character is that character's."""
    if encoding not in _WIDTHS:
        return min(count, len(line))
    taken = 0
    for number, one in enumerate(line):
        taken += units(one, encoding)
        if taken > count:
            return number
    return len(line)


class Text:
    """A text in lines as the protocol ends them (by CR, LF or both), without a byte order mark.

    Readers end lines by LF alone and count from 1: `place` and `reader` lead from one to the other. `end` is how most
    lines end.
    """

    def __init__(self, text: str) -> None:
        self.end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        self.lines: list[str] = []
        #: For each line of a reader the first of ours.
        self._first: list[int] = []
        parts = text.removeprefix("\ufeff").split("\n")
        for number, part in enumerate(parts):
            self._first.append(len(self.lines))
            self.lines += (part.removesuffix("\r") if number < len(parts) - 1 else part).split("\r")

    @classmethod
    def of(cls, path: str, data: bytes) -> Text:
        """A file's, in the encoding that it says it has."""
        encoding = Files(known={path: data}).encoding(path)
        return cls(data.decode(encoding, "replace"))

    def place(self, line: int, column: int) -> Place:
        """What a reader calls `line` and `column`; the end of the text where there is no such place."""
        if not 1 <= line <= len(self._first):
            return len(self.lines) - 1, len(self.lines[-1])
        at, left = self._first[line - 1], max(0, column - 1)
        last = self._first[line] - 1 if line < len(self._first) else len(self.lines) - 1
        while at < last and left > len(self.lines[at]):
            left -= len(self.lines[at]) + 1
            at += 1
        return at, min(left, len(self.lines[at]))

    def reader(self, place: Place) -> Place:
        """The line and column, from 1, that a reader has for `place`."""
        line = bisect_right(self._first, place[0])
        before = self.lines[self._first[line - 1] : place[0]]
        return line, sum(len(one) + 1 for one in before) + place[1] + 1

    def is_like(self, other: Text) -> bool:
        """Whether both say the same, however their lines end."""
        return self.lines == other.lines


@lru_cache(maxsize=1_000)
def text_of(path: str, data: bytes) -> Text:
    """`Text.of`, made once for all that points into a file."""
    return Text.of(path, data)


@lru_cache(maxsize=200)
def moved(before: Text, after: Text) -> Moved:
    """`Moved`, made once for all that moved."""
    return Moved(before, after)


class Moved:
    """Where the lines of `before` are in `after`."""

    def __init__(self, before: Text, after: Text) -> None:
        self._before, self._after = before.lines, after.lines

    def to(self, place: Place) -> Place:
        """A place in `before` as one in `after`; where its line has gone, the nearest."""
        line = self._line(place[0])
        return line, min(place[1], len(self._after[line]))

    def _line(self, line: int) -> int:
        for tag, old, old_end, new, new_end in self.stretches:
            if line < old_end:
                moved = new + line - old
                return min(moved if tag == "equal" else min(moved, max(new, new_end - 1)), len(self._after) - 1)
        return len(self._after) - 1

    @cached_property
    def stretches(self) -> list[tuple[str, int, int, int, int]]:
        """What is equal and what is not, as difflib's opcodes say it."""
        old, new = self._before, self._after
        most = min(len(old), len(new))
        head = next((number for number in range(most) if old[number] != new[number]), most)
        tail = next((number for number in range(most - head) if old[-1 - number] != new[-1 - number]), most - head)
        a, b = old[head : len(old) - tail], new[head : len(new) - tail]
        if max(len(a), len(b)) > _COMPARED:
            middle = [("replace", 0, len(a), 0, len(b))]
        else:
            middle = [*SequenceMatcher(None, a, b, autojunk=False).get_opcodes()]
        moved = [(tag, i + head, i_end + head, j + head, j_end + head) for tag, i, i_end, j, j_end in middle]
        start, after = len(old) - tail, len(new) - tail
        return [("equal", 0, head, 0, head), *moved, ("equal", start, len(old), after, len(new))]
