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
        if token.word in VALUE_WORDS:
            self.advance()
            arguments = self.parenthesised() if self.at("(") else ()
            return Node("call", token.word, arguments)
        read = self._forms().get(token.word)
        if read is None or (token.word not in ("case", "array") and self.peek().word != "("):
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
        if not self.at("when"):
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
        self.expect("(")
        operand = self.expression()
        self.expect("as")
        target = self.type_name()
        self.expect(")")
        return Node("cast", children=(operand,), type=target)

    def _extract(self) -> Node:
        self.expect("(")
        field = self.string() if self.token.is_string else self.label()
        self.expect("from")
        operand = self.expression()
        self.expect(")")
        return Node("call", "extract", (Node("literal", field.lower(), type=TEXT), operand))

    def _position(self) -> Node:
        """POSITION(a IN b) is position(b, a)."""
        self.expect("(")
        wanted = self.expression(self.above_in)
        if self.accept(","):
            text = self.expression()
            self.expect(")")
            return Node("call", "position", (wanted, text))
        self.expect("in")
        text = self.expression(self.above_in)
        self.expect(")")
        return Node("call", "position", (text, wanted))

    #: The binding of what may be beside IN (`b_expr`); `operators` sets it.
    above_in = 0

    def _substring(self) -> Node:
        self.expect("(")
        arguments = [self.expression()]
        if self.word in ("from", "for"):
            start, length = None, None
            while word := self.accept_any("from", "for"):
                if word == "from":
                    start = self.expression()
                else:
                    length = self.expression()
            arguments.append(start or Node("literal", "1", type=ColumnType("integer")))
            arguments.extend([length] if length else [])
        else:
            while self.accept(","):
                arguments.append(self.expression())
        self.expect(")")
        return Node("call", "substring", tuple(arguments))

    def _overlay(self) -> Node:
        self.expect("(")
        arguments = [self.expression()]
        while self.accept_any("placing", "from", "for") or self.accept(","):
            arguments.append(self.expression())
        self.expect(")")
        return Node("call", "overlay", tuple(arguments))

    def _trim(self) -> Node:
        """TRIM([LEADING|TRAILING|BOTH] [characters] FROM text) is ltrim, rtrim or btrim(text, characters)."""
        self.expect("(")
        side = self.accept_any("leading", "trailing", "both")
        name = {"leading": "ltrim", "trailing": "rtrim"}.get(side, "btrim")
        arguments: tuple[Node, ...] = ()
        if self.accept("from"):
            arguments = self.expressions()
        else:
            arguments = self.expressions()
            if self.accept("from"):
                arguments = (*self.expressions(), *arguments)
        self.expect(")")
        return Node("call", name, arguments)

    def _array(self) -> Node:
        if self.accept("("):
            query = self.query()
            self.expect(")")
            return Node("array_query", children=(query,))
        return self._brackets()

    def _brackets(self) -> Node:
        self.expect("[")
        items: list[Node] = []
        while not self.at("]"):
            items.append(self._brackets() if self.at("[") else self.expression())
            if not self.accept(","):
                break
        self.expect("]")
        return Node("array", children=tuple(items))

    def _row(self) -> Node:
        return Node("row", children=self.parenthesised())

    def _exists(self) -> Node:
        self.expect("(")
        query = self.query()
        self.expect(")")
        return Node("exists", children=(query,))
