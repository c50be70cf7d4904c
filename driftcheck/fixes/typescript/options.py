"""Single options of an object that a call is given: `{ length: 40 }`, `{ onDelete: 'cascade' }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...findings import Around, Edit
from .document import Document, Unplaced, bare, elements
from .lists import added, removed

if TYPE_CHECKING:
    from tree_sitter import Node


def strings_of(arguments: Node) -> Node | None:
    """The first argument if it is a string: the name of a column, table or index."""
    members = elements(arguments)
    first = bare(members[0]) if members else None
    return first if first is not None and first.type in ("string", "template_string") else None


def object_in(arguments: Node, at: int) -> Node | None:
    """The object that is the argument `at`; None if there is no such argument. Raises Unplaced for anything else."""
    members = elements(arguments)
    if at >= len(members):
        return None
    found = bare(members[at])
    if found.type != "object":
        raise Unplaced("its options are not written where they are given")
    return found


def pairs_of(document: Document, options: Node | None) -> dict[str, Node]:
    """The pairs of an object by their keys. Raises Unplaced where something is spread into it."""
    found: dict[str, Node] = {}
    for member in elements(options) if options is not None else ():
        if member.type == "spread_element":
            raise Unplaced("some of its options are spread into them")
        key = member.child_by_field_name("key")
        if member.type == "pair" and key is not None:
            found[document.text(key).strip("'\"")] = member
    return found


def set_options(document: Document, arguments: Node, at: int, wanted: dict[str, str | None]) -> list[Edit]:
    """The object that is the argument `at` with other values for the keys of `wanted`; None: without the key."""
    options = object_in(arguments, at)
    now = pairs_of(document, options)
    gone = [key for key, value in wanted.items() if value is None and key in now]
    new = [f"{key}: {value}" for key, value in wanted.items() if value is not None and key not in now]
    if options is None:
        return [_object(document, arguments, text) for text in new]
    if gone and not new and len(gone) == len(elements(options)):
        return [removed(document, arguments, elements(arguments)[at])]
    edits: list[Edit] = []
    for key, pair in now.items():
        node, value = pair.child_by_field_name("value"), wanted.get(key)
        if node is not None and value is not None and document.text(node) != value:
            edits.append(document.replace(node, value))
    edits += [document.replace(now[key], text) for key, text in zip(gone, new, strict=False)]
    edits += [removed(document, options, now[key]) for key in gone[len(new) :]]
    return [*edits, *(edit for text in new[len(gone) :] for edit in added(document, options, text))]


def _object(document: Document, arguments: Node, text: str) -> Edit:
    """A new object as the last argument."""
    members = elements(arguments)
    if not members:
        return document.edit(arguments.start_byte + 1, arguments.start_byte + 1, text, Around("{ ", ", ", " }"))
    end = members[-1].end_byte
    return document.edit(end, end, text, Around(", { ", ", ", " }"))
