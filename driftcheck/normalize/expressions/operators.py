"""Operators and their precedence.

https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE
"""

from __future__ import annotations

from ...sql.tokens import OPERATOR
from ..names import dotted
from .operands import Operands
from .stream import QUERY_WORDS
from .tree import Node

OR, AND, NOT, IS, COMPARISON, MEMBERSHIP, OTHER, SUM, PRODUCT, POWER, AT, COLLATE, SIGN, SUBSCRIPT, CAST = range(1, 16)

_BINDING = {
    **dict.fromkeys(("<", ">", "=", "<=", ">=", "<>"), COMPARISON),
    **dict.fromkeys("+-", SUM), **dict.fromkeys("*/%", PRODUCT), "^": POWER,
    "::": CAST, "[": SUBSCRIPT, ".": CAST,
    "or": OR, "and": AND, "is": IS, "isnull": IS, "notnull": IS, "between": MEMBERSHIP, "in": MEMBERSHIP,
    "like": MEMBERSHIP, "ilike": MEMBERSHIP, "similar": MEMBERSHIP, "not": MEMBERSHIP, "operator": OTHER,
    "at": AT, "collate": COLLATE, "overlaps": IS,
}  # fmt: skip
_PATTERNS = {"like": "~~", "ilike": "~~*"}


