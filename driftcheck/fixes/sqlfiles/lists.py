"""The list of CREATE TABLE: columns and constraints, and the options of a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from ...findings import Around, Edit
from ...frozen import dataclass
from ...sql import Token
from ...sql.scanner import Statement
from ...sql.tokens import OPERATOR
from .document import Document, Unplaced, stream_of

#: First words of a constraint of a table.
CONSTRAINTS = frozenset({"constraint", "primary", "unique", "check", "foreign", "exclude", "like"})
#: Words with which an option of a column begins.
_OPTIONS = frozenset(
    "constraint not null default check unique primary references generated collate storage compression".split()
)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a column: its kind (`not null`, `default` …, or `type`), and its tokens with CONSTRAINT name."""

    kind: str
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


class Parts:
    """What a statement says one after the other, with commas between: each part a list of tokens."""

    def __init__(self, document: Document, statement: Statement) -> None:
        self.document = document
        self.statement = statement
        self.parts: list[list[Token]] = []

    def part(self, offset: int) -> list[Token]:
        """The part that holds a character."""
        for part in self.parts:
            if part[0].start <= offset < part[-1].end:
                return part
        raise Unplaced("no part of the statement says it")

    def removed(self, part: Sequence[Token]) -> list[Edit]:
        """Takes a part out with one of the commas around it."""
        document, text = self.document, self.document.text
        starts = [one[0].start for one in self.parts]
        at = starts.index(part[0].start)
        if any(start not in document.going for start in starts[at + 1 :]):
            end = self._comma(part) + 1
            line_end = document.line_end(end)
            if document.indent(part[0].start) is not None and not text[end:line_end].strip():
                return [document.without(part[0].start, end)]
            rest = text[end : starts[at + 1]]
            end += len(rest) if not rest.strip() else len(rest) - len(rest.lstrip(" \t"))
            return [document.edit(part[0].start, end, "")]
        kept = [one for one in range(at) if starts[one] not in document.going]
        if not kept:
            return self._emptied()
        comma = self._comma(self.parts[kept[-1]])
        found = [document.edit(comma, comma + 1, "")]
        end = part[-1].end if at == len(starts) - 1 else self._comma(part) + 1
        start = self._comma(self.parts[at - 1]) + 1
        shares = text[start : part[0].start].strip() or not text[end : document.line_end(end)].strip()
        if document.indent(part[0].start) is not None and shares:
            return [*found, document.without(part[0].start, end)]
        return [*found, document.edit(start, end, "")]

    def _emptied(self) -> list[Edit]:
        raise Unplaced("nothing would be left in the list of its CREATE TABLE")

    def _comma(self, part: Sequence[Token]) -> int:
        """The comma behind a part."""
        position = self.statement.tokens.index(part[-1]) + 1
        return self.statement.tokens[position].start


P = TypeVar("P", bound=Parts)


class Actions(Parts):
    """One ALTER TABLE, which goes if nothing is left of it."""

    def __init__(self, document: Document, statement: Statement) -> None:
        super().__init__(document, statement)
        stream = stream_of(statement)
        stream.expect("alter", "table")
        while stream.accept_any("only", "if", "exists"):
            pass
        stream.name()
        stream.accept("*")
        self.parts = [part.tokens[:-1] for part in stream.parts(stream.pos) if not part.done]

    def _emptied(self) -> list[Edit]:
        return self.document.without_statement(self.statement)


