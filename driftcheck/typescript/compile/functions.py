"""Functions of the program: their parameters, their bodies, and the calling of them."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ...location import Location
from ..runtime.environment import Environment
from ..runtime.evaluator import FUNCTION
from ..runtime.places import Place
from ..runtime.signals import Ending
from ..runtime.values import UNDEFINED, JsArray, JsFunction, JsObject, Unknown, Value
from .effects import abandon, parameter_names, steady_outcome
from .patterns import Bind, declaring, pattern_names
from .unit import FUNCTIONS, Code, Expressions, Unit, has_token, named

Binder = Callable[[Environment, list[Value]], None]


class FunctionCode:
    """The code of a function, compiled when it is first called."""

    __slots__ = (
        "_ready",
        "arrow",
        "binder",
        "body",
        "name",
        "node",
        "place",
        "size",
        "suspends",
        "unit",
        "uses_arguments",
    )

    def __init__(self, unit: Unit, node: Node) -> None:
        self.unit = unit
        self.node = node
        self.place = unit.place(node)
        self.size = node.end_byte - node.start_byte
        self.arrow = node.type == "arrow_function"
        name = node.child_by_field_name("name")
        self.name = unit.text(name) if name is not None and node.type != "method_definition" else ""
        self.suspends = ""
        self.binder: Binder = lambda scope, arguments: None
        self.body: Code = lambda scope: UNDEFINED
        self._ready = False

    def compile(self) -> None:
        if self._ready:
            return
        self._ready = True
        unit, node = self.unit, self.node
        self.suspends = _suspends(node)
        body = node.child_by_field_name("body")
        if self.suspends or body is None:
            return
        self.binder = _compile_parameters(unit, node)
        self.body = _compile_body(unit, body)


def _suspends(node: Node) -> str:
    if has_token(node, "async"):
        return "an async function's result comes later"
    if node.type.startswith("generator_function") or has_token(node, "*"):
        return "a generator function is not run"
    return ""


def _compile_body(unit: Unit, body: Node) -> Code:
    if body.type != "statement_block":
        return unit.expression(body)
    run = unit.forms.body(unit, body)
    hoisted_names = var_names(unit, body) if b"var " in unit.file.data else []

    def code(scope: Environment) -> Value:
        for name in hoisted_names:
            scope.names.setdefault(name, UNDEFINED)
        completion = run(scope)
        if completion is None or completion.kind not in (Ending.RETURN, Ending.PERHAPS):
            return UNDEFINED
        if completion.kind is Ending.PERHAPS:
            outcome = steady_outcome(unit, body, scope)
            return completion.value if outcome is None else outcome
        return completion.value

    return code


def var_names(unit: Unit, body: Node) -> list[str]:
    """What `var` declares anywhere in a function's body, but not in functions inside it."""
    found: list[str] = []
    pending = [body]
    while pending:
        node = pending.pop()
        targets: list[Node | None] = []
        if node.type == "variable_declaration":
            targets = [child.child_by_field_name("name") for child in node.named_children]
        elif node.type == "for_in_statement" and has_token(node, "var"):
            targets = [node.child_by_field_name("left")]
        for target in targets:
            found.extend(unit.text(name) for name in (pattern_names(unit, target) if target is not None else []))
        pending.extend(child for child in node.named_children if child.type not in FUNCTIONS)
    return found


def _compile_parameters(unit: Unit, node: Node) -> Binder:
    single = node.child_by_field_name("parameter")
    if single is not None:
        return _bind_names([unit.text(single)])
    holder = node.child_by_field_name("parameters")
    parameters = [child for child in named(holder) if child.type.endswith("parameter")] if holder else []
    parameters = [child for child in parameters if not _is_this(child)]
    names = [_plain_name(unit, child) for child in parameters]
    if all(name is not None for name in names):
        return _bind_names([name for name in names if name is not None])
    return _bind_patterns([_compile_parameter(unit, child) for child in parameters])


def _is_this(parameter: Node) -> bool:
    pattern = parameter.child_by_field_name("pattern")
    return pattern is not None and pattern.type == "this"


def _plain_name(unit: Unit, parameter: Node) -> str | None:
    pattern = parameter.child_by_field_name("pattern")
    if pattern is None or pattern.type != "identifier" or parameter.child_by_field_name("value") is not None:
        return None
    if parameter.children[0].type in ("accessibility_modifier", "readonly", "override_modifier"):
        return None
    return unit.text(pattern)


def _bind_names(names: list[str]) -> Binder:
    def bind(scope: Environment, arguments: list[Value]) -> None:
        count, slots = len(arguments), scope.names
        for index, name in enumerate(names):
            slots[name] = arguments[index] if index < count else UNDEFINED
        _bind_unknown_rest(names, arguments, slots)

    return bind


