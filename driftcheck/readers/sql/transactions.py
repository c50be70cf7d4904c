"""Transactions of a replay: what they roll back, and what PostgreSQL undoes where it refused a statement in one."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from ...frozen import dataclass
from ...model import Location
from ...reading import Gap
from ...sql import Token
from .cursor import Cursor
from .session import Point, Session

_END = ("commit", "end", "rollback", "abort")


class StatementVerdict(Enum):
    """What came of a statement."""

    READ = auto()
    IRRELEVANT = auto()
    GAP = auto()
    ROLLED_BACK = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class _Savepoint:
    """Where a transaction or savepoint (by its `name`) begins, and how many statements are before it."""

    name: str
    point: Point
    before: int
    place: Location


def _name(token: Token) -> str:
    return token.name if token.is_name else ""


class Transactions:
    """The transaction that statements are in, if they are in one. `verdicts` has one for each statement so far.

    A refused statement aborts its transaction (unless psql's ON_ERROR_ROLLBACK is set): what follows is ignored up to
    the end, and the end undoes all of it, be it COMMIT.
    """

    def __init__(self, session: Session, verdicts: list[StatementVerdict]) -> None:
        self.session, self.verdicts = session, verdicts
        self._savepoints: list[_Savepoint] = []
        self._refusal: Gap | None = None

    @property
    def open(self) -> bool:
        return bool(self._savepoints)

    def refused(self, gap: Gap) -> None:
        """The statement at hand was refused, as `gap` says."""
        if self.open:
            self._refusal = gap

    def forgive(self) -> str | None:
        """Takes the refusal of the last statement for known to who sent it, if it was refused; the reason."""
        refusal, self._refusal = self._refusal, None
        if refusal is None:
            return None
        self.session.gaps.remove(refusal)
        self.verdicts[-1] = StatementVerdict.FAILED
        return refusal.why

    def see(self, cursor: Cursor) -> bool:
        """Begins, ends or takes back what the statement says; False for one that an aborted transaction ignores."""
        word = cursor.word
        if word in _END:
            if any(token.word == "to" for token in cursor.tokens[1:4]):
                self._roll_back(_name(cursor.tokens[-2]))
            else:
                self.end(roll_back=word in ("rollback", "abort"))
        elif self._refusal is not None:
            return False
        elif word == "begin" or (word == "start" and cursor.peek().word == "transaction"):
            if not self.open:
                self._begin("", cursor)
        elif word == "savepoint" and (self.open or self.session.whole):
            self._begin(_name(cursor.peek()), cursor)
        elif word == "release" and (at := self._named(_name(cursor.tokens[-2]))) is not None:
            del self._savepoints[at:]
        return True

    def end(self, *, roll_back: bool = False) -> None:
        """The transaction, if there is one, ends here."""
        if not self.open:
            return
        begin, refusal = self._savepoints[0], self._refusal
        if roll_back:
            self._undo(begin, StatementVerdict.ROLLED_BACK)
        elif refusal is not None:
            why = f"{refusal.why}; so the transaction begun in line {begin.place.line} changes nothing"
            self._undo(begin, StatementVerdict.FAILED)
            self.session.gaps.append(replace(refusal, why=why))
        self._savepoints, self._refusal = [], None

    def _begin(self, name: str, cursor: Cursor) -> None:
        point = _Savepoint(name, self.session.point(), len(self.verdicts), cursor.location())
        self._savepoints.append(point)

    def _roll_back(self, name: str) -> None:
        """ROLLBACK TO SAVEPOINT, which stays. That a statement was refused is said all the same."""
        at, refusal = self._named(name), self._refusal
        if at is None:
            return
        del self._savepoints[at + 1 :]
        self._undo(self._savepoints[at], StatementVerdict.ROLLED_BACK)
        if refusal is not None:
            self.session.gaps.append(refusal)
        self._refusal = None

    def _named(self, name: str) -> int | None:
        return next((at for at in reversed(range(len(self._savepoints))) if self._savepoints[at].name == name), None)

    def _undo(self, savepoint: _Savepoint, verdict: StatementVerdict) -> None:
        """Takes back what was done since `savepoint`, which is the `verdict` on those statements."""
        self.session.undo(savepoint.point)
        for at in range(savepoint.before + 1, len(self.verdicts)):
            if self.verdicts[at] is not StatementVerdict.GAP or self._refusal is None:
                self.verdicts[at] = verdict
