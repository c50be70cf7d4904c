"""The loops of a block, turn by turn where what they loop over is certain."""

from __future__ import annotations

from ..cursor import Cursor
from ..errors import UnreadableError
from ..outcomes import READ
from . import guards
from . import structure as plpgsql
from .calls import shaping
from .constants import UnknownValueError, Value, evaluate
from .forks import UNDECIDED, Forks, LeaveError, MayLeaveError
from .rows import rows_of


class Loops(Forks):
    """What follows loops, and the words that leave them."""

    def holds(self, condition: Cursor) -> bool | None:
        return guards.holds(condition, self.session, self.scope)

    def loop(self, part: Cursor, word: str) -> None:
        """A loop of which nobody knows how often it turns: that it is run once puts in doubt all that it does."""
        self.fork([plpgsql.loop_body(part)], f"what a {word.upper()} in a block does is not followed", loop=True)

    def for_(self, part: Cursor, word: str) -> None:
        """A loop, turn by turn, where what it loops over is certain."""
        loop = plpgsql.for_loop(part)
        if loop is None or shaping(loop.body, self.session) is None:
            self.scope.forget_named(part)
            self.loop(part, word)
            return
        outer = self.scope.copy()
        try:
            turns = self._turns(loop)
        except (UnknownValueError, UnreadableError):
            for name in loop.variables:
                self.scope.hide(name)
            self.loop(part, word)
        else:
            self._turn(loop, turns)
        for name in loop.variables:
            if not outer.declares(name):
                self.scope.drop(name)

    def _turn(self, loop: plpgsql.Loop, turns: list[dict[str, Value]]) -> None:
        in_doubt = False
        for values in turns:
            self.spend("turns", loop.body)
            for name, value in values.items():
                self.scope.set(name, value)
            try:
                loop.body.pos = 0
                if in_doubt:
                    self.fork([loop.body], UNDECIDED, loop=True)
                else:
                    self.statements(loop.body)
            except LeaveError as error:
                if error.word == "return":
                    raise
                in_doubt = in_doubt or isinstance(error, MayLeaveError)
                if error.word == "exit" and not isinstance(error, MayLeaveError):
                    break
        self.outcomes.append(READ)

    def _turns(self, loop: plpgsql.Loop) -> list[dict[str, Value]]:
        """The loop's variables in each turn. Raises UnknownValueError."""
        if loop.each:
            array = evaluate(loop.source, self.scope)
            if not isinstance(array, tuple) or any(isinstance(item, tuple) for item in array):
                raise UnknownValueError
            return [{loop.variables[0]: item} for item in array]
        loop.source.accept("reverse")
        rows = rows_of(loop.source, self.scope, self.session)
        if len(loop.variables) > 1:
            return [dict(zip(loop.variables, row.values(), strict=False)) for row in rows]
        if not all(rows):
            raise UnknownValueError
        name = loop.variables[0]
        if name in self.scope.records:
            return [{name: dict(row)} for row in rows]
        return [{name: next(iter(row.values()))} for row in rows]

    def leave(self, part: Cursor, word: str) -> None:
        """RETURN, and EXIT and CONTINUE with their WHEN."""
        part.advance()
        if word != "return":
            if part.at_name and not part.at("when"):
                raise UnreadableError("loops with labels are not followed", part.tokens[0])
            if part.accept("when"):
                holds = self.holds(part.part(part.pos, len(part.tokens) - 1))
                if holds is None:
                    raise MayLeaveError(word)
                if not holds:
                    return
        raise LeaveError(word)
