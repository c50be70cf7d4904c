"""Statements applied to the catalog one after the other, each accounted for."""

from __future__ import annotations

from collections.abc import Iterable

from ...budget import Budget
from ...model import Location
from ...reading import Statements
from ...sql.scanner import Scanner, Statement
from ...sql.text import EmbeddedText
from . import psql_commands
from .cursor import Cursor
from .doubts import doubt
from .entries import Name
from .errors import ForeignError, MissingError, RefusedError, UnmadeError, UnparsedError, UnreadableError
from .named_words import VERBS
from .outcome import Outcome
from .session import Session
from .statements.dispatch import run
from .statements.namespaces import end_of_session, end_of_transaction
from .transactions import StatementVerdict, Transactions

#: Statements that say themselves what they leave in doubt.
_FOLLOWED = frozenset({"do", "call", "select"})


class Replay:
    """Reads statements into `session`; `verdicts` says what came of each."""

    def __init__(self, budget: Budget | None = None, later: frozenset[Name] = frozenset()) -> None:
        self.session = Session(budget=budget or Budget(), later=later)
        self.verdicts: list[StatementVerdict] = []
        self.transactions = Transactions(self.session, self.verdicts)

    def file(self, statements: Iterable[Statement], *, included: bool = False) -> None:
        """Applies the statements of one file, which another may include."""
        for statement in statements:
            self.statement(statement)
        if not included:
            self.transactions.end(roll_back=not self.session.lost)
            end_of_session(self.session)

    def unread(self, place: Location, why: str, what: str | None = None) -> None:
        """Something that should have been read and was not: a gap, which counts as one statement."""
        self.session.gap(place, why, what=what)
        self.session.blind = self.session.lost = True
        self.verdicts.append(StatementVerdict.GAP)

    def doubt(self, text: str, place: Location) -> None:
        """Puts in doubt what the statements of `text` name, which may have been run or not."""
        for statement in Scanner(EmbeddedText(text, place), self.session.budget):
            doubt(self.session, Cursor(statement.source, statement.tokens, 0, self.session.qualify), statement.end)

    def statement(self, statement: Statement) -> None:
        session = self.session
        session.head = statement.head()
        session.budget.look()
        cursor = Cursor(statement.source, statement.tokens, 0, session.qualify)
        obeyed = statement.is_command or self.transactions.see(cursor)
        if session.in_transaction and not self.transactions.open:
            end_of_transaction(session)
        session.in_transaction = self.transactions.open
        self.verdicts.append(self._verdict(cursor, statement) if obeyed else StatementVerdict.FAILED)
        if not self.transactions.open:
            session.catalog.journal.forget()

    def _verdict(self, cursor: Cursor, statement: Statement) -> StatementVerdict:
        session, gaps = self.session, len(self.session.gaps)
        point = session.point()
        outcome, session.unparsed, session.broken = Outcome(), False, []
        try:
            outcome = self._run(cursor, statement)
        except ForeignError as error:
            session.foreign[error.schema] += 1
            outcome = Outcome(irrelevant=True)
        except UnmadeError as error:
            session.skipped[error.name] += 1
            outcome = Outcome(irrelevant=True)
        except RefusedError as error:
            sure = session.is_sure(error)
            if isinstance(error, MissingError) and error.wanted is not None:
                session.absent[error.wanted] = None
            if sure:
                session.undo(point)
            session.unparsed = isinstance(error, UnparsedError)
            session.gap_at(cursor, error)
            if sure:
                self.transactions.refused(session.gaps[-1])
        except UnreadableError as error:
            session.gap_at(cursor, error)
        except RecursionError:
            session.gap_at(cursor, UnreadableError("it is nested too deeply"))
        if session.unparsed and (statement.problem is not None or cursor.tokens[0].word not in _FOLLOWED):
            doubt(session, cursor, statement.resumed)
        for part in session.broken:
            if part.tokens[0].word in VERBS:
                doubt(session, part)
        if outcome.unmodelled is not None:
            session.unmodelled[outcome.unmodelled] += 1
        if len(session.gaps) > gaps:
            return StatementVerdict.GAP
        return StatementVerdict.IRRELEVANT if outcome.irrelevant else StatementVerdict.READ

    def _run(self, cursor: Cursor, statement: Statement) -> Outcome:
        self.session.lost = self.session.lost or statement.resumed is not None
        if statement.problem is not None:
            raise UnreadableError(statement.problem)
        if statement.is_command:
            return psql_commands.run(cursor, self.session)
        if psql_commands.executes(cursor):
            self.session.lost = self.session.blind = True
            raise UnreadableError("\\gexec runs what the query gives, which is not known here")
        return run(cursor, self.session)

    @property
    def statements(self) -> Statements:
        counts = {verdict: self.verdicts.count(verdict) for verdict in StatementVerdict}
        return Statements(
            read=len(self.verdicts),
            irrelevant=counts[StatementVerdict.IRRELEVANT]
            + counts[StatementVerdict.ROLLED_BACK]
            + counts[StatementVerdict.FAILED],
            gaps=counts[StatementVerdict.GAP],
            unmodelled=dict(sorted(self.session.unmodelled.items())),
        )
