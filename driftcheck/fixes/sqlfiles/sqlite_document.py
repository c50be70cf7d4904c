"""A file of SQLite's SQL cut into statements, parts and options by SQLite's own tokens: what edits are placed by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ...dialects.sqlite.cursor import RESERVED
from ...dialects.sqlite.lexer import NotSqlite, Statement, Token, statements, tokens
from ...findings import Around, Edit
from ...frozen import dataclass
from ...location import Location
from ..files import Files
from .document import Unplaced

__all__ = ["Part", "SqliteDocument", "Statement", "opened"]

_MARK = b"\xef\xbb\xbf"
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
#: First words of a constraint of a table.
_CONSTRAINTS = frozenset({"constraint", "primary", "unique", "check", "foreign"})
#: Words with which an option of a column begins; what is in none of them is the type.
_OPTIONS = frozenset("constraint primary not null unique check default collate references generated as".split())
#: Keywords of generated text that are no keywords in all places.
_KEYWORDS = RESERVED | frozenset(
    """
    always cascade conflict deferred generated initially key rowid strict stored trigger view virtual without action no
    desc before after instead of each row for begin end replace ignore fail abort rollback
    """.split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """A column or a constraint in the list of a CREATE TABLE."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def is_column(self) -> bool:
        return self.tokens[0].word not in _CONSTRAINTS


@dataclass(frozen=True, slots=True)
class _Option:
    kind: str
    tokens: tuple[Token, ...]


def opened(path: str, files: Files) -> SqliteDocument:
    """Raises Unplaced where the file is not what it was when it was read."""
    data = files.data(path)
    if data is None:
        raise Unplaced(f"{path} cannot be read")
    try:
        return SqliteDocument(path, data, files)
    except (UnicodeDecodeError, NotSqlite):
        raise Unplaced(f"{path} is not understood here") from None


