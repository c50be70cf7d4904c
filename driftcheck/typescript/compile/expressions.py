"""Expressions other than literals, functions and chains: names, operators, assignments, and what only types see."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from tree_sitter import Node

from ..runtime import properties
from ..runtime.coercion import observed, to_number, to_primitive, truth, truthy
from ..runtime.environment import UNINITIALISED, Deferred, Environment
from ..runtime.operators import BINARY, UNARY
from ..runtime.places import Place
from ..runtime.values import UNDEFINED, UNKNOWN_KEYS, BigInt, HostObject, JsObject, Unknown, Value
from .chains import read
from .effects import havoc, steady
from .keys import naming
from .patterns import assign, assigning, put_computed
from .unit import Code, Expressions, Unit, field, named


def compile_identifier(unit: Unit, node: Node) -> Code:
    name, place = unit.text(node), unit.place(node)
    if name == "undefined":
        return lambda scope: UNDEFINED
    return lambda scope: read_name(scope, name, place)


def compile_shorthand(unit: Unit, node: Node) -> Code:
    return compile_identifier(unit, node)


def read_name(scope: Environment | None, name: str, place: Place) -> Value:
    while scope is not None:
        names = scope.names
        if name in names:
            value = names[name]
            if isinstance(value, Deferred):
                value = value.read()
            if value is UNINITIALISED:
                return place.fail(f"{name} is read before it is initialised")
            return value
        scope = scope.parent
    return place.unknown(f"{name} is not declared in the files that are read")


def compile_this(unit: Unit, node: Node) -> Code:
    return lambda scope: scope.get("this", UNDEFINED)


def compile_meta(unit: Unit, node: Node) -> Code:
    text = unit.text(node)
    if text != "import.meta":
        return unit.unknown(node, f"{text} is set at run time")
    reason = "import.meta.env is set at run time"
    place = unit.place(node)
    return lambda scope: _import_meta(scope, place.unknown(reason, data=True))


def _import_meta(scope: Environment, environment: Unknown) -> JsObject:
    """Where the module's file is."""
    filename = scope.get("__filename", "")
    return JsObject(
        [
            ("url", "file://" + quote(filename)),
            ("filename", filename),
            ("dirname", scope.get("__dirname", "")),
            ("env", environment),
            (UNKNOWN_KEYS, Unknown("import.meta is set at run time", environment.location, many=True, data=True)),
        ]
    )


def compile_await(unit: Unit, node: Node) -> Code:
    """A known value is its own result; what is awaited from elsewhere is Unknown anyway."""
    if node.type == "await_expression" and named(node):
        return unit.expression(named(node)[0])
    return unit.unknown(node, "a generator function is not run")


def compile_typed(unit: Unit, node: Node) -> Code:
    inner = named(node)[0]
    code = unit.expression(inner)
    return _fixing(code) if node.children[-1].type == "const" and inner.type in ("array", "object") else code


def _fixing(code: Code) -> Code:
    """`[…] as const`."""

    def run(scope: Environment) -> Value:
        value = code(scope)
        value.fixed = True
        return value

    return run


def compile_assertion(unit: Unit, node: Node) -> Code:
    return unit.expression(named(node)[-1])


def compile_parentheses(unit: Unit, node: Node) -> Code:
    inner = [child for child in named(node) if child.type != "type_annotation"]
    return unit.expression(inner[0]) if inner else unit.unknown(node, "there is a syntax error here")


def compile_sequence(unit: Unit, node: Node) -> Code:
    codes = [unit.expression(child) for child in named(node)]

    def code(scope: Environment) -> Value:
        value: Value = UNDEFINED
        for part in codes:
            value = part(scope)
        return value

    return code


# -- Operators --------------------------------------------------------------------------------------------------


#: Expressions that are text, a number or a truth value, whatever is in them.
LITERALS = frozenset(("string", "template_string", "number", "true", "false", "null", "undefined"))


