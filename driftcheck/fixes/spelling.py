"""What a file calls the tables and columns that it declares: from their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..model import Column, ForeignKey, Located, Schema
from ..regex import lazy

#: The lines of a file, by its path; none if it cannot be read.
Lines = Callable[[str], Sequence[str]]
Key = tuple[str, str]

_PROPERTY = lazy(r"""\s*['"]?([\w$]+)['"]?\s*:""")


def no_lines(_: str) -> Sequence[str]:
    """For those who have no files at hand: everything is called as most projects would call it."""
    return ()


def camel(name: str) -> str:
    """The property or variable that Drizzle projects call `name` by."""
    first, *rest = [word for word in re.split(r"\W|_", name) if word] or ["column"]
    joined = first[:1].lower() + first[1:] + "".join(word[:1].upper() + word[1:] for word in rest)
    return joined if not joined[0].isdigit() else f"_{joined}"


class Spelling:
    """The words of one drifting source. `schema` is what the truth declares, `actual` what the source does.

    `core` is the module of drizzle-orm that its tables are made with.
    """

    core = "pg-core"

    def __init__(self, schema: Schema, actual: Schema, lines: Lines = no_lines) -> None:
        self.schema = schema
        self._lines = lines
        self._tables = {table.key: table for table in actual.tables}

    def property(self, table: Key, column: str) -> str:
        """The property of a Drizzle table that is the column."""
        if (found := self._property(self._column(table, column))) is not None:
            return found
        others = self._tables[table].columns if table in self._tables else ()
        as_named = any("_" in one.name and self._property(one) == one.name for one in others)
        return column if as_named and re.fullmatch(r"[A-Za-z_$][\w$]*", column) else camel(column)

    def table(self, key: Key) -> str:
        """The variable that holds a Drizzle table: who knows the file's syntax says it."""
        return camel(key[1])

    def enum(self, key: Key) -> str:
        """The variable that holds a Drizzle enum, likewise."""
        return camel(key[1])

    def leads_back(self, _key: ForeignKey) -> bool:
        """Whether TypeScript could not infer the types of tables that refer to each other by this key, likewise."""
        return False

    def _column(self, table: Key, name: str) -> Column | None:
        return self._tables[table].column(name) if table in self._tables else None

    def _property(self, column: Column | None) -> str | None:
        before, after = self._around(column)
        if found := _PROPERTY.match(after):
            return found[1]
        found = re.search(r"""['"]?([\w$]+)['"]?\s*:\s*$""", before)
        return found[1] if found else None

    def _around(self, thing: Located | None) -> tuple[str, str]:
        """The line on which `thing` is declared, before and from the place where it begins."""
        place = thing.location if thing is not None else None
        if place is None or not place.is_file:
            return "", ""
        lines = self._lines(place.path)
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        return line[: place.column - 1], line[place.column - 1 :]
