"""What revisions said, replayed: as it comes, and again where that showed what was there before or is made later."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

from ...budget import OverLimit
from ...frozen import dataclass
from ...model import Location
from ...project import Project
from ...reading import Reading
from ..sql.applying import Applied
from .answer import Message, SentGap, SentQuery, UpgradeResult, message
from .places import Places
from .remainder import remainder

#: How often statements are replayed once more because of what an earlier replay showed.
_MOST_REPLAYS = 3
#: How many places a sentence lists.
_LISTED = 3


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement, or a gap. That one which was `attempted` is refused is known to the revision."""

    sql: str = ""
    file: str = ""
    line: int = 1
    one_line: bool = False
    attempted: bool = False
    gap: SentGap | None = None


class Enough(Exception):
    """Nothing of what is sent from here on is read any more."""


class Upgrade:
    """The statements of one run so far, in the database that they made. `after` is the SQL before them, if any."""

    def __init__(self, project: Project, after: str | None) -> None:
        self._project, self._after = project, after
        self._places = Places(project)
        self._applied = Applied(project, after)
        self._steps: list[_Step] = []
        self._reads: list[SentQuery] = []

    def receive(self, data: bytes) -> bytes | None:
        """Takes a message, and gives the answer that it asks for. Raises ValueError, Enough."""
        try:
            self._project.budget.take_file(len(data))
        except OverLimit as error:
            self.stop(self._place, error.why)
        sent, question = message(data)
        self._take(sent)
        answer = None if question is None else self._answer(question)
        if self._applied.over:
            raise Enough
        return None if question is None else json.dumps(answer).encode("ascii")

    def _answer(self, question: dict[str, Any]) -> Any:
        if question["about"] == "refusal":
            return self._add(_Step(question["sql"], question["file"], question["line"], attempted=True))
        if question["about"] == "rows":
            self._add(_Step(question["sql"], question["file"], question["line"]))
        return self._applied.answer(question)

    @property
    def _place(self) -> Location:
        """Of what came last."""
        last = self._steps[-1] if self._steps else None
        return self._places.location(last.file, last.line) if last is not None and last.file else Location("")

    def stop(self, place: Location, why: str) -> None:
        """Reads nothing that comes after this."""
        self._applied.over = True
        self._applied.unread(place, f"nothing after this was read: {why}", "the revisions", None)

    @property
    def begun(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self._steps)

    def _take(self, sent: Message) -> None:
        gaps = list(sent.gaps)
        for number, (sql, file, line, one_line) in enumerate(sent.statements):
            while gaps and gaps[0][4] <= number:
                self._add(_Step(gap=gaps.pop(0)))
            self._add(_Step(sql, file, line, one_line))
        for gap in gaps:
            self._add(_Step(gap=gap))
        self._reads += sent.reads

    def _add(self, step: _Step) -> str | None:
        self._steps.append(step)
        return self._apply(step)

    def _apply(self, step: _Step) -> str | None:
        """Why PostgreSQL refuses what was attempted."""
        if step.gap is None:
            source = self._places.source(step.sql, step.file, step.line, one_line=step.one_line)
            if step.attempted:
                return self._applied.attempt(source)
            self._applied.apply(source)
            return None
        what, why, file, line, _, failed = step.gap
        place = self._places.location(file, line)
        if failed is None:
            self._applied.gap(place, why, what)
        else:
            self._applied.unread(place, why, what, remainder(self._places.file(failed), line) if failed else None)
        return None

    def reading(self, result: UpgradeResult | None) -> Reading:
        """What all of it comes to; `result` is None where it came to no end."""
        if result is not None:
            self._take(result.rest)
        self._replay()
        self._applied.irrelevant(result.irrelevant if result is not None else 0)
        self._say_unanswered()
        last = result.revisions[-1] if result is not None and result.revisions else ""
        home = self._places.location(last, 1) if last else self._place
        self._say_beginning(home)
        reading = self._applied.reading(home)
        return replace(reading, notes=(*self._of_rows(), *reading.notes))

    def _replay(self) -> None:
        """Replays all once more, as long as that shows what was there before, or is made later."""
        later, before = self._applied.later, self._applied.before
        for _ in range(_MOST_REPLAYS):
            if self._applied.over or not (later or before):
                break
            self._applied = Applied(self._project, self._after, later, before)
            for step in self._steps:
                self._apply(step)
            if self._applied.later <= later and self._applied.before <= before:
                break
            later, before = later | self._applied.later, before | self._applied.before

    def _say_unanswered(self) -> None:
        """Queries of catalogs whose rows are not known, and were taken: what is done with them may be otherwise."""
        for sql, file, line in dict.fromkeys((sql, file, line) for sql, file, line, data in self._reads if not data):
            why = "what this asks of the catalog is not known here, and no row was answered"
            self._applied.gap(self._places.location(file, line), why, " ".join(sql.split())[:60])

    def _say_beginning(self, home: Location) -> None:
        if not (names := self._applied.presumed):
            return
        first = next((step for step in self._steps if step.gap is None), None)
        place = self._places.location(first.file, first.line) if first is not None else home
        which = "no revision that can be run makes" if self._applied.lost else "no revision makes"
        why = (
            f"{which} {names}: they do not begin with an empty database; name the SQL of what was there "
            'before in the config: after = "db/baseline.sql"'
        )
        self._applied.gap(place, why, "the first revision")

    def _of_rows(self) -> list[str]:
        """A note on queries that a database made from nothing answers with no rows."""
        places = Counter(str(self._places.location(file, line)) for _, file, line, data in self._reads if data)
        if not places:
            return []
        more = f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
        verb = "reads rows of a table" if len(places) == 1 else "read rows of tables"
        return [f"{', '.join([*places][:_LISTED])}{more} {verb}: in a database made from nothing there are none"]
