"""What TypeScript adds that has a value: enums and namespaces."""

from __future__ import annotations

from tree_sitter import Node

from ..runtime.coercion import is_number, number_to_string, to_key
from ..runtime.environment import Deferred, Environment
from ..runtime.operators import add
from ..runtime.places import Place
from ..runtime.values import UNKNOWN_KEYS, JsObject, Unknown, Value
from .effects import abandon
from .keys import computed_key, constant, static_key
from .statements import declared_names, variable_names
from .unit import Code, Run, Statements, Unit, named

Member = tuple[Code, Code | None, Place]


def compile_enum(unit: Unit, node: Node) -> Run:
    """Numbers count on from the last one and are mapped back to their names; strings are not."""
    name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    name, place = unit.text(name_node) if name_node is not None else "", unit.place(node)
    members = [_compile_member(unit, child) for child in named(body)] if body is not None else []

    def run(scope: Environment) -> None:
        before = existing(scope, name)
        made = before if isinstance(before, JsObject) else JsObject((), place.location)
        scope.names[name] = made
        inner = Environment(scope)
        following: Value = 0
        for key_code, value_code, where in members:
            value = following if value_code is None else value_code(inner)
            _add_member(made, inner, key_code(inner), value, where)
            following = add(value, 1, where) if is_number(value) else _no_successor(value, where)

    return run


def _no_successor(value: Value, place: Place) -> Unknown:
    return value if isinstance(value, Unknown) else place.unknown("an enum member after a string needs a value")


def existing(scope: Environment, name: str) -> Value:
    """What an earlier declaration of the same name made: enums and namespaces are merged."""
    value = scope.names.get(name)
    return None if isinstance(value, Deferred) else value


def _compile_member(unit: Unit, node: Node) -> Member:
    place, value = unit.place(node), None
    if node.type == "enum_assignment":
        value_node = node.child_by_field_name("value")
        value = unit.expression(value_node) if value_node is not None else None
        node = node.child_by_field_name("name") or node
    key = static_key(unit, node)
    if key is not None:
        return constant(key), value, place
    if node.type == "computed_property_name":
        return computed_key(unit, node), value, place
    return unit.unknown(node, "there is a syntax error here"), value, place


def _add_member(made: JsObject, scope: Environment, key: Value, value: Value, place: Place) -> None:
    key = to_key(key, place)
    if not isinstance(key, str):
        made[UNKNOWN_KEYS] = place.unknown("a member's name is not known").as_many()
        return
    made[key] = value
    made.locations[key] = place.location
    scope.names[key] = value
    if is_number(value):
        made[number_to_string(value)] = key
        made.locations[number_to_string(value)] = place.location


def compile_namespace(unit: Unit, node: Node) -> Run:
    """What is in it is not evaluated: its name is unknown, and what it may change."""
    names, place = names_of(unit, node), unit.place(node)

    def run(scope: Environment) -> None:
        unknown = place.unknown("a namespace is not evaluated")
        abandon(unit, node, scope, unknown)
        for name in names:
            scope.names[unit.text(name)] = unknown

    return run


def names_of(unit: Unit, node: Node) -> list[Node]:
    """Every name that a declaration gives a value to: variables, functions, classes, enums, namespaces."""
    if node.type == "variable_declaration":
        return variable_names(unit, node)
    found = declared_names(unit, node)
    if found:
        return found
    if node.type == "expression_statement" and named(node):
        return names_of(unit, named(node)[0])
    if node.type in ("function_declaration", "generator_function_declaration", "internal_module", "module"):
        name = node.child_by_field_name("name")
        while name is not None and name.type == "nested_identifier":
            name = name.child_by_field_name("object")
        return [] if name is None or name.type == "string" else [name]
    return []


STATEMENTS: Statements = {
    "enum_declaration": compile_enum,
    "internal_module": compile_namespace,
    "module": compile_namespace,
}
