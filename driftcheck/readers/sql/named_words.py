"""What the words of a statement that cannot be parsed name, as far as their places tell.

Nobody knows what its author meant, so each place where it says CREATE, ALTER or DROP of something begins a statement: a
missing semicolon joins several, and a quote that is not closed, or closed by a later one, holds some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...frozen import dataclass
from ...model.identifiers import RESERVED
from ...regex import lazy
from ...sql import Token, tokens_of
from ...sql.tokens import END, QUOTED, UNTERMINATED, WORD
from .session import BUILT_IN
from .statements.dispatch import IRRELEVANT_WORDS

#: The kinds of the model that a word of SQL may mean.
TYPES = ("enum", "domain", "composite", "range")
KINDS_OF = {
    "table": ("table",), "view": ("view",), "index": ("index",), "sequence": ("sequence",), "type": TYPES,
    "domain": ("domain",), "function": ("function",), "procedure": ("function",), "routine": ("function",),
    "aggregate": ("function",), "trigger": ("trigger",), "policy": ("policy",), "schema": ("schema",),
    "extension": ("extension",), "role": ("role",), "user": ("role",), "group": ("role",),
    "column": ("column",), "constraint": ("constraint",),
}  # fmt: skip
#: Where the word for the kind cannot be read: it may be any.
ANY_KIND = (
    "table",
    "view",
    "index",
    "sequence",
    *TYPES,
    "function",
    "trigger",
    "policy",
    "schema",
    "extension",
    "role",
)
VERBS = frozenset({"create", "alter", "drop", "comment"})
_MODIFIERS = frozenset(
    """
    or replace global local temp temporary unlogged recursive unique materialized foreign concurrently on event
    """.split()
)
_BEFORE_NAME = frozenset({"if", "not", "exists", "only", "concurrently"})
#: Words behind ON that are no name.
_ACTIONS = frozenset({"delete", "update", "insert", "truncate", "commit", "conflict"})
#: What the name behind a word is, by that word.
_USES = {
    "references": ("table",), "from": ("table", "view"), "join": ("table", "view"), "inherits": ("table",),
    "like": ("table",), "partition of": ("table",), "owned by": ("table",), "execute function": ("function",),
    "execute procedure": ("function",),
}  # fmt: skip
#: Words that begin a part of a table where a column's name could stand.
_TABLE_CLAUSES = frozenset(
    {"constraint", "column", "primary", "foreign", "check", "unique", "exclude", "like", "double"}
)
_HEAD = lazy(r"\b(?:create|alter|drop|comment)\s+\w", re.IGNORECASE)
#: Kinds whose columns or attributes have types.
_WITH_COLUMNS = frozenset({"", "table", "type"})
#: How many quotes within quotes are looked into.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a broken statement names: `path` is its dotted name, `table` the one that follows ON.

    `verb` is what is done to it: "create", "alter", "drop" (also of a rename: the name may go), or "use".
    `adds` is the word behind the ADD of an ALTER TABLE that does nothing else.
    """

    verb: str
    kinds: tuple[str, ...]
    path: tuple[str, ...]
    token: Token
    words: frozenset[str] = frozenset()
    table: tuple[str, ...] = ()
    adds: str = ""


def named(tokens: list[Token], end: int) -> Iterator[Named]:
    """All that the statement of `tokens`, which ends at the offset `end`, names."""
    for piece in _pieces(list(_words(tokens, end))):
        yield from _Piece(piece).named()


def _words(tokens: list[Token], end: int, depth: int = 0) -> Iterator[Token]:
    """`tokens`, and in place of a quote that may have swallowed statements its words."""
    for token in tokens:
        last = min(token.end, end)
        quote = token.kind == UNTERMINATED or token.is_string or (token.kind == QUOTED and ";" in token.text)
        if not quote:
            if token.kind != END:
                yield token
        elif depth < _DEEPEST and (found := _HEAD.search(token.source, token.start, last)) is not None:
            yield from _words(tokens_of(token.source, found.start(), last), last, depth + 1)


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    piece: list[Token] = []
    for position, token in enumerate(tokens):
        if piece and token.word in VERBS and _kind_at(tokens, position + 1)[0]:
            yield piece
            piece = []
        if token.word != ";":
            piece.append(token)
    if piece:
        yield piece


def _kind_at(tokens: list[Token], position: int) -> tuple[str, int]:
    """The word for a kind of object, behind its modifiers, and where it stands; "" if none does."""
    while position < len(tokens) - 1 and tokens[position].word in _MODIFIERS:
        position += 1
    word = tokens[position].word if position < len(tokens) else ""
    if word == "constraint" and position + 1 < len(tokens) and tokens[position + 1].word == "trigger":
        return "trigger", position + 1
    return (word if word in KINDS_OF else ""), position


