"""Casts: those that change nothing go, those of constants become the constant, the rest stay."""

from __future__ import annotations

from ...model import ColumnType
from . import type_families as families
from .tree import Node
from .values import constant, empty_array

#: What `'now'::text` cast at run time stands for in dumps of old servers.
_RUNTIME_NOW = ("date", "time without time zone", "time with time zone", "timestamp without time zone")
NOW = Node("call", "now", type=families.TIMESTAMPTZ)


def cast(operand: Node, target: ColumnType) -> Node:
    """`operand::target`, `target` in canonical spelling. `"bit"` has no length, as a constant `B'101'` has none."""
    if target.name == "bit" and target.quoted and target.schema is None:
        target = ColumnType("bit", dimensions=target.dimensions)
    if operand.kind == "null":
        return Node("null", type=target)
    if operand.kind == "literal":
        return _literal(operand, target)
    if operand.kind == "array" and target.dimensions and not target.modifiers:
        return array(tuple(_element(item, target) for item in operand.children), target)
    if operand.kind == "empty_array" and target.dimensions:
        return empty_array(target)
    if is_relabel(operand.type, target):
        return operand
    return Node("cast", children=(operand,), type=target)


def _element(item: Node, target: ColumnType) -> Node:
    return cast(item, target if item.kind in ("array", "empty_array") else target.element)


def array(items: tuple[Node, ...], type_: ColumnType | None) -> Node:
    if not items and type_ is not None:
        return empty_array(type_)
    return Node("array", children=items, type=type_)


def is_relabel(source: ColumnType | None, target: ColumnType) -> bool:
    """Whether a cast from `source` to `target` never changes a value: PostgreSQL only writes another type on it."""
    if source is None:
        return False
    if source == target or (not target.modifiers and families.bare(source) == target):
        return True
    if target.modifiers:
        return False
    return (families.is_text(source) and families.is_text(target)) or (
        families.is_text_array(source) and families.is_text_array(target)
    )


def _literal(operand: Node, target: ColumnType) -> Node:
    source = operand.type
    if source is None:
        return typed(operand, target)
    if is_relabel(source, target):
        return Node("literal", operand.text, type=source if families.is_text(source) else target)
    if source == families.TEXT:
        return _text_literal(operand, target)
    if families.rank(source) and families.rank(target) and not target.modifiers:
        whole = operand.text.lstrip("-").isdigit()
        if families.rank(target) >= 4 or (whole and families.is_whole(source)):
            return Node("literal", operand.text, type=target)
    return Node("cast", children=(operand,), type=target)


def _text_literal(operand: Node, target: ColumnType) -> Node:
    if families.is_text(target):
        return constant(operand.text, target)
    if families.is_blank_padded(target):
        return constant(operand.text, target)
    if operand.text.lower() == "now" and not target.modifiers:
        if target == families.TIMESTAMPTZ:
            return NOW
        if target.name in _RUNTIME_NOW:
            return Node("cast", children=(NOW,), type=target)
    return Node("cast", children=(operand,), type=target)


def typed(node: Node, type_: ColumnType | None) -> Node:
    """A constant of no type yet, as PostgreSQL reads it where a value of `type_` is expected; other nodes unchanged."""
    if type_ is None or node.kind not in ("literal", "null") or node.type is not None:
        return node
    if node.kind == "null":
        return Node("null", type=type_)
    value = constant(node.text, type_)
    if type_.modifiers and value.kind == "literal" and not families.is_text(type_):
        # The modifier acts on the value (numeric(4,1) rounds); only the type remembers it.
        return value if families.is_blank_padded(type_) else Node("literal", value.text, type=type_)
    return value


def is_unknown(node: Node) -> bool:
    """Whether `node` is a string constant whose type its surroundings decide."""
    return node.kind == "literal" and node.type is None


def without_widening(node: Node, other: Node) -> Node:
    """`node` without the cast that PostgreSQL itself adds to make its number as wide as `other`'s.

    `other` must be as wide by itself: where both sides are cast, the author wrote at least one of the casts.
    """
    if node.kind != "cast" or node.type is None or node.type.modifiers:
        return node
    operand = node.children[0]
    wide, narrow = families.rank(node.type), families.rank(operand.type)
    if not narrow or wide <= narrow or wide < 4 or _is_widened(other) or families.rank(other.type) == 0:
        return node
    needed = families.rank(other.type)
    implied = 6 if needed == 5 and narrow != 5 else needed
    return operand if implied == wide else node


def _is_widened(node: Node) -> bool:
    return node.kind == "cast" and 0 < families.rank(node.children[0].type) < families.rank(node.type)
