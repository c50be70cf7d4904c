"""One finding together with what it is about: all that a fix is written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..differ.between import Between
from ..differ.rules import rule
from ..findings import Finding
from ..frozen import dataclass
from ..model import Schema, Table
from .spelling import Spelling

#: The rule of a table's primary key.
_PRIMARY_KEY = "DR301"
#: Rules about columns whose fixes leave the column where it is.
_IN_PLACE = frozenset({"DR204", "DR205", "DR208", "DR209", "DR211", "DR213"})


class Drifting:
    """The objects of the drifting source that findings are about, so that no object is altered twice."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings: dict[int, list[Finding]] = {}
        self._tables: dict[tuple[str, str], list[Finding]] = {}
        #: What was made of all findings of a table, by whoever makes it.
        self.known: dict[tuple[object, ...], Any] = {}
        for finding in findings:
            self._findings.setdefault(id(finding.subjects[1]), []).append(finding)
            about = finding.object
            key = about.schema, about.table if about.table is not None else about.name
            self._tables.setdefault(key, []).append(finding)

    def about(self, thing: Any) -> Sequence[Finding]:
        """The findings about this very object of the drifting source."""
        return () if thing is None else self._findings.get(id(thing), ())

    def of_table(self, key: tuple[str, str]) -> Sequence[Finding]:
        """The findings about a table and what is in it, apart from those that are about no object."""
        return [one for one in self._tables.get(key, ()) if one.subjects != (None, None)]


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
        """(schema, name) of the table that the object is or is in."""
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

    @property
    def key_change(self) -> Drift | None:
        """The change of the primary key that comes with a column which is missing or extra; None if it has a finding.

        Its other columns may still be missing, or have to go.
        """
        wanted, now = self.expected_table.primary_key, self.table.primary_key
        mine = wanted if self.actual is None else now
        told = any(one.rule.code == _PRIMARY_KEY for one in self.drifting.of_table(self.key))
        if told or wanted == now or mine is None or self.finding.object.name not in mine.columns:
            return None
        about = replace(self.finding.object, kind="primary-key", name=(now or mine).name)
        return replace(
            self, finding=replace(self.finding, rule=rule(_PRIMARY_KEY), object=about, subjects=(wanted, now))
        )

    @property
    def awaited_column(self) -> str | None:
        """The first column of the wanted key that the drifting table does not have yet."""
        wanted = self.expected.columns if self.expected is not None else ()
        return next((one for one in wanted if self.table.column(one) is None), None)

    @property
    def loses_columns(self) -> bool:
        """Whether columns of the drifting key are to go: it changes along with them."""
        kept = {column.name for column in self.expected_table.columns}
        return self.actual is not None and not kept.issuperset(self.actual.columns)

    def remade(self, thing: Any) -> bool:
        """Whether this object of the drifting source has a finding of its own whose fix drops it."""
        rules = (finding.rule for finding in self.drifting.about(thing))
        return any(rule.code not in _IN_PLACE and not rule.name.endswith("-name") for rule in rules)

    def goes(self, thing: Any) -> bool:
        """Whether this object of the drifting source is one that the truth does not have."""
        return any(finding.subjects[0] is None for finding in self.drifting.about(thing))
