"""A statement's tokens, read from left to right."""

from __future__ import annotations

from ...model import Expression
from .lexer import NotSqlite, Statement, Token

_END = Token("end", "", 0)
#: Words that are no names unless they are quoted: https://www.sqlite.org/lang_keywords.html without those that SQLite's
#: grammar takes for names where nothing else can stand.
RESERVED = frozenset(
    """
    add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
    distinct drop else escape except exists foreign from group having in index insert intersect into is isnull join
    limit not notnull null on or order primary references select set table then to transaction union unique update
    using values when where
    """.split()
)


class Cursor:
    """`at` is the number of the token that comes next."""

    def __init__(self, statement: Statement) -> None:
        self.text = statement.text
        self.tokens = statement.tokens
        self.at = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    @property
    def start(self) -> int:
        """Where the next token begins; where the last one ends, if there is none."""
        return self.next.start if not self.done else self.tokens[-1].end

    def _is(self, token: Token, word: str) -> bool:
        return token.word == word or (token.kind == "op" and token.text == word)

    def follows(self, *words: str) -> bool:
        """Whether `words` come next: keywords in lower case, or punctuation."""
        coming = self.tokens[self.at : self.at + len(words)]
        return len(coming) == len(words) and all(map(self._is, coming, words))

    def accept(self, *words: str) -> bool:
        if not self.follows(*words):
            return False
        self.at += len(words)
        return True

    def expect(self, *words: str) -> None:
        if not self.accept(*words):
            raise self.wrong(" ".join(words).upper())

    def wrong(self, wanted: str) -> NotSqlite:
        found = f"'{self.next.text[:30]}'" if not self.done else "its end"
        return NotSqlite(f"{wanted} is expected where {found} is", self.start)

    def take(self) -> Token:
        token = self.next
        if self.done:
            raise self.wrong("more")
        self.at += 1
        return token

    def name(self) -> str:
        """A name, in whatever quotes; a string is one, too."""
        if self.next.kind not in ("word", "quoted", "string") or self.next.word in RESERVED:
            raise self.wrong("a name")
        return self.take().name

    def qualified(self) -> tuple[str, str]:
        """(database, name) in lower case and as written; the database is "" where none is named."""
        first = self.name()
        return (first.lower(), self.name()) if self.accept(".") else ("", first)

    def names(self) -> tuple[str, ...]:
        """A list of names in brackets."""
        self.expect("(")
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        self.expect(")")
        return tuple(found)

    def skip_group(self) -> tuple[int, int]:
        """Goes behind a group in brackets; the numbers of its first token inside and of the closing bracket."""
        self.expect("(")
        first, depth = self.at, 1
        while depth:
            token = self.take()
            if token.kind == "op":
                depth += (token.text == "(") - (token.text == ")")
        return first, self.at - 1

    def group(self) -> Expression:
        """What is between brackets, as an expression."""
        first, last = self.skip_group()
        return self.expression(first, last)

    def until(self, *words: str) -> Expression:
        """What comes before one of `words`, or a comma, or the end of this level of brackets."""
        first, depth = self.at, 0
        while not self.done:
            token = self.next
            if not depth and (token.text in (",", ")") or token.word in words):
                break
            depth += (token.text == "(") - (token.text == ")") if token.kind == "op" else 0
            self.at += 1
        return self.expression(first, self.at)

    def rest(self) -> Expression:
        """All that is left."""
        first, self.at = self.at, len(self.tokens)
        return self.expression(first, self.at)

    def expression(self, first: int, last: int) -> Expression:
        """The tokens from `first` to before `last` as written, but for comments and for quotes that only SQLite has."""
        if first >= last:
            raise self.wrong("an expression")
        parts, end = [], self.tokens[first].start
        for token in self.tokens[first:last]:
            between = self.text[end : token.start]
            parts.append(between if between.isspace() else " " * bool(between))
            parts.append(standard(token))
            end = token.end
        return Expression("".join(parts).strip())


def standard(token: Token) -> str:
    """A token as standard SQL writes it: a name in double quotes, if in any."""
    if token.kind != "quoted" or token.text[0] == '"':
        return token.text
    return '"' + token.name.replace('"', '""') + '"'
