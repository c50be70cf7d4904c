"""Binding values to names: plain names, destructuring with defaults and rest, and assignment to places."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ..runtime import properties
from ..runtime.coercion import to_key
from ..runtime.environment import Deferred, Environment
from ..runtime.places import Place
from ..runtime.values import UNDEFINED, JsArray, JsObject, Unknown, Value
from .keys import computed_key, constant, naming, static_key
from .unit import Code, Unit

#: Takes a value into a scope.
Bind = Callable[[Environment, Value], None]

#: Takes apart what a pattern's leaves are: a name that is declared, or anything that can be assigned to.
Leaf = Callable[["Unit", Node], Bind]


def declaring(unit: Unit, node: Node) -> Bind:
    """A pattern of `const`, `let` or a parameter: its names belong to the scope itself."""
    return compile_pattern(unit, node, _declare)


def declaring_in_function(unit: Unit, node: Node) -> Bind:
    """A pattern of `var`."""
    return compile_pattern(unit, node, _declare_in_function)


def assigning(unit: Unit, node: Node) -> Bind:
    """The target of an assignment."""
    return compile_pattern(unit, node, _assign)


def _declare(unit: Unit, node: Node) -> Bind:
    name = unit.text(node)

    def bind(scope: Environment, value: Value) -> None:
        scope.names[name] = value

    return bind


def _declare_in_function(unit: Unit, node: Node) -> Bind:
    name = unit.text(node)

    def bind(scope: Environment, value: Value) -> None:
        scope.function.names[name] = value

    return bind


def assign(scope: Environment, name: str, value: Value) -> None:
    """`name = value`. What is imported keeps its value; what is declared nowhere is forgotten."""
    holder = scope.holder(name)
    if holder is None or holder.parent is None:
        return
    before = holder.names[name]
    if isinstance(before, Deferred):
        before.read()
        if isinstance(holder.names[name], Deferred):
            return
    holder.names[name] = value


def _assign(unit: Unit, node: Node) -> Bind:
    while node.type in ("parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression"):
        node = node.named_children[0]
    if node.type == "member_expression":
        return _assign_member(unit, node)
    if node.type == "subscript_expression":
        return _assign_subscript(unit, node)
    name = unit.text(node)
    return lambda scope, value: assign(scope, name, value)


def _assign_member(unit: Unit, node: Node) -> Bind:
    target, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    assert target is not None
    assert name is not None
    code, key, place = unit.expression(target), unit.text(name), unit.place(node)
    return lambda scope, value: properties.put(code(scope), key, value, place)


def _assign_subscript(unit: Unit, node: Node) -> Bind:
    target, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    assert target is not None
    assert index is not None
    code, index_code, place = unit.expression(target), unit.expression(index), unit.place(node)

    def bind(scope: Environment, value: Value) -> None:
        holder = code(scope)
        put_computed(holder, index_code(scope), value, place)

    return bind


def put_computed(holder: Value, key: Value, value: Value, place: Place) -> None:
    """`holder[key] = value`; with an unknown key, nothing that `holder` holds is known any more."""
    key = to_key(key, place)
    if isinstance(key, Unknown):
        properties.spoil(holder, key)
    else:
        properties.put(holder, key, value, place)


def compile_pattern(unit: Unit, node: Node, leaf: Leaf) -> Bind:
    kind = node.type
    if kind == "object_pattern":
        return _compile_object(unit, node, leaf)
    if kind == "array_pattern":
        return _compile_array(unit, node, leaf)
    if kind in ("assignment_pattern", "object_assignment_pattern"):
        return _compile_default(unit, node, leaf)
    if node.is_error or node.is_missing:
        return lambda scope, value: None
    return leaf(unit, node)


def _compile_default(unit: Unit, node: Node, leaf: Leaf) -> Bind:
    target, default = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is None or default is None:
        return lambda scope, value: None
    bind = compile_pattern(unit, target, leaf)
    code: Code = naming(default, unit.expression(default), unit.text(target))
    return lambda scope, value: bind(scope, code(scope) if value is UNDEFINED else value)


def _compile_array(unit: Unit, node: Node, leaf: Leaf) -> Bind:
    """Holes count: `[, second]`."""
    parts: list[tuple[int, bool, Bind]] = []
    index, place = 0, unit.place(node)
    for child in node.children:
        if child.type == ",":
            index += 1
        elif child.type == "rest_pattern":
            parts.append((index, True, compile_pattern(unit, child.named_children[0], leaf)))
        elif child.is_named and child.type != "comment":
            parts.append((index, False, compile_pattern(unit, child, leaf)))

    def bind(scope: Environment, value: Value) -> None:
        items = properties.iterate(value, place)
        for position, rest, target in parts:
            if isinstance(items, Unknown):
                target(scope, items.as_one())
            elif rest:
                target(scope, JsArray(items[position:]))
            else:
                target(scope, properties.element(JsArray(items), position, place))

    return bind


def _compile_object(unit: Unit, node: Node, leaf: Leaf) -> Bind:
    parts: list[tuple[Code | None, Bind]] = []
    place = unit.place(node)
    for child in node.named_children:
        part = _compile_entry(unit, child, leaf)
        if part is not None:
            parts.append(part)

    def bind(scope: Environment, value: Value) -> None:
        taken: list[Value] = []
        if value is None or value is UNDEFINED:
            value = place.fail("null or undefined is destructured")
        for key_code, target in parts:
            if key_code is None:
                target(scope, _rest(value, taken, place))
                continue
            key = to_key(key_code(scope), place)
            taken.append(key)
            target(scope, key if isinstance(key, Unknown) else properties.get(value, key, place))

    return bind


def _compile_entry(unit: Unit, node: Node, leaf: Leaf) -> tuple[Code | None, Bind] | None:
    kind = node.type
    if kind == "rest_pattern":
        return None, compile_pattern(unit, node.named_children[0], leaf)
    if kind == "pair_pattern":
        key, target = node.child_by_field_name("key"), node.child_by_field_name("value")
        if key is None or target is None:
            return None
        name = static_key(unit, key)
        return constant(name) if name is not None else computed_key(unit, key), compile_pattern(unit, target, leaf)
    if kind == "object_assignment_pattern":
        target = node.child_by_field_name("left")
        return None if target is None else (constant(unit.text(target)), compile_pattern(unit, node, leaf))
    if kind == "shorthand_property_identifier_pattern":
        return constant(unit.text(node)), leaf(unit, node)
    return None


def _rest(value: Value, taken: list[Value], place: Place) -> Value:
    """`{a, ...rest}`."""
    found = properties.entries(value, place)
    if isinstance(found, Unknown):
        return found
    if any(isinstance(key, Unknown) for key in taken):
        return place.unknown("the rest of an object without keys that are not known")
    rest = JsObject([(key, item) for key, item in found if key not in taken], place.location)
    if isinstance(value, JsObject):
        rest.locations = {key: value.locations[key] for key in rest if key in value.locations}
    return rest


def pattern_names(unit: Unit, node: Node) -> list[Node]:
    """The identifiers that a pattern binds."""
    kind = node.type
    if kind in ("identifier", "shorthand_property_identifier_pattern"):
        return [node]
    if kind in ("assignment_pattern", "object_assignment_pattern"):
        target = node.child_by_field_name("left")
        return [] if target is None else pattern_names(unit, target)
    if kind == "pair_pattern":
        target = node.child_by_field_name("value")
        return [] if target is None else pattern_names(unit, target)
    if kind in ("object_pattern", "array_pattern", "rest_pattern"):
        return [name for child in node.named_children for name in pattern_names(unit, child)]
    return []
