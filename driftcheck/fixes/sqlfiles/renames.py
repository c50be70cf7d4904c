"""A column or a table of another name: its own declaration, and every statement of the file that speaks of it.

Only where each place of the name is known: what a view, a function or a statement about rows says of it is not, and
then nothing is renamed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from ...findings import Edit
from ...sql import Token
from ...sql.scanner import Statement
from ...sql.tokens import DOLLAR, STRING
from ...writers.sql.gate import name as identifier
from ..drift import Drift
from .about import Subject, subject
from .document import Document, Unplaced
from .lists import Listed, options_of
from .room import Room, place_of

#: What may stand before the name of a table in a statement about tables.
_BEFORE_TABLE = frozenset({"table", "on", "references", "exists", "only", "column", "inherits"})
#: Behind these a name is no column's.
_NO_COLUMN = frozenset({"constraint", "collate", "to", "::", "using", "operator"})


def _column(room: Room, drift: Drift) -> Iterator[Edit]:
    document, old, table = room.at(drift.actual), drift.actual.name, drift.key[1]
    new = str(identifier(drift.expected.name))
    own = document.statement(place_of(drift.table))
    listed = Listed(document, own)
    listed.column(old)
    for part in listed.parts:
        yield from _columns(document, _own(listed, part), old, new)
    for there, statement in _speaking(room, drift, old):
        if statement is own:
            continue
        about = _understood(there, statement, table)
        mine = about is not None and about.is_of("relation", *drift.key)
        said = _before_references(statement.tokens[about.at + 1 : -1]) if about is not None and mine else []
        yield from _columns(there, [*said, *_referring(statement, table)], old, new)


def _table(room: Room, drift: Drift) -> Iterator[Edit]:
    old, new = drift.actual.name, str(identifier(drift.expected.name))
    if drift.actual.schema != drift.expected.schema:
        raise Unplaced("it would move to another schema")
    for document, statement in _speaking(room, drift, old):
        _understood(document, statement, old)
        for at, token in enumerate(statement.tokens[:-1]):
            if token.is_name and token.name == old and _is_tables(statement.tokens, at, drift.key[0]):
                yield document.edit(token.start, token.end, new)


def _is_tables(tokens: Sequence[Token], at: int, schema: str) -> bool:
    """Whether the name at a position is that of a table."""
    before, behind = tokens[at - 1], tokens[at + 1]
    if before.word == "." and at > 2:
        return tokens[at - 2].is_name and tokens[at - 2].name == schema and tokens[at - 3].word in _BEFORE_TABLE
    return before.word in _BEFORE_TABLE or behind.word == "."


def _speaking(room: Room, drift: Drift, name: str) -> Iterator[tuple[Document, Statement]]:
    for document in room.documents(drift):
        for statement in document.statements:
            if _speaks(document, statement, name):
                yield document, statement


def speaking_of(document: Document, table: str, column: str) -> Iterator[Statement]:
    """The statements that name a table and a column of it; that of another table may have a column of that name."""
    of_table = {one.start for one in document.naming(table)}
    for statement in document.naming(column):
        if statement.start not in of_table:
            continue
        other = _is_table(statement) and not _declares(statement, table)
        if not other or any(token.is_name and token.name == column for token in _referring(statement, table)):
            yield statement


def _declares(statement: Statement, table: str) -> bool:
    """Whether the name of the table stands before the list of a CREATE TABLE."""
    head = itertools.takewhile(lambda token: token.word != "(", statement.tokens)
    return any(token.is_name and token.name == table for token in head)


def _speaks(document: Document, statement: Statement, name: str) -> bool:
    """Whether a statement names it, or has the word in a text that may be a program."""
    tokens = document.tokens(statement)
    program = [token.text for token in tokens if token.kind == DOLLAR]
    if tokens[0].word != "comment":
        program += [token.text for token in tokens if token.kind == STRING and " " in token.text]
    return any(token.is_name and token.name == name for token in tokens) or any(name in text for text in program)


def _understood(document: Document, statement: Statement, table: str) -> Subject | None:
    """What a statement is about, which may name the table; Unplaced if nobody knows what its names stand for."""
    words = [token.word for token in statement.tokens[:4]]
    about = subject(statement.tokens) if words[0] in ("alter", "comment", "create") else None
    if about is None and not _is_table(statement) and _speaks(document, statement, table):
        raise document.named_at(statement)
    return about


def _is_table(statement: Statement) -> bool:
    words = [token.word for token in statement.tokens[:4]]
    return words[0] == "create" and "table" in words and all(token.word != "as" for token in statement.tokens)


def _own(listed: Listed, part: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a part of the list in which names are those of columns of the table."""
    if not listed.is_column(part):
        return [*_before_references(part)]
    options = [one for one in options_of(part) if one.kind in ("check", "generated")]
    return [part[0], *(token for option in options for token in option.tokens)]


def _before_references(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[: next((at for at, one in enumerate(tokens) if one.word == "references"), len(tokens))]


def _referring(statement: Statement, table: str) -> Sequence[Token]:
    """The columns of each REFERENCES table (…)."""
    tokens, found = statement.tokens, list[Token]()
    for at, token in enumerate(tokens):
        if token.word != "references":
            continue
        target = at + 3 if tokens[at + 2].word == "." else at + 1
        if tokens[target].is_name and tokens[target].name == table and tokens[target + 1].word == "(":
            end = next((one for one in range(target, len(tokens)) if tokens[one].word == ")"), target)
            found += tokens[target + 1 : end]
    return found


def _columns(document: Document, tokens: Sequence[Token], old: str, new: str) -> Iterator[Edit]:
    """The names among `tokens` that are the column's: no function's, no constraint's."""
    for at, token in enumerate(tokens):
        if not token.is_name or token.name != old:
            continue
        before = tokens[at - 1].word if at else ""
        if before in _NO_COLUMN or (at + 1 < len(tokens) and tokens[at + 1].word == "("):
            continue
        yield document.edit(token.start, token.end, new)


EDITS: dict[str, Callable[[Room, Drift], Iterator[Edit]]] = {"DR103": _table, "DR210": _column}