class _Piece:
    """The words of what is perhaps one statement."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.names = frozenset(token.name for token in tokens if token.is_name)

    def _word(self, position: int) -> str:
        return self.tokens[position].word if 0 <= position < len(self.tokens) else ""

    def _is_name(self, position: int) -> bool:
        if not 0 <= position < len(self.tokens):
            return False
        token = self.tokens[position]
        return token.kind == QUOTED or (token.kind == WORD and token.word not in RESERVED)

    def _path(self, position: int) -> tuple[tuple[str, ...], int]:
        """The dotted name from `position` on, and where it ends."""
        parts = [self.tokens[position].name]
        while self._word(position + 1) == "." and self._is_name(position + 2):
            position += 2
            parts.append(self.tokens[position].name)
        return tuple(parts), position + 1

    def named(self) -> Iterator[Named]:
        verb = self._word(0)
        kind, at = _kind_at(self.tokens, 1)
        if verb in VERBS and kind:
            verb = "drop" if self._moves() else verb
            yield from self._targets(verb, KINDS_OF[kind], at + 1, several=verb == "drop")
        elif verb in VERBS or kind:
            yield from self._targets("drop", KINDS_OF.get(kind, ANY_KIND), at + 1, several=True)
        elif verb in IRRELEVANT_WORDS:
            return
        else:
            yield from self._garbled()
        yield from self._uses(kind)

    def _moves(self) -> bool:
        """Whether the name itself may be given up: RENAME TO, SET SCHEMA."""
        words = [token.word for token in self.tokens]
        return any(pair in (("rename", "to"), ("set", "schema")) for pair in pairwise(words))

    def _targets(self, verb: str, kinds: tuple[str, ...], position: int, *, several: bool) -> Iterator[Named]:
        """The names behind the kind: one, or for DROP a list."""
        while self._word(position) in _BEFORE_NAME:
            position += 1
        while self._is_name(position):
            token = self.tokens[position]
            path, position = self._path(position)
            yield Named(verb, kinds, path, token, self.names, self._on(position), self._added(position))
            if not several or self._word(position) != ",":
                return
            position += 1

    def _added(self, position: int) -> str:
        """The word behind ADD, if that is the only action: that of a constraint behind its name."""
        depth = 0
        for at in range(position, len(self.tokens)):
            depth += (self._word(at) == "(") - (self._word(at) == ")")
            if self._word(at) == "," and not depth:
                return ""
        called = self._word(position + 1) == "constraint"
        at = position + (3 if called else 1)
        if self._word(position) != "add" or at >= len(self.tokens):
            return ""
        garbled = (called or self._word(at + 1) == "(") and self._word(at) not in _TABLE_CLAUSES
        return "" if garbled else self.tokens[at].text.lower()

    def _on(self, position: int) -> tuple[str, ...]:
        """The name behind ON: of the table that a policy, trigger, index or constraint belongs to."""
        for at in range(position, len(self.tokens)):
            if self._word(at) == "on" and self._word(at + 1) not in _ACTIONS:
                at += 2 if self._word(at + 1) == "only" else 1
                return self._path(at)[0] if self._is_name(at) else ()
        return ()

    def _garbled(self) -> Iterator[Named]:
        """No verb and no kind that SQL knows: every name outside of parentheses may be what it is about."""
        depth, position = 0, 1
        while position < len(self.tokens):
            word = self._word(position)
            depth += (word == "(") - (word == ")")
            if depth or not self._is_name(position) or word in KINDS_OF or word in VERBS:
                position += 1
                continue
            token = self.tokens[position]
            path, position = self._path(position)
            yield Named("alter", ANY_KIND, path, token, self.names)

    def _uses(self, kind: str) -> Iterator[Named]:
        """What is named by the way: a table that is referred to, the new name of something, the type of a column."""
        for position in range(1, len(self.tokens)):
            if not self._is_name(position):
                continue
            before, earlier = self._word(position - 1), self._word(position - 2)
            if before == "to" and earlier == "rename":
                kinds = KINDS_OF.get(kind, ANY_KIND)
            elif kind in _WITH_COLUMNS and self._word(0) != "drop" and self._is_type(position):
                kinds = TYPES
            else:
                kinds = _USES.get(before) or _USES.get(f"{earlier} {before}") or ()
            if before == "(" and earlier == "inherits":
                kinds = ("table",)
            if kinds:
                yield Named("use", kinds, self._path(position)[0], self.tokens[position], self.names)

    def _is_type(self, position: int) -> bool:
        """Whether the type of a column stands here: behind its name, which is behind a comma or parenthesis."""
        return (
            self._is_name(position - 1)
            and self._word(position - 2) in ("(", ",", "column", "add")
            and self._word(position) not in BUILT_IN
            and (self._word(position - 2) in ("(", ",") or self._word(0) == "alter")
            and self._word(position - 1) not in _TABLE_CLAUSES
        )
