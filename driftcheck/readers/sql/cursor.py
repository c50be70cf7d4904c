"""A place in a statement's tokens, from which the readers of statements take what they expect."""

from __future__ import annotations

from collections.abc import Callable

from ...model import Expression, Location
from ...sql import Stream, Token
from ...sql.text import SourceText
from ...sql.tokens import VARIABLE
from .errors import UnreadableError


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

    def expression(self, start: int, end: int) -> Expression:
        """The tokens from position `start` up to but without `end`, as an expression."""
        text = self.cut(start, end)
        if not text:
            raise self.error("an expression was expected", self.tokens[min(start, len(self.tokens) - 1)])
        return self.made(text)

    def made(self, text: str) -> Expression:
        return Expression(self.qualify(text) if self.qualify is not None else text)
