"""A place in a list of tokens, from which a reader of SQL takes what it expects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from ..model import Expression
from .errors import SqlError
from .lexer import tokenize, tokens_of, why_refused
from .tokens import DOLLAR, END, NUMBER, OPERATOR, OTHER, QUOTED, STRING, UNTERMINATED, WORD, Token, whole


class Stream:
    """Reads `tokens`, of which the last is END, from `pos` on.

    Words, marks and operators are compared as `Token.word` has them: in lower case, and a quoted identifier is never a
    keyword. Whatever is not as expected raises what `error` makes, for a reader may have errors of its own.
    """

    __slots__ = ("pos", "tokens")

    def __init__(self, tokens: list[Token], pos: int = 0) -> None:
        self.tokens = tokens
        self.pos = pos

    @classmethod
    def of(cls, text: str) -> Self:
        """All of `text`; raises SqlError if PostgreSQL's scanner would refuse it."""
        return cls(tokenize(text))

    def error(self, why: str, token: Token | None = None) -> Exception:
        return SqlError(why, token)

    # --- looking ---

    @property
    def token(self) -> Token:
        return self.tokens[self.pos]

    @property
    def word(self) -> str:
        """The word, mark or operator here; "" for a quoted identifier, a constant, or the end."""
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
        return self.tokens[self.pos].kind in (WORD, QUOTED)

    @property
    def at_string(self) -> bool:
        return self.tokens[self.pos].kind in (STRING, DOLLAR)

    # --- taking ---

    def advance(self) -> Token:
        """The token here, taken; END stays where it is."""
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

    def unexpected(self, wanted: str = "") -> Exception:
        if self.token.kind in (OTHER, UNTERMINATED):
            return self.error(why_refused(self.token), self.token)
        here = "the end" if self.done else f"'{shortened(self.token.text)}'"
        return self.error(f"{wanted} before {here}" if wanted else f"{here} was not expected here", self.token)

    def finish(self) -> None:
        if not self.done:
            raise self.unexpected()

    def identifier(self) -> str:
        """A name, folded or unquoted as PostgreSQL stores it. Every word passes for one, reserved or not."""
        token = self.tokens[self.pos]
        if token.kind not in (WORD, QUOTED):
            raise self.unexpected("a name was expected")
        self.pos += 1
        return token.name

    def path(self) -> list[str]:
        """A name with dots: its parts."""
        parts = [self.identifier()]
        while self.accept("."):
            parts.append(self.identifier())
        return parts

    def name(self) -> tuple[str | None, str, Token]:
        """`[schema.]name`, with the token of the name itself. A database's name before them is dropped."""
        parts = self.path()
        token = self.tokens[self.pos - 1]
        if len(parts) > 3:
            raise self.error("a name of more than three parts", token)
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
        """The value of a string constant."""
        if not self.at_string:
            raise self.unexpected("a string was expected")
        return self.advance().value

    def integer(self) -> int:
        sign = -1 if self.word == "-" else 1
        if self.token.kind == OPERATOR and self.word in ("-", "+"):
            self.pos += 1
        number = whole(self.token.text.replace("_", ""))
        if self.token.kind != NUMBER or number is None:
            raise self.unexpected("a whole number was expected")
        self.pos += 1
        return sign * number

    # --- spans ---

    @property
    def whole(self) -> str:
        """The author's text of all tokens, comments left out."""
        return cut(self.tokens[:-1])

    def cut(self, start: int, end: int) -> str:
        """The author's text of the tokens from position `start` up to but without `end`, comments left out."""
        return cut(self.tokens[start:end])

    def skip_group(self) -> tuple[int, int]:
        """Past a parenthesised group; gives the positions of what is between the parentheses."""
        self.expect("(")
        start, depth = self.pos, 1
        while depth:
            token = self.tokens[self.pos]
            if token.kind == END:
                raise self.error("a parenthesis is never closed", self.tokens[start - 1])
            if token.word == "(":
                depth += 1
            elif token.word == ")":
                depth -= 1
            self.pos += 1
        return start, self.pos - 1

    def items(self) -> list[Self]:
        """Past a parenthesised group; gives what is between its commas. Nothing of `()`."""
        self.expect("(")
        items, begin, depth, brackets = [], self.pos, 1, 0
        while depth:
            token = self.tokens[self.pos]
            word = token.word
            if word == "(":
                depth += 1
            elif word == ")":
                depth -= 1
            elif word == "[":
                brackets += 1
            elif word == "]":
                brackets -= 1
            elif word == "," and depth == 1 and not brackets:
                items.append(self.part(begin, self.pos))
                begin = self.pos + 1
            elif token.kind == END:
                raise self.error("a parenthesis is never closed", self.tokens[begin - 1])
            self.pos += 1
        return [*items, self.part(begin, self.pos - 1)] if items or begin < self.pos - 1 else []

    def group(self) -> str:
        """The text inside a parenthesised group."""
        return self.cut(*self.skip_group())

    def condition(self) -> Expression:
        """`(expression)`, without those parentheses."""
        opening = self.token
        text = self.group()
        if not text:
            raise self.error("an expression was expected", opening)
        return self.made(text)

    def made(self, text: str) -> Expression:
        return Expression(text)

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

    def part(self, start: int, end: int) -> Self:
        """A stream of the tokens from position `start` up to but without `end`."""
        after = self.tokens[end].start if end < len(self.tokens) else self.tokens[-1].end
        last = self.tokens[end - 1].end if end > start else after
        return self.over([*self.tokens[start:end], Token(END, "", last, last, self.tokens[-1].source)])

    def over(self, tokens: list[Token]) -> Self:
        """A stream like this one over other tokens."""
        return type(self)(tokens)

    def parts(self, start: int = 0, end: int | None = None, separator: str = ",") -> Iterator[Self]:
        """The tokens from position `start` to `end` (without END) cut at each `separator` outside inner parentheses."""
        end = len(self.tokens) - 1 if end is None else end
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


