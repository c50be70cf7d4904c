"""DO blocks: the DDL in them that is only guarded against being done twice is read; the rest is a gap if it may matter.

The block's PL/pgSQL is followed as far as its outcome is certain: nested blocks, IF whose condition asks the catalog
(`guards`), EXCEPTION WHEN duplicate_object, variables and EXECUTE of what is put together of constants (`constants`),
loops over constants or over what the catalog answers for (`rows`).
"""

from __future__ import annotations

from collections.abc import Callable

from ..cursor import Cursor
from ..errors import DuplicateError, ForeignError, MissingError, UnreadableError
from ..outcomes import IRRELEVANT, READ, Outcome
from ..scanner import tokens_of
from ..session import Session
from ..text import EmbeddedText
from ..tokens import DOLLAR, STRING, string
from . import guards, plpgsql
from .calls import refuse_schema_changes
from .constants import Scope, UnknownValueError, Value, evaluate
from .doubt import doubt
from .rows import rows_of

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
#: How many statements are followed in the loops of one block.
_MOST_TURNS = 20_000
_DUPLICATE = frozenset(
    """
    duplicate_object duplicate_table duplicate_column duplicate_schema duplicate_function unique_violation others
    duplicate_alias invalid_table_definition
    """.split()
)
_UNDEFINED = frozenset(
    "undefined_object undefined_table undefined_column undefined_function invalid_schema_name others".split()
)


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


def inside(cursor: Cursor, dollar: bool, position: int) -> Cursor:
    """A cursor over the SQL inside a string constant, with places in the file where they can be had."""
    token = cursor.tokens[position]
    text = cursor.source.text
    if not dollar:
        source = EmbeddedText(string(token, text), cursor.location(token))
        return Cursor(source, tokens_of(source.text), 0, cursor.qualify)
    tag = text.index("$", token.start + 1) + 1 - token.start
    return Cursor(cursor.source, tokens_of(text, token.start + tag, token.end - tag), 0, cursor.qualify)


