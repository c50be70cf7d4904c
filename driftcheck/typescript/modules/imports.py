"""Import and export statements: the names they bring in and give out."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from ...location import Location
from ..compile.keys import string_value
from ..compile.unit import has_token, named
from .exports import Forwarded, ImportedName, ProjectModule


def _specifier(module: ProjectModule, node: Node) -> str | None:
    source = node.child_by_field_name("source")
    return None if source is None or source.is_missing else string_value(module.unit, source)


def _is_type(node: Node) -> bool:
    """`import type`, `export type`, and `type` before a single name."""
    return has_token(node, "type") or has_token(node, "typeof")


def read_import(module: ProjectModule, node: Node, loads: list[Callable[[], object]]) -> list[tuple[str, ImportedName]]:
    """The names of an import statement. One without names is there for what it does: it is loaded in its turn."""
    if _is_type(node):
        return []
    location = module.file.location(node.start_byte)
    specifier = _specifier(module, node)
    if specifier is None:
        return []
    clauses = [child for child in named(node) if child.type == "import_clause"]
    if not clauses:
        loads.append(lambda: module.linker.load_for_effect(module, specifier, location))
        return []
    return [
        (local, ImportedName(module, specifier, imported, place))
        for clause in clauses
        for local, imported, place in _clause_names(module, clause)
    ]


def _clause_names(module: ProjectModule, clause: Node) -> list[tuple[str, str, Location]]:
    found: list[tuple[str, str, Location]] = []
    text, locate = module.unit.text, module.file.location
    for child in named(clause):
        where = locate(child.start_byte)
        if child.type == "identifier":
            found.append((text(child), "default", where))
        elif child.type == "namespace_import":
            found.append((text(named(child)[0]), "*", where))
        elif child.type == "named_imports":
            for item in named(child):
                name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
                if item.type == "import_specifier" and name is not None and not _is_type(item):
                    found.append((text(alias or name), _name(module, name), locate(item.start_byte)))
    return found


def _name(module: ProjectModule, node: Node) -> str:
    return string_value(module.unit, node) if node.type == "string" else module.unit.text(node)


def read_export_statement(module: ProjectModule, node: Node, loads: list[Callable[[], object]]) -> Node | None:
    """Notes what is exported; gives the declaration that the statement holds, if it holds one."""
    declaration = node.child_by_field_name("declaration")
    if declaration is not None:
        return declaration
    value = node.child_by_field_name("value")
    if value is not None:
        module.declare_default(value)
        return None
    if _is_type(node):
        return None
    specifier = _specifier(module, node)
    if specifier is not None:
        _forward(module, node, specifier)
        return None
    for child in named(node):
        if child.type == "export_clause":
            _export_names(module, child)
    return None


def _export_names(module: ProjectModule, clause: Node) -> None:
    for item in named(clause):
        name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
        if name is not None and not _is_type(item):
            module.table.local(_name(module, alias or name), _name(module, name))


def _forward(module: ProjectModule, node: Node, specifier: str) -> None:
    table = module.table
    parts = [child for child in named(node) if child.type in ("export_clause", "namespace_export")]
    if not parts:
        table.stars.append((specifier, module.file.location(node.start_byte)))
    for part in parts:
        if part.type == "namespace_export":
            where = module.file.location(part.start_byte)
            table.entries.setdefault(_name(module, named(part)[0]), Forwarded(specifier, "*", where))
            continue
        for item in named(part):
            name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
            if name is not None and not _is_type(item):
                where = module.file.location(item.start_byte)
                table.entries.setdefault(_name(module, alias or name), Forwarded(specifier, _name(module, name), where))
