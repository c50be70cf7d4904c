"""Imports that an edited file no longer needs; what keeps it a module that others pass on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..edits import Edit, applied
from ..files import Files
from .document import Document, Unplaced, elements
from .lists import removed

if TYPE_CHECKING:
    from tree_sitter import Node

_MODULE = frozenset({"import_statement", "export_statement"})
_NAMES = ("identifier", "shorthand_property_identifier", "type_identifier")


def tidy(path: str, before: bytes, after: bytes) -> bytes:
    """`after` without the named imports that `before` used, and it does not."""
    try:
        was, now = (Document(path, data, Files()) for data in (before, after))
    except Unplaced:
        return after
    unused = _used(was) - _used(now)
    edits = [edit for statement in _imports(now) for edit in _without(now, statement, unused)]
    if edits:
        return tidy(path, before, applied(after, edits))
    in_order = {_module(was, names) for names in _lists(was) if _is_in_order(was, names)}
    ordered = [edit for names in _lists(now) if _module(now, names) in in_order for edit in _in_order(now, names)]
    return applied(after, [*ordered, *_module_kept(was, now)])


def _module_kept(was: Document, now: Document) -> list[Edit]:
    """A file without imports and exports is no module, and `export * from` it does not compile."""
    had, has = ({node.type for node in one.root.named_children} & _MODULE for one in (was, now))
    end = len(now.data)
    gap = "" if not end or now.data.endswith(b"\n") else "\n"
    return [now.edit(end, end, f"{gap}export {{}};\n")] if had and not has else []


def _lists(document: Document) -> list[Node]:
    """The lists of named imports."""
    clauses = [child for one in _imports(document) for child in one.named_children if child.type == "import_clause"]
    return [names for clause in clauses for names in clause.named_children if names.type == "named_imports"]


def _module(document: Document, names: Node) -> str:
    source = document.statement_of(names).child_by_field_name("source")
    return document.text(source) if source is not None else ""


def _words(document: Document, names: Node) -> list[str]:
    return [document.text(one) for one in elements(names)]


def _order(specifier: str) -> str:
    return specifier.removeprefix("type ").lower()


def _is_in_order(document: Document, names: Node) -> bool:
    words = _words(document, names)
    return len(words) > 1 and words == sorted(words, key=_order)


def _in_order(document: Document, names: Node) -> list[Edit]:
    """Its names in order; comments among them stay where they are."""
    words = _words(document, names)
    wanted = zip(elements(names), words, sorted(words, key=_order), strict=True)
    return [document.replace(node, right) for node, now, right in wanted if now != right]


def _used(document: Document) -> set[str]:
    """The names that are spoken of outside of imports."""
    statements = [node for node in document.root.children if node.type != "import_statement"]
    return {document.text(node) for one in statements for node in document.all_in(one) if node.type in _NAMES}


def _imports(document: Document) -> list[Node]:
    return [node for node in document.root.named_children if node.type == "import_statement"]


def _without(document: Document, statement: Node, unused: set[str]) -> list[Edit]:
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    for names in clause.named_children if clause is not None else ():
        if names.type == "named_imports":
            members = elements(names)
            gone = [one for one in members if _local(document, one) in unused]
            if clause is not None and len(gone) == len(members) == len(members) * len(clause.named_children):
                end = document.line_end(statement.end_byte)
                following = document.data[end : end + 2]
                end += 2 if following == b"\r\n" else 1 if following[:1] == b"\n" else 0
                return [document.edit(statement.start_byte, end, "")] if gone else []
            return [removed(document, names, one) for one in gone]
    return []


def _local(document: Document, specifier: Node) -> str:
    name = specifier.child_by_field_name("alias") or specifier.child_by_field_name("name")
    return document.text(name) if name is not None else ""
