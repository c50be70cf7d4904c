"""AND, OR, NOT: flat, in one order, and with NOT as deep inside as the three truth values allow."""

from __future__ import annotations

from . import type_families as families
from .tree import Node, serialize

#: Comparison operators and their negations: PostgreSQL declares them NEGATORs of each other.
_NEGATED = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_DUAL = {"and": "or", "or": "and"}


def junction(kind: str, items: tuple[Node, ...]) -> Node:
    """AND or OR (`kind`) of `items`, nested ones of the same kind dissolved, in a fixed order.

    What is there twice counts once, unless it calls something: `random() < 0.5` twice is another condition.
    """
    flat: list[tuple[str, Node]] = []
    for item in items:
        for part in item.children if item.kind == kind else (item,):
            text = serialize(part)
            if "(call " in text or all(text != other for other, _ in flat):
                flat.append((text, part))
    parts = tuple(part for _, part in sorted(flat, key=lambda pair: pair[0]))
    return parts[0] if len(parts) == 1 else Node(kind, children=parts, type=families.BOOLEAN)


def negation(node: Node) -> Node:
    """NOT `node`."""
    if node.kind == "not":
        return node.children[0]
    if node.kind in _DUAL:
        return junction(_DUAL[node.kind], tuple(negation(child) for child in node.children))
    if node.kind == "compare":
        return comparison(_NEGATED[node.text], *node.children)
    if node.kind == "literal" and node.type == families.BOOLEAN and node.text in ("true", "false"):
        return Node("literal", "false" if node.text == "true" else "true", type=families.BOOLEAN)
    return Node("not", children=(node,), type=families.BOOLEAN)


def comparison(operator: str, first: Node, second: Node) -> Node:
    """A comparison in one direction: `a > b` is `b < a`, and the sides of `=` and `<>` are in a fixed order."""
    if operator in (">", ">="):
        operator, first, second = {">": "<", ">=": "<="}[operator], second, first
    elif operator in ("=", "<>") and serialize(second) < serialize(first):
        first, second = second, first
    return Node("compare", operator, (first, second), families.BOOLEAN)
