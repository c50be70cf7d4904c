"""A stream of tokens, and what the parts of the grammar need of each other."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ...model.identifiers import RESERVED
from .lexer import Token, tokenize
from .tree import Node, NotUnderstood


class Stream(ABC):
    """The tokens of one text and the place where reading stands."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.tokens = tokenize(text)
        self.position = 0

    @abstractmethod
    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators all bind at least as tight as `binding`."""

    @abstractmethod
    def query(self) -> Node:
        """A SELECT, VALUES or WITH, without parentheses around it."""

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def ahead(self, count: int = 1) -> Token:
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        if token.kind == "end":
            raise NotUnderstood("the text ends too early")
        self.position += 1
        return token

    def accept(self, *words: str) -> Token | None:
        """The next token, taken, if it is one of the unquoted `words`."""
        return self.advance() if self.token.is_word(*words) else None

    def accept_words(self, phrase: str) -> bool:
        """Takes all words of `phrase` if they come next, else none."""
        words = phrase.split()
        if all(self.ahead(index).is_word(word) for index, word in enumerate(words)):
            self.position += len(words)
            return True
        return False

    def accept_mark(self, *marks: str) -> Token | None:
        return self.advance() if self.token.is_mark(*marks) else None

    def expect(self, word: str) -> None:
        if not self.accept(word):
            raise self.unexpected()

    def expect_mark(self, mark: str) -> None:
        if not self.accept_mark(mark):
            raise self.unexpected()

    def unexpected(self) -> NotUnderstood:
        return NotUnderstood(f"{self.source[self.token.start : self.token.end] or 'the end'!r} where it stands")

    def string(self) -> str:
        if self.token.kind != "string":
            raise self.unexpected()
        return self.advance().text

    def identifier(self) -> str:
        """A name that must not be a reserved word unless quoted."""
        if self.token.kind == "quoted" or (self.token.kind == "word" and self.token.text not in RESERVED):
            return self.advance().text
        raise self.unexpected()

    def label(self) -> str:
        """A name after AS or a dot, where every word is allowed."""
        if self.token.kind in ("quoted", "word"):
            return self.advance().text
        raise self.unexpected()

    def path(self) -> list[str]:
        """A name with dots. Its first part is no reserved word."""
        parts = [self.identifier()]
        while self.token.is_mark(".") and self.ahead().kind in ("quoted", "word"):
            self.advance()
            parts.append(self.label())
        return parts

    def names(self) -> list[str]:
        """Names in parentheses, separated by commas."""
        self.expect_mark("(")
        names = [self.identifier()]
        while self.accept_mark(","):
            names.append(self.identifier())
        self.expect_mark(")")
        return names

    def expressions(self) -> tuple[Node, ...]:
        items = [self.expression()]
        while self.accept_mark(","):
            items.append(self.expression())
        return tuple(items)

    def parenthesised(self) -> tuple[Node, ...]:
        self.expect_mark("(")
        items = () if self.token.is_mark(")") else self.expressions()
        self.expect_mark(")")
        return items


def name_node(parts: list[str], start: int) -> Node:
    return Node("name", children=tuple(Node("part", part) for part in parts), start=start)
