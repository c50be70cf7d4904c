"""Type names inside expressions: `x::numeric(10,2)[]`, `CAST(x AS timestamp with time zone)`, `interval '1' day`."""

from __future__ import annotations

from ...model import ColumnType
from ...sql.types import interval_fields, modifiers, read_type
from .stream import ExpressionStream
from .tree import Node

#: Built-in types whose literals (`timestamp(3) with time zone '…'`) are more than a name and a string.
_LONG = frozenset(
    "double character char varchar national nchar bit timestamp time interval numeric decimal dec float".split()
)


class TypeNames(ExpressionStream):
    """`Typename` and `AexprConst` in src/backend/parser/gram.y."""

    def type_name(self) -> ColumnType:
        return read_type(self)

    def typed_literal(self) -> Node | None:
        """`date '2020-01-01'`, `interval '1' day`: a type and a string, or None if that is not what comes."""
        if not self.at_name:
            return None
        begin = self.pos
        if not (self.peek().is_string or self.word in _LONG or self.peek().word == "."):
            return None
        try:
            literal_type = self.type_name()
            text = self.string()
        except ValueError:
            self.pos = begin
            return None
        if literal_type.name == "interval" and (fields := interval_fields(self)):
            literal_type = ColumnType(f"interval {fields}", modifiers(self))
        return Node("cast", children=(Node("literal", text),), type=literal_type)
