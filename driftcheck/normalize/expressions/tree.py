"""The tree of an expression or query: one small kind of node, so that rewrites are plain functions.

What a node means is in `kind`; a kind's `text` and `children` are described beside the grammar that makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from ...frozen import dataclass
from ...model import ColumnType
from ...sql import SqlError
from ...sql.strings import literal


class NotUnderstood(SqlError):
    """The text is not what this grammar knows: the caller compares its words instead."""


@dataclass(frozen=True, slots=True)
class Node:
    """`type` is the type of the value where it is known; it counts only for constants, casts and empty arrays.

    `start` is where a name begins in the text, for those who want to write another in its place; else -1.
    """

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()
    type: ColumnType | None = None
    start: int = field(default=-1, compare=False)

    def with_children(self, children: tuple[Node, ...]) -> Node:
        return self if children == self.children else replace(self, children=children)

    def map(self, function: Callable[[Node], Node]) -> Node:
        return self.with_children(tuple(function(child) for child in self.children))

    def child(self, kind: str) -> Node | None:
        """The first child of `kind`."""
        return next((child for child in self.children if child.kind == kind), None)


#: Kinds whose type decides what they are; of all other nodes the type follows from the children.
_TYPED = frozenset({"literal", "cast", "empty_array"})
#: A constant of type text and one whose type nobody said are alike; a cast always shows its type.
_TEXT = ColumnType("text")


def serialize(node: Node) -> str:
    """`node` as text: equal texts exactly for equal trees, whatever is in names and strings."""
    parts = [node.kind]
    if node.text or node.kind == "literal":
        parts.append(literal(node.text))
    if node.kind in _TYPED and node.type is not None and (node.kind != "literal" or node.type != _TEXT):
        parts.append(f":{node.type}")
    parts.extend(serialize(child) for child in node.children)
    return "(" + " ".join(parts) + ")" if len(parts) > 1 else parts[0]
