"""What code may change that may or may not run: names it assigns and objects it writes to become Unknown."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from ...frozen import dataclass
from ..runtime import properties
from ..runtime.environment import Deferred, Environment
from ..runtime.signals import Completion, Ending
from ..runtime.values import HostObject, JsExotic, JsFunction, JsObject, Unknown, Value
from .patterns import assign, pattern_names
from .unit import FUNCTIONS, Unit, named

LOOPS = frozenset(("for_statement", "for_in_statement", "while_statement", "do_statement"))
MUTATORS = frozenset("push pop shift unshift splice sort reverse fill copyWithin set add delete clear".split())
WRAPPERS = ("parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression")

#: The part of these nodes that is assigned to.
TARGETS = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "update_expression": "argument",
}

NONE: frozenset[str] = frozenset()

#: What a chain goes through, with the part that it goes on in; "" for the first child.
_LINKS = {"call_expression": "function", "member_expression": "object"} | dict.fromkeys(WRAPPERS, "")


def havoc(unit: Unit, node: Node, scope: Environment, unknown: Unknown) -> Completion | None:
    """Stands for running `node`, or not, or in part: `unknown` says why that is not known."""
    unit.evaluator.step(unit.place(node), 1 + ((node.end_byte - node.start_byte) >> 6))
    abandon(unit, node, scope, unknown)
    return _perhaps(node, unknown.as_one().as_choice())


def steady(unit: Unit, node: Node, scope: Environment) -> Value:
    """The value of `node` where its first name alone says it: what is as good whatever is done with it. Else None."""
    return _Effects(unit, scope, Unknown("")).steady(node)


def steady_outcome(unit: Unit, body: Node, scope: Environment) -> Value:
    """What a function gives, of which it is not known where it ends, if every `return` in it gives what is steady.

    Else None; so too if it may come to its end without a `return`, or names what a block inside it declares.
    """
    statements = named(body)
    if not statements or statements[-1].type != "return_statement":
        return None
    effects, given = _Effects(unit, scope, Unknown("")), named(statements[-1])
    found = effects.steady(given[0], _own_names(unit, body) - set(scope.names)) if given else None
    if found is None:
        return None
    unit.evaluator.step(unit.place(body), 1 + ((body.end_byte - body.start_byte) >> 6))
    pending = [(body, NONE)]
    while pending:
        node, shadowed = pending.pop()
        if node is not body:
            shadowed = shadowed | _own_names(unit, node)
        if node.type == "return_statement":
            found = effects.steady(named(node)[0] if named(node) else None, shadowed)
            if found is None:
                return None
        pending.extend((child, shadowed) for child in node.named_children if child.type not in FUNCTIONS)
    return found


def abandon(unit: Unit, node: Node, scope: Environment, unknown: Unknown) -> None:
    """The same for what has been given up: it costs no steps, and leaves nothing."""
    effects = _Effects(unit, scope, unknown.as_one().as_choice())
    for inner, shadowed in _walk(unit, node):
        effects.of(inner, shadowed)


def _walk(unit: Unit, node: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    """Every node, with the names that blocks and functions inside `node` have declared for themselves."""
    pending = [(node, NONE)]
    while pending:
        current, shadowed = pending.pop()
        own = _own_names(unit, current)
        shadowed = shadowed | own if own else shadowed
        yield current, shadowed
        pending.extend((child, shadowed) for child in current.named_children)


def _own_names(unit: Unit, node: Node) -> frozenset[str]:
    kind = node.type
    if kind == "statement_block":
        return frozenset(unit.text(name) for child in named(node) for name in _declared(child))
    if kind in FUNCTIONS:
        return frozenset(unit.text(name) for name in parameter_names(unit, node))
    if kind == "for_statement":
        head = node.child_by_field_name("initializer")
        return NONE if head is None else frozenset(unit.text(name) for name in _declared(head))
    if kind == "for_in_statement" and node.child_by_field_name("kind") is not None:
        target = node.child_by_field_name("left")
        return NONE if target is None else frozenset(unit.text(name) for name in pattern_names(unit, target))
    if kind == "catch_clause":
        target = node.child_by_field_name("parameter")
        return NONE if target is None else frozenset(unit.text(name) for name in pattern_names(unit, target))
    return NONE


def _declared(node: Node) -> Iterator[Node]:
    """The plain names that a statement of a block declares with `let`, `const`, `function` or `class`."""
    if node.type == "lexical_declaration":
        for declarator in node.named_children:
            name = declarator.child_by_field_name("name")
            if name is not None:
                yield from _leaves(name)
    elif node.type in FUNCTIONS:
        name = node.child_by_field_name("name")
        if name is not None:
            yield name


def _leaves(pattern: Node) -> Iterator[Node]:
    pending = [pattern]
    while pending:
        node = pending.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif node.type.endswith("pattern"):
            target = node.child_by_field_name("left") or node.child_by_field_name("value")
            pending.extend([target] if target is not None else node.named_children)


def parameter_names(unit: Unit, function: Node) -> list[Node]:
    """The names that the parameters of a function bind."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [single]
    holder = function.child_by_field_name("parameters")
    patterns = [child.child_by_field_name("pattern") for child in named(holder)] if holder is not None else []
    return [name for pattern in patterns if pattern is not None for name in pattern_names(unit, pattern)]