def _bind_unknown_rest(names: list[str], arguments: list[Value], slots: dict[str, Value]) -> None:
    """From an argument that stands for any number of them on, no parameter is known."""
    for index, argument in enumerate(arguments):
        if argument.__class__ is Unknown and argument.many:
            for name in names[index:]:
                slots[name] = argument.as_one()
            return


def _bind_patterns(parameters: list[tuple[Bind, bool]]) -> Binder:
    def bind(scope: Environment, arguments: list[Value]) -> None:
        many = next((a for a in arguments if a.__class__ is Unknown and a.many), None)
        end = len(arguments) if many is None else arguments.index(many)
        for index, (target, rest) in enumerate(parameters):
            if rest:
                target(scope, JsArray(arguments[min(index, end) :]))
            elif index < end:
                target(scope, arguments[index])
            else:
                target(scope, UNDEFINED if many is None else many.as_one())

    return bind


def _compile_parameter(unit: Unit, node: Node) -> tuple[Bind, bool]:
    pattern = node.child_by_field_name("pattern")
    if pattern is None or not pattern.is_named:
        return (lambda scope, value: None), False
    rest = pattern.type == "rest_pattern"
    if rest:
        inner = named(pattern)
        return (declaring(unit, inner[0]) if inner else (lambda scope, value: None)), True
    bind = declaring(unit, pattern)
    default_node = node.child_by_field_name("value")
    if default_node is not None:
        bind = _with_default(bind, unit.expression(default_node))
    if any(child.type in ("accessibility_modifier", "readonly") for child in node.children):
        bind = _as_field(bind, unit.text(pattern))
    return bind, False


def _with_default(bind: Bind, default: Code) -> Bind:
    return lambda scope, value: bind(scope, default(scope) if value is UNDEFINED else value)


def _as_field(bind: Bind, name: str) -> Bind:
    """`constructor(private readonly name: string)` sets `this.name`."""

    def run(scope: Environment, value: Value) -> None:
        bind(scope, value)
        this = scope.get("this")
        if isinstance(this, JsObject):
            this[name] = scope.names.get(name, value)

    return run


class Closure(JsFunction):
    """A function of the program with the environment it was made in."""

    __slots__ = ("code", "name", "properties", "scope")

    def __init__(self, code: FunctionCode, scope: Environment, name: str = "") -> None:
        self.code = code
        self.scope = scope
        self.name = name or code.name
        self.properties = None

    @property
    def location(self) -> Location | None:
        return self.code.place.location

    def invoke(self, this: Value, arguments: list[Value], place: Place) -> Value:
        code, evaluator = self.code, place.evaluator
        evaluator.enter(place, code.size)
        try:
            code.compile()
            if code.suspends:
                unknown = place.unknown(code.suspends)
                evaluator.hand_over([self, *arguments], unknown)
                return unknown
            scope = Environment(self.scope, function=True)
            if not code.arrow:
                scope.names["this"] = this
            code.binder(scope, arguments)
            return code.body(scope)
        finally:
            evaluator.leave()

    def havoc(self, unknown: Unknown) -> None:
        unit, node = self.code.unit, self.code.node
        spoiled = unit.evaluator.spoiled
        body = node.child_by_field_name("body")
        if body is None or id(self.code) in spoiled:
            return
        unit.evaluator.owe(self.code.size >> 2)
        outermost = not spoiled
        spoiled.add(id(self.code))
        try:
            inner = Environment(self.scope, function=True)
            for name in parameter_names(unit, node):
                inner.names[unit.text(name)] = unknown
            abandon(unit, body, inner, unknown)
        finally:
            if outermost:
                spoiled.clear()

    def special(self, key: object) -> Value:
        return Unknown(f"the {key} of a function is not evaluated") if key in ("length", "prototype") else UNDEFINED

    def construct(self, arguments: list[Value], place: Place) -> Value:
        unknown = place.unknown("a function is used as a class")
        place.evaluator.hand_over([self, *arguments], unknown)
        return unknown


def compile_function(unit: Unit, node: Node) -> Code:
    code = FunctionCode(unit, node)
    evaluator, place = unit.evaluator, code.place
    if node.type == "arrow_function" or not code.name:

        def plain(scope: Environment) -> Value:
            evaluator.make(FUNCTION, place)
            return Closure(code, scope)

        return plain

    def make(scope: Environment) -> Value:
        """A function expression sees its own name."""
        evaluator.make(FUNCTION, place)
        inner = Environment(scope)
        closure = Closure(code, inner)
        inner.names[code.name] = closure
        return closure

    return make


def hoisted(unit: Unit, node: Node) -> tuple[str, FunctionCode]:
    """A function declaration: it has its value from the start of its block."""
    code = FunctionCode(unit, node)
    return code.name, code


EXPRESSIONS: Expressions = {
    "arrow_function": compile_function,
    "function_expression": compile_function,
    "generator_function": compile_function,
}