def compile_binary(unit: Unit, node: Node) -> Code:
    operator = unit.text(field(node, "operator"))
    first_node, second_node = field(node, "left"), field(node, "right")
    first = unit.expression(first_node)
    if operator in ("&&", "||", "??"):
        choose = _choice(unit, operator, second_node)
        return lambda scope: choose(first(scope), scope)
    second = unit.expression(second_node)
    operate, place = BINARY.get(operator), unit.place(node)
    if operate is None:
        return unit.unknown(node, f"the operator {operator} is not evaluated")

    def code(scope: Environment) -> Value:
        value, other = first(scope), second(scope)
        if value.__class__ is Unknown:
            return value.as_data()
        return other.as_data() if other.__class__ is Unknown else operate(value, other, place)

    return code


def keeps(operator: str, value: Value) -> bool:
    """Whether `value` is the result of `&&`, `||` or `??`, so that their second operand is not evaluated."""
    if operator == "??":
        return value is not None and value is not UNDEFINED
    return truthy(value) is (operator == "||")


def _choice(unit: Unit, operator: str, node: Node) -> Callable[[Value, Environment], Value]:
    """`&&`, `||` and `??` with their second operand, for the value of the first."""
    other, plain = unit.expression(node), node.type in LITERALS

    def choose(value: Value, scope: Environment) -> Value:
        seen = observed(value)
        if isinstance(seen, Unknown):
            havoc(unit, node, scope, seen)
            if isinstance(value, HostObject) and value.steady and steady(unit, node, scope) is not None:
                return value
            return seen if plain else seen.as_choice()
        return value if keeps(operator, value) else other(scope)

    return choose


def compile_unary(unit: Unit, node: Node) -> Code:
    operator, argument = unit.text(field(node, "operator")), field(node, "argument")
    if operator == "delete":
        return _compile_delete(unit, argument)
    code, place = unit.expression(argument), unit.place(node)
    if operator == "void":
        return lambda scope: _discard(code(scope))
    operate = UNARY.get(operator)
    if operate is None:
        return unit.unknown(node, f"the operator {operator} is not evaluated")

    def unary(scope: Environment) -> Value:
        value = code(scope)
        return value.as_data() if value.__class__ is Unknown else operate(value, place)

    return unary


def _discard(value: Value) -> Value:
    return UNDEFINED


def _compile_delete(unit: Unit, node: Node) -> Code:
    """What had a property deleted is not known any more."""
    while node.type in ("parenthesized_expression", "non_null_expression"):
        node = named(node)[0]
    holder_node, place = node.child_by_field_name("object"), unit.place(node)
    if holder_node is None:
        return lambda scope: True
    holder = unit.expression(holder_node)

    def code(scope: Environment) -> Value:
        properties.spoil(holder(scope), place.unknown("a property is deleted"))
        return True

    return code


def _key_code(unit: Unit, node: Node) -> Code:
    if node.type == "member_expression":
        name = unit.text(field(node, "property"))
        return lambda scope: name
    return unit.expression(field(node, "index"))


def compile_ternary(unit: Unit, node: Node) -> Code:
    condition = unit.expression(field(node, "condition"))
    branches = field(node, "consequence"), field(node, "alternative")
    first, second = (unit.expression(branch) for branch in branches)
    plain = all(branch.type in LITERALS for branch in branches)

    def code(scope: Environment) -> Value:
        test = truth(condition(scope))
        if isinstance(test, Unknown):
            for branch in branches:
                havoc(unit, branch, scope, test)
            outcomes = [steady(unit, branch, scope) for branch in branches]
            if None not in outcomes:
                return outcomes[0]
            return test.as_data() if plain else test.as_choice()
        return first(scope) if test else second(scope)

    return code


# -- Assignments ------------------------------------------------------------------------------------------------