def _perhaps(node: Node, unknown: Unknown) -> Completion | None:
    """Whether `node` may leave the function or the loop around it."""
    leaves = breaks = False
    pending = [(node, False)]
    while pending:
        current, inside = pending.pop()
        kind = current.type
        if kind == "return_statement":
            leaves = True
        elif kind in ("break_statement", "continue_statement") and (not inside or named(current)):
            breaks = True
        inside = inside or kind in LOOPS
        pending.extend((child, inside) for child in current.named_children if child.type not in FUNCTIONS)
    if not (leaves or breaks):
        return None
    return Completion(Ending.PERHAPS, unknown, leaves=leaves)


@dataclass(frozen=True, slots=True)
class _Effects:
    """Spoils what single nodes would change."""

    unit: Unit
    scope: Environment
    unknown: Unknown

    def of(self, node: Node, shadowed: frozenset[str]) -> None:
        kind = node.type
        if kind == "assignment_expression" and self._stays(node, shadowed):
            return
        if kind in TARGETS:
            self._target(node.child_by_field_name(TARGETS[kind]), shadowed)
        elif kind == "call_expression":
            self._call(node, shadowed)
        elif kind == "unary_expression" and node.children[0].type == "delete":
            self._target(node.named_children[0], shadowed)
        elif kind == "variable_declaration":
            self._variables(node)
        elif kind == "for_in_statement" and node.child_by_field_name("kind") is None:
            self._target(node.child_by_field_name("left"), shadowed)

    def _stays(self, node: Node, shadowed: frozenset[str]) -> bool:
        """Whether a name is as good afterwards, assigned or not: `schema = schema.omit({ id: true })`."""
        target, value = node.child_by_field_name("left"), self.steady(node.child_by_field_name("right"), shadowed)
        if value is None or target is None or target.type != "identifier":
            return False
        return self.steady(target, shadowed) is not None

    def steady(self, node: Node | None, shadowed: frozenset[str] = NONE) -> Value:
        """What a chain of calls and members comes to whose first name holds a steady value; else None."""
        while node is not None and node.type in _LINKS:
            node = node.child_by_field_name(_LINKS[node.type]) if _LINKS[node.type] else node.named_children[0]
        value = self._peek(node, shadowed) if node is not None and node.type == "identifier" else None
        return value if isinstance(value, HostObject) and value.steady else None

    def _variables(self, node: Node) -> None:
        for declarator in node.named_children:
            target = declarator.child_by_field_name("name")
            for name in _leaves(target) if target is not None else ():
                self.scope.function.names[self.unit.text(name)] = self.unknown

    def _target(self, node: Node | None, shadowed: frozenset[str]) -> None:
        while node is not None and node.type in WRAPPERS:
            node = node.named_children[0]
        if node is None:
            return
        if node.type in ("member_expression", "subscript_expression"):
            self._property(node, shadowed)
            return
        for name in _leaves(node):
            text = self.unit.text(name)
            if text not in shadowed:
                assign(self.scope, text, self.unknown)

    def _property(self, node: Node, shadowed: frozenset[str]) -> None:
        name = node.child_by_field_name("property")
        holder = self._peek(node.child_by_field_name("object"), shadowed)
        if isinstance(holder, JsFunction):
            holder = holder.own()
        if isinstance(holder, JsObject) and name is not None and node.type == "member_expression":
            holder[self.unit.text(name)] = self.unknown
        else:
            properties.spoil(holder, self.unknown)

    def _peek(self, node: Node | None, shadowed: frozenset[str]) -> Value:
        """What a name, or a member of what a name holds, is now; nothing is evaluated for it."""
        while node is not None and node.type in WRAPPERS:
            node = node.named_children[0]
        if node is None:
            return None
        text = self.unit.text(node)
        if node.type in ("identifier", "this"):
            value = self.scope.get(text, None) if text not in shadowed else None
            return value.peek() if isinstance(value, Deferred) else value
        if node.type == "member_expression":
            name = node.child_by_field_name("property")
            holder = self._peek(node.child_by_field_name("object"), shadowed)
            if isinstance(holder, JsFunction):
                holder = holder.properties
            return holder.get(self.unit.text(name)) if isinstance(holder, JsObject) and name is not None else None
        return None

    def _call(self, node: Node, shadowed: frozenset[str]) -> None:
        function, holder = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None:
            return
        if function.type == "member_expression":
            name = function.child_by_field_name("property")
            if name is not None and self.unit.text(name) in MUTATORS:
                self._spoil(self._peek(function.child_by_field_name("object"), shadowed))
            if self.unit.text(function) == "Object.assign" and holder is not None and named(holder):
                properties.spoil(self._peek(named(holder)[0], shadowed), self.unknown)
        called = self._peek(function, shadowed)
        if isinstance(called, JsFunction):
            called.havoc(self.unknown)

    def _spoil(self, value: Value) -> None:
        if isinstance(value, JsExotic):
            value.spoil(self.unknown)
        else:
            properties.spoil(value, self.unknown)


def always_throws(unit: Unit, node: Node) -> bool:
    """Whether running a statement surely ends in an exception or the end of the program.

    A schema that is looked at is one whose program went on.
    """
    if node.type == "statement_block":
        inner = named(node)
        return bool(inner) and always_throws(unit, inner[-1]) and not any(_may_leave(part) for part in inner[:-1])
    if node.type == "throw_statement":
        return True
    return node.type == "expression_statement" and unit.text(node).startswith("process.exit(")


def _may_leave(node: Node) -> bool:
    return _perhaps(node, Unknown("")) is not None
