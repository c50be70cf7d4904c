"""SQLite's tokens, and where one statement ends and the next begins.

https://www.sqlite.org/draft/tokenreq.html. Names come in four kinds of quotes; whatever has no ASCII is part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...budget import Budget
from ...frozen import dataclass
from ...location import Location

_TOKEN = re.compile(
    r"""
      (?P<end>-->[ ]?statement-breakpoint)
    | (?P<space>[ \t\n\f\r\ufeff]++|--[^\n]*+|/\*(?:.*?\*/|.*\Z))
    | (?P<blob>[xX]'(?:[0-9A-Fa-f]{2})*+')
    | (?P<string>'(?:[^']|'')*+')
    | (?P<quoted>"(?:[^"]|"")*+"|`(?:[^`]|``)*+`|\[[^\]]*+\])
    | (?P<number>0[xX][0-9A-Fa-f]++|(?:[0-9][0-9_]*+(?:\.[0-9_]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)
    | (?P<word>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]*+)
    | (?P<broken>['"`\[])
    | (?P<op>->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[?:@#$][A-Za-z0-9_]++|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE, _BROKEN = "space", "broken"
#: Statements of which more is kept than their head.
_READ = frozenset({"create", "alter", "drop"})
_HEAD = 8
#: Tokens between two looks at the budget.
_LOOK = 1_000


class NotSqlite(ValueError):
    """Text that SQLite would not read. `at` is where."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.why, self.at = why, at


class Refused(NotSqlite):
    """A statement that SQLite reads and refuses: it changes nothing."""


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is end (Drizzle's mark), blob, string, quoted, number, word or op; `start` the offset of `text`."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """A keyword in lower case; "" for what is none."""
        return self.text.lower() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """What a name or string says, without its quotes."""
        if self.kind not in ("quoted", "string"):
            return self.text
        mark, inside = self.text[0], self.text[1:-1]
        return inside if mark == "[" else inside.replace(mark * 2, mark)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `text`, blanks and comments left out. Raises NotSqlite where a quote has no end."""
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = found.lastgroup
        if kind == _SPACE:
            continue
        if kind == _BROKEN:
            raise NotSqlite("a quote is not closed", found.start())
        assert kind is not None
        yield Token(kind, found[0], found.start())


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, without its semicolon."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def head(self) -> str:
        """Its beginning, for people."""
        end = self.tokens[min(5, len(self.tokens) - 1)].end
        return " ".join(self.text[self.start : end].split())[:60]


def statements(text: str, budget: Budget, path: str) -> Iterator[Statement]:
    """The statements of a file. Raises NotSqlite behind the last one that can be told, OverLimit.

    Only a trigger has semicolons inside; as in `sqlite3_complete`, it goes to the END behind one of them. A line that
    begins with a dot is a command of the shell.
    """
    found: list[Token] = []
    skip = taken = -1
    for taken, token in enumerate(tokens(text)):
        if taken % _LOOK == _LOOK - 1:
            budget.step(_LOOK, Location(path, text.count("\n", 0, token.start) + 1))
        if token.start < skip:
            continue
        if not found and token.text == "." and _begins_line(text, token.start):
            end = text.find("\n", token.start)
            skip = len(text) if end < 0 else end
        elif (token.text == ";" or token.kind == "end") and not _is_open_trigger(found):
            if found:
                yield Statement(text, tuple(found))
                found = []
        elif len(found) < _HEAD or found[0].word in _READ:
            found.append(token)
    budget.step((taken + 1) % _LOOK)
    if found:
        yield Statement(text, tuple(found))


def _begins_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _is_open_trigger(found: list[Token]) -> bool:
    words = [token.word for token in found[:3]]
    if words[:1] != ["create"] or "trigger" not in words[1:3]:
        return False
    return not (found[-1].word == "end" and found[-2].text == ";")
