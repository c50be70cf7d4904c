"""What SQL text refers to: which columns, relations, types and functions an expression or query names.

Read word by word, with no tree and no catalog: a name is what its position makes it. Text that PostgreSQL refuses is
read as far as it can be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ..frozen import dataclass
from ..model.identifiers import RESERVED
from .errors import SqlError
from .lexer import tokens_of
from .stream import Stream
from .tokens import QUOTED, WORD, Token

RELATION: Final = "relation"
TYPE: Final = "type"
FUNCTION: Final = "function"
COLUMN: Final = "column"


class Name(NamedTuple):
    """A name in SQL text. `role` is what is there: a relation, type or function, else a column (or alias).

    `qualifiers` are the names before it, joined to it by dots; `first` is the token with which all of it begins.
    """

    token: Token
    name: str
    qualifiers: tuple[str, ...]
    role: str
    first: Token

    @property
    def schema(self) -> str | None:
        """What qualifies the name: of a relation, type or function the schema."""
        return self.qualifiers[-1] if self.qualifiers else None

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.qualifiers, self.name)


#: Words that end a FROM list, so that a comma behind them parts something else.
_AFTER_FROM = frozenset(
    """
    where group order having limit offset union intersect except window for select returning set values on fetch
    """.split()
)
#: Words of the grammar that are names elsewhere → the words before them that make them so.
_PHRASES = {
    "time": ("at", "with", "without"),
    "zone": ("time",),
    "precision": ("double",),
    "varying": ("character", "char", "nchar", "bit"),
}
#: Words that may be before a constant and are not its type.
_BEFORE_STRING = frozenset({"between", "escape", "zone"})


@dataclass(slots=True)
class _Level:
    """What is open within one pair of parentheses: whose they are, a query, and its FROM list."""

    opener: str = ""
    query: bool = False
    listing: bool = False


class _NameReader:
    """Gives the names of `tokens` in order."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.levels = [_Level()]
        self.expecting = False  # a relation
        self.position = 0

    def __iter__(self) -> Iterator[Name]:
        while self.position < len(self.tokens) - 1:
            token = self.tokens[self.position]
            self._look_at(token)
            if not token.is_name or self._is_grammar(token.word):
                self.position += 1
                continue
            name = self._name()
            self.expecting = False
            if self._word(0) not in ("=>", ":="):  # else an argument's
                yield name

    def _word(self, ahead: int) -> str:
        position = self.position + ahead
        return self.tokens[position].word if 0 <= position < len(self.tokens) else ""

    def _look_at(self, token: Token) -> None:
        """What a word or mark says of those that follow it."""
        word, level, expecting = token.word, self.levels[-1], False
        if word == "(":
            listing = level.listing and self.expecting
            self.levels.append(_Level(self._word(-1), listing=listing))
            expecting = listing
        elif word == ")":
            del self.levels[max(len(self.levels) - 1, 1) :]
        elif word == ",":
            expecting = level.listing
        elif word in ("from", "join"):
            expecting = word == "join" or (level.query and self._word(-1) != "distinct")
            level.listing |= expecting
        elif word in _AFTER_FROM:
            level.listing &= word == "on"
            level.query |= word == "select"
        elif word == "delete":
            level.query |= self._word(1) == "from"
        elif word == "update":
            expecting = self._word(-1) not in ("for", "key", "do", "on", "after", "before", "or")
        else:
            expecting = word in ("into", "table") or (self.expecting and token.is_name)
        self.expecting = expecting

    def _is_grammar(self, word: str) -> bool:
        """Whether the word here is not a name: reserved, or part of a phrase."""
        level, before = self.levels[-1], self._word(-1)
        return (
            (word in RESERVED)
            or before in _PHRASES.get(word, ())
            or (word == "at" and self._word(1) in ("time", "local"))
            or (level.opener == "extract" and before == "(")
            or (word in ("only", "lateral", "update") and self.expecting)
        )

    def _name(self) -> Name:
        """The dotted name here, taken."""
        tokens, first, before = self.tokens, self.tokens[self.position], self._word(-1)
        parts = [first.name]
        while self._word(1) == "." and tokens[self.position + 2].is_name:
            self.position += 2
            parts.append(tokens[self.position].name)
        if self._word(1) == "." and self._word(2) == "*":
            self.position += 3
            return Name(tokens[self.position - 1], "*", tuple(parts), COLUMN, first)
        token = tokens[self.position]
        self.position += 1
        return Name(token, parts[-1], tuple(parts[:-1]), self._role(token, before), first)

    def _role(self, token: Token, before: str) -> str:
        """The role of the name that ends with `token`, behind which reading is."""
        behind = self.tokens[self.position]
        if before in ("::", "setof", "returns") or (before == "as" and self.levels[-1].opener == "cast"):
            return TYPE
        if behind.word == "(" and before != "into":
            return FUNCTION
        if self.expecting:
            return RELATION
        return TYPE if behind.is_string and token.word not in _BEFORE_STRING else COLUMN


