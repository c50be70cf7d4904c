"""Types between a tag and its template: sql<number>`…`.

tree-sitter's grammar has no such thing and reads two comparisons, often broken ones. The types mean nothing at run
time, so they are blanked out (places stay as they are) and the file is parsed again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from ...regex import lazy

_SUSPECT = lazy(rb">\s*`")
_CLOSING = {b">": 1, b">>": 2, b">>>": 3}
_TAG_ENDS = ("identifier", "property_identifier", ")", "]")


def without_tagged_types(root: Node, data: bytes) -> bytes | None:
    """`data` with such types blanked out, or None if there are none."""
    if not _SUSPECT.search(data):
        return None
    leaves: list[Node] = []
    openings: list[int] = []
    for part in _suspects(root, data):
        for leaf, opens in _leaves(part):
            if opens and leaves:
                openings.append(len(leaves))
            leaves.append(leaf)
    changed: bytearray | None = None
    for index in openings:
        start = _opening(leaves, index - 1, data)
        if start is None:
            continue
        if changed is None:
            changed = bytearray(data)
        end = leaves[index - 1].end_byte
        changed[start:end] = bytes(byte if byte in b"\r\n" else 32 for byte in data[start:end])
    return None if changed is None else bytes(changed)


def _suspects(root: Node, data: bytes) -> list[Node]:
    """The statements that may hold such types, each with the one before it, where a broken parse may have begun it."""
    parts = root.children
    starts = [part.start_byte for part in parts]
    chosen: set[int] = set()
    for found in _SUSPECT.finditer(data):
        first, last = bisect_right(starts, found.start()) - 1, bisect_right(starts, found.end() - 1) - 1
        chosen.update(range(max(0, first - 1), last + 1))
    return [parts[index] for index in sorted(chosen)]


def _leaves(root: Node) -> Iterator[tuple[Node, bool]]:
    """Each with whether it opens a template. (A node's parent is found from the root, which may be far above.)"""
    pending = [(root, False)]
    while pending:
        node, opens = pending.pop()
        if node.child_count:
            inner = [(child, child.type == "`" and child.start_byte == node.start_byte) for child in node.children]
            pending.extend(reversed(inner))
        elif node.type != "comment" and not node.is_missing:
            yield node, opens


def _opening(leaves: list[Node], last: int, data: bytes) -> int | None:
    """The offset of the `<` that the `>` at `last` closes, if a tag precedes it."""
    depth = _CLOSING.get(_text(leaves[last], data), 0)
    if not depth:
        return None
    for index in range(last - 1, 0, -1):
        text = _text(leaves[index], data)
        if text in _CLOSING:
            depth += _CLOSING[text]
        elif text == b"<":
            depth -= 1
        elif text in (b";", b"`", b"&&", b"||"):
            return None
        if depth <= 0:
            before = leaves[index - 1]
            adjacent = before.end_byte == leaves[index].start_byte
            return leaves[index].start_byte if adjacent and before.type in _TAG_ENDS else None
    return None


def _text(leaf: Node, data: bytes) -> bytes:
    return data[leaf.start_byte : leaf.end_byte]
