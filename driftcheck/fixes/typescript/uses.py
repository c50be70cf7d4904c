"""Where else a schema speaks of a table or column that goes: relations and imports go with it, all else keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..edits import Edit
from .document import Document, Unplaced, bare
from .lists import removed
from .room import Room

if TYPE_CHECKING:
    from tree_sitter import Node


def without_use(room: Room, document: Document, use: Node, name: str) -> list[Edit]:
    """The relation, import, re-export or member of a list that `use` is in, taken out.

    Raises Unplaced for any other use of `name`.
    """
    one: Node | None = use
    while one is not None:
        if one.type in ("import_specifier", "export_specifier") and one.parent is not None:
            return [removed(document, one.parent, one)]
        if one.type == "shorthand_property_identifier" and one.parent is not None and one.parent.type == "object":
            return [removed(document, one.parent, one)]
        if one.type == "pair" and one.parent is not None and _is_relation(document, one):
            return [removed(document, one.parent, one)]
        one = one.parent
    raise Unplaced(f"{name} is used at {document.path}:{document.line(use)}")


def _is_relation(document: Document, pair: Node) -> bool:
    """Whether a pair is `author: one(users, { … })` of `relations(…)`."""
    value = pair.child_by_field_name("value")
    call = bare(value) if value is not None else None
    function = call.child_by_field_name("function") if call is not None else None
    if call is None or function is None or call.type != "call_expression":
        return False
    named = document.text(function).rpartition(".")[2] in ("one", "many")
    return named and "relations(" in document.text(document.statement_of(pair)).lower()


def of_property(room: Room, variable: str, word: str, apart: list[Edit]) -> Iterator[tuple[Document, Node]]:
    """Where the files of the source say `variable.word`, apart from what `apart` takes out anyway."""
    for path in room.between.other.reading.files:
        document = room.document(path)
        for name in document.named.get(word, ()):
            node = name.parent
            if node is not None and node.type == "member_expression" and document.text(node) == f"{variable}.{word}":
                place = document.replace(node, "")
                gone = (one for one in apart if one.path == path)
                if not any(one.start <= place.start and place.end <= one.end for one in gone):
                    yield document, node
