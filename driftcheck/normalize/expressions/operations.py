"""Operators whose operands have met: constants get the type PostgreSQL gives them, its own casts go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ...model import ColumnType
from ..builtin import choice
from ..known import Known
from . import type_families as families
from .casts import is_unknown, typed, without_widening
from .coercion import settled, type_of
from .logic import comparison, junction, negation
from .tree import Node, serialize
from .values import number_value

COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_PATTERNS = frozenset({"~~", "~~*", "~", "~*", "~~~"})
_NEGATED_PATTERNS = {"!~~": "~~", "!~~*": "~~*", "!~": "~", "!~*": "~*"}
_ARITHMETIC = frozenset("+-*/%^")
_TEXT_ARRAY = ColumnType("text", dimensions=1)
#: What a constant after one of jsonb's operators is.
_JSON_OPERANDS = {
    "->": families.TEXT, "->>": families.TEXT, "?": families.TEXT, "#>": _TEXT_ARRAY, "#>>": _TEXT_ARRAY,
    "?|": _TEXT_ARRAY, "?&": _TEXT_ARRAY, "#-": _TEXT_ARRAY, "@?": ColumnType("jsonpath"),
}  # fmt: skip
_BOOLEAN_OPERATORS = frozenset(
    {"@>", "<@", "&&", "?", "?|", "?&", "@?", "@@", "<<", ">>", "<<=", ">>=", "&<", "&>", "-|-"}
)


def operation(operator: str, first: Node, second: Node, *, known: Known) -> Node:
    """`first operator second`, both analysed."""
    if operator in COMPARISONS:
        return compare(operator, first, second, known=known)
    if operator in _NEGATED_PATTERNS:
        return negation(operation(_NEGATED_PATTERNS[operator], first, second, known=known))
    found = settled((first, second), partial(choice.operator, operator), known)
    if found is None:
        return _operation(operator, first, second)
    (first, second), chosen = found
    return replace(_operation(operator, first, second), type=type_of(chosen.result))


def prefixed(operator: str, operand: Node, *, known: Known) -> Node:
    """`operator operand`; a minus before a number is part of it."""
    if operator == "-" and operand.kind == "literal" and families.rank(operand.type):
        text = operand.text.removeprefix("-") if operand.text.startswith("-") else f"-{operand.text}"
        return Node("literal", text, type=operand.type)
    found = settled((operand,), partial(choice.operator, operator), known)
    if found is None:
        return Node("prefix", operator, (operand,), operand.type)
    return Node("prefix", operator, found[0], type_of(found[1].result))


def _operation(operator: str, first: Node, second: Node) -> Node:
    if operator in _PATTERNS:
        return Node("op", operator, (_subject(first, second), _subject(second, first)), families.BOOLEAN)
    if operator == "||":
        return _concatenation(first, second)
    if operator in _ARITHMETIC and not families.is_named(first.type, "jsonb"):
        return _arithmetic(operator, first, second)
    return _other(operator, first, second)


def compare(operator: str, first: Node, second: Node, *, known: Known) -> Node:
    """A comparison, which wants one type on both sides."""
    if first.kind == second.kind == "row" and len(first.children) == len(second.children) and operator in ("=", "<>"):
        pairs = zip(first.children, second.children, strict=True)
        return junction(
            "and" if operator == "=" else "or", tuple(compare(operator, a, b, known=known) for a, b in pairs)
        )
    first, second = alike(operator, first, second, known=known)
    first, second = _beside_text(first, second), _beside_text(second, first)
    return comparison(operator, _number(first, second), _number(second, first))


def distinct(first: Node, second: Node, *, known: Known) -> Node:
    """`first IS DISTINCT FROM second`; rows are distinct when one of their fields is.

    From NULL anything is distinct that is not null: PostgreSQL 18 stores that.
    """
    for one, other in ((first, second), (second, first)):
        if one.kind == "null" and other.kind not in ("row", "row_of", "star", "name", "null"):
            return negation(Node("is", "null", (other,), families.BOOLEAN))
    if first.kind == second.kind == "row" and len(first.children) == len(second.children):
        return junction(
            "or", tuple(distinct(a, b, known=known) for a, b in zip(first.children, second.children, strict=True))
        )
    pair = tuple(sorted(alike("=", first, second, known=known), key=serialize))
    return Node("is", "distinct", pair, families.BOOLEAN)


def alike(operator: str, first: Node, second: Node, *, known: Known) -> tuple[Node, Node]:
    """Both sides of a comparison as PostgreSQL's operator takes them."""
    found = settled((first, second), partial(choice.operator, operator), known)
    if found is not None:
        first, second = found[0]
    return _met(first, second)


