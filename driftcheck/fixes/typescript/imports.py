"""What a file imports, under which names, and the imports that new text needs."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from ...findings import Around, Edit
from . import sqlite_text
from .document import Document, elements
from .lists import added

if TYPE_CHECKING:
    from tree_sitter import Node


#: The functions that generated text calls to make a column: of a callback's parameter, too.
COLUMNS = frozenset(
    """
    bigint bigserial bit boolean char cidr customType date doublePrecision halfvec inet integer interval json jsonb line
    macaddr macaddr8 numeric point real serial smallint smallserial sparsevec text time timestamp uuid varchar vector
    """.split()
)
_OTHERS = frozenset(
    """
    check foreignKey index pgEnum pgMaterializedView pgPolicy pgRole pgSchema pgSequence pgTable pgView primaryKey
    unique uniqueIndex
    """.split()
)
#: What no variable of a schema is called, since generated text calls it.
FUNCTIONS = COLUMNS | _OTHERS | {"sql"}
#: Strings and templates, which stay; a call of a function; the tag of a template.
_TOKENS = re.compile(
    r"(?P<template>`(?:[^`\\]|\\.)*`)|(?P<string>'(?:[^'\\]|\\.)*')|(?<![\w$.])(?P<call>[A-Za-z]\w*)(?=\()"
    r"|(?<![\w$.])(?P<tag>sql)(?=`)|(?P<type>\b(?:AnyPgColumn|PgTableExtraConfig(?:Value)?)\b)"
)


class Imports:
    """The import statements of a document. `core` is the module of drizzle-orm that generated text is for."""

    def __init__(self, document: Document, core: str) -> None:
        self.document = document
        self.core = f"drizzle-orm/{core}"
        self._names, self._columns = (
            (sqlite_text.NAMES, sqlite_text.COLUMNS) if core == sqlite_text.CORE else ({}, COLUMNS)
        )
        self.statements = [node for node in document.root.named_children if node.type == "import_statement"]
        #: What is imported, by (module, name): the local name. Namespaces have "*" for a name.
        self.local: dict[tuple[str, str], str] = {}
        self.names: set[str] = set()
        for statement in self.statements:
            self._take(statement)

    def _take(self, statement: Node) -> None:
        module = self.module_of(statement)
        clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
        if clause is None:
            return
        kind = "" if not _is_of_types(self.document, statement) else "type "
        for part in clause.named_children:
            if part.type == "namespace_import":
                self._keep(module, "*", self.document.text(part.named_children[-1]), kind)
            elif part.type == "identifier":
                self._keep(module, "default", self.document.text(part), kind)
            for one in elements(part) if part.type == "named_imports" else ():
                name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                if name is not None:
                    self._keep(module, self.document.text(name), self.document.text(alias or name), kind)

    def _keep(self, module: str, name: str, local: str, kind: str) -> None:
        self.names.add(local)
        if not kind:
            self.local[module, name] = local

    def module_of(self, statement: Node) -> str:
        source = statement.child_by_field_name("source")
        return self.document.text(source)[1:-1] if source is not None else ""

    def modules_of(self, name: str) -> tuple[str, str] | None:
        """(module, name there) of a local name."""
        return next((key for key, local in self.local.items() if local == name), None)

    def written(self, text: str, qualifier: str = "") -> tuple[str, list[Edit]]:
        """Generated `text` as this file would say it, in its quotes and names, and the imports that it needs.

        `qualifier` is what precedes the functions of columns: `t.` in a callback.
        """
        needed: dict[tuple[str, str], None] = {}

        def spell(found: re.Match[str]) -> str:
            if found["type"] is not None:
                type_ = self._names.get(found["type"], found["type"])
                if type_ not in self.names:
                    needed[self.core, f"type {type_}"] = None
                return type_
            if found["string"] is not None:
                return self.quoted(found[0])
            name = found["call"] or found["tag"]
            if name is None:
                return found[0]
            if name in self._columns and qualifier and not self._is_namespace(qualifier):
                return qualifier + name
            if name in self._columns or name in _OTHERS:
                return self._called(self.core, self._names.get(name, name), needed)
            return self._called("drizzle-orm", name, needed) if found["tag"] else name

        said = _TOKENS.sub(spell, text)
        return said, [edit for module, name in needed for edit in self.adding(module, name)]

    def _is_namespace(self, qualifier: str) -> bool:
        return any(name == "*" and local == qualifier.removesuffix(".") for (_, name), local in self.local.items())

    def _called(self, module: str, name: str, needed: dict[tuple[str, str], None]) -> str:
        if (local := self.local.get((module, name))) is not None:
            return local
        if (space := self.local.get((module, "*"))) is not None:
            return f"{space}.{name}"
        if name not in self.names:
            needed[module, name] = None
        return name

    def quoted(self, text: str) -> str:
        """A string in single quotes in the file's own."""
        if self.document.quote == "'":
            return text
        return '"' + text[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'

    def adding(self, module: str, name: str) -> list[Edit]:
        """The import of `name`: in the statement that is there, else in a new one."""
        for statement in self.statements:
            if self.module_of(statement) == module and not _is_of_types(self.document, statement):
                clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
                lists = [one for one in clause.named_children if one.type == "named_imports"] if clause else []
                if lists:
                    return added(self.document, lists[0], name, self._before(lists[0], name))
        return [self._statement(module, name)]

    def _before(self, names: Node, name: str) -> Node | None:
        """Where the name stands among those that are in order; else at the end."""
        members = elements(names)
        words = [self.document.text(member).removeprefix("type ").lower() for member in members]
        if words != sorted(words):
            return None
        smaller = [member for member, word in zip(members, words, strict=True) if word < name.lower()]
        return smaller[-1] if smaller else None

    def _statement(self, module: str, name: str) -> Edit:
        document = self.document
        source = self.quoted(f"'{module}'")
        closing = f" }} from {source}{document.semicolon}"
        if self.statements:
            end = self.statements[-1].end_byte
            return document.edit(end, end, name, Around("\nimport { ", ", ", closing))
        return document.edit(0, 0, name, Around("import { ", ", ", f"{closing}\n"))


def _is_of_types(document: Document, statement: Node) -> bool:
    return document.text(statement).startswith(("import type ", "import type{", "import typeof "))


def relative(imports: Imports, target: str) -> str:
    """The module that the file `target` is for another, with the ending that its other imports have."""
    folder = posixpath.relpath(posixpath.dirname(target) or ".", posixpath.dirname(imports.document.path) or ".")
    name = re.sub(r"\.(?:[cm]?[jt]sx?)$", "", posixpath.basename(target))
    folder = folder if folder.startswith(".") else f"./{folder}"
    modules = [imports.module_of(one) for one in imports.statements]
    endings = [found[0] for one in modules if one.startswith(".") and (found := re.search(r"\.[cm]?[jt]s$", one))]
    if name == "index" and folder != "." and not endings:
        return folder
    return f"{folder}/{name}{endings[0] if endings else ''}"
