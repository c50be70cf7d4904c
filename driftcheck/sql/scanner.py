"""A SQL file cut into statements, as psql cuts it, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..budget import Budget
from ..frozen import dataclass
from ..regex import lazy
from . import sections
from .lexer import Lexer
from .text import SourceText
from .tokens import BACKSLASH, COMMENT, END, MARK, UNTERMINATED, WORD, Token

#: Steps of work for a word that is more than cut off: it is read, kept, normalized and compared.
_READ = 3
#: How often a file is taken up again behind something that never ends; each time costs one look through the rest.
_RESUMPTIONS = 20
#: Steps that are drawn from the budget together.
_AT_ONCE = 100
#: Words that are kept of a statement which is too long: enough to tell what it is about.
_KEPT = 1_000

_BREAKPOINT = "--> statement-breakpoint"
_STATEMENT = lazy(
    r";[ \t]*+(?:--[^\r\n]*+)?[\r\n]\s*+"
    r"(?=(?:create|alter|drop|comment|grant|revoke|insert|update|delete|set|select|do|begin|commit|copy)\b|--)",
    re.IGNORECASE,
)
#: Statements whose inside nobody reads: their tokens are not kept.
UNREAD = frozenset({"insert", "update", "delete", "grant", "revoke", "vacuum", "analyze", "explain"})


@dataclass(slots=True)
class Statement:
    """One statement: its tokens without the semicolon, with an END token behind them.

    `problem` says why it is not whole. Where something in it is never closed, for PostgreSQL it goes on to the file's
    end; `resumed` is the offset at which reading goes on all the same. A psql command is a statement of one token.
    """

    source: SourceText
    tokens: list[Token]
    start: int
    end: int
    problem: str | None = None
    resumed: int | None = None

    @property
    def is_command(self) -> bool:
        return self.tokens[0].kind == BACKSLASH

    def head(self, length: int = 60) -> str:
        """The statement's first words, for people."""
        words = " ".join(self.source.text[self.start : min(self.end, self.start + 4 * length)].split())
        return words if len(words) <= length else words[: length - 1].rstrip() + "…"


