"""What the source text itself says: constants, keys of properties, names of functions."""

from __future__ import annotations

from tree_sitter import Node

from ..runtime.coercion import number, to_key, to_string
from ..runtime.environment import Environment
from ..runtime.text import from_utf16
from ..runtime.values import BigInt, JsFunction, Value
from .unit import Code, Unit, named

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def constant(value: Value) -> Code:
    return lambda scope: value


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
    """The escape whose letter is at `at`, and where the text goes on."""
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
    code = unit.expression(inner[0]) if inner else unit.unknown(node, "there is a syntax error here")
    place = unit.place(node)
    return lambda scope: to_key(code(scope), place)


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