class _LeaveError(Exception):
    """EXIT, CONTINUE or RETURN: `word` says which."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class _Block:
    """Follows one block. `outcomes` collects what came of the statements in it."""

    def __init__(self, session: Session, run: Run, outcomes: list[Outcome]) -> None:
        self.session, self.run, self.outcomes = session, run, outcomes
        self.scope = Scope(next(iter(session.path), "public"))
        self.depth = self.turns = 0
        self.gaps: set[tuple[int | None, int | None, str]] = set()

    def whole(self, cursor: Cursor) -> None:
        try:
            self.block(cursor)
        except _LeaveError:
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
        end, exceptions = plpgsql.block_end(cursor)
        conditions = plpgsql.conditions(cursor, exceptions, end) if exceptions is not None else frozenset()
        body = cursor.part(start, exceptions if exceptions is not None else end)
        if not conditions:
            self.statements(body)
            return
        saved = self.session.catalog.copy() if plpgsql.count(body) > 1 else None
        try:
            self.statements(body)
        except DuplicateError:
            if not conditions & _DUPLICATE:
                raise
            self._undo(saved)
        except MissingError:
            if not conditions & _UNDEFINED:
                raise
            self._undo(saved)

    def _declare(self, part: Cursor) -> None:
        """`name [CONSTANT] type [NOT NULL] [{:= | = | DEFAULT} value]`."""
        if not part.at_name:
            return
        name = part.identifier()
        self.scope.set(name, None)
        self.scope.records.discard(name)
        if part.at("record") or any(token.word == "%" for token in part.tokens):
            self.scope.records.add(name)
        part.skip_until(":=", "=", "default")
        if part.accept_any(":=", "=", "default"):
            self._assign(name, part.part(part.pos, len(part.tokens) - 1))

    def _assign(self, name: str, part: Cursor) -> None:
        try:
            self.scope.set(name, evaluate(part, self.scope))
        except UnknownValueError:
            self.scope.set(name, None)
            self.scope.forget(name)

    def _undo(self, saved: object) -> None:
        """An exception undoes its whole block."""
        if saved is not None:
            self.session.catalog.restore(saved)  # type: ignore[arg-type]  # a Catalog, from copy()
        self.outcomes.append(READ)

    def statements(self, cursor: Cursor) -> None:
        """All statements; one that can't be read is a gap, and those behind it are read all the same."""
        while not cursor.done:
            before = cursor.pos
            try:
                self.statement(cursor)
            except (DuplicateError, MissingError):
                raise
            except UnreadableError as error:
                if cursor.pos == before:
                    raise
                self._gap(cursor, error)

    def _gap(self, cursor: Cursor, error: UnreadableError) -> None:
        """Once for all turns of a loop."""
        place = cursor.location(error.token or cursor.tokens[0])
        if (place.line, place.column, error.why) not in self.gaps:
            self.gaps.add((place.line, place.column, error.why))
            self.session.gap_at(cursor, error)

    def statement(self, cursor: Cursor) -> None:
        word = cursor.word
        if word == ";":
            cursor.advance()
        elif word in ("begin", "declare"):
            start = cursor.pos
            plpgsql.skip_block(cursor)
            self.block(cursor.part(start, cursor.pos))
            cursor.accept(";")
        elif word == "<<":
            cursor.advance()
            cursor.identifier()
            cursor.expect(">>")
        elif word == "if":
            self._if(cursor)
        elif word in ("for", "foreach"):
            self._for(plpgsql.compound(cursor), word)
        elif word in ("while", "loop", "case"):
            self._uncertain(plpgsql.compound(cursor), f"what a {word.upper()} in a block does is not followed")
        elif word in plpgsql.LEAVING:
            self._leave(plpgsql.simple(cursor), word)
        elif word == "execute":
            self._execute(plpgsql.simple(cursor))
        else:
            self._sql(plpgsql.simple(cursor))

    def _sql(self, part: Cursor) -> None:
        """A SQL statement, or an assignment."""
        if part.peek().word in (":=", "=") and part.at_name:
            self._assign(part.identifier(), part.part(2, len(part.tokens) - 1))
            self.outcomes.append(IRRELEVANT)
            return
        if part.word in _HARMLESS and part.word not in ("comment", "set"):
            if part.word in ("get", "fetch", "call") or any(token.word == "into" for token in part.tokens):
                self.scope.forget_named(part)
            if part.word in ("perform", "call", "select"):
                refuse_schema_changes(part, self.session)
            self.outcomes.append(IRRELEVANT)
            return
        if part.peek().word == "[":
            self.scope.forget_named(part)
            self.outcomes.append(IRRELEVANT)
            return
        try:
            self.outcomes.append(self.run(part, self.session))
        except ForeignError as error:
            self.session.foreign[error.schema] += 1

    def _execute(self, part: Cursor) -> None:
        """EXECUTE of a string whose value is certain is that statement; of anything else it may be any."""
        start, end = part.pos + 1, len(part.tokens) - 1
        part.advance()
        if part.at_string and part.peek().kind == "end":
            self._constant(part)
            return
        _, behind = part.skip_until("into", "using")
        self.scope.forget_named(part.part(behind, end))
        try:
            text = evaluate(part.part(start, behind), self.scope)
        except UnknownValueError:
            text = None
        if isinstance(text, str):
            source = EmbeddedText(text, part.location(part.tokens[0]))
            try:
                self._text(Cursor(source, tokens_of(text), 0, part.qualify))
            except UnreadableError as error:
                error.token = part.tokens[0]
                raise
            return
        first = _constant_start(part, start).split(None, 1)[:1]
        if first and first[0].lower() in _HARMLESS - {"comment", "set"}:
            self.outcomes.append(IRRELEVANT)
            return
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
                self._sql(piece)

    def _if(self, cursor: Cursor) -> None:
        """The branch that is taken, where the condition is certain."""
        branches, certain = plpgsql.branches(cursor), True
        for condition, body in branches:
            holds = True if condition is None else self._holds(condition)
            if holds is None:
                certain = False
                break
            if holds:
                self.statements(body)
                return
        if certain:
            self.outcomes.append(READ)
            return
        if any(token.word in plpgsql.LEAVING for _, body in branches for token in body.tokens):
            raise UnreadableError("whether the block ends here depends on what only the database knows")
        for _, body in branches:
            doubt(body, self.session)
        for _, body in branches:
            self._uncertain(body, "whether it is run depends on a condition that only the database knows")

    def _holds(self, condition: Cursor) -> bool | None:
        return guards.holds(condition, self.session, self.scope)

    def _for(self, part: Cursor, word: str) -> None:
        """A loop, turn by turn, where what it loops over is certain."""
        why = f"what a {word.upper()} in a block does is not followed"
        loop = plpgsql.for_loop(part)
        if loop is None or all(token.word not in plpgsql.SHAPING for token in loop.body.tokens):
            self._uncertain(part, why)
            return
        try:
            turns = self._turns(loop)
        except (UnknownValueError, UnreadableError):
            self._uncertain(part, why)
            return
        outer = self.scope.copy()
        for values in turns:
            self.turns += 1
            if self.turns > _MOST_TURNS:
                raise UnreadableError("its loops are too long", part.tokens[0])
            for name, value in values.items():
                self.scope.set(name, value)
            try:
                loop.body.pos = 0
                self.statements(loop.body)
            except _LeaveError as error:
                if error.word == "return":
                    raise
                if error.word == "exit":
                    break
        for name in loop.variables:
            if not outer.declares(name):
                self.scope.known.pop(name, None)
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
        name = loop.variables[0]
        if name in self.scope.records:
            return [{name: dict(row)} for row in rows]
        return [{name: next(iter(row.values()))} for row in rows]

    def _leave(self, part: Cursor, word: str) -> None:
        """RETURN, and EXIT and CONTINUE with their WHEN."""
        part.advance()
        if word != "return":
            if part.at_name and not part.at("when"):
                raise UnreadableError("loops with labels are not followed", part.tokens[0])
            if part.accept("when"):
                holds = self._holds(part.part(part.pos, len(part.tokens) - 1))
                if holds is None:
                    raise UnreadableError("when the loop ends depends on what only the database knows", part.tokens[0])
                if not holds:
                    return
        raise _LeaveError(word)

    def _uncertain(self, part: Cursor, why: str) -> None:
        """A gap if there is anything in `part` that may shape a schema."""
        for token in part.tokens:
            if token.word in plpgsql.SHAPING:
                raise UnreadableError(why, token)
        self.scope.forget_named(part)
        self.outcomes.append(IRRELEVANT)


def _constant_start(part: Cursor, at: int) -> str:
    """The constant with which computed SQL begins: `'…' || x`, `format('…', x)`."""
    part.pos = at
    if part.at("format", "("):
        at += 2
    token = part.tokens[min(at, len(part.tokens) - 1)]
    return string(token, part.source.text) if token.kind in (STRING, DOLLAR) else ""
