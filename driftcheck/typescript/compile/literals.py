"""Literals: numbers, strings, templates, regular expressions, arrays and objects."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ..builtins.regex import make_regex
from ..runtime import properties
from ..runtime.coercion import to_string
from ..runtime.environment import Environment
from ..runtime.evaluator import OBJECT
from ..runtime.places import Place
from ..runtime.spreading import copy_properties, spread_into, spread_unknown
from ..runtime.values import (
    UNDEFINED,
    JsArray,
    JsObject,
    Symbol,
    Unknown,
    Value,
)
from .functions import Closure, FunctionCode
from .keys import computed_key, constant, naming, parse_number, static_key, string_value, unescape
from .unit import Code, Expressions, Unit, has_token, named


def compile_true(unit: Unit, node: Node) -> Code:
    return constant(True)


def compile_false(unit: Unit, node: Node) -> Code:
    return constant(False)


def compile_null(unit: Unit, node: Node) -> Code:
    return constant(None)


def compile_undefined(unit: Unit, node: Node) -> Code:
    return constant(UNDEFINED)


def compile_number(unit: Unit, node: Node) -> Code:
    value = parse_number(unit.text(node))
    return unit.unknown(node, "an invalid number") if value is None else constant(value)


def compile_string(unit: Unit, node: Node) -> Code:
    return constant(string_value(unit, node))


# -- Templates --------------------------------------------------------------------------------------------------


def template_parts(unit: Unit, node: Node) -> tuple[list[str], list[Code]]:
    """The raw strings of a template literal and the expressions between them."""
    pieces: list[str] = []
    codes: list[Code] = []
    data, start, end = unit.file.data, node.start_byte + 1, node.end_byte - 1
    for child in node.named_children:
        if child.type != "template_substitution":
            continue
        pieces.append(data[start : child.start_byte].decode(errors="replace"))
        inner = named(child)
        codes.append(unit.expression(inner[0]) if inner else unit.unknown(child, "there is a syntax error here"))
        start = child.end_byte
    pieces.append(data[start : max(start, end)].decode(errors="replace"))
    return [piece.replace("\r\n", "\n").replace("\r", "\n") for piece in pieces], codes


def compile_template(unit: Unit, node: Node) -> Code:
    raw, codes = template_parts(unit, node)
    pieces = [unescape(piece) or "" for piece in raw]
    if not codes:
        return constant(pieces[0])
    place, first = unit.place(node), pieces[0]
    rest = list(zip(codes, pieces[1:], strict=True))

    def code(scope: Environment) -> Value:
        result = [first]
        unknown: Unknown | None = None
        for part, piece in rest:
            text = to_string(part(scope), place)
            if isinstance(text, str):
                result.append(text)
                result.append(piece)
            elif unknown is None:
                unknown = text.as_data()
        return place.evaluator.join(result, place) if unknown is None else unknown

    return code


def template_strings(raw: list[str]) -> JsArray:
    """The first argument of a tagged template's function."""
    cooked = (unescape(piece) for piece in raw)
    strings = JsArray(UNDEFINED if piece is None else piece for piece in cooked)
    strings.raw = JsArray(raw)
    return strings


def compile_regex(unit: Unit, node: Node) -> Code:
    pattern, flags = node.child_by_field_name("pattern"), node.child_by_field_name("flags")
    source = unit.text(pattern) if pattern else ""
    letters, place = unit.text(flags) if flags else "", unit.place(node)
    return lambda scope: make_regex(source, letters, place)


# -- Arrays -----------------------------------------------------------------------------------------------------


def compile_elements(unit: Unit, node: Node) -> tuple[list[tuple[Code, bool, Place]], bool]:
    """The elements of an array or of a call's arguments; each with whether it is spread."""
    found: list[tuple[Code, bool, Place]] = []
    spreads, expected = False, True
    for child in node.children:
        kind = child.type
        if kind == ",":
            if expected and node.type == "array":
                found.append((constant(UNDEFINED), False, unit.place(child)))
            expected = True
        elif child.is_named and kind != "comment":
            expected = False
            if kind == "spread_element":
                spreads = True
                found.append((unit.expression(named(child)[0]), True, unit.place(child)))
            else:
                found.append((unit.expression(child), False, unit.place(child)))
    return found, spreads


