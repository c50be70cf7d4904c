"""ALTER COLUMN behind the declaration of a column: what the last one says holds, and is what is edited."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Edit
from ...frozen import dataclass
from ...sql import Token
from ...sql.errors import SqlError
from ...sql.scanner import Statement
from ...writers.sql.gate import column_type
from ..drift import Drift
from .about import subject
from .document import Document, Unplaced
from .lists import Actions, made_once

#: By the rule the words of an ALTER COLUMN that say something else of the same.
_SAID = {"DR203": {"type"}, "DR214": {"type"}, "DR204": {"null"}, "DR205": {"default", "generated", "type"}}


@dataclass(frozen=True, slots=True)
class Alteration:
    """One action of an ALTER TABLE, and what of it is behind the name of the column."""

    parts: Actions
    part: list[Token]
    said: list[Token]

    def swapped(self, document: Document, word: str) -> Edit:
        """SET or DROP as its first word."""
        token = self.said[0]
        return document.edit(token.start, token.end, word.upper() if token.text.isupper() else word)


def later(document: Document, statement: Statement, drift: Drift, *, of_all: bool = False) -> Iterator[Alteration]:
    """The actions on the column that say something of what the finding is about; `of_all`: all of them."""
    name = drift.actual.name
    for one in document.naming(drift.key[1]):
        about = subject(one.tokens) if [token.word for token in one.tokens[:2]] == ["alter", "table"] else None
        if about is None or not about.is_of("relation", *drift.key) or one is statement:
            continue
        try:
            actions = made_once(Actions, document, one)
        except SqlError as error:
            raise Unplaced(f"line {document.line(one.start)} is not understood here: {error}") from None
        for part in actions.parts:
            at = 2 if len(part) > 2 and part[1].word == "column" else 1
            if part[0].word != "alter" or len(part) < at + 2 or not part[at].is_name or part[at].name != name:
                continue
            said = part[at + 1 :]
            words = {token.word for token in said[:5]}
            if of_all or words & _SAID.get(drift.code, words):
                yield Alteration(actions, part, said)


def retyped(document: Document, last: Alteration, drift: Drift) -> Iterator[Edit]:
    """The type of `[SET DATA] TYPE …`, unless rows are converted in a way of its author's."""
    words = [token.word for token in last.said]
    if "type" not in words[:3] or {"using", "collate"} & set(words):
        raise Unplaced("a later ALTER TABLE converts it in its own way")
    tokens = last.said[words.index("type") + 1 :]
    yield from document.changed(tokens, column_type(drift.actual.type), column_type(drift.expected.type))


def counted(document: Document, last: Alteration, now: str, wanted: str) -> Iterator[Edit]:
    """ADD GENERATED … AS IDENTITY."""
    if [token.word for token in last.said[:2]] != ["add", "generated"] or not (now and wanted):
        raise Unplaced("a later ALTER TABLE changes it, too")
    yield from document.changed(last.said[1:], now, wanted)


def defaulted(document: Document, last: Alteration, now: str, wanted: str) -> Iterator[Edit]:
    """SET DEFAULT, or DROP DEFAULT."""
    words = [token.word for token in last.said[:2]]
    if words == ["set", "default"] and wanted and now:
        yield from document.changed(last.said[1:], now, wanted)
    elif words == ["set", "default"] and not wanted:
        yield document.edit(last.said[0].start, last.said[-1].end, document.in_style("DROP DEFAULT", last.said))
    elif words == ["drop", "default"] and wanted:
        yield document.edit(
            last.said[0].start, last.said[-1].end, document.in_style(f"SET {wanted}", last.parts.statement.tokens)
        )
    else:
        raise Unplaced("a later ALTER TABLE changes it, too")
