"""Type names inside expressions: `x::numeric(10,2)[]`, `CAST(x AS timestamp with time zone)`, `interval '1' day`."""

from __future__ import annotations

from ...model import ColumnType, parse_type, quote
from .stream import Stream
from .tree import Node

_FIELDS = ("year", "month", "day", "hour", "minute", "second")
#: Built-in types whose literals (`timestamp(3) with time zone '…'`) are more than a name and a string.
_LONG = frozenset(
    "double character char varchar national nchar bit timestamp time interval numeric decimal dec float".split()
)


class TypeNames(Stream):
    """https://www.postgresql.org/docs/current/datatype.html and `Typename` in src/backend/parser/gram.y."""

    def type_name(self) -> ColumnType:
        self.accept("setof")
        text = self._base() + self._modifiers()
        if text.startswith(("timestamp", "time")) and self.token.is_word("with", "without"):
            zone = f" {self.token.text} time zone"
            if self.accept_words(zone):
                text += zone
        while True:
            if self.accept("array"):
                text += "[]"
                if self.accept_mark("["):
                    self.advance()
                    self.expect_mark("]")
            elif self.token.is_mark("[") and (self.ahead().is_mark("]") or self.ahead(2).is_mark("]")):
                while not self.accept_mark("]"):
                    self.advance()
                text += "[]"
            else:
                return parse_type(text)

    def _base(self) -> str:
        if self.accept("double"):
            self.expect("precision")
            return "double precision"
        if self.accept("national"):
            self.accept("character", "char")
            return "character varying" if self.accept("varying") else "character"
        if self.token.is_word("character", "char", "bit"):
            word = "bit" if self.advance().text == "bit" else "character"
            return f"{word} varying" if self.accept("varying") else word
        if self.accept("interval"):
            return "interval" + self._interval_fields()
        parts = []
        while True:
            parts.append(quote(self.token.text) if self.token.kind == "quoted" else self.token.text)
            if self.token.kind == "quoted" and parts[-1] == self.token.text:
                parts[-1] = f'"{self.token.text}"'
            self.identifier()
            if not (self.token.is_mark(".") and self.ahead().kind in ("word", "quoted")):
                return ".".join(parts)
            self.advance()

    def _interval_fields(self) -> str:
        if not self.token.is_word(*_FIELDS):
            return ""
        fields = " " + self.advance().text
        if self.accept("to"):
            if not self.token.is_word(*_FIELDS):
                raise self.unexpected()
            fields += " to " + self.advance().text
        return fields

    def _modifiers(self) -> str:
        if not self.token.is_mark("("):
            return ""
        start, depth = self.token.start, 0
        while True:
            token = self.advance()
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "mark" else 0
            if depth == 0:
                return self.source[start : token.end]

    def typed_literal(self) -> Node | None:
        """`date '2020-01-01'`, `interval '1' day`: a type and a string, or None if that is not what comes."""
        if self.token.kind not in ("word", "quoted"):
            return None
        begin = self.position
        if self.ahead().kind != "string" and not (
            (self.token.kind == "word" and self.token.text in _LONG) or self.ahead().is_mark(".")
        ):
            return None
        try:
            literal_type = self.type_name()
            text = self.string()
        except ValueError:
            self.position = begin
            return None
        if literal_type.name == "interval" and (fields := self._interval_fields()):
            literal_type = parse_type("interval" + fields + self._modifiers())
        return Node("cast", children=(Node("literal", text),), type=literal_type)
