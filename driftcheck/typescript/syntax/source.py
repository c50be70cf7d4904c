"""TypeScript and JavaScript source text, parsed by tree-sitter; where its nodes and its syntax errors are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import PurePath

import tree_sitter
import tree_sitter_typescript
from tree_sitter import Node

from ...budget import Budget, OverLimit
from ...location import Location
from ...regex import lazy
from .positions import TextPositions
from .tagged_types import without_tagged_types
from .type_syntax import with_known_types

#: The endings of files that hold a module, in the order in which an import without one tries them.
EXTENSIONS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")

#: At most this many syntax errors of one file are reported.
ERRORS_TOLD = 20
#: At most this many are looked at, some on one line.
ERRORS_LOOKED_AT = 10_000

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@cache
def _language(name: str) -> tree_sitter.Language:
    pointer = tree_sitter_typescript.language_tsx if name == "tsx" else tree_sitter_typescript.language_typescript
    return tree_sitter.Language(pointer())


def grammar_of(path: PurePath) -> str:
    """JSX is only in the `tsx` grammar, `<T>value` casts only in the other: as TypeScript, by the file's ending."""
    return "typescript" if path.suffix in (".ts", ".mts", ".cts") else "tsx"


class ParsedSource:
    """A parsed file. `path` is as Locations show it.

    A syntax error never stops the parse: `errors()` says where they are, and the rest of the tree stands. Raises
    OverLimit where parsing takes more than the budget has.
    """

    def __init__(self, path: str, data: bytes, grammar: str = "typescript", budget: Budget | None = None) -> None:
        self.path = path
        self.data = data.removeprefix(BYTE_ORDER_MARK)
        parser = _Parser(grammar, budget or Budget(), Location(path))
        root = parser.parse(self.data)
        for rewritten in (with_known_types, without_tagged_types):
            plain = rewritten(root, self.data)
            if plain is not None:
                self.data = plain
                root = parser.parse(plain)
        self.broken = root.has_error
        #: The whole file; of one with syntax errors, its stretches, so that one error spoils one declaration.
        self.roots = [root] if not self.broken else _parse_stretches(self.data, parser)
        parser.keep(self.roots)
        self._places = TextPositions(self.data)
        #: The first string that goes on in the next line: the parser allows it, TypeScript does not.
        self.torn = _torn_string(self.roots, self.data, parser.language)
        self.broken = self.broken or self.torn is not None

    def text(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode(errors="replace")

    def location(self, offset: int, end: int | None = None) -> Location:
        """The place of a byte offset; columns count characters. `end` gives the last line of what is meant."""
        line, column = self._places.of(offset)
        return Location(self.path, line, column, None if end is None else self._places.of(end)[0])

    def broken_lines(self) -> list[tuple[int, int]]:
        """The first and the last line of each part of the file with a syntax error."""
        wrong = [root for root in self.roots if root.has_error or self.torn is not None]
        parts = [(root.start_byte, max(root.start_byte, root.end_byte - 1)) for root in wrong]
        return [(self._places.of(start)[0], self._places.of(end)[0]) for start, end in parts]

    def errors(self) -> list[tuple[Location, str]]:
        """The syntax errors, each with a sentence; the outermost of nested ones, the first of each line."""
        if not self.broken:
            return []
        found: dict[int, tuple[Location, str]] = {}
        if self.torn is not None:
            location = self.location(self.torn.start_byte)
            found[location.line] = (location, "syntax error: a string that does not end on its line")
        nodes = (node for root in self.roots for node in _error_nodes(root))
        for node in islice(nodes, ERRORS_LOOKED_AT):
            location = self.location(node.start_byte)
            found.setdefault(location.line, (location, self._describe(node)))
            if len(found) == ERRORS_TOLD:
                break
        return list(found.values())

    def _describe(self, node: Node) -> str:
        if node.is_missing:
            return f"syntax error: {node.type!r} is missing here"
        shown = " ".join(
            self.data[node.start_byte : min(node.end_byte, node.start_byte + 400)].decode(errors="replace").split()
        )
        return f"syntax error at {shown[:40]!r}" if shown else "syntax error"


class _Parser:
    """tree-sitter, stopped where it takes too much: some broken texts take it a time that is the square of theirs."""

    def __init__(self, grammar: str, budget: Budget, place: Location) -> None:
        self.language = _language(grammar)
        self.budget = budget
        self.place = place
        self._over: OverLimit | None = None

    def parse(self, data: bytes, stretch: tree_sitter.Range | None = None) -> Node:
        """Raises OverLimit."""
        parser = tree_sitter.Parser(self.language, included_ranges=None if stretch is None else [stretch])
        view = memoryview(data)
        try:
            tree = parser.parse(lambda at, _point: view[at:], progress_callback=self._progress)
        except ValueError:
            if self._over is None:
                raise
            raise self._over from None
        return tree.root_node

    def _progress(self, offset: int, has_error: bool) -> bool:
        """Called every hundred steps of the parser; True stops it."""
        try:
            self.budget.step(_STEPS, self.place)
            self.budget.look(self.place)  # a hundred steps may each read all that follows
        except OverLimit as error:
            self._over = error
        return self._over is not None

    def keep(self, roots: list[Node]) -> None:
        """Takes the memory of trees that are kept. Raises OverLimit."""
        self.budget.make(_NODE * sum(root.descendant_count for root in roots), self.place)


#: What a hundred steps of the parser are counted as.
_STEPS = 20
#: What a node is counted as, in bytes.
_NODE = 10

#: A quote that may begin a string which ends on another line.
_MAYBE_TORN = lazy(rb"""^[^'"\n]*(?:'[^'\n]*'[^'"\n]*|"[^"\n]*"[^'"\n]*)*+['"][^'"\n]*$""", re.MULTILINE)
_LINE_END = lazy(rb"(?<!\\)(?:\\\\)*\r?\n")


def _torn_string(roots: list[Node], data: bytes, language: tree_sitter.Language) -> Node | None:
    if not _MAYBE_TORN.search(data):
        return None
    query = tree_sitter.Query(language, "(string) @string")
    for root in roots:
        for node in tree_sitter.QueryCursor(query).captures(root).get("string", ()):
            if node.start_point.row != node.end_point.row and _LINE_END.search(data, node.start_byte, node.end_byte):
                return node
    return None


#: A line that begins a declaration of a module's top level, as formatters lay it out.
_BEGINNING = lazy(
    rb"^(?:export|import|const|let|var|function|class|enum|type|interface|async|namespace|declare|abstract)\b",
    re.MULTILINE,
)
#: How many stretches one declaration may have been cut into: a text in it may look like another beginning.
_LONGEST_CUT = 4
#: How often that is tried in one file.
_MOST_TRIES = 100


def _parse_stretches(data: bytes, parser: _Parser) -> list[Node]:
    """Each declaration by itself; its places stay those in the file."""
    cuts = [0, *(found.start() for found in _BEGINNING.finditer(data) if found.start() > 0), len(data)]
    points = list(_points(data, cuts))
    roots: list[Node] = []
    start = tries = 0
    while start < len(cuts) - 1:
        end, root = start + 1, _parse_range(data, parser, points[start], points[start + 1])
        for longer in range(start + 2, min(start + _LONGEST_CUT, len(cuts) - 1) + 1) if root.has_error else ():
            tries += 1
            if tries > _MOST_TRIES:
                break
            whole = _parse_range(data, parser, points[start], points[longer])
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


def _parse_range(data: bytes, parser: _Parser, start: Point, end: Point) -> Node:
    return parser.parse(data, tree_sitter.Range(start[1], end[1], start[0], end[0]))


def _error_nodes(root: Node) -> Iterator[Node]:
    """In source order, without recursion: a broken file may nest thousands deep. The whole, if it is one error."""
    pending = [root]
    if root.is_error and not any(child.has_error or child.is_missing for child in root.children):
        yield root
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
