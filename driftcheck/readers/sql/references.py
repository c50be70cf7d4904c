"""Which columns and relations an expression names, and the same expression after one of them was renamed.

PostgreSQL stores expressions as trees that point at columns, so a rename reaches them; here they are text, read word by
word. Where words alone cannot say what a name means, `Ambiguous` says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...model import quote
from .scanner import tokens_of
from .tokens import QUOTED, WORD, Token, identifier


class AmbiguousError(Exception):
    """What a name in an expression refers to can't be told from its words."""


def _names(sql: str) -> Iterator[tuple[Token, str, tuple[str, ...], str]]:
    """Identifiers that may be columns: token, name, the qualifiers before it, and the word behind it."""
    tokens = tokens_of(sql)
    for position, token in enumerate(tokens):
        if token.kind not in (WORD, QUOTED):
            continue
        behind = tokens[position + 1].word
        before = tokens[position - 1].word if position else ""
        if behind in ("(", ".") or before == "::" or (before == "as" and behind in (")", "(", "[")):
            continue
        qualifiers, at = [], position
        while at >= 2 and tokens[at - 1].word == "." and tokens[at - 2].kind in (WORD, QUOTED):
            at -= 2
            qualifiers.append(identifier(tokens[at], sql))
        if at and tokens[at - 1].word == ".":
            continue
        if at and tokens[at - 1].word == "::":
            continue
        yield token, identifier(token, sql), tuple(reversed(qualifiers)), behind


def columns_in(sql: str, table: str, columns: Collection[str]) -> list[str]:
    """The columns of `table` that the expression names, each once, in order of appearance."""
    found: dict[str, None] = {}
    for _, name, qualifiers, _ in _names(sql):
        if name in columns and (not qualifiers or qualifiers[-1] in (table, "new", "old", "excluded")):
            found[name] = None
    return list(found)


def may_name(sql: str, name: str) -> bool:
    """Whether `name` can occur in `sql` at all; cheap, and never wrongly false."""
    return name in sql or (name.isascii() and name in sql.lower())


def renamed_column(sql: str, table: str, old: str, new: str) -> str:
    """The expression with the column `old` of `table` called `new`.

    Raises AmbiguousError if `old` occurs unqualified beside a SELECT, where it may be another table's column.
    """
    if not may_name(sql, old):
        return sql
    spots = [
        (token, qualifiers)
        for token, name, qualifiers, _ in _names(sql)
        if name == old and (not qualifiers or qualifiers[-1] in (table, "new", "old"))
    ]
    if any(not qualifiers for _, qualifiers in spots) and any(token.word == "select" for token in tokens_of(sql)):
        raise AmbiguousError
    return _replaced(sql, [token for token, _ in spots], new)


def renamed_qualifier(sql: str, old: str, new: str) -> str:
    """The expression with `old.column` written `new.column`. Raises AmbiguousError if `old` stands there otherwise."""
    if not may_name(sql, old):
        return sql
    tokens, spots = tokens_of(sql), []
    has_query = any(token.word == "select" for token in tokens)
    for position, token in enumerate(tokens):
        if token.kind in (WORD, QUOTED) and identifier(token, sql) == old:
            if tokens[position + 1].word == "." and not (position and tokens[position - 1].word == "."):
                spots.append(token)
            elif has_query and position and tokens[position - 1].word in ("from", "join", ",", ".", "only"):
                raise AmbiguousError
    return _replaced(sql, spots, new)


def relations_in(sql: str) -> Iterator[tuple[str | None, str]]:
    """Names that stand where a query names relations: after FROM, JOIN, a comma or an opening parenthesis."""
    tokens = tokens_of(sql)
    for position, token in enumerate(tokens):
        if token.kind not in (WORD, QUOTED) or not position:
            continue
        if tokens[position - 1].word not in ("from", "join", ",", "(", "only", "table"):
            continue
        first = identifier(token, sql)
        if tokens[position + 1].word == "." and tokens[position + 2].kind in (WORD, QUOTED):
            yield first, identifier(tokens[position + 2], sql)
        elif tokens[position + 1].word != "(":
            yield None, first


def _replaced(sql: str, spots: list[Token], new: str) -> str:
    for token in reversed(spots):
        sql = sql[: token.start] + quote(new) + sql[token.end :]
    return sql
