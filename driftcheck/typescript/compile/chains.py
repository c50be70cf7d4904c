"""Member access, calls and `new`: chains, in which `?.` ends the whole chain at once."""

from __future__ import annotations

from tree_sitter import Node

from ..runtime import properties
from ..runtime.coercion import to_key
from ..runtime.environment import Environment
from ..runtime.places import Place
from ..runtime.spreading import spread_into
from ..runtime.values import UNDEFINED, JsArray, JsObject, Unknown, Value
from .effects import havoc
from .literals import compile_elements, template_parts, template_strings
from .unit import Code, Expressions, Unit, named


class _Ended:
    """What the parts of a chain give after `?.` met null or undefined."""


ENDED = _Ended()

CHAIN = frozenset(("member_expression", "subscript_expression", "call_expression", "non_null_expression"))


def compile_chain(unit: Unit, node: Node) -> Code:
    code, may_end = _link(unit, node)
    if not may_end:
        return code

    def whole(scope: Environment) -> Value:
        value = code(scope)
        return UNDEFINED if value is ENDED else value

    return whole


def _link(unit: Unit, node: Node) -> tuple[Code, bool]:
    """A part of a chain, and whether it may give ENDED."""
    if node.type == "non_null_expression":
        inner = named(node)[0]
        return _link(unit, inner) if inner.type in CHAIN else (unit.expression(inner), False)
    if node.type == "call_expression":
        return _link_call(unit, node)
    base, key, place = _base_and_key(unit, node)
    holder, may_end = _nested(unit, base)
    optional = node.child_by_field_name("optional_chain") is not None
    if isinstance(key, str) and not optional and not may_end:
        return _plain_member(holder, key, place), False

    def code(scope: Environment) -> Value:
        value = holder(scope)
        if value is ENDED or (optional and (value is None or value is UNDEFINED)):
            return ENDED
        return read(value, key if isinstance(key, str) else key(scope), place)

    return code, optional or may_end


def _plain_member(holder: Code, key: str, place: Place) -> Code:
    get = properties.get
    return lambda scope: get(holder(scope), key, place)


def _nested(unit: Unit, node: Node) -> tuple[Code, bool]:
    """One level deeper, within the limit of nesting."""
    if node.type not in CHAIN:
        return unit.expression(node), False
    found: list[bool] = []

    def compile_(inner_unit: Unit, inner: Node) -> Code:
        code, may_end = _link(inner_unit, inner)
        found.append(may_end)
        return code

    code = unit.nested(node, compile_)
    return code, any(found)


def _base_and_key(unit: Unit, node: Node) -> tuple[Node, str | Code, Place]:
    base = node.child_by_field_name("object")
    name = node.child_by_field_name("property") or node.child_by_field_name("index")
    if base is None or name is None:
        return node.children[0], unit.unknown(node, "there is a syntax error here"), unit.place(node)
    key: str | Code = unit.text(name) if node.type == "member_expression" else unit.expression(name)
    return base, key, unit.place(node)


def read(value: Value, key: Value, place: Place) -> Value:
    """`value[key]` for a key of any type."""
    if value.__class__ is JsArray and key.__class__ is int and key >= 0:
        return properties.element(value, key, place)
    if isinstance(value, Unknown):
        return value
    key = to_key(key, place)
    return key if isinstance(key, Unknown) else properties.get(value, key, place)


# -- Calls ------------------------------------------------------------------------------------------------------

Arguments = Code


def compile_arguments(unit: Unit, node: Node | None) -> Arguments:
    """A call's arguments, as a fresh list."""
    if node is None:
        return lambda scope: []
    elements, spreads = compile_elements(unit, node)
    if not spreads:
        codes = [code for code, _, _ in elements]
        if len(codes) == 1:
            only = codes[0]
            return lambda scope: [only(scope)]
        return lambda scope: [code(scope) for code in codes]

    def arguments(scope: Environment) -> Value:
        values: list[Value] = []
        for code, spread, place in elements:
            if spread:
                spread_into(values, code(scope), place)
            else:
                values.append(code(scope))
        return values

    return arguments


