"""TypeScript and JavaScript source text, parsed by tree-sitter; where its nodes and its syntax errors are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

import tree_sitter
import tree_sitter_typescript
from tree_sitter import Node

from ...location import Location
from .tagged_types import without_tagged_types
from .type_syntax import with_known_types

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


class SourceText:
    """A parsed file. `path` is as Locations show it.

    A syntax error never stops the parse: `errors()` tells where they are, and the rest of the tree stands.
    """

    def __init__(self, path: str, data: bytes, grammar: str = "typescript") -> None:
        self.path = path
        self.data = data.removeprefix(BYTE_ORDER_MARK)
        root = tree_sitter.Parser(_language(grammar)).parse(self.data).root_node
        for rewritten in (with_known_types, without_tagged_types):
            plain = rewritten(root, self.data)
            if plain is not None:
                self.data = plain
                root = tree_sitter.Parser(_language(grammar)).parse(plain).root_node
        self.broken = root.has_error
        #: The whole file; of one with syntax errors, its stretches, so that one error spoils one declaration.
        self.roots = [root] if not self.broken else _parse_stretches(self.data, grammar)
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
        for node in (node for root in self.roots for node in _error_nodes(root)):
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


#: A line that begins a declaration of a module's top level, as formatters lay it out.
_BEGINNING = re.compile(
    rb"^(?:export|import|const|let|var|function|class|enum|type|interface|async|namespace|declare|abstract)\b",
    re.MULTILINE,
)
#: How many stretches one declaration may have been cut into: a text in it may look like another beginning.
_LONGEST_CUT = 4
#: How often that is tried in one file.
_MOST_TRIES = 100


def _parse_stretches(data: bytes, grammar: str) -> list[Node]:
    """Each declaration by itself; its places stay those in the file."""
    cuts = [0, *(found.start() for found in _BEGINNING.finditer(data) if found.start() > 0), len(data)]
    points = list(_points(data, cuts))
    roots: list[Node] = []
    start = tries = 0
    while start < len(cuts) - 1:
        end, root = start + 1, _parse_range(data, grammar, points[start], points[start + 1])
        for longer in range(start + 2, min(start + _LONGEST_CUT, len(cuts) - 1) + 1) if root.has_error else ():
            tries += 1
            if tries > _MOST_TRIES:
                break
            whole = _parse_range(data, grammar, points[start], points[longer])
            if not whole.has_error:
                end, root = longer, whole
                break
        roots.append(root)
        start = end
    return roots


Point = tuple[int, tuple[int, int]]


def _points(data: bytes, offsets: list[int]) -> Iterator[Point]:
    """Each offset with its row and column, as tree-sitter counts them."""
    row, at = 0, 0
    for offset in offsets:
        row += data.count(b"\n", at, offset)
        at = offset
        yield offset, (row, offset - (data.rfind(b"\n", 0, offset) + 1))


def _parse_range(data: bytes, grammar: str, start: Point, end: Point) -> Node:
    stretch = tree_sitter.Range(start[1], end[1], start[0], end[0])
    return tree_sitter.Parser(_language(grammar), included_ranges=[stretch]).parse(data).root_node


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
