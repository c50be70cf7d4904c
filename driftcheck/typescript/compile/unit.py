"""Compilation of syntax into Python closures: each node is looked at once, however often it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tree_sitter import Node

from ...frozen import dataclass
from ..runtime.environment import Environment
from ..runtime.places import Place
from ..runtime.signals import Completion
from ..runtime.values import Value
from ..syntax.source import ParsedSource, is_broken

if TYPE_CHECKING:
    from ..runtime.evaluator import Evaluator

#: Evaluates an expression in a scope.
Code = Callable[[Environment], Value]
#: Runs a statement in a scope; None if it ended as usual.
Run = Callable[[Environment], Completion | None]

Expressions = Mapping[str, Callable[["Unit", Node], Code]]
Statements = Mapping[str, Callable[["Unit", Node], Run]]


@dataclass(frozen=True, slots=True)
class SyntaxForms:
    """The forms of the language: how each type of syntax node is compiled, and the body of a function."""

    expressions: Expressions
    statements: Statements
    body: Callable[[Unit, Node], Run]


#: Nodes with an environment of their own for `var` and `return`.
FUNCTIONS = frozenset(
    "function_declaration generator_function_declaration function_expression generator_function arrow_function"
    " method_definition class_declaration class".split()
)

#: Nodes that keep their other parts where one part of them is a syntax error.
TOLERANT = frozenset(
    "object array arguments statement_block program class_body enum_body switch_body formal_parameters"
    " template_string call_expression new_expression".split()
)


class Unit:
    """One file on its way into closures."""

    def __init__(self, evaluator: Evaluator, file: ParsedSource, forms: SyntaxForms) -> None:
        self.evaluator = evaluator
        self.file = file
        self.forms = forms
        #: The labels of the statement that is compiled next; a loop takes them.
        self.labels: list[str] = []
        self._depth = 0

    def place(self, node: Node) -> Place:
        return Place(self.evaluator, self.file, node.start_byte)

    def text(self, node: Node) -> str:
        return self.file.data[node.start_byte : node.end_byte].decode(errors="replace")

    def expression(self, node: Node) -> Code:
        compile_ = self.forms.expressions.get(node.type)
        if compile_ is None:
            return self._unsupported(node)
        if self.file.broken and self._is_broken(node):
            return self.unknown(node, "there is a syntax error here")
        return self.nested(node, compile_)

    def nested(self, node: Node, compile_: Callable[[Unit, Node], Code]) -> Code:
        """Compiles one level deeper, if there may be one more."""
        self._depth += 1
        try:
            if self._depth > self.evaluator.bounds.nesting.most:
                return self._too_deep(node)
            return compile_(self, node)
        finally:
            self._depth -= 1

    def statement(self, node: Node) -> Run | None:
        """None for what is only for the type checker."""
        compile_ = self.forms.statements.get(node.type)
        if compile_ is None:
            return None
        self._depth += 1
        try:
            if self._depth > self.evaluator.bounds.nesting.most:
                code = self._too_deep(node)
                return lambda scope: _ignored(code(scope))
            return compile_(self, node)
        finally:
            self._depth -= 1

    def unknown(self, node: Node, reason: str) -> Code:
        place = self.place(node)
        return lambda scope: place.unknown(reason)

    def _is_broken(self, node: Node) -> bool:
        return node.is_missing or (node.type not in TOLERANT and is_broken(node))

    def _unsupported(self, node: Node) -> Code:
        if node.is_error or node.is_missing:
            return self.unknown(node, "there is a syntax error here")
        return self.unknown(node, f"{node.type.replace('_', ' ')} is not evaluated")

    def _too_deep(self, node: Node) -> Code:
        reason = self.evaluator.bounds.nesting.why
        self.evaluator.report(self.file.location(node.start_byte), f"not evaluated: {reason}")
        return self.unknown(node, reason)


def _ignored(value: Value) -> None:
    return None


def named(node: Node) -> list[Node]:
    """The named children that are no comments."""
    return [child for child in node.named_children if child.type != "comment"]


def has_token(node: Node, token: str) -> bool:
    """Whether an anonymous child of that text is directly in the node (`async`, `static`, `*`)."""
    return any(child.type == token for child in node.children)


def field(node: Node, name: str) -> Node:
    """A part that the grammar always gives; an error node's own text where it did not."""
    return node.child_by_field_name(name) or node.children[-1]