class SqliteDocument:
    """Offsets are those of characters; those of edits count bytes. `going` are where parts begin that are taken out,
    `growing` where statements do that get new ones.
    """

    def __init__(self, path: str, data: bytes, files: Files) -> None:
        self.path = path
        self._bias = len(_MARK) if data.startswith(_MARK) else 0
        self.text = data[self._bias :].decode()
        self.statements: Sequence[Statement] = list(statements(self.text, files.budget, path))
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", self.text))]
        self.going: set[int] = set()
        self.growing: set[int] = set()

    # -- Where things are -------------------------------------------------------------------------------------------

    def offset(self, place: Location) -> int:
        if not 0 < place.line <= len(self._starts):
            raise Unplaced(f"nothing is at {place}")
        return self._starts[place.line - 1] + place.column - 1

    def line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def statement(self, place: Location) -> Statement:
        offset = self.offset(place)
        for one in self.statements:
            if one.start <= offset < one.tokens[-1].end and one.tokens[0].word == "create":
                return one
        raise Unplaced(f"no statement that makes it is at {place}")

    def speaks(self, statement: Statement, *names: str) -> bool:
        """Whether it says all of these names."""
        said = {token.name.lower() for token in statement.tokens}
        return all(name.lower() in said for name in names)

    def says(self, part: Part, name: str) -> bool:
        return any(token.name.lower() == name.lower() for token in part.tokens)

    def demand_unaltered(self, statement: Statement, table: str) -> None:
        for one in self.statements:
            if one.tokens[0].word in ("alter", "drop") and self.speaks(one, table):
                raise Unplaced(f"line {self.line(one.start)} alters its table, too")
        words = [token.word for token in statement.tokens[:4]]
        if "table" not in words:
            raise Unplaced("it is not declared in a CREATE TABLE")

    def parts(self, statement: Statement) -> list[Part]:
        found: list[Part] = []
        current: list[Token] = []
        depth = 0
        for token in statement.tokens:
            mark = token.text if token.kind == "op" else ""
            depth += (mark == "(") - (mark == ")")
            if (depth == 0 and mark == ")") or (depth == 1 and mark == ","):
                found += [Part(tuple(current))] if current else []
                current = []
                if not depth:
                    break
            elif depth > 1 or (depth == 1 and (mark != "(" or current)):
                current.append(token)
        return found

    def part(self, statement: Statement, place: Location) -> Part:
        offset = self.offset(place)
        for part in self.parts(statement):
            if part.start <= offset < part.end:
                return part
        raise Unplaced("no part of its CREATE TABLE says it")

    def _options(self, part: Part) -> Iterator[_Option]:
        """The type and the options of a column, in their order."""
        kind, own, depth = "type", list[Token](), 0
        words = [*part.tokens[1:]]
        for at, token in enumerate(words):
            before = words[at - 1].word if at else ""
            begins = not depth and token.word in _OPTIONS and not (before == "not" and token.word == "null")
            begins &= not (before == "set" or (kind == "default" and len(own) == 1))
            begins &= not (token.word == "as" and before == "always")
            if begins and not (len(own) == 2 and own[0].word == "constraint"):
                if own:
                    yield _Option(kind, tuple(own))
                kind, own = {"as": "generated"}.get(token.word, token.word), []
            elif begins:
                kind = token.word
            depth += (token.text == "(") - (token.text == ")") if token.kind == "op" else 0
            own.append(token)
        if own:
            yield _Option(kind, tuple(own))

    def has(self, part: Part, kind: str) -> bool:
        return any(one.kind == kind for one in self._options(part))

    # -- Edits ------------------------------------------------------------------------------------------------------

    def _edit(self, start: int, end: int, text: str, rank: int = 0) -> Edit:
        return Edit(self.path, self._byte(start), self._byte(end), text, rank=rank)

    def _byte(self, offset: int) -> int:
        return self._bias + len(self.text[:offset].encode())

    def option(self, part: Part, kind: str, text: str) -> Edit:
        """An option of a column that is to say `text`: changed, put in, or if that is empty taken out."""
        options = list(self._options(part))
        found = next((one for one in options if one.kind == kind), None)
        if found is not None:
            return self._in_place_of(part, found, text)
        if not text:
            raise Unplaced("its declaration does not say it")
        first = options[0].tokens if options and options[0].kind == "type" and kind != "type" else part.tokens[:1]
        end = first[-1].end
        return self._edit(end, end, f" {self.styled(text, part.tokens)}")

    def option_at(self, part: Part, place: Location, text: str) -> Edit:
        """The option of a column that stands at a place, or behind its name there."""
        offset = self.offset(place)
        for one in self._options(part):
            if one.tokens[0].start <= offset < one.tokens[-1].end and one.kind != "type":
                return self._in_place_of(part, one, text)
        raise Unplaced("its column does not say it")

    def _in_place_of(self, part: Part, option: _Option, text: str) -> Edit:
        start, end = option.tokens[0].start, option.tokens[-1].end
        if text:
            return self._edit(start, end, self.styled(text, option.tokens))
        before = part.tokens[part.tokens.index(option.tokens[0]) - 1].end
        return self._edit(before if not self.text[before:start].strip() else start, end, "")

    def added(self, statement: Statement, text: str, *, is_column: bool) -> Iterator[Edit]:
        """A new part: a column behind the last one, a constraint at the end; in front of what goes."""
        parts = self.parts(statement)
        kept = [one for one in parts if one.start not in self.going] or parts
        last = ([one for one in kept if one.is_column and is_column] or kept)[-1]
        before = self.text[self._starts[self.line(last.start) - 1] : last.start]
        between = f",\n{before}" if not before.strip() else ", "
        said, rank = self.styled(text, statement.tokens), 0 if is_column else 1
        if following := [one for one in parts if one.start > last.start]:
            yield self._insertion(following[0].start, said, Around("", between, between), rank)
            return
        line_end = self.text.find("\n", last.end)
        if between == ", " or not 0 < line_end < statement.tokens[-1].end:
            yield self._insertion(last.end, said, Around(between, between, ""), rank)
            return
        yield self._edit(last.end, last.end, ",")
        yield self._insertion(line_end, said, Around(between[1:], between, ""), rank)

    def _insertion(self, offset: int, text: str, around: Around, rank: int) -> Edit:
        at = self._byte(offset)
        return Edit(self.path, at, at, text, around, rank)

    def replaced(self, part: Part, text: str) -> Edit:
        return self._edit(part.start, part.end, self.styled(text, part.tokens))

    def without_part(self, statement: Statement, part: Part) -> Iterator[Edit]:
        """A part with the comma behind it; with the one before it, if nothing that stays is behind it."""
        parts = self.parts(statement)
        at = next(number for number, one in enumerate(parts) if one.start == part.start)
        stays = [one for one in parts[at + 1 :] if one.start not in self.going]
        if stays:
            yield self._edit(part.start, parts[at + 1].start, "")
            return
        if statement.start in self.growing:
            raise Unplaced("it goes once what is new is there")
        if not at:
            raise Unplaced("nothing would be left in its CREATE TABLE")
        comma = next(one for one in statement.tokens if one.start >= parts[at - 1].end)
        yield self._edit(comma.start, comma.end, "")
        yield self._edit(len(self.text[: part.start].rstrip()), part.end, "")

    def rewritten(self, statement: Statement, text: str) -> Edit:
        return self._edit(statement.start, statement.tokens[-1].end, self.styled(text, statement.tokens))

    def without(self, statement: Statement) -> Edit:
        """With its semicolon, and its lines if nothing else is on them."""
        end = statement.tokens[-1].end
        rest = re.compile(r"[ \t\r\n]*;(?:[ \t]*--> ?statement-breakpoint)?[ \t]*(?:\r\n?|\n)?").match(self.text, end)
        return self._edit(statement.start, rest.end() if rest else end, "")

    def appended(self, text: str) -> Edit:
        """A statement behind all others."""
        end = len(self.text)
        opening = "" if not self.text or self.text.endswith("\n") else "\n"
        style = [token for one in self.statements[-1:] for token in one.tokens]
        return self._edit(end, end, f"{opening}{self.styled(text, style)}\n", 2)

    def styled(self, text: str, like: Sequence[Token]) -> str:
        """SQL of ours as `like` is written: its quotes, and the case of its keywords."""
        quotes = [token.text[0] for token in self._all(like) if token.kind == "quoted"]
        mark = max(set(quotes), key=quotes.count) if quotes else ""
        words = [token for token in self._all(like) if token.word in _KEYWORDS]
        small = sum(token.text.islower() for token in words) * 2 > len(words)
        parts, end = [], 0
        for token in tokens(text):
            parts += [text[end : token.start], _respelled(token, mark, small=small)]
            end = token.end
        return "".join([*parts, text[end:]])

    def _all(self, like: Sequence[Token]) -> Sequence[Token]:
        """Of a part, the tokens of its whole statement: few say nothing of a manner."""
        for one in self.statements:
            if like and one.start <= like[0].start < one.tokens[-1].end:
                return one.tokens
        return like


def _respelled(token: Token, mark: str, *, small: bool) -> str:
    if token.kind == "quoted" and token.text[0] == '"' and mark != '"':
        if mark == "`":
            return "`" + token.name.replace("`", "``") + "`"
        if mark == "[" and "]" not in token.name:
            return f"[{token.name}]"
        plain = _PLAIN.match(token.name) and token.name.lower() not in RESERVED
        return token.name if not mark and plain else token.text
    return token.text.lower() if small and token.text.isupper() and token.word in _KEYWORDS else token.text
