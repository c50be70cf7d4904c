"""One finding together with what it is about: all that a fix is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from ..differ.between import Between
from ..findings import Finding, ObjectRef, Step
from ..model import Schema, Table, qualified, quote
from .spelling import Spelling


class Phase(IntEnum):
    """When a statement runs in a script of many fixes: what others need goes first, what they are rid of last."""

    LABELS = 0
    REMEMBER = 1
    UNHOOK = 2
    CREATE_TYPES = 3
    FUNCTIONS = 4
    DROP_KEYS = 5
    TABLES = 6
    DROP_COLUMNS = 7
    COLUMNS = 8
    ALTER = 9
    KEYS = 10
    INDEXES = 11
    FOREIGN_KEYS = 12
    VIEWS = 13
    HOOK = 14
    COMMENTS = 15
    DROP_FUNCTIONS = 16
    DROP_TABLES = 17
    DROP_TYPES = 18
    RENAME = 19
    RENAME_FOLLOWERS = 20
    RENAME_TABLES = 21
    VIEWS_OF_RENAMED = 22
    RESTORE = 23


#: Phases that only carry through a script what its statements would lose: of no interest in a single fix.
CARRIED = frozenset({Phase.REMEMBER, Phase.RESTORE})


#: Rules about columns whose fixes leave the column where it is.
_IN_PLACE = frozenset({"DR204", "DR205", "DR208", "DR209", "DR211", "DR213"})


class Drifting:
    """The objects of the drifting source that findings are about, so that no object is altered twice."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings: dict[int, list[Finding]] = {}
        for finding in findings:
            self._findings.setdefault(id(finding.subjects[1]), []).append(finding)

    def about(self, thing: Any) -> Sequence[Finding]:
        """The findings about this very object of the drifting source."""
        return () if thing is None else self._findings.get(id(thing), ())


@dataclass(frozen=True, slots=True)
class Drift:
    """A finding, the words of the drifting source, and what else drifts in it."""

    between: Between
    finding: Finding
    words: Spelling
    drifting: Drifting

    @property
    def expected(self) -> Any:
        """What the truth has of the finding's object; None: nothing."""
        return self.finding.subjects[0]

    @property
    def actual(self) -> Any:
        """What the drifting source has of it; None: nothing."""
        return self.finding.subjects[1]

    @property
    def code(self) -> str:
        return self.finding.rule.code

    @property
    def key(self) -> tuple[str, str]:
        """(schema, name) of the table that the object is or stands in."""
        about = self.finding.object
        return about.schema, about.table if about.table is not None else about.name

    @property
    def table(self) -> Table:
        """The drifting source's table; an empty one of that name where it declares none."""
        return self.between.actual_tables.get(self.key) or Table(schema=self.key[0], name=self.key[1])

    @property
    def expected_table(self) -> Table:
        return self.between.expected_tables.get(self.key) or Table(schema=self.key[0], name=self.key[1])

    @property
    def schema(self) -> Schema:
        """What the truth declares, under the drifting source's names."""
        return self.between.expected

    @property
    def following(self) -> list[tuple[str, Any]]:
        """The (kind, object) pairs that the truth has on the column, where the drifting source lacks it."""
        found = self.between.match(self.key)
        return found.follow(found.under_missing, self.finding.object.name) if found is not None else []

    def remade(self, thing: Any) -> bool:
        """Whether this object of the drifting source has a finding of its own whose fix drops it."""
        rules = (finding.rule for finding in self.drifting.about(thing))
        return any(rule.code not in _IN_PLACE and not rule.name.endswith("-name") for rule in rules)

    def goes(self, thing: Any) -> bool:
        """Whether this object of the drifting source is one that the truth does not have."""
        return any(finding.subjects[0] is None for finding in self.drifting.about(thing))

    @property
    def on(self) -> str:
        """The table's name in SQL."""
        return qualified(*self.key)


Steps = Iterator[Step]
Writer = Callable[[Drift], Steps]


def step(phase: Phase, sql: str, *, destructive: bool = False, order: int = 0) -> Step:
    text = sql.strip()
    last = text.splitlines()[-1]
    return Step(int(phase), text if text.endswith(";") or last.startswith("--") else text + ";", destructive, order)


def each(phase: Phase, statements: Iterator[str], *, order: int = 0) -> Steps:
    for statement in statements:
        yield step(phase, statement, order=order)


def at(drift: Drift, key: tuple[str, str]) -> Drift:
    """The same fix, told of another table."""
    return replace(drift, finding=replace(drift.finding, object=ObjectRef("table", *key)))


def alter(drift: Drift, what: str) -> str:
    return f"ALTER TABLE {drift.on} {what}"


def name(thing: Any) -> str:
    return quote(thing.name)


def full(thing: Any) -> str:
    """`schema.name` of what stands in a schema itself."""
    return qualified(thing.schema, thing.name)
