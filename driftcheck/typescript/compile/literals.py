"""Literals: numbers, strings, templates, regular expressions, arrays and objects."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ..builtins.regex import make_regex
from ..runtime import properties
from ..runtime.coercion import number, to_key, to_string
from ..runtime.environment import Environment
from ..runtime.operators import from_utf16
from ..runtime.places import Place
from ..runtime.spreading import copy_properties, spread_into, spread_unknown
from ..runtime.values import (
    UNDEFINED,
    Accessor,
    BigInt,
    HostObject,
    JsArray,
    JsFunction,
    JsObject,
    Symbol,
    Unknown,
    Value,
)
from .functions import Closure, FunctionCode
from .unit import Code, Unit, expression, has_token, named

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def constant(value: Value) -> Code:
    return lambda scope: value


@expression("true")
def compile_true(unit: Unit, node: Node) -> Code:
    return constant(True)


@expression("false")
def compile_false(unit: Unit, node: Node) -> Code:
    return constant(False)


@expression("null")
def compile_null(unit: Unit, node: Node) -> Code:
    return constant(None)


@expression("undefined")
def compile_undefined(unit: Unit, node: Node) -> Code:
    return constant(UNDEFINED)


@expression("number")
def compile_number(unit: Unit, node: Node) -> Code:
    value = parse_number(unit.text(node))
    return unit.unknown(node, "a number that cannot be") if value is None else constant(value)


def parse_number(text: str) -> Value:
    """A numeric literal, legacy octals (`010`) among them; None for what only looks like one."""
    text = text.replace("_", "")
    if len(text) > 2_000:
        return None
    try:
        return _parse_number(text)
    except ValueError:
        return None


def _parse_number(text: str) -> Value:
    if text[-1:] == "n" and not text.startswith(("0x", "0X")):
        return BigInt(int(text[:-1] or "0", 0))
    if text[:2].lower() in ("0x", "0o", "0b"):
        return BigInt(int(text[:-1], 0)) if text[-1] == "n" else number(int(text, 0))
    if len(text) > 1 and text[0] == "0" and text.isdigit():
        return int(text, 8) if not set(text) & set("89") else int(text)
    return number(float(text))


@expression("string")
def compile_string(unit: Unit, node: Node) -> Code:
    return constant(string_value(unit, node))


def string_value(unit: Unit, node: Node) -> str:
    """What a string literal means."""
    text = unit.text(node)[1:-1]
    return text if "\\" not in text else unescape(text) or ""


def unescape(text: str) -> str | None:
    """A string's or template's characters with their escapes resolved; None if an escape is malformed."""
    parts: list[str] = []
    at = 0
    while True:
        slash = text.find("\\", at)
        if slash < 0 or slash + 1 >= len(text):
            parts.append(text[at:])
            return from_utf16("".join(parts))
        parts.append(text[at:slash])
        piece, at = _escape(text, slash + 1)
        if piece is None:
            return None
        parts.append(piece)


def _escape(text: str, at: int) -> tuple[str | None, int]:
    """The escape whose letter stands at `at`, and where the text goes on."""
    letter = text[at]
    if letter == "x":
        return _code_point(text[at + 1 : at + 3], 2), at + 3
    if letter == "u" and text[at + 1 : at + 2] == "{":
        end = text.find("}", at)
        return (None, at) if end < 0 else (_code_point(text[at + 2 : end], 0), end + 1)
    if letter == "u":
        return _code_point(text[at + 1 : at + 5], 4), at + 5
    if letter == "\r" and text[at + 1 : at + 2] == "\n":
        return "", at + 2
    if letter in "\n\r\u2028\u2029":
        return "", at + 1
    return ESCAPES.get(letter, letter), at + 1


def _code_point(digits: str, length: int) -> str | None:
    if not digits or (length and len(digits) != length) or set(digits) - set("0123456789abcdefABCDEF"):
        return None
    value = int(digits, 16)
    return chr(value) if value <= 0x10FFFF else None


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
        codes.append(unit.expression(inner[0]) if inner else unit.unknown(child, "a syntax error stands here"))
        start = child.end_byte
    pieces.append(data[start : max(start, end)].decode(errors="replace"))
    return [piece.replace("\r\n", "\n").replace("\r", "\n") for piece in pieces], codes


@expression("template_string")
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
        return place.evaluator.text("".join(result), place) if unknown is None else unknown

    return code


def template_strings(raw: list[str]) -> JsArray:
    """The first argument of a tagged template's function."""
    cooked = (unescape(piece) for piece in raw)
    strings = JsArray(UNDEFINED if piece is None else piece for piece in cooked)
    strings.raw = JsArray(raw)
    return strings


