"""A place in a statement's tokens, from which the readers of statements take what they expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...model import Expression, Location
from .errors import UnreadableError
from .text import SourceText
from .tokens import DOLLAR, END, NUMBER, OPERATOR, QUOTED, STRING, VARIABLE, WORD, Token, identifier, string

_COMMENT = re.compile(r"--|/\*")


class Cursor:
    """Reads tokens from `pos` on. Words are compared in lower case; a quoted identifier is never a keyword.

    `qualify` writes schemas into expressions where the search path at this point is not the usual one.
    """

    __slots__ = ("pos", "qualify", "source", "tokens")

    def __init__(
        self, source: SourceText, tokens: list[Token], pos: int = 0, qualify: Callable[[str], str] | None = None
    ) -> None:
        self.source = source
        self.qualify = qualify
        self.tokens = tokens
        self.pos = pos

    # --- looking ---

    @property
    def token(self) -> Token:
        return self.tokens[self.pos]

    @property
    def word(self) -> str:
        """The word here in lower case; "" for a quoted identifier, a constant, or the end."""
        return self.tokens[self.pos].word

    @property
    def done(self) -> bool:
        return self.tokens[self.pos].kind == END

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.pos + ahead, len(self.tokens) - 1)]

    def at(self, *words: str) -> bool:
        """Whether the next tokens are these words."""
        tokens, pos = self.tokens, self.pos
        if tokens[pos].word != words[0]:
            return False
        if len(words) == 1:
            return True
        return all(self.peek(ahead).word == word for ahead, word in enumerate(words))

    @property
    def at_name(self) -> bool:
        return self.token.kind in (WORD, QUOTED)

    @property
    def at_string(self) -> bool:
        return self.token.kind in (STRING, DOLLAR)

    def text(self, token: Token | None = None) -> str:
        token = token or self.token
        return self.source.text[token.start : token.end]

    def location(self, token: Token | None = None, end: Token | None = None) -> Location:
        """The place of `token` (else of the next one); `end` is the last token of what is meant."""
        return self.source.location((token or self.token).start, None if end is None else end.end)

    # --- taking ---

    def advance(self) -> Token:
        token = self.tokens[self.pos]
        if token.kind != END:
            self.pos += 1
        return token

    def accept(self, *words: str) -> bool:
        """Takes these words if all of them are next."""
        if self.tokens[self.pos].word != words[0] or (len(words) > 1 and not self.at(*words)):
            return False
        self.pos += len(words)
        return True

    def accept_any(self, *words: str) -> str:
        """Takes one of these words if it is next, and says which."""
        word = self.word
        if word and word in words:
            self.pos += 1
            return word
        return ""

    def expect(self, *words: str) -> None:
        for word in words:
            if not self.accept(word):
                raise self.unexpected(f"{word.upper()} was expected")

    def unexpected(self, wanted: str = "") -> UnreadableError:
        here = "the end" if self.done else f"'{self._short()}'"
        if self.token.kind == VARIABLE:
            return UnreadableError(f"the psql variable {self.text()} has no value here", self.token)
        return UnreadableError(f"{wanted} before {here}" if wanted else f"{here} was not expected here", self.token)

    def finish(self) -> None:
        if not self.done:
            raise self.unexpected()

    def identifier(self) -> str:
        """A name, folded or unquoted as PostgreSQL stores it."""
        token = self.tokens[self.pos]
        if token.kind not in (WORD, QUOTED):
            raise self.unexpected("a name was expected")
        self.pos += 1
        name = identifier(token, self.source.text)
        if not name:
            raise UnreadableError("a name between the quotes was expected", token)
        if token.kind == QUOTED and self.at("uescape"):
            raise self.unexpected()
        return name

    def name(self) -> tuple[str | None, str, Token]:
        """`[schema.]name`, with the token of the name itself. A database's name before them is dropped."""
        parts, token = [self.identifier()], self.tokens[self.pos - 1]
        while self.accept("."):
            token = self.token
            parts.append(self.identifier())
        if len(parts) > 3:
            raise UnreadableError("a name of more than three parts", token)
        return (parts[-2] if len(parts) > 1 else None), parts[-1], token

    def names(self) -> tuple[str, ...]:
        """`(name, …)`."""
        self.expect("(")
        names = [self.identifier()]
        while self.accept(","):
            names.append(self.identifier())
        self.expect(")")
        return tuple(names)

    def string(self) -> str:
        """A string constant's value; constants that only a line break parts are one, as SQL says."""
        token = self.token
        if token.kind not in (STRING, DOLLAR):
            raise self.unexpected("a string was expected")
        self.pos += 1
        value = string(token, self.source.text)
        while token.kind == STRING and self.token.kind == STRING:
            between = self.source.text[token.end : self.token.start]
            if "\n" not in between and "\r" not in between:
                break
            token = self.advance()
            value += string(token, self.source.text)
        return value

    def integer(self) -> int:
        sign = -1 if self.word == "-" else 1
        if self.token.kind == OPERATOR and self.word in ("-", "+"):
            self.pos += 1
        text = self.text().replace("_", "")
        if self.token.kind != NUMBER or not text.isdigit() or len(text) > 30:
            raise self.unexpected("a whole number was expected")
        self.pos += 1
        return sign * int(text)

    # --- spans ---

    def cut(self, start: int, end: int) -> str:
        """The author's text of the tokens from position `start` up to but without `end`, comments left out."""
        if start >= end:
            return ""
        tokens, text = self.tokens, self.source.text
        whole = text[tokens[start].start : tokens[end - 1].end]
        if not _COMMENT.search(whole) and "\0" not in whole:
            return whole
        parts, last = [], tokens[start].start
        for token in tokens[start:end]:
            if token.start > last:
                parts.append(" ")
            parts.append(text[token.start : token.end])
            last = token.end
        return "".join(parts)

    def skip_group(self) -> tuple[int, int]:
        """Past a parenthesised group; gives the positions of what is between the parentheses."""
        self.expect("(")
        start, depth = self.pos, 1
        while depth:
            token = self.tokens[self.pos]
            if token.kind == END:
                raise UnreadableError("a parenthesis is never closed", self.tokens[start - 1])
            if token.word == "(":
                depth += 1
            elif token.word == ")":
                depth -= 1
            self.pos += 1
        return start, self.pos - 1

    def group(self) -> str:
        """The text inside a parenthesised group."""
        return self.cut(*self.skip_group())

    def condition(self) -> Expression:
        """`(expression)`, without those parentheses."""
        opening = self.token
        text = self.group()
        if not text:
            raise UnreadableError("an expression was expected", opening)
        return self.made(text)

    def expression(self, start: int, end: int) -> Expression:
        """The tokens from position `start` up to but without `end`, as an expression."""
        text = self.cut(start, end)
        if not text:
            raise UnreadableError("an expression was expected", self.tokens[min(start, len(self.tokens) - 1)])
        return self.made(text)

    def made(self, text: str) -> Expression:
        return Expression(self.qualify(text) if self.qualify is not None else text)

    def skip_until(self, *words: str) -> tuple[int, int]:
        """Up to the first of `words` outside parentheses, brackets and CASE, or the end; positions."""
        start, depth = self.pos, 0
        while True:
            token = self.tokens[self.pos]
            word = token.word
            if token.kind == END or (not depth and word and word in words):
                return start, self.pos
            if word in ("(", "[", "case"):
                depth += 1
            elif depth and word in (")", "]", "end"):
                depth -= 1
            self.pos += 1

    def until(self, *words: str) -> str:
        return self.cut(*self.skip_until(*words))

    def part(self, start: int, end: int) -> Cursor:
        """A cursor over the tokens from `start` up to but without `end`."""
        after = self.tokens[end].start if end < len(self.tokens) else self.tokens[-1].end
        last = self.tokens[end - 1].end if end > start else after
        return Cursor(self.source, [*self.tokens[start:end], Token(END, "", last, last)], 0, self.qualify)

    def parts(self, start: int, end: int, separator: str = ",") -> Iterator[Cursor]:
        """The tokens from `start` to `end` cut at each `separator` that stands outside inner parentheses."""
        if start >= end:
            return
        depth, begin = 0, start
        for position in range(start, end):
            word = self.tokens[position].word
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth -= 1
            elif word == separator and not depth:
                yield self.part(begin, position)
                begin = position + 1
        yield self.part(begin, end)

    def _short(self) -> str:
        text = self.text()
        return text if len(text) <= 30 else text[:29] + "…"