def names_in(sql: str) -> Iterator[Name]:
    """All names that `sql` uses, in order, each with its role. Words of the grammar are none, nor is what is quoted."""
    return iter(_NameReader(tokens_of(sql)))


@lru_cache(maxsize=4096)
def columns_named(sql: str) -> frozenset[str]:
    """The names in an expression that can be a column's."""
    return frozenset(name.name for name in names_in(sql) if name.role == COLUMN)


@lru_cache(maxsize=4096)
def things_named(sql: str) -> frozenset[str]:
    """The names of all that may be a relation or column in an expression or query, those before a dot included."""
    return frozenset(part for name in names_in(sql) if name.role in (RELATION, COLUMN) for part in name.path)


def columns_in(sql: str, table: str, columns: Collection[str]) -> list[str]:
    """The columns of `table` that the expression names, each once, in order of appearance."""
    found: dict[str, None] = {}
    for name in names_in(sql):
        if name.role == COLUMN and name.name in columns and is_of_table(name, table):
            found[name.name] = None
    return list(found)


def is_of_table(name: Name, table: str) -> bool:
    return not name.qualifiers or name.qualifiers[-1] in (table, "new", "old", "excluded")


def may_name(sql: str, name: str) -> bool:
    """Whether `name` can occur in `sql` at all; cheap, and never wrongly false."""
    return name in sql or (name.isascii() and name in sql.lower()) or '""' in sql or "&" in sql


def relations_in(sql: str) -> Iterator[tuple[str | None, str]]:
    """The relations that a query reads, as (schema or None, name); names of its own WITH queries left out."""
    own = own_queries(sql)
    for name in names_in(sql):
        if name.role == RELATION and (name.qualifiers or name.name not in own):
            yield name.schema, name.name


def aliases_in(sql: str) -> dict[str, tuple[str | None, str]]:
    """The relations that a query reads, as (schema or None, name), by what they are called in it."""
    own, tokens = own_queries(sql), tokens_of(sql)
    positions = {token.start: position for position, token in enumerate(tokens)}
    found: dict[str, tuple[str | None, str]] = {}
    for name in names_in(sql):
        if name.role != RELATION or (not name.qualifiers and name.name in own):
            continue
        behind = positions[name.token.start] + 1
        behind += tokens[behind].word in ("as", "*")
        token = tokens[behind]
        alias = token.kind == QUOTED or (token.kind == WORD and token.word not in RESERVED | _AFTER_FROM)
        called = token.name if alias else name.name
        found[called] = (name.schema, name.name)
    return found


def own_queries(sql: str) -> set[str]:
    """The names that WITH gives to queries."""
    tokens = tokens_of(sql)
    if not any(token.word == "with" for token in tokens):
        return set()
    return {
        token.name
        for token, behind, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.is_name
        and (behind.word == "(" or (behind.word == "as" and after.word in ("(", "materialized", "not")))
    }


_NAMED_BY_CAST = {"regclass": RELATION, "regproc": FUNCTION, "regprocedure": FUNCTION, "regtype": TYPE}


def names_in_strings(sql: str) -> Iterator[Name]:
    """The names in strings: of a sequence in a call of nextval and its like, and of what is cast to a regclass."""
    tokens = tokens_of(sql)
    for position, token in enumerate(tokens[:-1]):
        if not token.is_string:
            continue
        called = position > 1 and tokens[position - 1].word == "(" and tokens[position - 2].word.endswith("val")
        cast = tokens[position + 2].word if tokens[position + 1].word == "::" else ""
        role = _NAMED_BY_CAST.get(cast, RELATION if called else "")
        if role and (parts := name_in(token.value)):
            yield Name(token, parts[-1], parts[:-1], role, token)


def name_in(text: str) -> tuple[str, ...]:
    """The parts of the dotted name that `text` is, as PostgreSQL reads it for a regclass; none if it is not a name."""
    try:
        stream = Stream.of(text)
        parts = stream.path()
    except SqlError:
        return ()
    # A regprocedure has arguments behind it.
    return tuple(parts) if stream.done or stream.at("(") else ()
