"""What becomes of a value on its way into a column: PostgreSQL casts it to the column's type, said or not."""

from __future__ import annotations

from ...model import ColumnType
from . import type_families as families
from .casts import cast, is_unknown, typed
from .tree import Node
from .values import constant, number_value

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
    """A constant of the column's own type, without that type: a column whose type drifts has not another default."""
    source = node.type
    assert source is not None
    text = node.text
    if families.rank(target) and families.rank(source):
        text = number_value(text)
    elif (families.is_blank_padded(target) and families.is_text(source)) or (
        target == families.JSONB and source == families.JSON
    ):
        text = constant(text, target).text
    elif not _is_kept(source, target):
        return node
    return node if source.modifiers and source != target else Node("literal", text, type=families.TEXT)


def _is_kept(source: ColumnType, target: ColumnType) -> bool:
    """Whether a constant of type `source` says in a column of type `target` what it says by itself."""
    if families.is_text(target):
        return families.is_text(source) or families.is_whole(source)
    if families.is_blank_padded(target):
        return families.is_blank_padded(source)
    return families.bare(source) == families.bare(target)


def _array(node: Node, target: ColumnType) -> Node:
    if node.kind == "empty_array" or not node.children:
        return Node("empty_array")
    node = cast(node, target)
    if node.kind != "array":
        return node
    return node.with_children(
        tuple(
            _array(item, target) if item.kind == "array" else assigned(item, target.element) for item in node.children
        )
    )