def compile_array(unit: Unit, node: Node) -> Code:
    elements, _ = compile_elements(unit, node)
    evaluator, where, size = unit.evaluator, unit.place(node), OBJECT + 16 * len(elements)

    def code(scope: Environment) -> Value:
        array = JsArray()
        evaluator.make(size, where)
        for element, spread, place in elements:
            value = element(scope)
            if not spread:
                array.append(value)
                array.locations.append(place.location)
                continue
            known = value.locations if isinstance(value, JsArray) else []
            count = spread_into(array, value, place)
            array.locations.extend(known if len(known) == count else [place.location] * count)
        return array

    return code


# -- Objects ----------------------------------------------------------------------------------------------------

Property = Callable[[JsObject, Environment], None]


def compile_object(unit: Unit, node: Node) -> Code:
    if any(child.type == "method_definition" and has_token(child, "set") for child in named(node)):
        return unit.unknown(node, "an object with a setter is not evaluated")
    parts = [_compile_property(unit, child) for child in named(node)]
    place = unit.place(node)
    locate, start, size = unit.file.location, node.start_byte, OBJECT + 150 * len(parts)

    def code(scope: Environment) -> Value:
        made = JsObject((), locate(start))
        place.evaluator.make(size, place)
        for part in parts:
            part(made, scope)
        place.evaluator.check_length(len(made), place)
        return made

    return code


def _compile_property(unit: Unit, node: Node) -> Property:
    kind = node.type
    if kind == "pair":
        return _compile_pair(unit, node)
    if kind == "spread_element":
        return _compile_spread(unit, node)
    if kind in ("shorthand_property_identifier", "identifier"):
        return _simple(unit, node, unit.text(node), unit.expression(node))
    if kind == "method_definition":
        return _compile_method(unit, node)
    return _compile_broken(unit, node)


def _compile_broken(unit: Unit, node: Node, why: str = "there is a syntax error here") -> Property:
    place = unit.place(node)

    def run(made: JsObject, scope: Environment) -> None:
        spread_unknown(made, place.unknown(why))

    return run


def _simple(unit: Unit, node: Node, key: str, code: Code) -> Property:
    locate, start = unit.file.location, node.start_byte

    def run(made: JsObject, scope: Environment) -> None:
        made[key] = code(scope)
        made.locations[key] = locate(start)

    return run


def _compile_pair(unit: Unit, node: Node) -> Property:
    key_node, value_node = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key_node is None or value_node is None:
        return _compile_broken(unit, node)
    value, key = unit.expression(value_node), static_key(unit, key_node)
    if key == "__proto__":
        return _compile_broken(unit, node, "an object with a prototype of its own is not evaluated")
    if key is not None:
        return _simple(unit, node, key, naming(value_node, value, key))
    computed = computed_key(unit, key_node)
    return lambda made, scope: _set_computed(made, computed(scope), value(scope), unit, node)


def _set_computed(made: JsObject, key: Value, value: Value, unit: Unit, node: Node) -> None:
    if isinstance(key, Unknown):
        spread_unknown(made, key)
    elif isinstance(key, Symbol):
        properties.hide(made, key, value)
    else:
        made[key] = value
        made.locations[key] = unit.file.location(node.start_byte)


def _compile_spread(unit: Unit, node: Node) -> Property:
    inner = named(node)
    if not inner:
        return _compile_broken(unit, node)
    code, place = unit.expression(inner[0]), unit.place(node)
    return lambda made, scope: copy_properties(made, code(scope), place)


def _compile_method(unit: Unit, node: Node) -> Property:
    name = node.child_by_field_name("name")
    assert name is not None
    function, place = FunctionCode(unit, node), unit.place(node)
    key, getter = static_key(unit, name), has_token(node, "get")
    key_code = constant(key) if key is not None else computed_key(unit, name)

    def run(made: JsObject, scope: Environment) -> None:
        key = key_code(scope)
        if getter:
            _set_computed(made, key, place.unknown("it is a getter"), unit, node)
        else:
            _set_computed(made, key, Closure(function, scope, key if isinstance(key, str) else ""), unit, node)

    return run


EXPRESSIONS: Expressions = {
    "true": compile_true,
    "false": compile_false,
    "null": compile_null,
    "undefined": compile_undefined,
    "number": compile_number,
    "string": compile_string,
    "template_string": compile_template,
    "regex": compile_regex,
    "array": compile_array,
    "object": compile_object,
}
