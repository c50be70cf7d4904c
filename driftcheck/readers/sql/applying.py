"""SQL that another reader comes to, statement by statement, replayed like that of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...budget import OverLimit
from ...model import Location, Opaque
from ...project import Project
from ...reading import Reading
from ...sql.scanner import Scanner
from ...sql.text import SourceText
from . import answering, describing
from .catalog import shown
from .entries import EXISTENCE, Name, TableEntry
from .files import Sources, find
from .freeze import IN_TABLE, with_more
from .reader import Run
from .replay import Replay
from .transactions import StatementVerdict

__all__ = ["Applied", "Location", "SourceText"]

#: How many names a sentence lists.
_NAMED = 3
#: A statement may take this part of the whole budget.
_PARTS = 4
#: What may do anything.
_OPEN = re.compile(r"\s*(?:do|call|select|with)\b", re.IGNORECASE)
#: Characters of a statement in which names are looked for.
_LONGEST_DOUBTED = 100_000


class Applied:
    """A database that statements change. `later` and `before` are what an earlier replay of them showed.

    later     what was taken to be there and is made by a later statement
    before    what they change and none of them makes: it was there before, and nothing else is known of it
    """

    def __init__(
        self, project: Project, after: str | None = None, later: Iterable[Name] = (), before: Iterable[Name] = ()
    ) -> None:
        """`after` are files that were applied before, a `sql` location. Raises SourceError if they are not there."""
        self._run = Run(project, frozenset(later))
        self._run.replay.session.whole = True
        self._budget = project.budget
        self._sources = find(after, project) if after is not None else Sources([])
        self._before = dict.fromkeys(before)
        #: Whether the whole budget is used up: nothing is replayed any more.
        self.over = False
        #: What statements that are missing would have made, and a gap says so already.
        self._unread: set[str] = set()
        for path in self._sources.files:
            self._run.source(path, alone=len(self._sources.files) == 1)
        for kind, schema, name in self._before:
            self._presume(kind, schema, name)

    @property
    def _replay(self) -> Replay:
        return self._run.replay

    def _presume(self, kind: str, schema: str, name: str) -> None:
        session, place = self._replay.session, Location("")
        if kind == "relation":
            entry = TableEntry(schema, name, place, unknown=frozenset({*IN_TABLE, EXISTENCE}), opaque=True)
            session.catalog.add(entry)
        else:
            session.catalog.opaque[(kind, schema, name)] = Opaque(kind=kind, schema=schema, name=name, location=place)

    # --- what is done ---

    def apply(self, source: SourceText) -> None:
        """Replays the statements of a text. What takes too much is a gap, and so is all behind what takes the rest."""
        if self.over:
            return
        try:
            with self._budget.part(_PARTS):
                for statement in Scanner(source, self._budget):
                    self._replay.statement(statement)
        except OverLimit as error:
            self._stop(source, error)

    def attempt(self, source: SourceText) -> str | None:
        """Replays one statement after a savepoint; why PostgreSQL refuses it, if it does, which then is no gap."""
        self.apply(source)
        return self._replay.transactions.forgive()

    def _stop(self, source: SourceText, error: OverLimit) -> None:
        text, place = source.text, source.location(0)
        what, why = " ".join(text[:200].split())[:60], error.why
        try:
            self._budget.step(0, place)
            self._budget.look(place)
            about = None if _OPEN.match(text) else text[:_LONGEST_DOUBTED]
            self.unread(place, why, what, about)
        except OverLimit:
            self.over = True
            self.unread(place, f"nothing after this was read: {why}", what, None)

    def irrelevant(self, count: int) -> None:
        """So many statements that change no schema were left out."""
        self._replay.verdicts += [StatementVerdict.IRRELEVANT] * count

    def gap(self, place: Location, why: str, what: str) -> None:
        """Something is not known that touches nothing else."""
        self._replay.session.gap(place, why, what=what)
        self._replay.verdicts.append(StatementVerdict.GAP)

    def unread(self, place: Location, why: str, what: str, about: str | None) -> None:
        """Statements are missing: those of the SQL text `about`, or if None any."""
        if about is None:
            self._replay.unread(place, why, what)
            return
        self.gap(place, why, what)
        session = self._replay.session
        session.blind = True
        known = set(session.catalog.opaque)
        self._replay.doubt(about, place)
        self._unread |= {f"{schema}.{name}." for _, schema, name in session.catalog.opaque.keys() - known}

    # --- what is asked ---

    def answer(self, question: dict[str, Any]) -> Any:
        """What a program asks of the database as it is now: `about` is existence, names, enums, table or rows."""
        if self.over:
            return None
        try:
            with self._budget.part(_PARTS):
                return self._answer(question)
        except OverLimit:
            return None

    def _answer(self, question: dict[str, Any]) -> Any:
        session, schema = self._replay.session, question.get("schema")
        match question.get("about"):
            case "existence":
                return answering.is_there(session, question["kind"], schema, question["name"])
            case "names":
                return answering.names(session, question["kind"], schema)
            case "enums":
                return answering.enums(session, schema, every=question["every"])
            case "table":
                return describing.table(session, schema, question["name"])
            case "rows":
                found = answering.rows(session, question["sql"], self._budget)
                return {"rows": found.rows, "columns": found.columns, "known": found.known, "data": found.data}
        return None

    # --- what came of it ---

    @property
    def later(self) -> frozenset[Name]:
        """What was taken to be there and then made: another replay has to know that."""
        return self._run.come_later()

    @property
    def before(self) -> frozenset[Name]:
        """What was missing and is made by no statement."""
        session = self._replay.session
        missing = frozenset(session.absent) - session.catalog.made.keys()
        return missing if any(kind == "relation" for kind, _, _ in missing) else frozenset()

    def reading(self, home: Location | None) -> Reading:
        self._replay.transactions.end()
        session = self._replay.session
        unknown = (*(f"{schema}.{name}." for _, schema, name in self._before), *self._unread)
        # What is done to a part of what is not known is not known either, which is reported once, for all of it.
        session.gaps = [
            gap
            for gap in session.gaps
            if not f"{gap.object}.".startswith(unknown) or not gap.why.endswith(("not known here", "does not exist"))
        ]
        reading = self._run.reading(self._sources, home, "alembic")
        return replace(reading, schema=with_more(reading.schema)) if self._before else reading

    @property
    def lost(self) -> bool:
        """Whether statements are missing that could have made anything."""
        return self._replay.session.lost

    @property
    def presumed(self) -> str:
        """The names of what was there before, in words; empty if nothing was."""
        names = sorted(shown((schema, name)) for _, schema, name in self._before)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more
