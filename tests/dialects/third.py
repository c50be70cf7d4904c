"""A third engine: its SQL is a line a column, `TABLE COLUMN TYPE`, and ENGINE = is a word that it alone takes."""

from __future__ import annotations

import re

from driftcheck.budget import Budget
from driftcheck.dialects import Dialect
from driftcheck.kinds import Lazy
from driftcheck.location import Location
from driftcheck.model import Column, ColumnType, Schema, Table
from driftcheck.reading import Gap, Statements


class Replay:
    def __init__(self, _budget: Budget) -> None:
        self.columns: dict[str, list[Column]] = {}
        self.gaps: list[Gap] = []

    def file(self, path: str, text: str, whole: Location | None = None) -> None:
        for number, line in enumerate(text.splitlines(), 1):
            if len(words := line.split()) == 3 and words[0] != "ENGINE":
                found = Column(name=words[1], type=ColumnType(words[2]), location=whole or Location(path, number))
                self.columns.setdefault(words[0], []).append(found)

    def gap(self, location: Location, what: str, why: str) -> None:
        self.gaps.append(Gap(location, what, why))

    def schema(self) -> Schema:
        made = (
            Table(schema="public", name=name, columns=tuple(columns), location=columns[0].location)
            for name, columns in self.columns.items()
        )
        return Schema(tables=tuple(made))

    @property
    def statements(self) -> Statements:
        return Statements(read=len(self.columns))


def itself(thing: object) -> object:
    return thing


def never(*_: object) -> None:
    """No two types are one."""


def write(schema: Schema) -> str:
    return "".join(f"{table.name} {one.name} {one.type}\n" for table in schema.tables for one in table.columns)


THIRD = Dialect(
    name="third", title="Third", kit=frozenset({"third"}), core="third-core", address=re.compile("third:"),
    speaks=re.compile(r"\bENGINE ="), suffixes=frozenset({"third"}), replay=Lazy("tests.dialects.third:Replay"),
    normalize=Lazy("tests.dialects.third:itself"), admit=Lazy("tests.dialects.third:itself"),
    write=Lazy("tests.dialects.third:write"), rename=Lazy("driftcheck.dialects.sqlite.renaming:between"),
    softer_type=Lazy("tests.dialects.third:never"), fixes="nobody fixes it",
)  # fmt: skip
