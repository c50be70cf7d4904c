"""DO blocks: the DDL in them that is only guarded against being done twice is read; the rest is a gap if it may matter.

The block's PL/pgSQL is followed as far as its outcome is certain: nested blocks, IF whose condition asks the catalog
(`guards`), EXCEPTION WHEN duplicate_object, EXECUTE of a constant. Loops, variables and computed SQL are not followed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ..cursor import Cursor
from ..errors import DuplicateError, ForeignError, MissingError, UnreadableError
from ..outcomes import IRRELEVANT, READ, Outcome
from ..scanner import tokens_of
from ..session import Session
from ..text import EmbeddedText
from ..tokens import DOLLAR, STRING, string
from . import guards

Run = Callable[[Cursor, Session], Outcome]

#: First words of PL/pgSQL statements that change no schema.
_HARMLESS = frozenset(
    """
    null raise perform return assert exit continue get insert update delete select grant revoke notify truncate lock
    refresh call open fetch close move commit rollback analyze with merge copy comment reset set
    """.split()
)
_SHAPING = frozenset({"create", "alter", "drop", "execute"})
#: How deep blocks in blocks are followed.
_DEEPEST = 20
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
    _Block(session, run, outcomes).block(inner)
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


class _Block:
    """Follows one block. `outcomes` collects what came of the statements in it."""

    def __init__(self, session: Session, run: Run, outcomes: list[Outcome]) -> None:
        self.session, self.run, self.outcomes = session, run, outcomes
        self.depth = 0

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
            cursor.until("begin")
        cursor.expect("begin")
        start = cursor.pos
        end, exceptions = _block_end(cursor)
        conditions = _conditions(cursor, exceptions, end) if exceptions is not None else frozenset()
        body = cursor.part(start, exceptions if exceptions is not None else end)
        if not conditions:
            self.statements(body)
            return
        saved = self.session.catalog.copy() if _count(body) > 1 else None
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

    def _undo(self, saved: object) -> None:
        """An exception undoes its whole block."""
        if saved is not None:
            self.session.catalog.restore(saved)  # type: ignore[arg-type]  # a Catalog, from copy()
        self.outcomes.append(READ)

    def statements(self, cursor: Cursor) -> None:
        while not cursor.done:
            self.statement(cursor)

    def statement(self, cursor: Cursor) -> None:
        word = cursor.word
        if word == ";":
            cursor.advance()
        elif word in ("begin", "declare", "<<"):
            start = cursor.pos
            _skip_block(cursor)
            self.block(cursor.part(start, cursor.pos))
            cursor.accept(";")
        elif word == "if":
            self._if(cursor)
        elif word in ("for", "foreach", "while", "loop", "case"):
            self._uncertain(_compound(cursor, word), f"what a {word.upper()} in a block does is not followed")
        elif word == "execute":
            self._execute(_simple(cursor))
        else:
            self._sql(_simple(cursor))

    def _sql(self, part: Cursor) -> None:
        """A SQL statement, or an assignment."""
        if part.word in _HARMLESS and part.word not in ("comment", "set"):
            self.outcomes.append(IRRELEVANT)
            return
        if part.peek().word in (":=", "="):
            self.outcomes.append(IRRELEVANT)
            return
        try:
            self.outcomes.append(self.run(part, self.session))
        except ForeignError as error:
            self.session.foreign[error.schema] += 1

    def _execute(self, part: Cursor) -> None:
        """EXECUTE of a constant is that statement; of anything else it may be any."""
        part.advance()
        if part.at_string and part.peek().kind == "end":
            inner = inside(part, part.token.kind == DOLLAR, part.pos)
            for piece in inner.parts(inner.pos, len(inner.tokens) - 1, ";"):
                if not piece.done:
                    self._sql(piece)
            return
        if text := _constant_start(part):
            first = text.split(None, 1)[0].lower() if text.split() else ""
            if first in _HARMLESS:
                self.outcomes.append(IRRELEVANT)
                return
        raise UnreadableError("the SQL that this EXECUTE runs is put together in the block", part.tokens[0])

    def _if(self, cursor: Cursor) -> None:
        """The branch that is taken, where the condition is certain."""
        branches, certain = _branches(cursor), True
        for condition, body in branches:
            holds = True if condition is None else guards.holds(condition, self.session)
            if holds is None:
                certain = False
                break
            if holds:
                self.statements(body)
                return
        if certain:
            self.outcomes.append(READ)
            return
        for _, body in branches:
            self._uncertain(body, "whether it is run depends on a condition that only the database knows")

    def _uncertain(self, part: Cursor, why: str) -> None:
        """A gap if there is anything in `part` that may shape a schema."""
        for token in part.tokens:
            if token.word in _SHAPING:
                raise UnreadableError(why, token)
        self.outcomes.append(IRRELEVANT)


def _simple(cursor: Cursor) -> Cursor:
    """The statement up to its semicolon."""
    start, end = cursor.skip_until(";")
    cursor.accept(";")
    return cursor.part(start, end)


def _constant_start(part: Cursor) -> str:
    """The constant with which computed SQL begins: `'…' || x`, `format('…', x)`."""
    at = part.pos
    if part.at("format", "("):
        at += 2
    token = part.tokens[min(at, len(part.tokens) - 1)]
    return string(token, part.source.text) if token.kind in (STRING, DOLLAR) else ""


def _depths(cursor: Cursor) -> int:
    """What the word at `cursor` does to the nesting of PL/pgSQL's own blocks: +1, -1 or 0."""
    word, before = cursor.word, cursor.tokens[cursor.pos - 1].word if cursor.pos else ""
    if word == "end":
        if cursor.peek().word in ("if", "loop", "case"):
            cursor.advance()
        return -1
    if word in ("begin", "case", "loop"):
        return 1
    return int(word == "if" and before in ("", ";", "then", "else", "begin", "loop", "declare", "<<", ">>"))