class Listed(Parts):
    """One CREATE TABLE, with the parts of its list."""

    def __init__(self, document: Document, statement: Statement) -> None:
        super().__init__(document, statement)
        stream = stream_of(statement)
        stream.skip_until("(")
        if [token.word for token in statement.tokens[:1]] != ["create"] or not stream.at("("):
            raise Unplaced("it is not declared in a CREATE TABLE with a list of columns")
        start, end = stream.skip_group()
        self.closing = statement.tokens[end]
        self.parts = [part.tokens[:-1] for part in stream.parts(start, end) if not part.done]
        if not self.parts:
            raise Unplaced("the list of columns is empty")

    def column(self, name: str) -> list[Token]:
        for part in self.parts:
            if self.is_column(part) and part[0].name == name:
                return part
        raise Unplaced(f"{name} is not in the list of its CREATE TABLE")

    @staticmethod
    def is_column(part: Sequence[Token]) -> bool:
        return part[0].is_name and part[0].word not in CONSTRAINTS

    def added(self, text: str, *, column: bool) -> list[Edit]:
        """A new part: a column behind the last column, a constraint at the end."""
        document = self.document
        columns = [at for at, part in enumerate(self.parts) if self.is_column(part)]
        at = columns[-1] if column and columns else len(self.parts) - 1
        last, kept = self.parts[at], [part for part in self.parts if part[0].start not in document.going]
        indent = document.indent(last[0].start)
        behind = [part for part in self.parts[at + 1 :] if part[0].start not in document.going]
        if behind:
            following = self.parts[at + 1][0].start
            if indent is None:
                return [self._insertion(following, text, Around("", ", ", ", "), 0)]
            return [self._insertion(self._behind(last, following), text, Around(f"\n{indent}", f",\n{indent}", ","), 0)]
        gone = last[0].start in document.going
        between = ", " if indent is None else f",\n{indent}"
        if gone:
            last = kept[-1] if kept else last
        ends = not gone and at == len(self.parts) - 1  # else the comma behind it is taken out along with the others
        place = self._behind(last, self.closing.start) if ends else last[-1].end
        if place == last[-1].end:
            return [self._insertion(place, text, Around(between, between, ""), 0 if column else 1)]
        at_byte = document.byte(last[-1].end)
        comma = Edit(document.path, at_byte, at_byte, ",", rank=1)
        return [comma, self._insertion(place, text, Around(between[1:], between, ""), 0 if column else 1)]

    def _insertion(self, offset: int, text: str, around: Around, rank: int) -> Edit:
        at = self.document.byte(offset)
        return Edit(self.document.path, at, at, text, around, rank)

    def _behind(self, part: Sequence[Token], before: int) -> int:
        """Behind a part, its comma, and what is said of it to the end of its line."""
        end = part[-1].end
        rest = self.document.text[end : min(self.document.line_end(end), before)]
        return end + len(rest.rstrip()) if self.document.line_end(end) < before else end


def made_once(kind: type[P], document: Document, statement: Statement) -> P:
    """`kind(document, statement)`, which findings on all that it lists share."""
    key = kind, statement.start
    if key not in document.lists:
        document.lists[key] = kind(document, statement)
    found: P = document.lists[key]
    return found


def options_of(part: Sequence[Token]) -> Iterator[Option]:
    """The type and the options of a column, in their order."""
    start, depth, kind, begun = 1, 0, "type", False
    for at in range(1, len(part)):
        word, before = part[at].word, part[at - 1]
        if word in ("(", "["):
            depth += 1
        elif word in (")", "]"):
            depth -= 1
        elif not depth and word in _OPTIONS and not begun and _begins(part, at, kind):
            if at > start:
                yield Option(kind, tuple(part[start:at]))
            start, kind = at, word
        if word == "constraint" and start == at:
            begun = True
        elif begun and at > start + 1:
            begun, kind = False, word
        del before
    if len(part) > start:
        yield Option(kind, tuple(part[start:]))


def _begins(part: Sequence[Token], at: int, kind: str) -> bool:
    """Whether an option begins with the word at a position: it is no part of the one before it."""
    word, before = part[at].word, part[at - 1]
    behind = part[at + 1].word if at + 1 < len(part) else ""
    if kind == "default" and (before.word == "default" or before.kind == OPERATOR or before.word in ("is", "::", ".")):
        return False
    if word == "not":
        return behind == "null"
    if word in ("null", "default"):
        return before.word not in ("not", "set", "by")
    return True