def compile_assignment(unit: Unit, node: Node) -> Code:
    target, value_node = field(node, "left"), field(node, "right")
    if target.type in ("member_expression", "subscript_expression"):
        return _assign_property(unit, target, unit.expression(value_node))
    bind = assigning(unit, target)
    code = naming(value_node, unit.expression(value_node), unit.text(target))

    def run(scope: Environment) -> Value:
        value = code(scope)
        bind(scope, value)
        return value

    return run


def _assign_property(unit: Unit, target: Node, code: Code) -> Code:
    """The holder and the key are evaluated before the value."""
    holder_code, key_code, place = unit.expression(field(target, "object")), _key_code(unit, target), unit.place(target)

    def run(scope: Environment) -> Value:
        holder, key = holder_code(scope), key_code(scope)
        value = code(scope)
        put_computed(holder, key, value, place)
        return value

    return run


def compile_augmented(unit: Unit, node: Node) -> Code:
    operator = unit.text(field(node, "operator"))[:-1]
    if operator in ("&&", "||", "??"):
        return _compile_update(unit, field(node, "left"), _choice(unit, operator, field(node, "right")))
    value, place = unit.expression(field(node, "right")), unit.place(node)
    operate = BINARY[operator]

    def update(old: Value, scope: Environment) -> Value:
        new = value(scope)
        if isinstance(old, Unknown):
            return old
        return new if isinstance(new, Unknown) else operate(old, new, place)

    return _compile_update(unit, field(node, "left"), update)


def _compile_update(unit: Unit, target: Node, update: object, *, old_value: bool = False) -> Code:
    """Reads the target once, computes, writes; gives the new value, or the old one."""
    assert callable(update)
    while target.type in ("parenthesized_expression", "non_null_expression"):
        target = named(target)[0]
    place = unit.place(target)
    if target.type not in ("member_expression", "subscript_expression"):
        name = unit.text(target)

        def run(scope: Environment) -> Value:
            old = read_name(scope, name, place)
            new = update(old, scope)
            assign(scope, name, new[1] if old_value else new)
            return new[0] if old_value else new

        return run
    holder_code, key_code = unit.expression(field(target, "object")), _key_code(unit, target)

    def run_property(scope: Environment) -> Value:
        holder, key = holder_code(scope), key_code(scope)
        new = update(read(holder, key, place), scope)
        put_computed(holder, key, new[1] if old_value else new, place)
        return new[0] if old_value else new

    return run_property


def compile_increment(unit: Unit, node: Node) -> Code:
    argument, place = field(node, "argument"), unit.place(node)
    by = 1 if unit.text(field(node, "operator")) == "++" else -1
    prefix = node.children[0].type in ("++", "--")

    def update(old: Value, scope: Environment) -> tuple[Value, Value]:
        """The expression's value, and the target's new one."""
        old = to_primitive(old, place, "number")
        if isinstance(old, BigInt):
            new: Value = BigInt(old.value + by)
            return (new if prefix else old), new
        old = to_number(old, place)
        new = old if isinstance(old, Unknown) else BINARY["+"](old, by, place)
        return (new if prefix else old), new

    return _compile_update(unit, argument, update, old_value=True)


EXPRESSIONS: Expressions = {
    "identifier": compile_identifier,
    "shorthand_property_identifier": compile_shorthand,
    "this": compile_this,
    "meta_property": compile_meta,
    "await_expression": compile_await,
    "yield_expression": compile_await,
    "as_expression": compile_typed,
    "satisfies_expression": compile_typed,
    "non_null_expression": compile_typed,
    "instantiation_expression": compile_typed,
    "type_assertion": compile_assertion,
    "parenthesized_expression": compile_parentheses,
    "sequence_expression": compile_sequence,
    "binary_expression": compile_binary,
    "unary_expression": compile_unary,
    "ternary_expression": compile_ternary,
    "assignment_expression": compile_assignment,
    "augmented_assignment_expression": compile_augmented,
    "update_expression": compile_increment,
}
