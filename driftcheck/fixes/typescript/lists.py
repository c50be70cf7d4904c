"""Members of objects, arrays, arguments and imports, put in and taken out in the style of those that are there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...findings import Around, Edit
from .document import Document, elements

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENT = re.compile(rb"[ \t]*(?://[^\r\n]*|/\*[^*\r\n]*(?:\*(?!/)[^*\r\n]*)*\*/(?=[ \t]*\r?$))", re.MULTILINE)


def added(document: Document, container: Node, text: str, after: Node | None = None) -> list[Edit]:
    """A new member behind `after`, or as the last one. `text` may have lines, indented from its own margin."""
    members = elements(container)
    if not members:
        return [_first(document, container, text)]
    after = after or members[-1]
    comma = _comma(after)
    if not _one_per_line(members, container):
        return [_on_the_line(document, after, comma, text, is_last=after == members[-1])]
    margin = document.margin(members[0].start_byte)
    text = text.replace("\n", f"\n{margin}")
    end = _with_comment(document, comma.end_byte if comma is not None else after.end_byte)
    if comma is not None:
        return [document.edit(end, end, f"\n{margin}{text},")]
    if end == after.end_byte:
        return [document.edit(end, end, text, Around(f",\n{margin}", f",\n{margin}", ""))]
    return [
        document.edit(after.end_byte, after.end_byte, ","),
        document.edit(end, end, text, Around(f"\n{margin}", f",\n{margin}", "")),
    ]


def added_to_one(document: Document, container: Node, text: str) -> list[Edit]:
    """Likewise, but before the only member of a list on one line: it may go at the same time, and leave no hole."""
    members = elements(container)
    if len(members) != 1 or _one_per_line(members, container):
        return added(document, container, text)
    start = members[0].start_byte
    return [document.edit(start, start, re.sub(r",?\n\s*", " ", text) + ", ")]


def _first(document: Document, container: Node, text: str) -> Edit:
    start, end = container.start_byte + 1, container.end_byte - 1
    between = document.data[start:end]
    blank = not between.strip()
    if "\n" in text or (blank and b"\n" in between):
        margin = document.margin(container.start_byte)
        inner = margin + document.indent
        text = text.replace("\n", f"\n{inner}")
        around = Around(f"\n{inner}", f",\n{inner}", f",\n{margin}")
        return document.edit(start, end if blank else start, text, around)
    space = " " if container.type in ("object", "named_imports") else ""
    return document.edit(start, end if blank else start, text, Around(space, ", ", space))


def _on_the_line(document: Document, after: Node, comma: Node | None, text: str, *, is_last: bool) -> Edit:
    text = re.sub(r",?\n\s*", " ", text)
    if comma is not None and is_last:
        return document.edit(comma.end_byte, comma.end_byte, f" {text},")
    # What is chained to the member before it, at this very place, belongs to that.
    return replace(document.edit(after.end_byte, after.end_byte, f", {text}"), rank=1)


def removed(document: Document, container: Node, member: Node) -> Edit:
    """A member taken out, with its comma, and with its line where nothing else is on that."""
    members = elements(container)
    at = members.index(member)
    comma = _comma(member)
    end = comma.end_byte if comma is not None else member.end_byte
    start = document.line_start(member.start_byte)
    line_end = document.line_end(_with_comment(document, end))
    alone = not document.data[start : member.start_byte].strip()
    if alone and not document.data[_with_comment(document, end) : line_end].strip():
        following = document.data.find(b"\n", line_end)
        return document.edit(start, following + 1 if following >= 0 else line_end, "")
    if at + 1 < len(members):
        gap = document.data[end : members[at + 1].start_byte]
        if not gap.strip() and b"\n" not in gap:
            return document.edit(member.start_byte, members[at + 1].start_byte, "")
        start = member.start_byte  # the last of a line leaves that to the others
        while document.data[start - 1 : start] in (b" ", b"\t"):
            start -= 1
        return document.edit(start, end, "")
    if at > 0:
        return document.edit(members[at - 1].end_byte, member.end_byte, "")
    return document.edit(container.start_byte + 1, container.end_byte - 1, "")


def _comma(member: Node) -> Node | None:
    following = member.next_sibling
    while following is not None and following.type == "comment":
        following = following.next_sibling
    return following if following is not None and following.type == "," else None


def _one_per_line(members: list[Node], container: Node) -> bool:
    return members[0].start_point.row > container.start_point.row


def _with_comment(document: Document, end: int) -> int:
    """The end of a comment that follows on the same line, and is the last thing on it."""
    found = _COMMENT.match(document.data, end)
    return found.end() if found is not None and b"\n" not in found[0] else end
