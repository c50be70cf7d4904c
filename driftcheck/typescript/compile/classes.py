"""Plain classes: a constructor, methods, getters and fields, static ones too.

A class that extends another, or has setters or blocks of its own, is not evaluated: what it might change is unknown.
"""

from __future__ import annotations

from tree_sitter import Node

from ...frozen import dataclass
from ...location import Location
from ..runtime import properties
from ..runtime.environment import Environment
from ..runtime.evaluator import OBJECT
from ..runtime.places import Place
from ..runtime.values import UNDEFINED, Getter, JsFunction, JsObject, Unknown, Value
from .effects import abandon, havoc
from .functions import Closure, FunctionCode
from .keys import naming, static_key
from .unit import Code, Expressions, Run, Statements, Unit, has_token, named


@dataclass(frozen=True, slots=True)
class Member:
    """A method or field of a class body."""

    key: str
    static: bool
    place: Place
    method: FunctionCode | None = None
    value: Code | None = None
    getter: bool = False

    @property
    def is_constructor(self) -> bool:
        return self.key == "constructor" and self.method is not None and not self.static


class JsClass(JsFunction):
    """A class of the program."""

    def __init__(self, unit: Unit, node: Node, members: list[Member], scope: Environment) -> None:
        self.unit = unit
        self.node = node
        self.place = unit.place(node)
        self.members = members
        self.scope = scope
        self.properties = JsObject()
        self.prototype = JsObject()

    @property
    def location(self) -> Location | None:
        return self.place.location

    def special(self, key: object) -> Value:
        return self.prototype if key == "prototype" else UNDEFINED

    def invoke(self, this: Value, arguments: list[Value], place: Place) -> Value:
        return place.fail(f"the class {self.name} is called without new")

    def havoc(self, unknown: Unknown) -> None:
        self.unit.evaluator.owe((self.node.end_byte - self.node.start_byte) >> 2)
        abandon(self.unit, self.node, self.scope, unknown)

    def construct(self, arguments: list[Value], place: Place) -> Value:
        place.evaluator.make(OBJECT, place)
        made = JsObject((), place.location)
        made.prototype = self.prototype
        evaluator = place.evaluator
        evaluator.enter(place, self.node.end_byte - self.node.start_byte)
        try:
            self._set_fields(made, static=False)
            constructor = next((member.method for member in self.members if member.is_constructor), None)
            result = None if constructor is None else Closure(constructor, self.scope).invoke(made, arguments, place)
            return result if isinstance(result, JsObject | Unknown) else made
        finally:
            evaluator.leave()

    def fill(self) -> None:
        """Gives the class its methods and static fields."""
        properties.hide(self.prototype, "constructor", self)
        for member in self.members:
            if member.method is not None and not member.is_constructor:
                holder = self.own() if member.static else self.prototype
                method = Closure(member.method, self.scope, member.key)
                properties.hide(holder, member.key, Getter(method) if member.getter else method)
        self._set_fields(self, static=True)

    def _set_fields(self, target: JsObject | JsClass, *, static: bool) -> None:
        holder = target.own() if isinstance(target, JsClass) else target
        scope = Environment(self.scope, function=True)
        scope.names["this"] = target
        for member in self.members:
            if member.method is None and member.static is static:
                value = UNDEFINED if member.value is None else member.value(scope)
                properties.define(holder, member.key, value, member.place.location)


def compile_class(unit: Unit, node: Node) -> Code:
    name, members = node.child_by_field_name("name"), _members(unit, node)
    label = unit.text(name) if name is not None else ""
    if members is None:
        return _not_evaluated(unit, node)

    def make(scope: Environment) -> Value:
        inner = Environment(scope)
        made = JsClass(unit, node, members, inner)
        made.name = label
        if label:
            inner.names[label] = made
        made.fill()
        return made

    return make


def _not_evaluated(unit: Unit, node: Node) -> Code:
    place = unit.place(node)

    def give_up(scope: Environment) -> Value:
        unknown = place.unknown("a class of that kind is not evaluated")
        havoc(unit, node, scope, unknown)
        return unknown

    return give_up


def compile_class_declaration(unit: Unit, node: Node) -> Run:
    code, name = compile_class(unit, node), node.child_by_field_name("name")
    label = unit.text(name) if name is not None else ""

    def run(scope: Environment) -> None:
        scope.names[label] = code(scope)

    return run


def _members(unit: Unit, node: Node) -> list[Member] | None:
    """None if there is more to the class than plain members."""
    body = node.child_by_field_name("body")
    heritage = (clause for child in node.named_children if child.type == "class_heritage" for clause in named(child))
    decorated = any(child.type == "decorator" for child in node.named_children)
    if body is None or body.has_error or decorated or any(clause.type == "extends_clause" for clause in heritage):
        return None
    members: list[Member] = []
    for child in named(body):
        if child.type in ("method_definition", "public_field_definition"):
            name = child.child_by_field_name("name")
            key = static_key(unit, name) if name is not None else None
            if key is None or has_token(child, "set"):
                return None
            if not has_token(child, "declare"):
                members.append(_member(unit, child, key))
        elif child.type in ("class_static_block", "decorator"):
            return None
    return members


def _member(unit: Unit, node: Node, key: str) -> Member:
    static, place = has_token(node, "static"), unit.place(node)
    if node.type == "method_definition":
        return Member(key, static, place, method=FunctionCode(unit, node), getter=has_token(node, "get"))
    value = node.child_by_field_name("value")
    code = naming(value, unit.expression(value), key) if value is not None else None
    return Member(key, static, place, value=code)


EXPRESSIONS: Expressions = {"class": compile_class}

STATEMENTS: Statements = dict.fromkeys(("class_declaration", "abstract_class_declaration"), compile_class_declaration)