def _met(first: Node, second: Node) -> tuple[Node, Node]:
    """Both sides as PostgreSQL types them where it wants the same type on both."""
    first, second = _expected(first, second), _expected(second, first)
    first, second = _as_wide(first, second), _as_wide(second, first)
    return without_widening(first, second), without_widening(second, first)


def _beside_text(node: Node, other: Node) -> Node:
    """`node` without the cast to text that PostgreSQL brings to char(n) and citext beside text.

    Beside a constant the author wrote the cast: without it the constant would have been char(n).
    """
    if node.kind == "cast" and node.type == families.TEXT and families.is_text(other.type):
        return (
            node if other.kind == "literal" or not families.is_foreign_text(node.children[0].type) else node.children[0]
        )
    return node


def _expected(node: Node, other: Node) -> Node:
    if not is_unknown(node) and not (node.kind == "null" and node.type is None):
        return node
    type_ = other.type
    if type_ is None or is_unknown(other):
        return node
    return typed(node, families.bare(type_))


def _number(node: Node, other: Node) -> Node:
    """A numeric constant in a comparison, where only its value counts.

    A constant of type real keeps its type: 0.1 as real is another number than 0.1.
    """
    if node.kind != "literal" or not families.rank(node.type) or node.type is None or node.type.modifiers:
        return node
    size = families.rank(node.type)
    if size == 5 or (size == 6 and families.rank(other.type) < 5):
        return node
    return Node("number", number_value(node.text), type=node.type)


def _subject(node: Node, other: Node) -> Node:
    """An operand of LIKE or a regular expression: text, unless the other side has operators of its own."""
    own = other.type if other.type is not None and other.type.name == "citext" else families.TEXT
    return typed(node, own)


def _concatenation(first: Node, second: Node) -> Node:
    for node in (first, second):
        if node.type is not None and (
            node.type.dimensions or families.is_named(node.type, "jsonb", "tsvector", "bytea")
        ):
            # An unknown constant beside an array is an array; an element must say its type.
            return Node("op", "||", _met(first, second), node.type)
    first, second = typed(first, families.TEXT), typed(second, families.TEXT)
    known = families.is_text(first.type) or families.is_text(second.type)
    return Node("op", "||", (_as_text(first), _as_text(second)), families.TEXT if known else None)


def _as_text(node: Node) -> Node:
    """`node` without the cast to text that `||` brings to char(n) and citext."""
    if node.kind == "cast" and node.type == families.TEXT:
        return node.children[0] if families.is_foreign_text(node.children[0].type) else node
    return node


def _arithmetic(operator: str, first: Node, second: Node) -> Node:
    if families.date_rank(first.type) or families.date_rank(second.type):
        return _date_arithmetic(operator, first, second)
    if families.is_named(first.type, "interval") or families.is_named(second.type, "interval"):
        return _interval_arithmetic(operator, first, second)
    if operator == "^":
        first, second = powers(first, second)
        return Node("op", operator, (first, second), _wider(first, second, families.DOUBLE))
    first, second = _met(first, second)
    return Node("op", operator, (first, second), _wider(first, second, None))


def _as_wide(node: Node, other: Node) -> Node:
    """A numeric constant with the type that arithmetic with `other` gives it."""
    size, needed = families.rank(node.type), families.rank(other.type)
    if node.kind != "literal" or not size or needed < 4 or size >= needed or node.type is None or node.type.modifiers:
        return node
    return Node("literal", node.text, type=families.NUMERIC if needed == 4 else families.DOUBLE)


def powers(first: Node, second: Node) -> tuple[Node, Node]:
    """The operands of `^`, or of power()."""
    first, second = _power(first, second), _power(second, first)
    return without_widening(first, second), without_widening(second, first)


def _power(node: Node, other: Node) -> Node:
    """`^` exists for numeric and double precision only: whole numbers become double precision."""
    needed = families.rank(other.type)
    target = families.NUMERIC if needed == 4 and families.rank(node.type) <= 4 else families.DOUBLE
    if node.kind == "literal" and 0 < families.rank(node.type) <= 3 and needed:
        return Node("literal", node.text, type=target)
    if node.kind == "cast" and node.type == target and families.is_whole(node.children[0].type) and needed:
        return node.children[0]
    return node


