"""Classes: methods, accessors, fields, static members, inheritance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tree_sitter import Node

from ...location import Location
from ..runtime import properties
from ..runtime.environment import Environment
from ..runtime.places import Place
from ..runtime.values import UNDEFINED, UNKNOWN_KEYS, Accessor, HostObject, JsFunction, JsObject, Symbol, Unknown, Value
from .functions import Closure, FunctionCode
from .literals import computed_key, constant, naming, static_key
from .statements import compile_block
from .unit import Code, Run, Unit, expression, has_token, named, statement


@dataclass(frozen=True, slots=True)
class Member:
    """A method or field of a class body."""

    key: Code
    static: bool
    place: Place
    method: FunctionCode | None = None
    #: "get", "set" or "".
    accessor: str = ""
    value: Code | None = None


@dataclass(frozen=True, slots=True)
class ClassCode:
    name: str
    place: Place
    parent: Code | None
    members: tuple[Member, ...]
    constructor: FunctionCode | None
    static_blocks: tuple[Run, ...]


class JsClass(JsFunction):
    """A class of the program."""

    def __init__(self, code: ClassCode, scope: Environment, parent: Value) -> None:
        self.name = code.name
        self.class_code = code
        self.scope = scope
        self.parent = parent
        self.properties = JsObject()
        self.prototype = JsObject()
        self.fields: list[tuple[Value, Code | None]] = []
        self._inherit()

    def _inherit(self) -> None:
        if isinstance(self.parent, JsFunction):
            above = self.parent.special("prototype")
            self.prototype.prototype = above if above is not UNDEFINED else None
            self.own().prototype = self.parent
        elif isinstance(self.parent, HostObject | Unknown):
            self.prototype.prototype = self.parent if isinstance(self.parent, Unknown) else None
            self.own().prototype = self.parent

    @property
    def location(self) -> Location | None:
        return self.class_code.place.location

    def special(self, key: object) -> Value:
        return self.prototype if key == "prototype" else UNDEFINED

    def invoke(self, this: Value, arguments: list[Value], place: Place) -> Value:
        return place.fail(f"the class {self.name} is called without new")

    def construct(self, arguments: list[Value], place: Place) -> Value:
        made = JsObject((), place.location)
        made.prototype = self.prototype
        result = self.initialise(made, arguments, place)
        return result if isinstance(result, JsObject) else made

    def initialise(self, this: JsObject, arguments: list[Value], place: Place) -> Value:
        """Runs the constructor on an object that is already there, parents first."""
        evaluator = place.evaluator
        evaluator.enter(place)
        try:
            if self.parent is None:
                self._set_fields(this, place)
            code = self.class_code.constructor
            if code is None:
                if self.parent is not None:
                    self._start_parent(this, arguments, place)
                return UNDEFINED
            scope = Environment(self.scope)
            scope.names["super()"] = lambda given, where: self._start_parent(this, given, where)
            constructor = Closure(code, scope, self.name)
            constructor.home = self.prototype
            return constructor.invoke(this, arguments, place)
        finally:
            evaluator.leave()

    def _start_parent(self, this: JsObject, arguments: list[Value], place: Place) -> None:
        if isinstance(self.parent, JsClass):
            self.parent.initialise(this, arguments, place)
        else:
            initialise = getattr(self.parent, "initialise", None)
            if initialise is not None:
                initialise(this, arguments, place)
            else:
                this[UNKNOWN_KEYS] = place.unknown(f"{self.name} extends a class that is not known here").as_many()
        self._set_fields(this, place)

    def _set_fields(self, this: JsObject, place: Place) -> None:
        scope = Environment(self.scope, function=True)
        scope.names["this"] = this
        scope.names["super"] = self.prototype
        for key, value in self.fields:
            define(this, key, UNDEFINED if value is None else value(scope), place)


def define(target: JsObject, key: Value, value: Value, place: Place) -> None:
    """Sets an own property, whatever accessors are inherited."""
    if isinstance(key, Unknown):
        target[UNKNOWN_KEYS] = key.as_many()
    elif isinstance(key, Symbol) or key.startswith("#"):
        properties.hide(target, key, value)
    else:
        target[key] = value
        target.locations[key] = place.location


@expression("class")
def compile_class(unit: Unit, node: Node) -> Code:
    return _compile(unit, node)


@statement("class_declaration", "abstract_class_declaration")
def compile_class_declaration(unit: Unit, node: Node) -> Run:
    code, name = _compile(unit, node), node.child_by_field_name("name")
    label = unit.text(name) if name is not None else ""

    def run(scope: Environment) -> None:
        scope.names[label] = code(scope)

    return run


def _compile(unit: Unit, node: Node) -> Code:
    code = _compile_parts(unit, node)

    def make(scope: Environment) -> Value:
        inner = Environment(scope)
        parent = None if code.parent is None else code.parent(scope)
        made = JsClass(code, inner, parent)
        if code.name:
            inner.names[code.name] = made
        _fill(made, code, inner)
        return made

    return make


def _compile_parts(unit: Unit, node: Node) -> ClassCode:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    members: list[Member] = []
    constructor: FunctionCode | None = None
    blocks: list[Run] = []
    for child in named(body) if body is not None else []:
        if child.type == "class_static_block":
            inner = child.child_by_field_name("body")
            if inner is not None:
                blocks.append(compile_block(unit, inner))
            continue
        if child.type == "method_definition" and _is_constructor(unit, child):
            constructor = FunctionCode(unit, child)
            continue
        member = _compile_member(unit, child)
        if member is not None:
            members.append(member)
    return ClassCode(
        unit.text(name) if name is not None else "",
        unit.place(node),
        _compile_parent(unit, node),
        tuple(members),
        constructor,
        tuple(blocks),
    )


def _is_constructor(unit: Unit, node: Node) -> bool:
    name = node.child_by_field_name("name")
    return name is not None and unit.text(name) == "constructor" and not has_token(node, "static")


def _compile_parent(unit: Unit, node: Node) -> Code | None:
    for heritage in node.named_children:
        if heritage.type != "class_heritage":
            continue
        for clause in named(heritage):
            value = clause.child_by_field_name("value") if clause.type == "extends_clause" else None
            if value is not None:
                return unit.expression(value)
    return None


def _compile_member(unit: Unit, node: Node) -> Member | None:
    name = node.child_by_field_name("name")
    if name is None or node.type not in ("method_definition", "public_field_definition"):
        return None
    key = static_key(unit, name)
    key_code = constant(key) if key is not None else computed_key(unit, name)
    static, place = has_token(node, "static"), unit.place(node)
    if node.type == "method_definition":
        accessor = "get" if has_token(node, "get") else "set" if has_token(node, "set") else ""
        return Member(key_code, static, place, method=FunctionCode(unit, node), accessor=accessor)
    if has_token(node, "declare"):
        return None
    value = node.child_by_field_name("value")
    code = naming(value, unit.expression(value), key or "") if value is not None else None
    return Member(key_code, static, place, value=code)


def _fill(made: JsClass, code: ClassCode, scope: Environment) -> None:
    static_scope = Environment(scope, function=True)
    static_scope.names["this"] = made
    static_scope.names["super"] = made
    properties.hide(made.prototype, "constructor", made)
    later: list[Callable[[], None]] = []
    for member in code.members:
        key = member.key(scope)
        if member.method is not None:
            _add_method(made, member, key, scope)
        elif not member.static:
            made.fields.append((key, member.value))
        else:
            later.append(_static_field(made, member, key, static_scope))
    for step in later:
        step()
    for block in code.static_blocks:
        block(static_scope)


def _static_field(made: JsClass, member: Member, key: Value, scope: Environment) -> Callable[[], None]:
    def run() -> None:
        define(made.own(), key, UNDEFINED if member.value is None else member.value(scope), member.place)

    return run


def _add_method(made: JsClass, member: Member, key: Value, scope: Environment) -> None:
    assert member.method is not None
    holder = made.own() if member.static else made.prototype
    closure = Closure(member.method, scope, key if isinstance(key, str) else "")
    closure.home = made if member.static else made.prototype
    if isinstance(key, Unknown):
        holder[UNKNOWN_KEYS] = key.as_many()
    elif member.accessor:
        accessor = Accessor(closure, None) if member.accessor == "get" else Accessor(None, closure)
        properties.define_accessor(holder, key, accessor, member.place, enumerable=False)
    else:
        properties.hide(holder, key, closure)
