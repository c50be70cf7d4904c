"""Calls with words of their own between the parentheses: EXTRACT, SUBSTRING, TRIM, CAST, CASE, ARRAY, ROW."""

from __future__ import annotations

from collections.abc import Callable

from ...model import ColumnType
from .tree import Node
from .type_names import TypeNames

TEXT = ColumnType("text")

#: Values that are written without parentheses. A precision in parentheses is kept as an argument.
VALUE_WORDS = frozenset(
    """
    current_date current_time current_timestamp localtime localtimestamp current_user session_user user current_role
    current_catalog current_schema system_user
    """.split()
)


class Forms(TypeNames):
    """`func_expr_common_subexpr`, `case_expr` and their like in src/backend/parser/gram.y."""

    def form(self) -> Node | None:
        """The special form that begins here, or None."""
        token = self.token
        if token.kind != "word":
            return None
        if token.text in VALUE_WORDS:
            self.advance()
            arguments = self.parenthesised() if self.token.is_mark("(") else ()
            return Node("call", token.text, arguments)
        read = self._forms().get(token.text)
        if read is None or (token.text not in ("case", "array") and not self.ahead().is_mark("(")):
            return None
        self.advance()
        return read()

    def _forms(self) -> dict[str, Callable[[], Node]]:
        return {
            "case": self._case, "cast": self._cast, "extract": self._extract, "position": self._position,
            "substring": self._substring, "overlay": self._overlay, "trim": self._trim, "array": self._array,
            "row": self._row, "exists": self._exists,
        }  # fmt: skip

    def _case(self) -> Node:
        parts = []
        if not self.token.is_word("when"):
            parts.append(Node("subject", children=(self.expression(),)))
        while self.accept("when"):
            condition = self.expression()
            self.expect("then")
            parts.append(Node("when", children=(condition, self.expression())))
        if self.accept("else"):
            parts.append(Node("else", children=(self.expression(),)))
        self.expect("end")
        return Node("case", children=tuple(parts))

    def _cast(self) -> Node:
        self.expect_mark("(")
        operand = self.expression()
        self.expect("as")
        target = self.type_name()
        self.expect_mark(")")
        return Node("cast", children=(operand,), type=target)

    def _extract(self) -> Node:
        self.expect_mark("(")
        field = self.string() if self.token.kind == "string" else self.label()
        self.expect("from")
        operand = self.expression()
        self.expect_mark(")")
        return Node("call", "extract", (Node("literal", field.lower(), type=TEXT), operand))

    def _position(self) -> Node:
        """POSITION(a IN b) is position(b, a)."""
        self.expect_mark("(")
        wanted = self.expression(self.above_in)
        if self.accept_mark(","):
            text = self.expression()
            self.expect_mark(")")
            return Node("call", "position", (wanted, text))
        self.expect("in")
        text = self.expression(self.above_in)
        self.expect_mark(")")
        return Node("call", "position", (text, wanted))

    #: The binding of what may stand beside IN (`b_expr`); the operators' room sets it.
    above_in = 0

    def _substring(self) -> Node:
        self.expect_mark("(")
        arguments = [self.expression()]
        if self.token.is_word("from", "for"):
            start, length = None, None
            while word := self.accept("from", "for"):
                if word.text == "from":
                    start = self.expression()
                else:
                    length = self.expression()
            arguments.append(start or Node("literal", "1", type=ColumnType("integer")))
            arguments.extend([length] if length else [])
        else:
            while self.accept_mark(","):
                arguments.append(self.expression())
        self.expect_mark(")")
        return Node("call", "substring", tuple(arguments))

    def _overlay(self) -> Node:
        self.expect_mark("(")
        arguments = [self.expression()]
        while self.accept("placing", "from", "for") or self.accept_mark(","):
            arguments.append(self.expression())
        self.expect_mark(")")
        return Node("call", "overlay", tuple(arguments))

    def _trim(self) -> Node:
        """TRIM([LEADING|TRAILING|BOTH] [characters] FROM text) is ltrim, rtrim or btrim(text, characters)."""
        self.expect_mark("(")
        side = self.accept("leading", "trailing", "both")
        name = {"leading": "ltrim", "trailing": "rtrim"}.get(side.text if side else "", "btrim")
        arguments: tuple[Node, ...] = ()
        if self.accept("from"):
            arguments = self.expressions()
        else:
            arguments = self.expressions()
            if self.accept("from"):
                arguments = (*self.expressions(), *arguments)
        self.expect_mark(")")
        return Node("call", name, arguments)

    def _array(self) -> Node:
        if self.accept_mark("("):
            query = self.query()
            self.expect_mark(")")
            return Node("array_query", children=(query,))
        return self._brackets()

    def _brackets(self) -> Node:
        self.expect_mark("[")
        items: list[Node] = []
        while not self.token.is_mark("]"):
            items.append(self._brackets() if self.token.is_mark("[") else self.expression())
            if not self.accept_mark(","):
                break
        self.expect_mark("]")
        return Node("array", children=tuple(items))

    def _row(self) -> Node:
        return Node("row", children=self.parenthesised())

    def _exists(self) -> Node:
        self.expect_mark("(")
        query = self.query()
        self.expect_mark(")")
        return Node("exists", children=(query,))
