"""What code may change that may or may not run: names it assigns and objects it writes to become Unknown."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from . import properties
from .patterns import assign, pattern_names
from .scopes import Deferred, Scope
from .signals import Completion, Kind
from .unit import Unit, named
from .values import JsFunction, JsObject, Unknown, Value

FUNCTIONS = frozenset(
    "function_declaration generator_function_declaration function_expression generator_function arrow_function"
    " method_definition class_declaration class".split()
)
LOOPS = frozenset(("for_statement", "for_in_statement", "while_statement", "do_statement"))
MUTATORS = frozenset("push pop shift unshift splice sort reverse fill copyWithin set add delete clear".split())
WRAPPERS = ("parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression")


def havoc(unit: Unit, node: Node, scope: Scope, unknown: Unknown) -> Completion | None:
    """Stands for running `node`, or not, or in part: `unknown` says why that is not known."""
    unknown = Unknown(unknown.reason, unknown.location)
    unit.interpreter.step(unit.place(node))
    for inner in _walk(node):
        _spoil_targets(unit, inner, scope, unknown)
    return _perhaps(node, unknown)


def _walk(node: Node) -> Iterator[Node]:
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(current.named_children)


def _perhaps(node: Node, unknown: Unknown) -> Completion | None:
    """Whether `node` may leave the function or the loop around it."""
    leaves = breaks = False
    pending = [(node, False)]
    while pending:
        current, inside = pending.pop()
        kind = current.type
        if kind == "return_statement":
            leaves = True
        elif kind in ("break_statement", "continue_statement") and (
            not inside or current.child_by_field_name("label") is not None
        ):
            breaks = True
        inside = inside or kind in LOOPS
        pending.extend((child, inside) for child in current.named_children if child.type not in FUNCTIONS)
    if not (leaves or breaks):
        return None
    return Completion(Kind.PERHAPS, unknown, leaves=leaves)


def _spoil_targets(unit: Unit, node: Node, scope: Scope, unknown: Unknown) -> None:
    kind = node.type
    if kind in ("assignment_expression", "augmented_assignment_expression"):
        target = node.child_by_field_name("left")
        if target is not None:
            _spoil_target(unit, target, scope, unknown)
    elif kind == "update_expression":
        target = node.child_by_field_name("argument")
        if target is not None:
            _spoil_target(unit, target, scope, unknown)
    elif kind == "unary_expression" and node.children[0].type == "delete":
        _spoil_target(unit, node.named_children[0], scope, unknown)
    elif kind == "call_expression":
        _spoil_call(unit, node, scope, unknown)
    elif kind == "variable_declaration":
        for declarator in node.named_children:
            name = declarator.child_by_field_name("name")
            for found in pattern_names(unit, name) if name is not None else []:
                scope.function.names[unit.text(found)] = unknown
    elif kind == "for_in_statement" and node.child_by_field_name("kind") is None:
        target = node.child_by_field_name("left")
        if target is not None:
            _spoil_target(unit, target, scope, unknown)


def _spoil_target(unit: Unit, node: Node, scope: Scope, unknown: Unknown) -> None:
    while node.type in WRAPPERS:
        node = node.named_children[0]
    if node.type in ("member_expression", "subscript_expression"):
        _spoil_property(unit, node, scope, unknown)
        return
    for name in pattern_names(unit, node):
        assign(scope, unit.text(name), unknown)


def _spoil_property(unit: Unit, node: Node, scope: Scope, unknown: Unknown) -> None:
    base, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    holder = _peek(unit, base, scope)
    if isinstance(holder, JsObject) and name is not None and node.type == "member_expression":
        holder[unit.text(name)] = unknown
    else:
        properties.spoil(holder, unknown)


def _peek(unit: Unit, node: Node | None, scope: Scope) -> Value:
    """What a name, or a member of what a name holds, is now; nothing is evaluated for it."""
    while node is not None and node.type in WRAPPERS:
        node = node.named_children[0]
    if node is None:
        return None
    if node.type in ("identifier", "this"):
        value = scope.get(unit.text(node), None)
        return value.read() if isinstance(value, Deferred) else value
    if node.type == "member_expression":
        base, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        holder = _peek(unit, base, scope)
        if isinstance(holder, JsFunction):
            holder = holder.properties
        return holder.get(unit.text(name)) if isinstance(holder, JsObject) and name is not None else None
    return None


def _spoil_call(unit: Unit, node: Node, scope: Scope, unknown: Unknown) -> None:
    function, holder = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None:
        return
    if function.type == "member_expression":
        name = function.child_by_field_name("property")
        if name is not None and unit.text(name) in MUTATORS:
            properties.spoil(_peek(unit, function.child_by_field_name("object"), scope), unknown)
        if unit.text(function) == "Object.assign" and holder is not None and named(holder):
            properties.spoil(_peek(unit, named(holder)[0], scope), unknown)
    called = _peek(unit, function, scope)
    if isinstance(called, JsFunction):
        havoc_function(called, unknown, scope)


_running: set[int] = set()


def havoc_function(function: JsFunction, unknown: Unknown, scope: Scope | None = None) -> None:
    """Stands for calling a function of the program any number of times."""
    code = getattr(function, "code", None)
    if code is None or id(code) in _running:
        return
    body = code.node.child_by_field_name("body")
    if body is None:
        return
    _running.add(id(code))
    try:
        inner = Scope(getattr(function, "scope", scope), function=True)
        holder = code.node.child_by_field_name("parameters")
        single = code.node.child_by_field_name("parameter")
        for parameter in [single] if single is not None else named(holder) if holder is not None else []:
            pattern = parameter.child_by_field_name("pattern") or parameter
            for name in pattern_names(code.unit, pattern):
                inner.names[code.unit.text(name)] = unknown
        havoc(code.unit, body, inner, unknown)
    finally:
        _running.discard(id(code))


def havoc_callbacks(arguments: list[Value], unknown: Unknown) -> None:
    """What an unknown function may do with the functions it is given."""
    for argument in arguments:
        if isinstance(argument, JsFunction):
            havoc_function(argument, unknown)


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
