"""Statements applied to the catalog one after the other, each accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ...budget import Budget
from ...reading import Statements
from . import psql_commands
from .cursor import Cursor
from .errors import ForeignError, UnreadableError
from .outcome import Outcome
from .scanner import Statement
from .session import Session
from .statements.dispatch import run
from .statements.namespaces import end_of_session, end_of_transaction

_ROLLBACK = re.compile(r"\b(?:rollback|abort)\b", re.IGNORECASE)


class Replay:
    """Reads statements into `session` and counts what came of them."""

    def __init__(self, budget: Budget | None = None) -> None:
        self.session = Session(budget=budget or Budget())
        self.read = self.irrelevant = self.with_gaps = self.undone = 0
        self.unmodelled: Counter[str] = Counter()

    def file(self, text: str, statements: Iterable[Statement], *, included: bool = False) -> None:
        """Applies the statements of one file, which another may include. What the file rolls back is left out."""
        if _ROLLBACK.search(text):
            statements = self._kept(list(statements))
        for statement in statements:
            self.statement(statement)
        if not included:
            end_of_session(self.session)

    def _kept(self, statements: list[Statement]) -> Iterator[Statement]:
        undone = rolled_back(statements)
        for position, statement in enumerate(statements):
            if position in undone:
                self.read += 1
                self.irrelevant += 1
                self.undone += 1
            else:
                yield statement

    def statement(self, statement: Statement) -> None:
        session = self.session
        session.head = statement.head()
        session.budget.look()
        self.read += 1
        before = len(session.gaps)
        cursor = Cursor(statement.source, statement.tokens, 0, session.qualify)
        try:
            if statement.problem is not None:
                raise UnreadableError(statement.problem)
            self._count(self._run(cursor, statement))
        except ForeignError as error:
            session.foreign[error.schema] += 1
            self.irrelevant += 1
        except UnreadableError as error:
            session.gap_at(cursor, error)
        except RecursionError:
            session.gap_at(cursor, UnreadableError("it is nested too deeply"))
        if len(session.gaps) > before:
            self.with_gaps += 1

    def _run(self, cursor: Cursor, statement: Statement) -> Outcome:
        if statement.is_command:
            return psql_commands.run(cursor, self.session)
        word = cursor.word
        if word in ("begin", "start"):
            self.session.in_transaction = True
        elif word in ("commit", "end", "rollback", "abort"):
            end_of_transaction(self.session)
        return run(cursor, self.session)

    def _count(self, outcome: Outcome) -> None:
        if outcome.irrelevant:
            self.irrelevant += 1
        if outcome.unmodelled is not None:
            self.unmodelled[outcome.unmodelled] += 1

    @property
    def statements(self) -> Statements:
        return Statements(
            read=self.read,
            irrelevant=self.irrelevant,
            gaps=self.with_gaps,
            unmodelled=dict(sorted((self.unmodelled + self.session.unmodelled).items())),
        )


def rolled_back(statements: list[Statement]) -> set[int]:
    """Positions of the statements between a BEGIN or SAVEPOINT and the ROLLBACK that undoes them."""
    undone: set[int] = set()
    begin: int | None = None
    savepoints: list[tuple[str, int]] = []
    for position, statement in enumerate(statements):
        words = [token.word for token in statement.tokens[:5]]
        if words[0] in ("begin", "start"):
            begin, savepoints = position, []
        elif words[0] in ("commit", "end"):
            begin, savepoints = None, []
        elif words[0] == "savepoint":
            savepoints.append((words[1], position))
        elif words[0] in ("rollback", "abort"):
            if "to" in words:
                name = words[-2] if words[-1] == "" else words[-1]
                while savepoints and savepoints[-1][0] != name:
                    savepoints.pop()
                if savepoints:
                    undone.update(range(savepoints[-1][1] + 1, position))
            elif begin is not None:
                undone.update(range(begin + 1, position))
                begin, savepoints = None, []
    return undone
