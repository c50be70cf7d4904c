"""The loops of a block, turn by turn where what they loop over is certain."""

from __future__ import annotations

from ..cursor import Cursor
from ..errors import UnreadableError
from ..outcome import READ
from . import guards, syntax
from .branching import UNDECIDED, Branching, LeaveError, MayLeaveError
from .calls import shaping
from .expressions import UnknownValueError, Value, evaluate
from .rows import Result, possible_rows_of, rows_of


class Loops(Branching):
    """What follows loops, and the words that leave them."""

    def holds(self, condition: Cursor) -> bool | None:
        return guards.holds(condition, self.session, self.variables)

    def loop(self, part: Cursor, word: str) -> None:
        """A loop of which nobody knows how often it turns: that it is run once puts in doubt all that it does."""
        self.follow_each([syntax.loop_body(part)], f"what a {word.upper()} in a block does is not followed", loop=True)

    def for_(self, part: Cursor, word: str) -> None:
        """A loop, turn by turn, where what it loops over is certain."""
        loop = syntax.for_loop(part)
        if loop is None or shaping(loop.body, self.session) is None:
            self.variables.forget_named(part)
            self.loop(part, word)
            return
        outer = self.variables.copy()
        try:
            turns = self._turns(loop)
        except (UnknownValueError, UnreadableError):
            self._perhaps(loop, part, word)
        else:
            self._turn(loop, turns)
        for name in loop.targets:
            if not outer.declares(name):
                self.variables.drop(name)

    def _perhaps(self, loop: syntax.Loop, part: Cursor, word: str) -> None:
        """A loop over rows that are not known: each that may be among them is a turn that may be taken."""
        try:
            loop.source.pos = 0
            rows = self._by_target(loop, possible_rows_of(loop.source, self.variables, self.session))
        except (UnknownValueError, UnreadableError):
            for name in loop.targets:
                self.variables.hide(name)
            self.loop(part, word)
            return
        why = f"what a {word.upper()} in a block does is not followed"
        error: UnreadableError | None = None
        for values in rows:
            self.spend("turns", loop.body)
            for name, value in values.items():
                self.variables.set(name, value)
            try:
                self.follow_each([loop.body], why, loop=True)
            except UnreadableError as found:
                error = found
        if error is not None:
            raise error

    def _turn(self, loop: syntax.Loop, turns: list[dict[str, Value]]) -> None:
        in_doubt = False
        for values in turns:
            self.spend("turns", loop.body)
            for name, value in values.items():
                self.variables.set(name, value)
            try:
                loop.body.pos = 0
                if in_doubt:
                    self.follow_each([loop.body], UNDECIDED, loop=True)
                else:
                    self.statements(loop.body)
            except LeaveError as error:
                if error.word == "return":
                    raise
                in_doubt = in_doubt or isinstance(error, MayLeaveError)
                if error.word == "exit" and not isinstance(error, MayLeaveError):
                    break
        self.outcomes.append(READ)

    def _turns(self, loop: syntax.Loop) -> list[dict[str, Value]]:
        """The loop's variables in each turn. Raises UnknownValueError."""
        if loop.each:
            array = evaluate(loop.source, self.variables)
            if not isinstance(array, tuple) or any(isinstance(item, tuple) for item in array):
                raise UnknownValueError
            return [{loop.targets[0]: item} for item in array]
        loop.source.accept("reverse")
        return self._by_target(loop, rows_of(loop.source, self.variables, self.session))

    def _by_target(self, loop: syntax.Loop, rows: list[Result]) -> list[dict[str, Value]]:
        """The loop's variables for each row. Raises UnknownValueError."""
        if len(loop.targets) > 1:
            return [dict(zip(loop.targets, row.values(), strict=False)) for row in rows]
        if not all(rows):
            raise UnknownValueError
        name = loop.targets[0]
        if name in self.variables.records:
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
