"""SQL that a block puts together of pieces of which some are not known: every statement that it may come to.

A piece that is not known is written as `WILD`. Where the name of something that exists stands, everything of the kind
whose name fits may be meant; a name that is given to something new stays wild.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ....model.identifiers import quote
from ....sql import Token, tokens_of
from ....sql.tokens import END
from ..cursor import Cursor
from ..entries import WILD, IndexEntry, Key, SequenceEntry, TableEntry, ViewEntry
from ..session import Session
from .expressions import OF_ONE, UnknownValueError, Value, Variables, evaluate, format_text, text_of

#: How many statements one guess is taken for, at most.
_MOST = 5_000

_RELATIONS: dict[str, type] = {"table": TableEntry, "view": ViewEntry, "index": IndexEntry, "sequence": SequenceEntry}


def guess(part: Cursor, variables: Variables) -> str:
    """The text that `part` gives, with `WILD` for what of it is not known."""
    pieces = []
    for operand in part.parts(part.pos, len(part.tokens) - 1, "||"):
        value = _guessed(operand, variables)
        pieces.append(value if isinstance(value, str) else WILD if value is not None else "")
    return "".join(pieces)


def _guessed(operand: Cursor, variables: Variables) -> Value:
    try:
        return evaluate(operand, variables)
    except UnknownValueError:
        operand.pos = 0
    if operand.at_name and operand.peek().kind == END:
        return variables.guessed.get(operand.identifier(), WILD)
    call = operand.accept_any("format", "quote_literal", "concat", "lower", "upper", "quote_ident", "trim", "btrim")
    if operand.at("("):
        inner = operand.part(*operand.skip_group())
        if operand.done:
            return _called(call, inner, variables)
    return WILD


def _called(name: str, inner: Cursor, variables: Variables) -> Value:
    if not name:
        return guess(inner, variables)
    values = [_guessed(item, variables) for item in inner.parts(0, len(inner.tokens) - 1)]
    try:
        if name == "format":
            return format_text(text_of(values[0]), [WILD if isinstance(item, tuple) else item for item in values[1:]])
        if name == "concat":
            return "".join("" if item is None else text_of(item) for item in values)
        return OF_ONE[name](text_of(values[0]))
    except (UnknownValueError, IndexError):
        return WILD


def candidates(sql: str, session: Session) -> Iterator[str]:
    """The statements that `sql` may be, of what is in the catalog; wild names that are left differ from each other."""
    found: Iterable[str] = [sql]
    for expand in (_with_relations, _with_parts):
        found = [text for item in found for text in expand(item, session)][:_MOST]
    return (text.replace(WILD, f"{WILD}{number}") for number, text in enumerate(found))


def _with_relations(sql: str, session: Session) -> Iterator[str]:
    """For the first wild name of a relation, those that it may be.

    A relation that is dropped or renamed under a name of which nothing is known is none: one such loop over old
    partitions would otherwise leave nothing to compare.
    """
    tokens = tokens_of(sql)
    for position in range(len(tokens) - 1):
        kind = _relation_here(tokens, position)
        if kind is None:
            continue
        names, end = _dotted(tokens, position, sql)
        if not any(WILD in name for name in names):
            continue
        if names[-1].rstrip("0123456789") == WILD and _ends(tokens, position):
            return
        wanted = [_pattern(name) for name in names[-2:]]
        for key, entry in list(session.catalog.relations.items()):
            if isinstance(entry, _RELATIONS[kind]) and _fits(key, wanted, session):
                yield _put(sql, tokens[position].start, tokens[end].end, ".".join(map(quote, key)))
        return
    yield sql


def _ends(tokens: list[Token], position: int) -> bool:
    """Whether the statement takes the relation at `position` away from its name."""
    words = [token.word for token in tokens]
    return (words[0] == "drop" and "on" not in words[:position]) or any(
        pair in (("rename", "to"), ("set", "schema")) for pair in pairwise(words)
    )


def _relation_here(tokens: list[Token], position: int) -> str | None:
    """The kind of relation whose name is at `position`, if it is one that exists already."""
    if not tokens[position].is_name:
        return None
    at = position - 1
    while at >= 0 and tokens[at].word in ("if", "exists", "only", "concurrently"):
        at -= 1
    before = tokens[at].word if at >= 0 else ""
    if tokens[position].word in ("if", "exists", "only", "concurrently"):
        return None
    if before == "on":
        return "table"
    return before if before in _RELATIONS and tokens[0].word != "create" else None


def _dotted(tokens: list[Token], position: int, sql: str) -> tuple[list[str], int]:
    """The names joined by dots from `position` on, and where the last of them is."""
    names = [tokens[position].name]
    while tokens[position + 1].word == "." and tokens[position + 2].is_name:
        position += 2
        names.append(tokens[position].name)
    return names, position


def _fits(key: Key, wanted: list[re.Pattern[str]], session: Session) -> bool:
    if wanted[-1].fullmatch(key[1]) is None:
        return False
    return key[0] in session.search(None) if len(wanted) == 1 else wanted[0].fullmatch(key[0]) is not None


def _with_parts(sql: str, session: Session) -> Iterator[str]:
    """For the first wild name of a constraint, column, policy or trigger, those that it may be."""
    tokens = tokens_of(sql)
    table = _table_of(tokens, sql, session)
    for position, token in enumerate(tokens[:-1]):
        if not token.is_name or WILD not in token.name:
            continue
        names = _parts_here(tokens, position, table, session)
        if names is None:
            continue
        wanted = _pattern(token.name)
        for name in names:
            if wanted.fullmatch(name) is not None:
                yield _put(sql, token.start, token.end, quote(name))
        return
    yield sql


def _table_of(tokens: list[Token], sql: str, session: Session) -> TableEntry | None:
    for position in range(len(tokens) - 1):
        if _relation_here(tokens, position) == "table":
            names, _ = _dotted(tokens, position, sql)
            found = session.find(names[-2] if len(names) > 1 else None, names[-1])
            return found if isinstance(found, TableEntry) else None
    return None


def _parts_here(tokens: list[Token], position: int, table: TableEntry | None, session: Session) -> list[str] | None:
    """The names of what may be at `position`; None if it is a new name, or none of a part of a table."""
    at = position - 1
    while at >= 0 and tokens[at].word in ("if", "exists"):
        at -= 1
    word, verb = tokens[max(at, 0)].word, tokens[max(at - 1, 0)].word
    if table is None or verb not in ("drop", "alter", "validate", "rename", "enable", "disable"):
        return None
    holders: dict[str, Mapping[str, object]] = {
        "constraint": table.constraints,
        "column": table.columns,
        "policy": session.catalog.policies.get(table.key, {}),
        "trigger": session.catalog.triggers.get(table.key, {}),
    }
    return list(holders[word]) if word in holders else None


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, name.split(WILD))), re.DOTALL)


def _put(sql: str, start: int, end: int, name: str) -> str:
    return sql[:start] + name + sql[end:]
