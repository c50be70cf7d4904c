"""The name of a result that nobody named (`FigureColname` in src/backend/parser/parse_target.c)."""

from __future__ import annotations

from ...sql import catalog_name
from .tree import Node

_UNNAMED = "?column?"


def result_name(node: Node) -> str:
    """What PostgreSQL calls the result `node` of a SELECT."""
    return _figure(node)[0]


def _figure(node: Node) -> tuple[str, bool]:
    """The name, and whether it is better than a type's name."""
    match node.kind:
        case "name":
            return node.children[-1].text, True
        case "field":
            return node.text, True
        case "call":
            return node.text.rsplit(".", 1)[-1].strip('"'), True
        case "cast" | "collate" | "subscript":
            return _wrapped(node)
        case "case":
            return _case(node)
        case "array" | "array_query":
            return "array", True
        case "exists" | "row":
            return node.kind, True
        case "scalar_query":
            return _query(node.children[0]), True
        case "literal" if node.type is not None and node.type.name == "boolean":
            return "bool", False
    return _UNNAMED, False


def _wrapped(node: Node) -> tuple[str, bool]:
    name, strong = _figure(node.children[0])
    if strong or node.kind != "cast" or node.type is None:
        return name, strong
    return catalog_name(node.type.name), False


def _case(node: Node) -> tuple[str, bool]:
    otherwise = node.child("else")
    if otherwise is not None:
        name, strong = _figure(otherwise.children[0])
        if strong:
            return name, strong
    return "case", False


def _query(query: Node) -> str:
    select = query.child("select")
    targets = select.child("targets") if select else None
    if targets is None or not targets.children:
        return _UNNAMED
    first = targets.children[0]
    return first.text or result_name(first.children[0])
