"""Chains of calls: `text('name').notNull().default('x')`, with the links that they have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...findings import Edit
from .document import Document, Unplaced, bare

if TYPE_CHECKING:
    from tree_sitter import Node

#: Methods of column builders: what is called on something with a dot before it is a link, and not the head.
METHODS = frozenset(
    """
    $default $defaultFn $onUpdate $onUpdateFn $type array default defaultNow defaultRandom generatedAlwaysAs
    generatedAlwaysAsIdentity generatedByDefaultAsIdentity notNull primaryKey references unique
    """.split()
)


@dataclass(frozen=True)
class Link:
    """`.name(arguments)`; `before` is the offset at which what precedes it ends."""

    name: str
    call: Node
    property: Node
    arguments: Node
    before: int


@dataclass(frozen=True)
class Chain:
    """`head(arguments)` and the links behind it. `function` is what is called first: a name, or `t.text`."""

    document: Document
    head: Node
    function: Node
    arguments: Node
    links: tuple[Link, ...]

    @cached_property
    def name(self) -> str:
        """The last word of the function: `text` of `t.text`."""
        return self.document.text(self.function).rpartition(".")[2]

    @property
    def qualifier(self) -> str:
        """What precedes it: `t.` of `t.text`, else nothing."""
        before, dot, _ = self.document.text(self.function).rpartition(".")
        return before + dot

    def link(self, *names: str) -> Link | None:
        return next((link for link in self.links if link.name in names), None)

    def without(self, link: Link) -> Edit:
        data = self.document.data
        dot = self.dot(link)
        blank = not data[link.before : dot].strip()  # a comment stays, and its line's end with it
        return self.document.edit(link.before if blank else dot, link.call.end_byte, "")

    def dot(self, link: Link) -> int:
        """Where the dot of a link is: behind comments, which may hold others."""
        function = link.property.parent
        dots = [one for one in function.children if one.type in (".", "?.")] if function is not None else []
        return dots[-1].start_byte if dots else link.property.start_byte

    def instead(self, link: Link, text: str) -> Edit:
        """`.text` in the place of a link, whose dot and comments stay."""
        return self.document.edit(link.property.start_byte, link.call.end_byte, text.removeprefix("."))

    def with_link(self, text: str, *, last: bool = False) -> Edit:
        """A new link, `.text`: behind the head and what makes an array of it, or as the last one."""
        arrays = [link.call for link in self.links if link.name == "array" or last]
        end = (arrays[-1] if arrays else self.head).end_byte
        return self.document.edit(end, end, self._break() + text)

    def _break(self) -> str:
        """What separates links: nothing, or a new line where each link has one."""
        for link in self.links:
            dot = self.dot(link)
            if b"\n" in self.document.data[link.before : dot]:
                return "\n" + self.document.margin(dot)
        return ""


def chain_of(document: Document, node: Node) -> Chain:
    """The chain that an expression is. Raises Unplaced for anything else."""
    links: list[Link] = []
    one = bare(node)
    while one.type == "call_expression":
        function, arguments = one.child_by_field_name("function"), one.child_by_field_name("arguments")
        if function is None or arguments is None or arguments.type != "arguments":
            break
        function = bare(function)
        if function.type != "member_expression":
            return Chain(document, one, function, arguments, tuple(reversed(links)))
        inner, name = function.child_by_field_name("object"), function.child_by_field_name("property")
        if inner is None or name is None:
            break
        word = document.text(name)
        if bare(inner).type != "call_expression" and word not in METHODS:
            return Chain(document, one, function, arguments, tuple(reversed(links)))
        links.append(Link(word, one, name, arguments, inner.end_byte))
        one = bare(inner)
    raise Unplaced(f"what is written at {document.path}:{document.line(node)} is not a call that can be edited")
