"""Statements that may or may not be run: every branch is followed, and that in which they differ is in doubt."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter

from ....frozen import dataclass
from ....sql import tokens_of
from ....sql.text import EmbeddedText, SourceText
from ..catalog import Catalog
from ..cursor import Cursor
from ..entries import WILD
from ..errors import RefusedError, UnparsedError, UnreadableError
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session
from . import syntax
from .calls import shaping
from .expressions import Variables
from .merge_catalogs import merge
from .partial_sql import candidates

#: How often a block is followed both ways, how many functions it calls, and how often its loops turn.
_MOST = {"branches": 300, "calls": 2_000, "turns": 20_000}
UNDECIDED = "whether it is run depends on a condition that only the database knows"


class LeaveError(Exception):
    """EXIT, CONTINUE or RETURN: `word` says which."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class MayLeaveError(LeaveError):
    """An EXIT, CONTINUE or RETURN that may or may not be reached: what follows it may not be run."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """Where statements lead: the catalog, None if they fail; the word by which they leave; whether all was read."""

    catalog: Catalog | None
    word: str
    followed: bool


class Branching(ABC):
    """What follows the statements of a block, where there is more than one branch.

    `outcomes` collects what came of the statements, `gaps` the places and reasons of those reported already.
    `open_branches` counts those being followed that may not be taken, `spent` what was done, so that there is an end.
    """

    def __init__(self, session: Session, outcomes: list[Outcome]) -> None:
        self.session, self.outcomes = session, outcomes
        self.variables = Variables(next(iter(session.path), "public"))
        self.gaps: set[tuple[int | None, int | None, str]] = set()
        self.open_branches = 0
        self.spent: Counter[str] = Counter()

    @abstractmethod
    def statements(self, cursor: Cursor) -> None:
        """Follows all statements at `cursor`."""

    @abstractmethod
    def sql(self, part: Cursor) -> None:
        """Reads one statement of SQL."""

    def gap(self, cursor: Cursor, error: UnreadableError) -> None:
        """Once for all turns of a loop."""
        place = cursor.location(error.token or cursor.tokens[0])
        if (place.line, place.column, error.why) not in self.gaps:
            self.gaps.add((place.line, place.column, error.why))
            self.session.gap_at(cursor, error)
            refused = isinstance(error, RefusedError) and not isinstance(error, UnparsedError)
            if not refused:
                self.session.broken.append(cursor)

    def spend(self, what: str, cursor: Cursor) -> None:
        """Counts what a block costs, with all that it calls. Raises UnreadableError if that is too much."""
        self.spent[what] += 1
        if self.spent[what] > _MOST[what]:
            raise UnreadableError("what it does is too much to follow", cursor.tokens[0])

    def follow_each(self, bodies: list[Cursor], why: str, *, one_of: bool = False, loop: bool = False) -> None:
        """Follows each of `bodies`, of which one is run, or none unless `one_of`, and nobody knows which.

        A body that fails, because what it drops is not there or what it makes is, is not the one. That in which the
        others differ is in doubt, and then this raises UnreadableError with `why`. `loop`: EXIT leaves the body alone.
        """
        first = next((token for body in bodies if (token := shaping(body, self.session)) is not None), None)
        leaving = [token for body in bodies for token in body.tokens if token.word in syntax.LEAVING]
        if first is None and not leaving:
            for body in bodies:
                self.variables.forget_named(body)
            self.outcomes.append(IRRELEVANT)
            return
        self.spend("branches", bodies[0])
        followed = [self._follow(body) for body in bodies]
        for body in bodies:
            self.variables.forget_named(body)
        catalogs = [branch.catalog for branch in followed if branch.catalog is not None]
        if one_of and catalogs:
            self.session.catalog.become(catalogs.pop(0))
        doubted = merge(self.session.catalog, catalogs)
        words = {branch.word for branch in followed if branch.catalog is not None} - (
            {"exit", "continue"} if loop else set()
        )
        left = next((word for word in ("return", "exit", "continue") if word in words), "")
        self.outcomes.append(IRRELEVANT if first is None else READ)
        error = UnreadableError(why, first)
        if doubted or not all(branch.followed for branch in followed):
            if not left:
                raise error
            self.gap(bodies[0], error)
        if left:
            raise MayLeaveError(left)

    def _follow(self, body: Cursor) -> _Branch:
        """Where `body` leads from here. Afterwards all is as it was before."""
        session, variables, reported = self.session, self.variables, self.gaps
        mark, path, gaps = session.catalog.journal.mark, session.path, len(session.gaps)
        self.variables, self.gaps, self.open_branches = variables.copy(), set(reported), self.open_branches + 1
        word, possible, followed = "", True, True
        try:
            body.pos = 0
            self.statements(body)
        except RefusedError:
            possible = False
        except UnreadableError:
            followed = False
        except LeaveError as error:
            word = error.word
        finally:
            reached = session.catalog.branch(mark)
            followed = followed and len(session.gaps) == gaps
            del session.gaps[gaps:]
            self.variables, self.gaps, self.open_branches, session.path = (
                variables,
                reported,
                self.open_branches - 1,
                path,
            )
        return _Branch(reached if possible else None, word, followed or not possible)

    def doubt(self, text: str, part: Cursor) -> None:
        """Puts in doubt what the SQL of an EXECUTE may change, of which only some words are known."""
        if text.lstrip().startswith(WILD):
            return
        session, place = self.session, part.location(part.tokens[0])
        mark, gaps = session.catalog.journal.mark, len(session.gaps)
        for piece in _pieces(text):
            for statement in candidates(piece, session):
                source = EmbeddedText(statement, place)
                try:
                    self.sql(Cursor(source, tokens_of(statement), 0, part.qualify))
                except UnreadableError:
                    continue
        del session.gaps[gaps:]
        merge(session.catalog, [session.catalog.branch(mark)])


def _pieces(text: str) -> list[str]:
    """The statements of a text."""
    whole = Cursor(SourceText("", text), tokens_of(text))
    return [piece.cut(0, len(piece.tokens) - 1) for piece in whole.parts(0, len(whole.tokens) - 1, ";")]
