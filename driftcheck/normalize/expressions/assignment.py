"""What becomes of a value on its way into a column: PostgreSQL casts it to the column's type, said or not."""

from __future__ import annotations

from ...model import ColumnType
from . import kinds_of_types as families
from .casts import cast, is_unknown, typed
from .tree import Node
from .values import constant, empty_array, number_value

_LENGTH_LIMITED = ("character varying", "character", "bit", "bit varying")


def assigned(node: Node, target: ColumnType) -> Node:
    """`node` as the value of a column of type `target`, without what the assignment does anyway."""
    if node.kind == "cast":
        node = _without_cast(node, target)
    bare = families.bare(target)
    if is_unknown(node):
        node = typed(node, bare)
    if node.kind == "literal" and node.type is not None:
        return _literal(node, target)
    if node.kind in ("array", "empty_array") and target.dimensions:
        return _array(node, bare)
    return node


def _without_cast(node: Node, target: ColumnType) -> Node:
    """The operand of a cast to the column's own type.

    A cast to varchar(3) cuts where the assignment would raise, so that one stays.
    """
    type_ = node.type
    assert type_ is not None
    same = type_ == target or type_ == families.bare(target)
    text = families.is_text(type_) and families.is_text(target) and not type_.modifiers
    if not (same or text) or (type_.modifiers and type_.name in _LENGTH_LIMITED):
        return node
    return node.children[0]


def _literal(node: Node, target: ColumnType) -> Node:
    assert node.type is not None
    if families.rank(target) and families.rank(node.type):
        if node.type.modifiers and node.type != target:
            return node
        return Node("number", number_value(node.text), type=families.bare(target))
    if families.is_text(target) and (families.is_text(node.type) or families.is_whole(node.type)):
        return Node("literal", node.text, type=families.TEXT)
    if families.is_blank_padded(target) and families.is_text(node.type):
        return constant(node.text, families.bare(target))
    if target == families.JSONB and node.type == families.JSON:
        return constant(node.text, target)
    if families.bare(node.type) == families.bare(target):
        return Node("literal", node.text, type=families.bare(target) if node.type == target else node.type)
    return node


def _array(node: Node, target: ColumnType) -> Node:
    if node.kind == "empty_array" or not node.children:
        return empty_array(target)
    node = cast(node, target)
    if node.kind != "array":
        return node
    return node.with_children(
        tuple(
            _array(item, target) if item.kind == "array" else assigned(item, target.element) for item in node.children
        )
    )