def cut(tokens: list[Token]) -> str:
    """What the author wrote from the first to the last of `tokens`, without its comments."""
    if not tokens:
        return ""
    source, last = tokens[0].source, tokens[0].start
    whole = source[last : tokens[-1].end]
    if "--" not in whole and "/*" not in whole and "\0" not in whole:
        return whole
    parts = []
    for token in tokens:
        if token.start > last:
            parts.append(" ")
        parts.append(source[token.start : token.end])
        last = token.end
    return "".join(parts)


def squeezed(text: str) -> str:
    """`text` without comments, and with one blank wherever it has any between two tokens: what is in quotes stays.

    A text that PostgreSQL could not scan stays as it is.
    """
    try:
        tokens = tokenize(text)[:-1]
    except SqlError:
        return text
    return spaced(tokens)


def spaced(tokens: list[Token]) -> str:
    """What the author wrote as `tokens`, with one blank wherever there is any between two of them."""
    pieces: list[str] = []
    end = 0
    for token in tokens:
        pieces.append(f" {token.text}" if pieces and token.start > end else token.text)
        end = token.end
    return "".join(pieces)


def shortened(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"


def split(text: str) -> list[str]:
    """`text` cut at its commas outside of parentheses, brackets and quotes; what is empty is left out."""
    return [part.until() for part in Stream(tokens_of(text)).parts() if not part.done]


def unwrapped(text: str) -> str:
    """`text` without parentheses that enclose all of it, and without comments."""
    return cut(within_parentheses(tokens_of(text)[:-1]))


def within_parentheses(tokens: list[Token]) -> list[Token]:
    """`tokens`, which have no END, without parentheses that enclose all of them."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.word == "(":
            waiting.append(at)
        elif token.word == ")" and waiting:
            closing[waiting.pop()] = at
    first, last = 0, len(tokens) - 1
    while first < last and closing.get(first) == last:
        first, last = first + 1, last - 1
    return tokens[first : last + 1]