def _wider(first: Node, second: Node, least: ColumnType | None) -> ColumnType | None:
    a, b = families.rank(first.type), families.rank(second.type)
    if not a or not b or first.type is None or second.type is None:
        return least
    wide = first.type if a >= b else second.type
    if {a, b} & {5} and a != b:
        return families.DOUBLE
    return least if least is not None and max(a, b) < 4 else families.bare(wide)


def _date_arithmetic(operator: str, first: Node, second: Node) -> Node:
    a, b = families.date_rank(first.type), families.date_rank(second.type)
    if is_unknown(second) and a > 1:
        second = typed(second, families.INTERVAL if operator == "+" else first.type)
    elif is_unknown(first) and b > 1 and operator == "+":
        first = typed(first, families.INTERVAL)
    result: ColumnType | None = None
    moment = first if a else second
    if a and families.date_rank(second.type):
        result = families.INTEGER if a == b == 1 else families.INTERVAL
    elif families.is_named(first.type, "interval") or families.is_named(second.type, "interval"):
        result = families.TIMESTAMP if (a or b) == 1 else families.bare(moment.type) if moment.type else None
    elif families.is_whole(first.type) or families.is_whole(second.type):
        result = families.DATE
    return Node("op", operator, (first, second), result)


def _interval_arithmetic(operator: str, first: Node, second: Node) -> Node:
    if operator in ("*", "/"):
        first, second = _factor(first), _factor(second)
    else:
        first, second = _met(first, second)
    both = families.is_named(first.type, "interval") and families.is_named(second.type, "interval")
    return Node("op", operator, (first, second), families.INTERVAL if both or operator in ("*", "/") else None)


def _factor(node: Node) -> Node:
    """The number beside an interval is double precision, cast or not."""
    if node.kind == "literal" and families.rank(node.type) and node.type is not None and not node.type.modifiers:
        return Node("literal", node.text, type=families.DOUBLE)
    if node.kind == "cast" and node.type == families.DOUBLE and families.rank(node.children[0].type):
        return node.children[0]
    return node


def _other(operator: str, first: Node, second: Node) -> Node:
    if operator in _JSON_OPERANDS:
        second = typed(second, _JSON_OPERANDS[operator])
    elif operator == "@@" and families.is_named(first.type, "tsvector"):
        second = typed(second, ColumnType("tsquery"))
    elif operator == "@@" and families.is_named(first.type, "jsonb"):
        second = typed(second, ColumnType("jsonpath"))
    elif operator == "-":
        second = typed(second, families.TEXT)
    else:
        first, second = _expected(first, second), _expected(second, first)
    return Node("op", operator, (first, second), _result(operator, first))


def _result(operator: str, first: Node) -> ColumnType | None:
    if operator in ("->>", "#>>"):
        return families.TEXT
    if operator in ("->", "#>", "-", "#-"):
        return first.type
    return families.BOOLEAN if operator in _BOOLEAN_OPERATORS else None


def listed(first: Node, items: Sequence[Node], known: Known) -> tuple[Node, tuple[Node, ...]]:
    """A value and the list that it is looked for in, which get one type."""
    found = settled((first, *items), choice.alike, known)
    nodes = (first, *items) if found is None else found[0]
    return nodes[0], nodes[1:]


def quantified(operator: str, quantifier: str, first: Node, second: Node, *, known: Known) -> Node:
    """`first operator ANY (second)`, or ALL; over a list of values that is OR, or AND, of comparisons."""
    if is_unknown(second) and first.type is not None and not first.type.dimensions:
        bare = families.bare(first.type)
        second = typed(second, ColumnType(bare.name, (), bare.schema, 1, bare.quoted))
    if second.kind == "array" and second.children and not any(item.kind == "array" for item in second.children):
        first, items = listed(first, second.children, known)
        parts = tuple(operation(operator, first, item, known=known) for item in items)
        return junction("or" if quantifier == "any" else "and", parts)
    if second.type is not None and second.type.dimensions:
        found = settled((first, Node("element", type=second.type.element)), partial(choice.operator, operator), known)
        first = found[0][0] if found is not None else first
    return _quantified("quantified", operator, quantifier, first, second)


def quantified_query(operator: str, quantifier: str, first: Node, query: Node) -> Node:
    """`first operator ANY (SELECT …)`; IN is `= ANY`."""
    return _quantified("quantified_query", operator, quantifier, first, query)


def _quantified(kind: str, operator: str, quantifier: str, first: Node, second: Node) -> Node:
    if (operator, quantifier) == ("<>", "all"):
        return negation(Node(kind, "= any", (first, second), families.BOOLEAN))
    return Node(kind, f"{operator} {quantifier}", (first, second), families.BOOLEAN)
