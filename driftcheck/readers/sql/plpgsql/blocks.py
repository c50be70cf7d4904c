"""DO blocks: the DDL in them that is only guarded against being done twice is read; the rest is a gap if it may matter.

The block's PL/pgSQL is followed as far as its outcome is certain: nested blocks, IF whose condition asks the catalog,
EXCEPTION WHEN duplicate_object, variables, EXECUTE of what is put together of constants, loops over constants. Of what
may or may not be run, every branch is followed, and that in which they differ is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

from ....sql import tokens_of
from ....sql.text import EmbeddedText
from ....sql.tokens import DOLLAR, STRING
from ..cursor import Cursor
from ..entries import WILD
from ..errors import DuplicateError, ForeignError, MissingError, RefusedError, UnmadeError, UnreadableError
from ..outcome import IRRELEVANT, READ, Outcome
from ..session import Session
from . import syntax
from .branching import UNDECIDED, LeaveError, MayLeaveError
from .calls import Call, UnfollowedError, calls_of
from .expressions import UnknownValueError, evaluate
from .loops import Loops
from .merge_catalogs import merge
from .partial_sql import guess
from .select_into import select_into

Run = Callable[[Cursor, Session], Outcome]

#: First words of PL/pgSQL statements that change no schema.
_HARMLESS = frozenset(
    """
    null raise perform assert get insert update delete select grant revoke notify truncate lock
    refresh call open fetch close move commit rollback analyze with merge copy comment reset set
    """.split()
)
#: How deep blocks in blocks are followed.
_DEEPEST = 20
_OF_NAMES = MissingError.conditions | DuplicateError.conditions


def do(cursor: Cursor, session: Session, run: Run) -> Outcome:
    """What follows DO."""
    language = "plpgsql"
    body = None
    while not cursor.done:
        if cursor.accept("language"):
            language = cursor.string() if cursor.at_string else cursor.identifier()
        else:
            body = cursor.advance()
    if body is None or body.kind not in (STRING, DOLLAR):
        raise cursor.unexpected("a block was expected")
    if language.lower() != "plpgsql":
        raise UnreadableError(f"a block in {language} is not run")
    inner = inside(cursor, body.kind == DOLLAR, cursor.tokens.index(body))
    outcomes: list[Outcome] = []
    try:
        _Block(session, run, outcomes).whole(inner)
    except UnreadableError as error:
        if body.kind != DOLLAR:
            error.token = body
        raise
    return READ if any(not outcome.irrelevant for outcome in outcomes) else IRRELEVANT


def call(cursor: Cursor, session: Session, run: Run) -> Outcome:
    """A SELECT or CALL: what the functions that it calls do to the schema."""
    outcomes: list[Outcome] = []
    _Block(session, run, outcomes).calls(cursor)
    return READ if any(not outcome.irrelevant for outcome in outcomes) else IRRELEVANT


def inside(cursor: Cursor, dollar: bool, position: int) -> Cursor:
    """A cursor over the SQL inside a string constant, with places in the file where they can be had."""
    token = cursor.tokens[position]
    if not dollar:
        source = EmbeddedText(token.value, cursor.location(token))
        return Cursor(source, tokens_of(source.text), 0, cursor.qualify)
    return Cursor(cursor.source, tokens_of(token.source, *token.inner), 0, cursor.qualify)


def _catches(conditions: frozenset[str], error: RefusedError) -> bool:
    """Whether an EXCEPTION clause for `conditions` catches `error`, which may be of a kind that only they name."""
    if isinstance(error, MissingError | DuplicateError):
        return bool(conditions & error.conditions)
    return "others" in conditions or not conditions <= _OF_NAMES


class _Block(Loops):
    """Follows one block."""

    def __init__(self, session: Session, run: Run, outcomes: list[Outcome]) -> None:
        super().__init__(session, outcomes)
        self.run = run
        self.depth = 0

    def whole(self, cursor: Cursor) -> None:
        try:
            self.block(cursor)
        except LeaveError:
            self.outcomes.append(IRRELEVANT)

    def block(self, cursor: Cursor) -> None:
        """`[<<label>>] [DECLARE …] BEGIN … [EXCEPTION …] END`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnreadableError("it is nested too deeply", cursor.tokens[0])
        self._block(cursor)
        self.depth -= 1

    def _block(self, cursor: Cursor) -> None:
        if cursor.accept("<<"):
            cursor.until("begin", "declare")
        if cursor.accept("declare"):
            start, end = cursor.skip_until("begin")
            for declaration in cursor.part(start, end).parts(0, end - start, ";"):
                self._declare(declaration)
        cursor.expect("begin")
        start = cursor.pos
        end, exceptions = syntax.block_end(cursor)
        conditions = syntax.conditions(cursor, exceptions, end) if exceptions is not None else frozenset()
        body = cursor.part(start, exceptions if exceptions is not None else end)
        if not conditions:
            self.statements(body)
            return
        mark = self.session.catalog.journal.mark
        try:
            self.statements(body)
        except RefusedError as error:
            if not _catches(conditions, error):
                raise
            self.session.catalog.journal.undo(mark)
            self.outcomes.append(READ)

    def _declare(self, part: Cursor) -> None:
        """`name [CONSTANT] type [NOT NULL] [{:= | = | DEFAULT} value]`."""
        if not part.at_name:
            return
        name = part.identifier()
        self.variables.set(name, None)
        self.variables.records.discard(name)
        if part.at("record") or any(token.word == "%" for token in part.tokens):
            self.variables.records.add(name)
        part.skip_until(":=", "=", "default")
        if part.accept_any(":=", "=", "default"):
            self._assign(name, part.part(part.pos, len(part.tokens) - 1))

    def _assign(self, name: str, part: Cursor) -> None:
        try:
            self.variables.set(name, evaluate(part, self.variables))
        except UnknownValueError:
            self.variables.hide(name)
            part.pos = 0
            text = guess(part, self.variables)
            if text != WILD:
                self.variables.guessed[name] = text

    def calls(self, part: Cursor) -> None:
        """Follows the functions that a statement calls, as far as they change the schema."""
        try:
            calls = calls_of(part, self.session, self.variables)
        except UnfollowedError as error:
            for found in error.calls:
                self._perhaps_called(found, part)
            raise
        for found in calls:
            self._called(found, part)

    def _perhaps_called(self, found: Call, part: Cursor) -> None:
        """What a call that may come to anything would change is in doubt."""
        session = self.session
        mark, gaps = session.catalog.journal.mark, len(session.gaps)
        with suppress(UnreadableError, LeaveError):
            self._called(found, part)
        del session.gaps[gaps:]
        merge(session.catalog, [session.catalog.branch(mark)])

    def _called(self, found: Call, part: Cursor) -> None:
        function, session = found.function, self.session
        if self.depth > _DEEPEST:
            raise UnreadableError("it is nested too deeply", part.tokens[0])
        inner = _Block(session, self.run, self.outcomes)
        self.spend("calls", part)
        inner.variables, inner.gaps, inner.open_branches, inner.depth = (
            found.variables,
            self.gaps,
            self.open_branches,
            self.depth + 1,
        )
        inner.spent = self.spent
        path, before = session.path, len(session.gaps)
        for name, value in function.settings:
            if name == "search_path":
                session.path = tuple(item.strip().strip('"') for item in value.split(",") if item.strip() != "''")
        source = EmbeddedText(function.body, part.location(part.tokens[0]))
        body = Cursor(source, tokens_of(function.body), 0, session.qualify)
        try:
            if function.language == "sql":
                inner._text(body)
            else:
                inner.whole(body)
        except UnreadableError as error:
            error.token = part.tokens[0]
            raise
        finally:
            session.path = path
            added = session.gaps[before:]
            session.gaps[before:] = [replace(gap, why=f"it calls {function.name}: {gap.why}") for gap in added]

    def statements(self, cursor: Cursor) -> None:
        """All statements; one that can't be read is a gap, and those behind it are read all the same."""
        while not cursor.done:
            before = cursor.pos
            try:
                self.statement(cursor)
            except RefusedError:
                raise
            except UnreadableError as error:
                if cursor.pos == before:
                    raise
                self.gap(cursor, error)
            except MayLeaveError:
                rest = cursor.part(cursor.pos, len(cursor.tokens) - 1)
                try:
                    self.follow_each([rest], UNDECIDED)
                except UnreadableError as error:
                    self.gap(cursor, error)
                raise

    def statement(self, cursor: Cursor) -> None:
        word = cursor.word
        if word == ";":
            cursor.advance()
        elif word in ("begin", "declare"):
            start = cursor.pos
            syntax.skip_block(cursor)
            self.block(cursor.part(start, cursor.pos))
            cursor.accept(";")
        elif word == "<<":
            cursor.advance()
            cursor.identifier()
            cursor.expect(">>")
        elif word == "if":
            self._if(cursor)
        elif word in ("for", "foreach"):
            self.for_(syntax.compound(cursor), word)
        elif word in ("while", "loop"):
            self.loop(syntax.compound(cursor), word)
        elif word == "case":
            self._case(syntax.compound(cursor))
        elif word in syntax.LEAVING:
            self.leave(syntax.simple(cursor), word)
        elif word == "execute":
            self._execute(syntax.simple(cursor))
        else:
            self.sql(syntax.simple(cursor))

    def sql(self, part: Cursor) -> None:
        """A SQL statement, or an assignment."""
        if part.peek().word in (":=", "=") and part.at_name:
            self._assign(part.identifier(), part.part(2, len(part.tokens) - 1))
            self.outcomes.append(IRRELEVANT)
            return
        if self.open_branches and part.at("raise", "exception"):
            raise MissingError("it fails here", part.token)
        if part.word in _HARMLESS and part.word not in ("comment", "set"):
            if part.word == "select" and select_into(part, self.variables, self.session):
                self.outcomes.append(IRRELEVANT)
                return
            if part.word in ("get", "fetch", "call") or any(token.word == "into" for token in part.tokens):
                self.variables.forget_named(part)
            if part.word in ("perform", "call", "select"):
                self.calls(part)
            self.outcomes.append(IRRELEVANT)
            return
        if part.peek().word == "[":
            self.variables.forget_named(part)
            self.outcomes.append(IRRELEVANT)
            return
        try:
            self.outcomes.append(self.run(part, self.session))
        except ForeignError as error:
            self.session.foreign[error.schema] += 1
        except UnmadeError as error:
            self.session.skipped[error.name] += 1

    def _execute(self, part: Cursor) -> None:
        """EXECUTE of a string whose value is certain is that statement; of anything else it may be several."""
        part.advance()
        if part.at_string and part.peek().kind == "end":
            self._constant(part)
            return
        start, behind = part.skip_until("into", "using")
        self.variables.forget_named(part.part(behind, len(part.tokens) - 1))
        text = guess(part.part(start, behind), self.variables)
        if WILD not in text:
            source = EmbeddedText(text, part.location(part.tokens[0]))
            try:
                self._text(Cursor(source, tokens_of(text), 0, part.qualify))
            except UnreadableError as error:
                error.token = part.tokens[0]
                raise
            return
        first = text.split(None, 1)[:1]
        if first and first[0].lower() in _HARMLESS - {"comment", "set"}:
            self.outcomes.append(IRRELEVANT)
            return
        self.doubt(text, part)
        raise UnreadableError("the SQL that this EXECUTE runs is put together in the block", part.tokens[0])

    def _constant(self, part: Cursor) -> None:
        dollar = part.token.kind == DOLLAR
        try:
            self._text(inside(part, dollar, part.pos))
        except UnreadableError as error:
            if not dollar:
                error.token = part.tokens[0]
            raise

    def _text(self, inner: Cursor) -> None:
        for piece in inner.parts(inner.pos, len(inner.tokens) - 1, ";"):
            if not piece.done:
                self.sql(piece)

    def _if(self, cursor: Cursor) -> None:
        """The branch that is taken, where the condition is certain."""
        branches = syntax.branches(cursor)
        answers = (True if condition is None else self.holds(condition) for condition, _ in branches)
        self._branch([body for _, body in branches], answers, one_of=branches[-1][0] is None)

    def _branch(self, bodies: list[Cursor], answers: Iterable[bool | None], *, one_of: bool) -> None:
        """Follows the first body whose answer is true; from an unknown answer on, it may be any, or none."""
        for position, holds in enumerate(answers):
            if holds is None:
                self.follow_each(bodies[position:], UNDECIDED, one_of=one_of)
                return
            if holds:
                self.statements(bodies[position])
                return
        self.outcomes.append(READ)

    def _case(self, part: Cursor) -> None:
        """A CASE of which no branch is taken fails."""
        operand, branches = syntax.cases(part)
        answers = (True if condition is None else self._chosen(operand, condition) for condition, _ in branches)
        self._branch([body for _, body in branches], answers, one_of=True)

    def _chosen(self, operand: Cursor | None, condition: Cursor) -> bool | None:
        if operand is None:
            return self.holds(condition)
        try:
            subject = evaluate(operand.part(0, len(operand.tokens) - 1), self.variables)
            values = [evaluate(item, self.variables) for item in condition.parts(0, len(condition.tokens) - 1)]
        except UnknownValueError:
            return None
        return subject is not None and subject in values
