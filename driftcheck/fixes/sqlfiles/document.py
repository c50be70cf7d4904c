"""A SQL file cut into statements, and edits of it: what edits are placed by."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from ...findings import Edit
from ...location import Location
from ...model.identifiers import RESERVED
from ...regex import lazy
from ...sql import Lexer, Token
from ...sql.lexer import tokens_of
from ...sql.scanner import UNREAD, Scanner, Statement
from ...sql.stream import Stream
from ...sql.text import SourceText
from ...sql.tokens import COMMENT, WORD
from ..files import Files
from .respell import Change, changes, doubtful, key_of, pieces, told

_MARK = b"\xef\xbb\xbf"
_LINE_END = lazy(r"\r\n?|\n")


class Unplaced(Exception):
    """Where an edit would go is not sure; `reason` is a clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Document:
    """The file at `path`. Offsets inside are those of characters; those of its edits count bytes."""

    def __init__(self, path: str, data: bytes, files: Files) -> None:
        self.path = path
        self._bias = len(_MARK) if data.startswith(_MARK) else 0
        try:
            self.text = data[self._bias :].decode()
        except UnicodeDecodeError:
            raise Unplaced(f"{path} is not in UTF-8") from None
        if "\0" in self.text:
            raise Unplaced(f"{path} is not in UTF-8")
        self.statements: Sequence[Statement] = list(Scanner(SourceText(path, self.text), files.budget))
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        self._unread: dict[int, Sequence[Token]] = {}
        self._begins = [one.start for one in self.statements]
        self._plain = self.text.isascii()
        #: The lists of statements, by their class and where they begin.
        self.lists: dict[tuple[type, int], Any] = {}
        #: Where parts of lists begin that go.
        self.going: set[int] = set()

    def offset(self, place: Location) -> int:
        if place.line > len(self._starts):
            raise Unplaced(f"nothing is at {place}")
        return self._starts[place.line - 1] + place.column - 1

    def statement(self, place: Location) -> Statement:
        """The statement that holds a place."""
        offset = self.offset(place)
        at = bisect_right(self._begins, offset) - 1
        found = self.statements[at] if at >= 0 else None
        if found is None or offset >= max(found.end, found.start + 1) or found.problem is not None:
            raise Unplaced(f"no statement that can be edited is at {place}")
        return found

    def tokens(self, statement: Statement) -> Sequence[Token]:
        """All tokens of a statement, also of those whose inside no reader reads."""
        if statement.tokens[0].word not in UNREAD:
            return statement.tokens
        if statement.start not in self._unread:
            self._unread[statement.start] = tokens_of(self.text, statement.start, statement.end, psql=True)
        return self._unread[statement.start]

    def naming(self, name: str) -> Sequence[Statement]:
        """The statements that name something of that name."""
        return self._naming.get(name, ())

    def named_at(self, statement: Statement) -> Unplaced:
        return Unplaced(f"{self.path}:{self.line(statement.start)} names it, too")

    @cached_property
    def _naming(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for one in self.statements:
            for name in {token.name for token in self.tokens(one) if token.is_name}:
                found.setdefault(name, []).append(one)
        return found

    @cached_property
    def _line_bytes(self) -> Sequence[int]:
        """At which byte of the text each line begins."""
        lines = (self.text[start:end] for start, end in itertools.pairwise(self._starts))
        return list(itertools.accumulate((len(line.encode()) for line in lines), initial=0))

    def edit(self, start: int, end: int, text: str) -> Edit:
        return Edit(self.path, self.byte(start), self.byte(end), text)

    def byte(self, offset: int) -> int:
        if self._plain:
            return self._bias + offset
        line = bisect_right(self._starts, offset) - 1
        return self._bias + self._line_bytes[line] + len(self.text[self._starts[line] : offset].encode())

    def line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def line_end(self, offset: int) -> int:
        """Where the line of a character ends, its own end left out."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def indent(self, offset: int) -> str | None:
        """The blanks before a character, if nothing else is before it in its line."""
        before = self.text[self._line_start(offset) : offset]
        return before if not before.strip() else None

    def _line_start(self, offset: int) -> int:
        return self._starts[bisect_right(self._starts, offset) - 1]

    def option_taken_out(self, before: Token, tokens: Sequence[Token]) -> Edit:
        """Takes `tokens` out, with the blanks between them and what is before, the token or a comment behind it."""
        gap = self.text[before.end : tokens[0].start]
        kept = gap.rstrip()
        start = before.end + len(kept if not kept or kept.endswith("*/") else gap)
        return self.edit(start, tokens[-1].end, "")

    def without(self, start: int, end: int) -> Edit:
        """Takes a stretch out, with its whole lines if nothing else is on them."""
        first, last = self._line_start(start), self.line_end(end)
        if not self.text[first:start].strip() and not self.text[end:last].strip():
            found = _LINE_END.match(self.text, last)
            return self.edit(first, found.end() if found else last, "")
        if not self.text[first:start].strip():
            end += len(self.text[end:last]) - len(self.text[end:last].lstrip())
        return self.edit(start, end, "")

    def without_statement(self, statement: Statement) -> list[Edit]:
        """Takes a statement out, with its semicolon; a comment between the two stays."""
        lexer = Lexer(self.text, statement.end, psql=True)
        token = lexer.next()
        while token.kind == COMMENT:
            token = lexer.next()
        if token.word != ";":
            return [self.without(statement.start, statement.end)]
        if not self.text[statement.end : token.start].strip():
            return [self.without(statement.start, token.end)]
        return [self.edit(statement.start, statement.end, ""), self.without(token.start, token.end)]

    def in_style(self, text: str, like: Sequence[Token]) -> str:
        """SQL of ours as `like` is written: its case of keywords, and names without the schema that it leaves out."""
        return told(pieces(text, _is_plain(like)), lower=_is_lower(like))

    @cached_property
    def _leaves_public_out(self) -> bool:
        return all(_is_plain(one.tokens[:6]) for one in self.statements)

    def in_style_of_statement(self, text: str) -> str:
        """A whole statement of ours, whose lines stay; only its names lose the schema that the file leaves out."""
        if not self._leaves_public_out or "public." not in text:
            return text
        tokens = tokens_of(text)[:-1]
        parts, end = [], 0
        for token, behind in itertools.pairwise(tokens):
            if token.word == "public" and behind.word == ".":
                parts.append(text[end : token.start])
                end = behind.end
        return "".join([*parts, text[end:]])

    def changed(self, tokens: Sequence[Token], before: str, after: str) -> list[Edit]:
        """The edits that make of `tokens`, which mean `before`, what means `after`; comments stay."""
        plain = _is_plain(tokens)
        found: list[Edit] = []
        old, new = pieces(before, plain), pieces(after, plain)
        parts = list(changes(tokens, old, new))
        if doubtful(tokens, old, parts):
            if self.has_comment(tokens) or key_of(tokens[0]) != new[0].key:
                raise Unplaced("its author says it in another order, or with other parentheses")
            return [self.edit(tokens[0].start, tokens[-1].end, told(new, lower=_is_lower(tokens)))]
        for part in parts:
            found += self._replaced(tokens, part, told(part.words, lower=_is_lower(tokens)))
        return found

    def _replaced(self, tokens: Sequence[Token], part: Change, text: str) -> Iterator[Edit]:
        """`text` instead of some tokens, with blanks around it where none is and one is due."""
        first, last = part.first, part.last
        before, gone = tokens[first - 1] if first else None, tokens[first:last]
        following = tokens[last] if last < len(tokens) else None
        end = gone[-1].end if gone else before.end if before else tokens[0].start
        close = following is not None and end == following.start
        behind = " " if close and (part.spaced or before is None) else ""
        if before is not None and text and part.words[0].spaced and before.end == (gone[0].start if gone else end):
            text = f" {text}"
        if self.has_comment(gone):
            for position, token in enumerate(gone):
                yield self.edit(token.start, token.end, "" if position else text)
            return
        start = gone[0].start if gone else end
        if gone and not text and before is not None and not self.has_comment([before, gone[0]]):
            start = before.end
        yield self.edit(start, end, text + behind)

    def has_comment(self, tokens: Sequence[Token]) -> bool:
        """Whether there is more than blanks between the tokens."""
        gaps = (self.text[a.end : b.start] for a, b in itertools.pairwise(tokens))
        return any(gap.strip() for gap in gaps)


def _is_lower(tokens: Sequence[Token]) -> bool:
    """Whether keywords are written small, as most of those are that no name can be."""
    words = [token for token in tokens if token.kind == WORD]
    said = [token for token in words if token.word in RESERVED] or words
    return bool(said) and sum(token.text == token.text.upper() for token in said) * 2 < len(said)


def _is_plain(tokens: Sequence[Token]) -> bool:
    """Whether the schema public is left out."""
    return all(token.word != "public" for token in tokens)


def words_of(statement: Statement, count: int = 8) -> list[str]:
    return [token.word for token in statement.tokens[:count]]


def stream_of(statement: Statement) -> Stream:
    return Stream(list(statement.tokens))
