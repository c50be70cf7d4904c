"""The table or column that is declared at a place, and where the other sources declare it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..frozen import dataclass
from ..location import Location
from ..model import Column, Table
from .answer import Answer, Described
from .kept import Kept

_WORD = re.compile(r"[\w$]+")
_CLASS = re.compile(r"\s*class\s+\Z")
_CLASS_LINE = re.compile(r"\s*class\s+\w")


@dataclass(frozen=True, slots=True)
class Declared:
    """A table, or a column of it, as `source` declares it."""

    source: Described
    answer: Answer
    table: Table
    column: Column | None = None

    @property
    def item(self) -> Table | Column:
        return self.table if self.column is None else self.column

    @property
    def key(self) -> tuple[str, ...]:
        return self.table.key if self.column is None else (*self.table.key, self.column.name)


def declared(kept: Kept) -> Iterator[Declared]:
    """All tables and columns of all sources."""
    for source, answer in kept.sources():
        for table in source.tables:
            yield Declared(source, answer, table)
            for column in table.columns:
                yield Declared(source, answer, table, column)


def named(kept: Kept, key: tuple[str, ...]) -> list[Declared]:
    """What is at `key` in each source that has it, the truth first."""
    found = []
    for source, answer in kept.sources():
        table = next((table for table in source.tables if table.key == key[:2]), None)
        if table is None:
            continue
        column = table.column(key[2]) if len(key) > 2 else None
        if len(key) == 2 or column is not None:
            found.append(Declared(source, answer, table, column))
    return found


def at(kept: Kept, answer: Answer, path: str, line: int, column: int) -> Declared | None:
    """What `answer` has at a line and column (from 1) of a file: what is declared there, or set by a later statement.

    A column goes before the table around it, and of several in one line the last that begins before the place.
    """
    best: tuple[tuple[bool, int, int], Declared] | None = None
    for one in declared(kept):
        for place in (one.item.location, *(place for _, place in one.item.places)):
            if (
                one.answer is not answer
                or place is None
                or place.path != path
                or not _holds(place, line, one.column is None)
            ):
                continue
            rank = one.column is not None, place.line, place.column if place.column <= column else -place.column
            if best is None or rank > best[0]:
                best = rank, one
    return None if best is None else best[1]


def of_class(kept: Kept, answer: Answer, path: str, lines: Sequence[str], line: int) -> Declared | None:
    """The table of the model class that begins in a line (from 1): one is declared where its name is said."""
    if not _CLASS_LINE.match(lines[line - 1]):
        return None
    end = next((n for n, words in enumerate(lines[line:], line + 1) if _CLASS_LINE.match(words)), len(lines) + 1)
    tables = [one for one in declared(kept) if one.column is None and one.answer is answer]
    places = [
        (one.table.location.line, one) for one in tables if one.table.location and one.table.location.path == path
    ]
    return next((one for number, one in sorted(places, key=lambda item: item[0]) if line < number < end), None)


def _holds(place: Location, line: int, is_table: bool) -> bool:
    """Whether a declaration goes over a line; of a table its first line alone, for the rest is its parts'."""
    return place.line <= line <= (place.line if is_table else place.end_line or place.line)


def is_named(words: str, at: int, one: Declared) -> bool:
    """Whether what is written at a character of a line is the name of what is declared there, in the line's language.

    `createdAt` and `created_at` are one name, and so is what a model class is called. Other words of a declaration
    lead elsewhere, which is the language's own server's to say.
    """
    word = next((match for match in _WORD.finditer(words) if match.start() <= at <= match.end()), None)
    if word is None:
        return False
    if one.column is None and _CLASS.match(words[: word.start()]):
        return True
    written, name = _folded(word[0]), _folded(one.item.name)
    return written == name or (min(len(written), len(name)) > 2 and one.column is None and _begins(written, name))


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()
