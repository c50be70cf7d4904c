"""Loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from ..runtime import properties
from ..runtime.coercion import truth
from ..runtime.environment import Environment
from ..runtime.places import Place
from ..runtime.signals import Completion, Ending
from ..runtime.values import UNKNOWN_KEYS, JsArray, JsObject, Unknown, Value, unknown_part
from .effects import havoc
from .patterns import assigning, declaring, declaring_in_function
from .statements import variable_names, without_break
from .unit import Run, Statements, Unit, field, named


def _take_labels(unit: Unit) -> list[str]:
    labels = list(unit.labels)
    unit.labels.clear()
    return labels


def _goes_on(completion: Completion | None, labels: list[str]) -> bool:
    """Whether the loop takes its next turn after its body ended so."""
    if completion is None:
        return True
    return completion.kind is Ending.CONTINUE and (completion.label is None or completion.label in labels)


def _body(unit: Unit, node: Node) -> Run:
    return unit.statement(field(node, "body")) or (lambda scope: None)


def compile_while(unit: Unit, node: Node) -> Run:
    labels = _take_labels(unit)
    condition, body, place = unit.expression(field(node, "condition")), _body(unit, node), unit.place(node)
    size = node.end_byte - node.start_byte

    def run(scope: Environment) -> Completion | None:
        while True:
            test = truth(condition(scope))
            if isinstance(test, Unknown):
                return without_break(havoc(unit, node, scope, test))
            if not test:
                return None
            unit.evaluator.turn(place, size)
            completion = body(scope)
            if not _goes_on(completion, labels):
                return _leave(unit, node, scope, completion)

    return run


def compile_do(unit: Unit, node: Node) -> Run:
    labels = _take_labels(unit)
    condition, body, place = unit.expression(field(node, "condition")), _body(unit, node), unit.place(node)
    size = node.end_byte - node.start_byte

    def run(scope: Environment) -> Completion | None:
        while True:
            unit.evaluator.turn(place, size)
            completion = body(scope)
            if not _goes_on(completion, labels):
                return _leave(unit, node, scope, completion)
            test = truth(condition(scope))
            if isinstance(test, Unknown):
                return without_break(havoc(unit, node, scope, test))
            if not test:
                return None

    return run


def _leave(unit: Unit, node: Node, scope: Environment, completion: Completion | None) -> Completion | None:
    """The turns that would have followed a `break` that is not certain may have happened, or not."""
    if completion is not None and completion.kind is Ending.PERHAPS:
        havoc(unit, node, scope, completion.value)
    return without_break(completion)


def compile_for(unit: Unit, node: Node) -> Run:
    """Each turn has its own copy of what the loop's head declares with `let`."""
    labels, place, size = _take_labels(unit), unit.place(node), node.end_byte - node.start_byte
    head = node.child_by_field_name("initializer")
    start = _compile_head(unit, head)
    names = [unit.text(name) for name in variable_names(unit, head)] if _is_lexical(head) and head else []
    condition = _optional(unit, node.child_by_field_name("condition"))
    increment = _optional(unit, node.child_by_field_name("increment"))
    body = _body(unit, node)

    def run(scope: Environment) -> Completion | None:
        turn = Environment(scope)
        start(turn)
        while True:
            test = truth(condition(turn)) if condition is not None else True
            if isinstance(test, Unknown):
                return without_break(havoc(unit, node, turn, test))
            if not test:
                return None
            unit.evaluator.turn(place, size)
            completion = body(turn)
            if not _goes_on(completion, labels):
                return _leave(unit, node, turn, completion)
            following = Environment(scope)
            for name in names:
                following.names[name] = turn.names[name]
            turn = following
            if increment is not None:
                increment(turn)

    return run


def _is_lexical(head: Node | None) -> bool:
    return head is not None and head.type == "lexical_declaration"


def _compile_head(unit: Unit, head: Node | None) -> Callable[[Environment], object]:
    if head is None or head.type == "empty_statement":
        return lambda scope: None
    return unit.statement(head) or unit.expression(head)


def _optional(unit: Unit, node: Node | None) -> Callable[[Environment], Value] | None:
    if node is None or node.type in ("empty_statement", ";"):
        return None
    if node.type == "expression_statement":
        inner = named(node)
        return unit.expression(inner[0]) if inner else None
    return unit.expression(node)


def compile_for_of(unit: Unit, node: Node) -> Run:
    """`for (… of …)` and `for (… in …)`."""
    labels, place, size = _take_labels(unit), unit.place(node), node.end_byte - node.start_byte
    target, keys = field(node, "left"), unit.text(field(node, "operator")) == "in"
    kind = node.child_by_field_name("kind")
    declare = assigning if kind is None else declaring_in_function if unit.text(kind) == "var" else declaring
    bind, subject, body = declare(unit, target), unit.expression(field(node, "right")), _body(unit, node)

    def run(scope: Environment) -> Completion | None:
        value = subject(scope)
        items = _items(value, place, keys=keys)
        if isinstance(items, Unknown):
            return without_break(havoc(unit, node, scope, items))
        whole = unknown_part(value) is None
        for item in live(items):
            if keys and whole and (unknown := unknown_part(value)) is not None:
                return without_break(havoc(unit, node, scope, unknown))
            unit.evaluator.turn(place, size)
            if isinstance(item, Unknown) and item.many:
                return without_break(havoc(unit, node, scope, item))
            turn = Environment(scope)
            bind(turn, item)
            completion = body(turn)
            if not _goes_on(completion, labels):
                return _leave(unit, node, turn, completion)
        return None

    return run


def live(items: list[Value]) -> Iterator[Value]:
    """The elements of an array that may grow or shrink meanwhile; one that became unknown stands for more."""
    index, last = 0, None
    while index < len(items):
        last = items[index]
        yield last
        index += 1
    if items and items[-1] is not last and isinstance(items[-1], Unknown) and items[-1].many:
        yield items[-1]


def _items(value: Value, place: Place, *, keys: bool) -> list[Value] | Unknown:
    if not keys:
        return value if isinstance(value, JsArray) else properties.iterate(value, place)
    if isinstance(value, JsObject) and value.prototype is not None:
        return place.unknown("inherited properties are not iterated")
    found = properties.entries(value, place)
    if isinstance(found, Unknown):
        return found
    return [item.as_many() if key == UNKNOWN_KEYS and isinstance(item, Unknown) else key for key, item in found]


STATEMENTS: Statements = {
    "while_statement": compile_while,
    "do_statement": compile_do,
    "for_statement": compile_for,
    "for_in_statement": compile_for_of,
}
