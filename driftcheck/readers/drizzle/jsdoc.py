"""JSDoc above tables, columns and enums: https://jsdoc.app/about-getting-started"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tree_sitter import Node

from ...typescript.syntax.source import ParsedSource

#: What a comment may stand above: a declaration, or a property of an object.
_DECLARATIONS = frozenset(("export_statement", "lexical_declaration", "variable_declaration", "pair"))
_STAR = re.compile(r"^[ \t]*\*? ?", re.MULTILINE)
#: A tag begins what is for tools: `@see`, `@deprecated`.
_TAG = re.compile(r"^[ \t]*@\w", re.MULTILINE)
#: A blank line between a comment and what is below it: then it is about more than that.
_LONGEST_GAP = 1


def describe(text: str, places: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
    """The words of the JSDoc right above what is declared at each of `places`, up to the first tag."""
    if "/**" not in text:
        return {}
    source = ParsedSource("", text.encode("utf-8", "surrogatepass"))
    lines = text.removeprefix("\ufeff").split("\n")
    found = {}
    for line, column in places:
        if line <= len(lines):
            byte = len(lines[line - 1][: column - 1].encode("utf-8", "surrogatepass"))
            if words := _words(source, _node(source.roots, line - 1, byte)):
                found[line, column] = words
    return found


def _node(roots: Sequence[Node], row: int, byte: int) -> Node | None:
    point = (row, byte)
    root = next((root for root in roots if root.start_point <= point < root.end_point), None)
    return None if root is None else root.descendant_for_point_range(point, point)


def _words(source: ParsedSource, current: Node | None) -> str:
    while current is not None and current.type not in _DECLARATIONS:
        current = current.parent
    if current is None:
        return ""
    if current.parent is not None and current.parent.type == "export_statement":
        current = current.parent
    before = current.prev_sibling
    if before is None or before.type != "comment" or current.start_point[0] - before.end_point[0] > _LONGEST_GAP:
        return ""
    comment = source.text(before)
    return _content(comment) if comment.startswith("/**") and comment != "/**/" else ""


def _content(comment: str) -> str:
    inner = _STAR.sub("", comment.removeprefix("/**").removesuffix("*/"))
    tag = _TAG.search(inner)
    return (inner[: tag.start()] if tag else inner).strip()
