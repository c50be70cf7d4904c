"""A place in a statement's tokens, from which the readers of statements take what they expect."""

from __future__ import annotations

from collections.abc import Callable

from ...model import Expression, Location
from ...sql import Stream, Token
from ...sql.tokens import VARIABLE
from .errors import UnreadableError
from .text import SourceText


class Cursor(Stream):
    """A stream of tokens that knows the file they are from.

    `qualify` writes schemas into expressions where the search path at this point is not the usual one.
    """

    __slots__ = ("qualify", "source")

    def __init__(
        self, source: SourceText, tokens: list[Token], pos: int = 0, qualify: Callable[[str], str] | None = None
    ) -> None:
        super().__init__(tokens, pos)
        self.source = source
        self.qualify = qualify

    def over(self, tokens: list[Token]) -> Cursor:
        return Cursor(self.source, tokens, 0, self.qualify)

    def error(self, why: str, token: Token | None = None) -> UnreadableError:
        return UnreadableError(why, token)

    def unexpected(self, wanted: str = "") -> Exception:
        if self.token.kind == VARIABLE:
            return self.error(f"the psql variable {self.token.text} has no value here", self.token)
        return super().unexpected(wanted)

    def location(self, token: Token | None = None, end: Token | None = None) -> Location:
        """The place of `token` (else of the next one); `end` is the last token of what is meant."""
        return self.source.location((token or self.token).start, None if end is None else end.end)

    def name(self) -> tuple[str | None, str, Token]:
        """`[schema.]name`, with the token of the name itself. A database's name before them is dropped."""
        parts = self.path()
        token = self.tokens[self.pos - 1]
        if len(parts) > 3:
            raise self.error("a name of more than three parts", token)
        return (parts[-2] if len(parts) > 1 else None), parts[-1], token

    def condition(self) -> Expression:
        """`(expression)`, without those parentheses."""
        opening = self.token
        text = self.group()
        if not text:
            raise self.error("an expression was expected", opening)
        return self.made(text)

    def expression(self, start: int, end: int) -> Expression:
        """The tokens from position `start` up to but without `end`, as an expression."""
        text = self.cut(start, end)
        if not text:
            raise self.error("an expression was expected", self.tokens[min(start, len(self.tokens) - 1)])
        return self.made(text)

    def made(self, text: str) -> Expression:
        return Expression(self.qualify(text) if self.qualify is not None else text)