class Operators(Operands):
    """`a_expr` in src/backend/parser/gram.y, by precedence climbing."""

    above_in = OTHER

    def expression(self, binding: int = 0) -> Node:
        node = self._prefix()
        while (strength := self._strength()) and strength >= binding:
            following = self._infix(node, strength)
            if following is None:
                return node
            node = following
        return node

    def _strength(self) -> int:
        token = self.token
        return _BINDING.get(token.word, OTHER if token.kind == OPERATOR else 0)

    def _prefix(self) -> Node:
        if self.accept("not"):
            return Node("not", children=(self.expression(NOT),))
        if self.token.kind == OPERATOR:
            operator = self.advance().word
            if operator in "+-":
                operand = self.expression(SIGN)
                return operand if operator == "+" else Node("prefix", "-", (operand,))
            return Node("prefix", operator, (self.expression(OTHER + 1),))
        return self.operand()

    def _infix(self, first: Node, strength: int) -> Node | None:
        token = self.advance()
        if token.kind == OPERATOR:
            return self._binary(first, token.word, strength)
        if token.word == "::":
            return Node("cast", children=(first,), type=self.type_name())
        if token.word == "[":
            return self._subscript(first)
        if token.word == ".":
            if self.accept("*"):
                return Node("field", "*", (first,))
            return Node("field", self.label(), (first,))
        return self._word(first, token.word, strength)

    def _binary(self, first: Node, operator: str, strength: int) -> Node:
        if self.word in ("any", "some", "all") and self.peek().word == "(":
            quantifier = "all" if self.advance().word == "all" else "any"
            return self._quantified(first, operator, quantifier)
        return Node("op", operator, (first, self.expression(strength + 1)))

    def _quantified(self, first: Node, operator: str, quantifier: str) -> Node:
        self.expect("(")
        if self.word in QUERY_WORDS:
            operand = Node("scalar_query", children=(self.query(),))
            kind = "quantified_query"
        else:
            operand, kind = self.expression(), "quantified"
        self.expect(")")
        return Node(kind, f"{operator} {quantifier}", (first, operand))

    def _subscript(self, first: Node) -> Node:
        lower = Node("nothing") if self.at(":") else self.expression()
        if self.accept(":"):
            upper = Node("nothing") if self.at("]") else self.expression()
            lower = Node("slice", children=(lower, upper))
        self.expect("]")
        return Node("subscript", children=(first, lower))

    def _word(self, first: Node, word: str, strength: int) -> Node | None:
        if word in ("and", "or"):
            return Node(word, children=(first, self.expression(strength + 1)))
        if word in ("isnull", "notnull"):
            return Node("is", "null" if word == "isnull" else "not null", (first,))
        if word == "is":
            return self._is(first)
        if word == "collate":
            return Node("collate", dotted(self.path()), (first,))
        if word == "at":
            return self._at(first)
        if word == "operator":
            return self._named_operator(first)
        if word == "overlaps":
            second = self.expression(strength + 1)
            if first.kind != "row" or second.kind != "row":
                raise self.unexpected()
            return Node("call", "overlaps", (*first.children, *second.children))
        if word == "not":
            if self.word not in ("between", "in", "like", "ilike", "similar"):
                self.pos -= 1
                return None
            return self._negated(first, self.advance().word)
        return self._membership(first, word)

    def _negated(self, first: Node, word: str) -> Node:
        """`x NOT LIKE ANY (…)` asks whether any pattern does not match; all other NOTs turn the whole around."""
        if word in _PATTERNS and self.word in ("any", "some", "all") and self.peek().word == "(":
            return self._binary(first, f"!{_PATTERNS[word]}", MEMBERSHIP)
        return Node("not", children=(self._membership(first, word),))

    def _at(self, first: Node) -> Node:
        if self.accept("local"):
            return Node("call", "timezone", (first,))
        if not self.accept("time", "zone"):
            raise self.unexpected()
        return Node("call", "timezone", (self.expression(AT + 1), first))

    def _named_operator(self, first: Node) -> Node:
        self.expect("(")
        while self.token.kind != OPERATOR:
            self.advance()
        operator = self.advance().word
        self.expect(")")
        return self._binary(first, operator, OTHER)

    def _is(self, first: Node) -> Node:
        negated = self.accept("not")
        if self.accept("distinct", "from"):
            test = Node("is", "distinct", (first, self.expression(IS + 1)))
        elif word := self.accept_any("null", "true", "false", "unknown"):
            if negated and word == "null":
                return Node("is", "not null", (first,))
            test = Node("is", word, (first,))
        elif self.word in ("json", "normalized", "nfc", "nfd", "nfkc", "nfkd", "document"):
            test = Node("is", self._standard_test(), (first,))
        else:
            raise self.unexpected()
        return Node("not", children=(test,)) if negated else test

    def _standard_test(self) -> str:
        """IS JSON …, IS [form] NORMALIZED, IS DOCUMENT; what they mean if nothing is said is left out."""
        words = [self.advance().word]
        if words[0] == "json":
            if kind := self.accept_any("value", "array", "object", "scalar"):
                words.extend([kind] if kind != "value" else [])
            if self.accept("with", "unique"):
                words.append("unique")
                self.accept("keys")
            elif self.accept("without", "unique"):
                self.accept("keys")
        elif words[0].startswith("nf"):
            self.expect("normalized")
            words = ["normalized"] if words == ["nfc"] else [words[0], "normalized"]
        return " ".join(words)

    def _membership(self, first: Node, word: str) -> Node:
        if word == "between":
            return self._between(first)
        if word == "in":
            return self._in(first)
        if word == "similar":
            self.expect("to")
            pattern = self.expression(MEMBERSHIP + 1)
            escape = (self.expression(MEMBERSHIP + 1),) if self.accept("escape") else ()
            return Node("op", "~", (first, Node("call", "similar_to_escape", (pattern, *escape))))
        operator = _PATTERNS[word]
        if self.word in ("any", "some", "all") and self.peek().word == "(":
            return self._binary(first, operator, MEMBERSHIP)
        pattern = self.expression(MEMBERSHIP + 1)
        if self.accept("escape"):
            pattern = Node("call", "like_escape", (pattern, self.expression(MEMBERSHIP + 1)))
        return Node("op", operator, (first, pattern))

    def _between(self, first: Node) -> Node:
        symmetric = self.accept("symmetric")
        self.accept("asymmetric")
        low = self.expression(MEMBERSHIP + 1)
        self.expect("and")
        high = self.expression(MEMBERSHIP + 1)
        ordered = _within(first, low, high)
        return Node("or", children=(ordered, _within(first, high, low))) if symmetric else ordered

    def _in(self, first: Node) -> Node:
        if self.at("(") and self.peek().word in QUERY_WORDS:
            self.advance()
            query = Node("scalar_query", children=(self.query(),))
            self.expect(")")
            return Node("quantified_query", "= any", (first, query))
        return Node("in", children=(first, *self.parenthesised()))


def _within(first: Node, low: Node, high: Node) -> Node:
    return Node("and", children=(Node("op", ">=", (first, low)), Node("op", "<=", (first, high))))