class Scanner:
    """Cuts one text into statements, drawing from `budget` for each word; one of its own if none is given."""

    def __init__(self, source: SourceText, budget: Budget | None = None) -> None:
        self.source = source
        self.budget = budget or Budget()
        self.lexer = Lexer(source.text, psql=True)
        self.most_words, self.most_characters = self.budget.limits.steps // 10, self.budget.limits.bytes // 8
        self.resumptions = 0
        self.sections = sections.Sections(source.text)

    def __iter__(self) -> Iterator[Statement]:
        while (statement := self._next()) is not None:
            yield statement
            if _is_copy_from_stdin(statement.tokens):
                self.lexer.skip_data()
            elif _word(statement.tokens, 0) == "set":
                self._see_setting(statement)

    def _next(self) -> Statement | None:
        """The next statement, or None at the end. psql's rules: a semicolon ends it, except within BEGIN ATOMIC."""
        tokens: list[Token] = []
        next_token, depth, atomic, unread, taken = self.lexer.next, 0, 0, False, 0
        while True:
            taken += 1
            if taken >= _AT_ONCE:
                self.budget.step(taken)
                taken = 0
                if len(tokens) >= self.most_words:
                    return self._too_long(
                        tokens, f"it has more than {self.most_words:,} words (limits.steps in the config)"
                    )
            token = next_token()
            kind, word, start, end, _ = token
            if kind == MARK:
                if word == ";":
                    if atomic or (depth and _is_rule(tokens)):
                        tokens.append(token)
                        continue
                    if tokens:
                        return self._statement(tokens, end)
                    continue
                depth += 1 if word == "(" else -1 if word == ")" else 0
            elif kind == WORD:
                if not tokens:
                    unread = word in UNREAD
                elif word in ("begin", "case", "end") and (atomic or word == "begin") and _is_routine(tokens):
                    atomic += -1 if word == "end" else 1 if word == "case" or atomic or self._atomic_follows() else 0
            elif kind == COMMENT:
                ended = self._see_comment(token)
                if ended and tokens:
                    return self._statement(tokens, start)
                continue
            elif kind == BACKSLASH:
                return self._see_command(tokens, token)
            elif kind == END:
                return self._statement(tokens, end) if tokens else None
            elif kind == UNTERMINATED:
                return self._resume(tokens, token)
            elif end - start > self.most_characters and not unread:
                why = f"a text in it is longer than {self.most_characters:,} characters (limits.bytes in the config)"
                return self._too_long([*tokens, token], why)
            if unread and len(tokens) > 3:
                tokens[-1] = token
            else:
                taken += _READ
                tokens.append(token)

    def _statement(self, tokens: list[Token], end: int, problem: str | None = None) -> Statement:
        self.budget.step(min(len(tokens), _AT_ONCE))
        last = tokens[-1].end
        tokens.append(Token(END, "", last, last, self.source.text))
        return Statement(self.source, tokens, tokens[0].start, max(last, end) if problem else last, problem)

    def _too_long(self, tokens: list[Token], problem: str) -> Statement:
        """A statement that is larger than any schema needs costs itself, up to the next semicolon."""
        token = tokens[-1]
        while token.word != ";" and token.kind not in (END, UNTERMINATED):
            self.budget.step()
            token = self.lexer.next()
        return self._statement(tokens[:_KEPT], token.end, problem)

    def _atomic_follows(self) -> bool:
        mark = self.lexer.pos
        following = self.lexer.next()
        self.lexer.pos = mark
        return following.word == "atomic"

    def _see_comment(self, token: Token) -> bool:
        """Whether the comment ends a statement: Drizzle's breakpoint, or the marker of a section."""
        text = self.source.text
        if text.startswith(_BREAKPOINT, token.start):
            return True
        after = self.sections.after(token)
        if after is None:
            return False
        self.lexer.pos = after
        return True

    def _see_command(self, tokens: list[Token], token: Token) -> Statement:
        """A psql command is alone; `\\g` and its like also send the statement before them, as `;` does."""
        text = self.source.text[token.start : token.end]
        if not tokens:
            return self._statement([token], token.end)
        if text.startswith("\\gexec"):
            return self._statement([*tokens, token], token.end)
        if text.startswith(("\\g", "\\crosstabview", "\\;")):
            self.lexer.pos = token.start + 2 if text.startswith("\\;") else token.end
            return self._statement(tokens, token.start)
        self.lexer.pos = token.start
        return self._statement(tokens, token.start, "there is a psql command in the middle of it")

    def _resume(self, tokens: list[Token], token: Token) -> Statement:
        """The statement in which something never ends costs itself: the file is taken up behind its next semicolon."""
        start = tokens[0].start if tokens else token.start
        self.resumptions += 1
        found = _STATEMENT.search(self.source.text, start) if self.resumptions <= _RESUMPTIONS else None
        self.lexer.pos = found.end() if found else self.lexer.end
        kept = [earlier for earlier in [*tokens, token] if earlier.start < self.lexer.pos] or [token]
        what = {"'": "quote", '"': "quoted name", "/": "comment", "$": "dollar quote"}
        opener = self.source.text[token.start : token.start + 3].lstrip("eEbBxXnNuU&")[:1]
        problem = f"the {what.get(opener, 'quote')} opened in line {self.source.line(token.start)} is never closed"
        statement = self._statement(kept, self.lexer.pos, problem)
        statement.resumed = self.lexer.pos
        return statement

    def _see_setting(self, statement: Statement) -> None:
        words = [token.word for token in statement.tokens]
        if "standard_conforming_strings" in words:
            self.lexer.escape_all("off" in words or "false" in words)


def _word(tokens: list[Token], position: int) -> str:
    return tokens[position].word if position < len(tokens) else ""


def _after_or_replace(tokens: list[Token]) -> str:
    """The word after CREATE [OR REPLACE]."""
    if _word(tokens, 0) != "create":
        return ""
    return _word(tokens, 3) if _word(tokens, 1) == "or" else _word(tokens, 1)


def _is_rule(tokens: list[Token]) -> bool:
    return _after_or_replace(tokens) == "rule"


def _is_routine(tokens: list[Token]) -> bool:
    return _after_or_replace(tokens) in ("function", "procedure")


def _is_copy_from_stdin(tokens: list[Token]) -> bool:
    if _word(tokens, 0) != "copy":
        return False
    words = [token.word for token in tokens]
    return any(a == "from" and b == "stdin" for a, b in pairwise(words))
