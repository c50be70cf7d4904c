"""One TypeScript file with its syntax tree, and what it looks like: what edits are placed by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from ...errors import SourceError
from ...findings import Around, Edit
from ...location import Location
from ...typescript.syntax.source import BYTE_ORDER_MARK, ParsedSource, grammar_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from ..files import Files

#: What is around an expression and changes nothing at run time.
_WRAPPERS = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "type_assertion"}
)


class Unplaced(Exception):
    """Where an edit would go is not sure; `reason` is a clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Document:
    """The file at `path`. Offsets of nodes do not count a byte order mark; those of edits do."""

    def __init__(self, path: str, data: bytes, files: Files) -> None:
        self.path = path
        self._bias = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
        #: The file as it is: what was parsed may have blanks in the place of some types.
        self.data = data[self._bias :]
        try:
            self.parsed = ParsedSource(path, data, grammar_of(PurePath(path)), files.budget)
        except SourceError as error:
            raise Unplaced(str(error)) from error
        if self.parsed.broken:
            raise Unplaced(f"{path} has syntax errors")
        (self.root,) = self.parsed.roots
        self._files = files

    # -- Nodes ------------------------------------------------------------------------------------------------------

    def text(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode(errors="replace")

    def node_at(self, place: Location, *types: str) -> Node:
        """The outermost node of one of `types` that begins at a place, or the call whose first argument does.

        Raises Unplaced.
        """
        offset = self._files.offset(place)
        node = None if offset is None else self._deepest(offset - self._bias)
        found = _outermost(node, types)
        if found is None and "call_expression" in types:
            # A call over several lines is at its name, on the line below.
            while node is not None and node.parent is not None and node.parent.type != "arguments":
                node = node.parent
            call = node.parent.parent if node is not None and node.parent is not None else None
            if node is not None and call is not None and elements(node.parent or node)[:1] == [node]:
                found = _outermost(call, types)
        if found is None:
            raise Unplaced(f"nothing that can be edited is at {place}")
        return found

    def _deepest(self, offset: int) -> Node | None:
        return self.root.descendant_for_byte_range(offset, min(offset + 1, len(self.data)))

    def line(self, node: Node) -> int:
        return node.start_point.row + 1

    def all_in(self, node: Node | None = None) -> Iterator[Node]:
        """A node and all in it, in the order of the text."""
        pending = [node or self.root]
        while pending:
            one = pending.pop()
            yield one
            pending.extend(reversed(one.children))

    # -- Edits ------------------------------------------------------------------------------------------------------

    def edit(self, start: int, end: int, text: str, around: Around | None = None) -> Edit:
        return Edit(self.path, start + self._bias, end + self._bias, text, around)

    def replace(self, node: Node, text: str) -> Edit:
        return self.edit(node.start_byte, node.end_byte, text)

    # -- What it looks like -----------------------------------------------------------------------------------------

    @cached_property
    def quote(self) -> str:
        """The quotes that most of its strings have."""
        return '"' if self._count(b'"') > self._count(b"'") else "'"

    def _count(self, quote: bytes) -> int:
        return len(re.findall(rb"[(,:\[ ]" + quote, self.data))

    @cached_property
    def semicolon(self) -> str:
        statements = [node for node in self.root.named_children if node.type != "comment"]
        with_it = sum(self.text(node).endswith(";") for node in statements)
        return ";" if with_it * 2 >= len(statements) else ""

    @cached_property
    def indent(self) -> str:
        """One level of indentation: the smallest that lines have."""
        found = Counter(re.findall(r"^(\t| {2,8})(?=\S)", self.data.decode(errors="replace"), re.MULTILINE))
        if not found:
            return "  "
        return "\t" if found["\t"] else min(found, key=len)

    def margin(self, offset: int) -> str:
        """The blanks at the beginning of the line in which a byte is."""
        start = self.data.rfind(b"\n", 0, offset) + 1
        return re.match(rb"[ \t]*", self.data[start:])[0].decode()  # type: ignore[index]

    def line_start(self, offset: int) -> int:
        return self.data.rfind(b"\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The end of a byte's line, without what ends it."""
        end = self.data.find(b"\n", offset)
        end = len(self.data) if end < 0 else end
        return end - 1 if self.data[end - 1 : end] == b"\r" and end > offset else end

    # -- Names ------------------------------------------------------------------------------------------------------

    @cached_property
    def variables(self) -> dict[str, Node]:
        """The declarators of the file's top level by their names; functions, classes and the like by theirs."""
        found: dict[str, Node] = {}
        for statement in self.root.named_children:
            one = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
            if one is None:
                continue
            if one.type in ("lexical_declaration", "variable_declaration"):
                for declarator in one.named_children:
                    name = declarator.child_by_field_name("name")
                    if name is not None and name.type == "identifier":
                        found[self.text(name)] = declarator
            elif (name := one.child_by_field_name("name")) is not None:
                found[self.text(name)] = one
        return found

    @cached_property
    def named(self) -> dict[str, list[Node]]:
        """The identifiers and properties by their names, in the order of the text."""
        found: dict[str, list[Node]] = {}
        for node in self.all_in():
            if node.type in ("identifier", "shorthand_property_identifier", "property_identifier", "type_identifier"):
                found.setdefault(self.text(node), []).append(node)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """All that looks like a name anywhere in it: a new name is none of these."""
        return frozenset(re.findall(r"[A-Za-z_$][\w$]*", self.data.decode(errors="replace")))

    def variable_of(self, node: Node) -> str | None:
        """The top-level variable whose value a node is, or is the beginning of."""
        one: Node | None = node
        while one is not None and one.type != "variable_declarator":
            if one.type in ("arguments", "object", "array", "arrow_function", "statement_block"):
                return None
            one = one.parent
        name = one.child_by_field_name("name") if one is not None else None
        return self.text(name) if name is not None and name.type == "identifier" else None

    def statement_of(self, node: Node) -> Node:
        """The statement of the top level in which a node is."""
        one = node
        while one.parent is not None and one.parent.type != "program":
            one = one.parent
        return one


def _outermost(node: Node | None, types: tuple[str, ...]) -> Node | None:
    """Of a node and those around it that begin where it does, the last of one of `types`."""
    found = None
    start = node.start_byte if node is not None else -1
    while node is not None and node.start_byte == start:
        if node.type in types:
            found = node
        node = node.parent
    return found


def bare(node: Node) -> Node:
    """An expression without parentheses, casts and `!` around it."""
    while node.type in _WRAPPERS:
        inner = [child for child in node.named_children if child.type != "comment"]
        if not inner:
            break
        node = inner[-1] if node.type == "type_assertion" else inner[0]
    return node


def elements(container: Node) -> list[Node]:
    """The members of an object, array, list of arguments or of imports."""
    return [child for child in container.named_children if child.type != "comment"]