def _template_arguments(unit: Unit, node: Node) -> Arguments:
    raw, codes = template_parts(unit, node)
    return lambda scope: [template_strings(raw), *[code(scope) for code in codes]]


def _link_call(unit: Unit, node: Node) -> tuple[Code, bool]:
    function, holder = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None:
        return unit.unknown(node, "there is a syntax error here"), False
    if function.type == "import":
        return unit.unknown(node, "a module is imported at run time"), False
    if holder is not None and holder.type == "template_string":
        arguments = _template_arguments(unit, holder)
    else:
        arguments = compile_arguments(unit, holder)
    optional = node.child_by_field_name("optional_chain") is not None or any(
        child.type in ("?.", "optional_chain") for child in node.children
    )
    while function.type in ("non_null_expression", "parenthesized_expression") and len(named(function)) == 1:
        inner = named(function)[0]
        if inner.type not in ("member_expression", "subscript_expression", "non_null_expression"):
            break
        function = inner
    if function.type in ("member_expression", "subscript_expression"):
        return _method_call(unit, node, function, arguments, optional)
    return _function_call(unit, node, function, arguments, optional)


def _call_place(unit: Unit, call: Node) -> Place:
    """Where a call begins, and its first argument."""
    place, holder = unit.place(call), call.child_by_field_name("arguments")
    if holder is not None and (given := named(holder)):
        place.argument = given[0].start_byte
    return place


def _function_call(unit: Unit, call: Node, function: Node, arguments: Arguments, optional: bool) -> tuple[Code, bool]:
    callee, may_end = _nested(unit, function)
    place = _call_place(unit, call)
    invoke = unit.evaluator.invoke

    def code(scope: Environment) -> Value:
        value = callee(scope)
        if value is ENDED or (optional and (value is None or value is UNDEFINED)):
            return ENDED
        if optional and isinstance(value, Unknown):
            havoc(unit, call, scope, value)
            return value
        return invoke(value, UNDEFINED, arguments(scope), place)

    return code, optional or may_end


def _method_call(unit: Unit, call: Node, member: Node, arguments: Arguments, optional: bool) -> tuple[Code, bool]:
    base, key, _ = _base_and_key(unit, member)
    place = _call_place(unit, call)
    invoke = unit.evaluator.invoke
    holder, may_end = _nested(unit, base)
    guarded = member.child_by_field_name("optional_chain") is not None

    def code(scope: Environment) -> Value:
        this = holder(scope)
        if this is ENDED or (guarded and (this is None or this is UNDEFINED)):
            return ENDED
        if guarded and isinstance(this, Unknown):
            havoc(unit, call, scope, this)
            return this
        function = properties.get(this, key, place) if isinstance(key, str) else read(this, key(scope), place)
        if optional and (function is None or function is UNDEFINED):
            return ENDED
        if optional and isinstance(function, Unknown):
            havoc(unit, call, scope, function)
            return function
        if function is UNDEFINED:
            arguments(scope)
            reason = f"{key if isinstance(key, str) else 'what is called'} is not a function that is known here"
            return place.fail(reason) if isinstance(this, JsObject) else place.unknown(reason)
        return invoke(function, this, arguments(scope), place)

    return code, optional or guarded or may_end


def compile_new(unit: Unit, node: Node) -> Code:
    constructor = node.child_by_field_name("constructor")
    if constructor is None:
        return unit.unknown(node, "there is a syntax error here")
    callee = unit.expression(constructor)
    arguments = compile_arguments(unit, node.child_by_field_name("arguments"))
    place, construct = unit.place(node), unit.evaluator.construct
    return lambda scope: construct(callee(scope), arguments(scope), place)


EXPRESSIONS: Expressions = {
    "member_expression": compile_chain,
    "subscript_expression": compile_chain,
    "call_expression": compile_chain,
    "new_expression": compile_new,
}
