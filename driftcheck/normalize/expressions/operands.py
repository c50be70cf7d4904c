"""What operators stand between: names, constants, calls, parentheses, subqueries."""

from __future__ import annotations

from ...model import ColumnType
from ...model.identifiers import RESERVED
from ..names import dotted
from .forms import Forms
from .stream import name_node
from .tree import Node

INTEGER = ColumnType("integer")
BIGINT = ColumnType("bigint")
NUMERIC = ColumnType("numeric")
BOOLEAN = ColumnType("boolean")
#: Reserved for joins, and functions nevertheless.
_FUNCTION_WORDS = frozenset({"left", "right", "current_schema", "overlaps", "like", "ilike"})


class Operands(Forms):
    """`c_expr` and `func_expr` in src/backend/parser/gram.y."""

    def operand(self) -> Node:
        token = self.token
        if token.kind == "string":
            return Node("literal", self.advance().text)
        if token.kind == "number":
            return number(self.advance().text)
        if token.kind == "bits":
            return Node("literal", _bits(self.advance().text), type=ColumnType("bit"))
        if token.is_mark("("):
            return self._parentheses()
        if token.is_word("null"):
            self.advance()
            return Node("null")
        if token.is_word("true", "false"):
            return Node("literal", self.advance().text, type=BOOLEAN)
        return self.form() or self.typed_literal() or self._name_or_call()

    def _parentheses(self) -> Node:
        self.expect_mark("(")
        if self.token.is_word("select", "with", "values") or self._is_nested_query():
            query = self.query()
            self.expect_mark(")")
            return Node("scalar_query", children=(query,))
        items = self.expressions()
        self.expect_mark(")")
        return items[0] if len(items) == 1 else Node("row", children=items)

    def _is_nested_query(self) -> bool:
        """Whether only opening parentheses stand before a SELECT: `((SELECT …) UNION …)`."""
        offset = 0
        while self.ahead(offset).is_mark("("):
            offset += 1
        if not (offset and self.ahead(offset).is_word("select", "with", "values")):
            return False
        depth, index = offset, self.position + offset
        while depth == offset and index < len(self.tokens) - 1:
            depth += {"(": 1, ")": -1}.get(self.tokens[index].text, 0) if self.tokens[index].kind == "mark" else 0
            depth = max(depth, offset) if self.tokens[index].text == "(" else depth
            index += 1
            if depth < offset:
                return self.tokens[index].is_word("union", "except", "intersect", "order", "limit")
        return False

    def _name_or_call(self) -> Node:
        token = self.token
        function_word = token.kind == "word" and token.text in _FUNCTION_WORDS and self.ahead().is_mark("(")
        if token.kind == "word" and token.text in RESERVED and not function_word:
            raise self.unexpected()
        if function_word:
            self.advance()
            return self._call([token.text])
        parts = self.path()
        if self.token.is_mark("("):
            return self._call(parts)
        if self.token.is_mark(".") and self.ahead().is_mark("*"):
            self.position += 2
            return Node("star", children=tuple(Node("part", part) for part in parts), start=token.start)
        return name_node(parts, token.start)

    def _call(self, parts: list[str]) -> Node:
        self.expect_mark("(")
        children: list[Node] = []
        if self.accept("distinct"):
            children.append(Node("distinct"))
        else:
            self.accept("all")
        if self.accept_mark("*"):
            children.append(Node("star"))
        while not self.token.is_mark(")") and not self.token.is_word("order"):
            if children and children[-1].kind != "distinct":
                self.expect_mark(",")
            children.append(self._argument())
        if self.token.is_word("order"):
            children.append(self.order_by())
        self.expect_mark(")")
        children.extend(self._after_call())
        return Node("call", dotted(parts), tuple(children))

    def _argument(self) -> Node:
        if self.accept("variadic"):
            return Node("variadic", children=(self.expression(),))
        if self.token.kind in ("word", "quoted") and self.ahead().is_mark("=>", ":="):
            name = self.label()
            self.advance()
            return Node("named", name, (self.expression(),))
        return self.expression()

    def _after_call(self) -> list[Node]:
        children = []
        if self.accept_words("within group"):
            self.expect_mark("(")
            children.append(Node("within_group", children=(self.order_by(),)))
            self.expect_mark(")")
        if self.token.is_word("filter") and self.ahead().is_mark("("):
            self.advance()
            self.expect_mark("(")
            self.expect("where")
            children.append(Node("filter", children=(self.expression(),)))
            self.expect_mark(")")
        if self.accept("over"):
            children.append(self.window() if self.token.is_mark("(") else Node("over", self.identifier()))
        return children

    def order_by(self) -> Node:
        """`ORDER BY …`: each key with its direction and place of nulls as PostgreSQL understands them."""
        self.expect("order")
        self.expect("by")
        keys = [self._sort_key()]
        while self.accept_mark(","):
            keys.append(self._sort_key())
        return Node("order_by", children=tuple(keys))

    def _sort_key(self) -> Node:
        key = self.expression()
        direction = self.accept("asc", "desc")
        if self.token.is_word("using"):
            raise self.unexpected()
        descending = direction is not None and direction.text == "desc"
        first = descending
        if self.accept("nulls"):
            first = self.token.is_word("first")
            if not self.accept("first", "last"):
                raise self.unexpected()
        return Node("key", f"{'desc' if descending else 'asc'} {'first' if first else 'last'}", (key,))

    def window(self) -> Node:
        """The parentheses of OVER or WINDOW."""
        self.expect_mark("(")
        children = []
        if self.token.kind == "quoted" or (
            self.token.kind == "word" and not self.token.is_word("partition", "order", "rows", "range", "groups")
        ):
            children.append(Node("base", self.identifier()))
        if self.accept_words("partition by"):
            children.append(Node("partition", children=self.expressions()))
        if self.token.is_word("order"):
            children.append(self.order_by())
        frame = []
        while not self.token.is_mark(")"):
            if self.token.kind not in ("word", "number"):
                raise self.unexpected()
            frame.append(self.advance().text)
        if frame:
            children.append(Node("frame", _full_frame(" ".join(frame))))
        self.expect_mark(")")
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
