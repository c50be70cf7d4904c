"""What TypeScript adds that has a value: enums and namespaces."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ..runtime.coercion import is_number, number_to_string, to_key
from ..runtime.environment import Deferred, Environment
from ..runtime.operators import add
from ..runtime.places import Place
from ..runtime.values import UNKNOWN_KEYS, JsFunction, JsObject, Unknown, Value
from .literals import computed_key, constant, static_key
from .statements import compile_statements, declared_names, variable_names
from .unit import Code, Run, Unit, named, statement

Member = tuple[Code, Code | None, Place]


@statement("enum_declaration")
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
    return unit.unknown(node, "a syntax error stands here"), value, place


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


@statement("internal_module", "module")
def compile_namespace(unit: Unit, node: Node) -> Run:
    name_node, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name_node is None or body is None or name_node.type == "string":
        return lambda scope: None
    path, place = unit.text(name_node).split("."), unit.place(node)
    run_body, names = _compile_body(unit, body)

    def run(scope: Environment) -> None:
        made = _namespace_object(scope, path, place)
        inner = Environment(scope, function=True)
        run_body(inner)
        for name in names:
            if name in inner.names:
                made[name] = inner.names[name]

    return run


def _namespace_object(scope: Environment, path: list[str], place: Place) -> JsObject:
    before = existing(scope, path[0])
    if isinstance(before, JsFunction):
        made = before.own()
    else:
        made = before if isinstance(before, JsObject) else JsObject((), place.location)
        scope.names[path[0]] = made
    for part in path[1:]:
        inner = made.get(part)
        if not isinstance(inner, JsObject):
            inner = made[part] = JsObject((), place.location)
        made = inner
    return made


def _compile_body(unit: Unit, body: Node) -> tuple[Callable[[Environment], object], list[str]]:
    """The statements with `export` taken off, and the names that had it."""
    nodes: list[Node] = []
    exported: list[str] = []
    for child in named(body):
        inner = child.child_by_field_name("declaration") if child.type == "export_statement" else None
        if inner is not None:
            exported.extend(unit.text(name) for name in names_of(unit, inner))
        nodes.append(inner or child)
    return compile_statements(unit, nodes, own_scope=False), exported


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
