"""TypeScript and JavaScript source text, parsed by tree-sitter; where its nodes and its syntax errors are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

import tree_sitter
import tree_sitter_typescript
from tree_sitter import Node

from ..model.location import Location

#: The endings of files that hold a module, in the order in which an import without one tries them.
EXTENSIONS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")

#: At most this many syntax errors of one file are told.
ERRORS_TOLD = 20

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@cache
def _language(name: str) -> tree_sitter.Language:
    pointer = tree_sitter_typescript.language_tsx if name == "tsx" else tree_sitter_typescript.language_typescript
    return tree_sitter.Language(pointer())


def grammar_of(path: PurePath) -> str:
    """JSX is only in the `tsx` grammar, `<T>value` casts only in the other: as TypeScript, by the file's ending."""
    return "typescript" if path.suffix in (".ts", ".mts", ".cts") else "tsx"


class SourceFile:
    """A parsed file. `path` is as Locations show it.

    A syntax error never stops the parse: `errors()` tells where they are, and the rest of the tree stands.
    """

    def __init__(self, path: str, data: bytes, grammar: str = "typescript") -> None:
        self.path = path
        self.data = data.removeprefix(BYTE_ORDER_MARK)
        self.root = tree_sitter.Parser(_language(grammar)).parse(self.data).root_node
        self.broken = self.root.has_error
        self._ascii = self.data.isascii()
        self._lines: list[int] | None = None

    def text(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode(errors="replace")

    def location(self, offset: int, end: int | None = None) -> Location:
        """The place of a byte offset; columns count characters. `end` gives the last line of what is meant."""
        line, column = self._position(offset)
        return Location(self.path, line, column, None if end is None else self._position(end)[0])

    def _position(self, offset: int) -> tuple[int, int]:
        if self._lines is None:
            self._lines = list(_line_starts(self.data))
        line = bisect_right(self._lines, offset)
        start = self._lines[line - 1]
        if self._ascii:
            return line, offset - start + 1
        return line, len(self.data[start:offset].decode(errors="replace")) + 1

    def errors(self) -> list[tuple[Location, str]]:
        """The syntax errors, each with a sentence; the outermost of nested ones, the first of each line."""
        if not self.broken:
            return []
        found: dict[int, tuple[Location, str]] = {}
        for node in _error_nodes(self.root):
            location = self.location(node.start_byte)
            found.setdefault(location.line, (location, self._describe(node)))
            if len(found) == ERRORS_TOLD:
                break
        return list(found.values())

    def _describe(self, node: Node) -> str:
        if node.is_missing:
            return f"syntax error: {node.type!r} is missing here"
        words = self.text(node).split()
        shown = " ".join(words)
        return f"syntax error at {shown[:40]!r}" if shown else "syntax error"


def _line_starts(data: bytes) -> Iterator[int]:
    offset = 0
    for line in data.splitlines(keepends=True):
        yield offset
        offset += len(line)
    if not data or data[-1:] in b"\r\n":
        yield offset


def _error_nodes(root: Node) -> Iterator[Node]:
    """In source order, without recursion: a broken file may nest thousands deep."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.is_missing or (node.is_error and node is not root):
            yield node
        elif node.has_error:
            pending.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)


def is_broken(node: Node) -> bool:
    """Whether the node itself (not only something inside one of its parts) is not what the grammar wants."""
    if node.is_error or node.is_missing:
        return True
    return node.has_error and any(child.is_error or child.is_missing for child in node.children)