@expression("regex")
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


@expression("array")
def compile_array(unit: Unit, node: Node) -> Code:
    elements, _ = compile_elements(unit, node)

    def code(scope: Environment) -> Value:
        array = JsArray()
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


@expression("object")
def compile_object(unit: Unit, node: Node) -> Code:
    parts = [_compile_property(unit, child) for child in named(node)]
    place = unit.place(node)
    locate, start = unit.file.location, node.start_byte

    def code(scope: Environment) -> Value:
        made = JsObject((), locate(start))
        for part in parts:
            part(made, scope)
        if len(made) > place.evaluator.limits.elements:
            place.evaluator.exceed("an object of more than", place.evaluator.limits.elements, "properties", place)
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


def _compile_broken(unit: Unit, node: Node) -> Property:
    place = unit.place(node)

    def run(made: JsObject, scope: Environment) -> None:
        spread_unknown(made, place.unknown("a syntax error stands here"))

    return run


def _simple(unit: Unit, node: Node, key: str, code: Code) -> Property:
    locate, start = unit.file.location, node.start_byte

    def run(made: JsObject, scope: Environment) -> None:
        made[key] = code(scope)
        made.locations[key] = locate(start)
        if made.accessors is not None:
            made.accessors.pop(key, None)

    return run


def static_key(unit: Unit, node: Node) -> str | None:
    """The key that a property name says, if it is not computed."""
    kind = node.type
    if kind in ("property_identifier", "private_property_identifier", "identifier"):
        return unit.text(node)
    if kind == "string":
        return string_value(unit, node)
    if kind == "number":
        value = parse_number(unit.text(node))
        return str(value.value) if isinstance(value, BigInt) else str(to_string(value, unit.place(node)))
    return None


def computed_key(unit: Unit, node: Node) -> Code:
    """The key in brackets: a str, a Symbol, or an Unknown."""
    inner = named(node)
    code = unit.expression(inner[0]) if inner else unit.unknown(node, "a syntax error stands here")
    place = unit.place(node)
    return lambda scope: to_key(code(scope), place)


def _compile_pair(unit: Unit, node: Node) -> Property:
    key_node, value_node = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key_node is None or value_node is None:
        return _compile_broken(unit, node)
    value, key = unit.expression(value_node), static_key(unit, key_node)
    if key == "__proto__":
        return lambda made, scope: set_prototype(made, value(scope))
    if key is not None:
        return _simple(unit, node, key, naming(value_node, value, key))
    computed = computed_key(unit, key_node)
    return lambda made, scope: _set_computed(made, computed(scope), value(scope), unit, node)


def set_prototype(made: JsObject, parent: Value) -> None:
    """`{ __proto__: parent }`: of what is neither an object nor null, nothing comes."""
    if parent is None or isinstance(parent, JsObject | JsFunction | HostObject | Unknown):
        made.prototype = parent


def naming(node: Node, code: Code, name: str) -> Code:
    """A function without a name takes that of the variable or property it is the value of."""
    if node.type not in ("arrow_function", "function_expression", "class"):
        return code

    def named_code(scope: Environment) -> Value:
        value = code(scope)
        if isinstance(value, JsFunction) and not value.name:
            value.name = name
        return value

    return named_code


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
    key = static_key(unit, name)
    key_code = constant(key) if key is not None else computed_key(unit, name)
    kind = "get" if has_token(node, "get") else "set" if has_token(node, "set") else ""

    def run(made: JsObject, scope: Environment) -> None:
        key = key_code(scope)
        closure = Closure(function, scope, key if isinstance(key, str) else "")
        closure.home = made
        if kind and not isinstance(key, Unknown):
            accessor = Accessor(closure, None) if kind == "get" else Accessor(None, closure)
            properties.define_accessor(made, key, accessor, place, enumerable=True)
            made.locations[key] = place.location
        else:
            _set_computed(made, key, closure, unit, node)

    return run