def _block_end(cursor: Cursor) -> tuple[int, int | None]:
    """From behind BEGIN: where its END is, and its EXCEPTION if there is one."""
    depth, exception = 0, None
    while not cursor.done:
        if cursor.word == "exception" and not depth and cursor.peek().word == "when":
            exception = cursor.pos
        if not depth and cursor.word == "end" and cursor.peek().word not in ("if", "loop", "case"):
            return cursor.pos, exception
        depth += _depths(cursor)
        cursor.advance()
    raise UnreadableError("the block's END is missing", cursor.tokens[0])


def _skip_block(cursor: Cursor) -> None:
    cursor.skip_until("begin")
    cursor.expect("begin")
    end, _ = _block_end(cursor)
    cursor.pos = end
    cursor.skip_until(";")


def _compound(cursor: Cursor, word: str) -> Cursor:
    """A loop or CASE statement, to behind its END."""
    start, depth = cursor.pos, 0
    while not cursor.done:
        change = _depths(cursor)
        depth += change
        cursor.advance()
        if change < 0 and not depth:
            break
    part = cursor.part(start, cursor.pos)
    cursor.skip_until(";")
    cursor.accept(";")
    return part


def _conditions(cursor: Cursor, start: int, end: int) -> frozenset[str]:
    """The conditions of all WHEN clauses of an EXCEPTION part whose statements do nothing to the schema."""
    found: set[str] = set()
    tokens = cursor.tokens[start:end]
    if any(token.word in _SHAPING for token in tokens):
        return frozenset()
    for token, behind in pairwise(tokens):
        if token.word in ("when", "or"):
            found.add(behind.word)
    return frozenset(found)


def _count(body: Cursor) -> int:
    """How many statements of a block may shape a schema."""
    return sum(token.word in _SHAPING for token in body.tokens)


def _branches(cursor: Cursor) -> list[tuple[Cursor | None, Cursor]]:
    """IF … THEN … ELSIF … THEN … ELSE … END IF: conditions (None for ELSE) and bodies."""
    cursor.expect("if")
    found: list[tuple[Cursor | None, Cursor]] = []
    condition: Cursor | None = cursor.part(*cursor.skip_until("then"))
    cursor.expect("then")
    start, depth = cursor.pos, 0
    while True:
        if cursor.done:
            raise UnreadableError("the END IF is missing", cursor.tokens[0])
        word = cursor.word
        if not depth and word in ("elsif", "elseif", "else", "end"):
            found.append((condition, cursor.part(start, cursor.pos)))
            cursor.advance()
            if word == "end":
                cursor.accept("if")
                cursor.accept(";")
                return found
            condition = None
            if word != "else":
                condition = cursor.part(*cursor.skip_until("then"))
                cursor.expect("then")
            start = cursor.pos
            continue
        depth += _depths(cursor)
        cursor.advance()
