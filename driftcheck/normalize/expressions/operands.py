"""What operators are between: names, constants, calls, parentheses, subqueries."""

from __future__ import annotations

from ...model import ColumnType
from ...sql.tokens import BITS, NUMBER, PARAMETER, WORD
from ..names import dotted
from .forms import Forms
from .stream import QUERY_WORDS, name_node
from .tree import Node

INTEGER = ColumnType("integer")
BIGINT = ColumnType("bigint")
NUMERIC = ColumnType("numeric")
BOOLEAN = ColumnType("boolean")
#: Reserved for joins, and functions nevertheless.
_FUNCTION_WORDS = frozenset({"left", "right", "current_schema", "overlaps", "like", "ilike"})


#: More parentheses than this in each other are not looked through: no parser here goes so deep.
_DEEPEST = 1000


class Operands(Forms):
    """`c_expr` and `func_expr` in src/backend/parser/gram.y."""

    def operand(self) -> Node:
        token = self.token
        if token.is_string:
            return Node("literal", self.advance().value)
        if token.kind == NUMBER:
            return number(self.advance().text)
        if token.kind == BITS:
            return Node("literal", _bits(self.advance().value), type=ColumnType("bit"))
        if token.kind == PARAMETER:
            return Node("parameter", self.advance().text[1:])
        if token.word == "(":
            return self._parentheses()
        if token.word == "null":
            self.advance()
            return Node("null")
        if token.word in ("true", "false"):
            return Node("literal", self.advance().word, type=BOOLEAN)
        return self.form() or self.typed_literal() or self._name_or_call()

    def _parentheses(self) -> Node:
        self.expect("(")
        if self.word in QUERY_WORDS or self._is_nested_query():
            query = self.query()
            self.expect(")")
            return Node("scalar_query", children=(query,))
        items = self.expressions()
        self.expect(")")
        return items[0] if len(items) == 1 else Node("row", children=items)

    def _is_nested_query(self) -> bool:
        """Whether only opening parentheses are before a SELECT: `((SELECT …) UNION …)`."""
        offset = 0
        while self.peek(offset).word == "(":
            offset += 1
            if offset > _DEEPEST:
                return False
        if not (offset and self.peek(offset).word in QUERY_WORDS):
            return False
        depth, index = offset, self.pos + offset
        while depth >= offset and index < len(self.tokens) - 1:
            word = self.tokens[index].word
            depth += (word == "(") - (word == ")")
            index += 1
            if depth < offset:
                return self.tokens[index].word in ("union", "except", "intersect", "order", "limit")
        return False

    def _name_or_call(self) -> Node:
        token = self.token
        if token.word in _FUNCTION_WORDS and self.peek().word == "(":
            self.advance()
            return self._call([token.word])
        parts = self.path()
        if self.at("("):
            return self._call(parts)
        if self.at(".") and self.peek().word == "*":
            self.pos += 2
            return Node("star", children=tuple(Node("part", part) for part in parts), start=token.start)
        return name_node(parts, token.start)

    def _call(self, parts: list[str]) -> Node:
        self.expect("(")
        children: list[Node] = []
        if self.accept("distinct"):
            children.append(Node("distinct"))
        else:
            self.accept("all")
        if self.accept("*"):
            children.append(Node("star"))
        while not self.at(")") and not self.at("order"):
            if children and children[-1].kind != "distinct":
                self.expect(",")
            form = parts == ["normalize"] and children and self.accept_any("nfc", "nfd", "nfkc", "nfkd")
            children.append(Node("literal", form.upper()) if form else self._argument())
        if self.at("order"):
            children.append(self.order_by())
        self.expect(")")
        children.extend(self._after_call())
        return Node("call", dotted(parts), tuple(children))

    def _argument(self) -> Node:
        if self.accept("variadic"):
            return Node("variadic", children=(self.expression(),))
        if self.token.is_name and self.peek().word in ("=>", ":="):
            name = self.label()
            self.advance()
            return Node("named", name, (self.expression(),))
        return self.expression()

    def _after_call(self) -> list[Node]:
        children = []
        if self.accept("within", "group"):
            self.expect("(")
            children.append(Node("within_group", children=(self.order_by(),)))
            self.expect(")")
        if self.at("filter") and self.peek().word == "(":
            self.advance()
            self.expect("(")
            self.expect("where")
            children.append(Node("filter", children=(self.expression(),)))
            self.expect(")")
        if self.accept("over"):
            children.append(self.window() if self.at("(") else Node("over", self.identifier()))
        return children

    def order_by(self) -> Node:
        """`ORDER BY …`: each key with its direction and place of nulls as PostgreSQL understands them."""
        self.expect("order")
        self.expect("by")
        keys = [self._sort_key()]
        while self.accept(","):
            keys.append(self._sort_key())
        return Node("order_by", children=tuple(keys))

    def _sort_key(self) -> Node:
        key = self.expression()
        direction = self.accept_any("asc", "desc")
        if self.at("using"):
            raise self.unexpected()
        descending = direction == "desc"
        first = descending
        if self.accept("nulls"):
            first = self.at("first")
            if not self.accept_any("first", "last"):
                raise self.unexpected()
        return Node("key", f"{'desc' if descending else 'asc'} {'first' if first else 'last'}", (key,))

    def window(self) -> Node:
        """The parentheses of OVER or WINDOW."""
        self.expect("(")
        children = []
        if self.token.is_name and self.word not in ("partition", "order", "rows", "range", "groups"):
            children.append(Node("base", self.identifier()))
        if self.accept("partition", "by"):
            children.append(Node("partition", children=self.expressions()))
        if self.at("order"):
            children.append(self.order_by())
        frame = []
        while not self.at(")"):
            if self.token.kind not in (WORD, NUMBER):
                raise self.unexpected()
            frame.append(self.advance().text.lower())
        if frame:
            children.append(Node("frame", _full_frame(" ".join(frame))))
        self.expect(")")
        return Node("over", children=tuple(children))


def _full_frame(frame: str) -> str:
    """A frame with its end said: without BETWEEN it is the current row."""
    mode, _, bound = frame.partition(" ")
    full = frame if bound.startswith("between") else f"{mode} between {bound} and current row"
    return "" if full == "range between unbounded preceding and current row" else full


def _bits(text: str) -> str:
    """The digits of B'…' or X'…', given with its letter."""
    if text[0] == "b":
        return text[1:]
    return "".join(f"{int(digit, 16):04b}" for digit in text[1:])


def number(text: str) -> Node:
    """A numeric constant with the type PostgreSQL gives it: the first of integer, bigint and numeric that holds it."""
    plain = text.replace("_", "").lower()
    if plain[:2] in ("0x", "0o", "0b"):
        plain = str(int(plain, 0))
    if not plain.isdigit():
        return Node("literal", plain, type=NUMERIC)
    value = int(plain)
    size = INTEGER if value < 2**31 else BIGINT if value < 2**63 else NUMERIC
    return Node("literal", str(value), type=size)
