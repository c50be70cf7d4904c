"""What else in the models goes by a class, a column or a key, and would break without it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ...findings import Edit
from ...model import ForeignKey, Table
from .context import Context
from .lists import PythonFile
from .names import removed_imports, without_name
from .sites import ColumnSite, TableSite
from .types import Unplaced

_RELATIONS = frozenset({"relationship", "Relationship", "backref", "dynamic_loader"})


def relationships(context: Context, site: TableSite) -> Iterator[tuple[ast.stmt, str]]:
    """The relationships of a class, each with its text."""
    for statement in site.class_.body if site.class_ is not None else ():
        if any(site.names.called(one) in _RELATIONS for one in ast.walk(statement)):
            yield statement, site.file.source(statement)


def demand_no_relationship(context: Context, table: Table, key: ForeignKey) -> None:
    """Raises Unplaced if a relationship between the two tables would be without a key to go by."""
    if (
        sum(
            (one.target_schema, one.target_table) == (key.target_schema, key.target_table) for one in table.foreign_keys
        )
        > 1
    ):
        return
    there = context.between.actual_tables.get((key.target_schema, key.target_table))
    here, target = context.sites.table(table), context.sites.table(there) if there is not None else None
    if here is None or target is None or here.class_ is None or target.class_ is None:
        return
    for site, other in ((here, target.class_.name), (target, here.class_.name)):
        for statement, text in relationships(context, site):
            if re.search(rf"\b{re.escape(other)}\b", text):
                raise Unplaced(f"the relationship at {site.file.path}:{statement.lineno} goes by it")


def demand_unused(context: Context, table: TableSite, site: ColumnSite, going: list[ast.AST]) -> None:
    """Raises Unplaced if anything but `going` uses the column: its class, or another file by the name of the class."""
    name = site.attribute
    class_ = table.class_
    if name is None or class_ is None:
        return
    inside = {id(one) for node in going for one in ast.walk(node)}
    for node in ast.walk(class_):
        if id(node) not in inside and node is not site.statement and _uses(node, name):
            raise Unplaced(f"{table.file.path}:{getattr(node, 'lineno', class_.lineno)} uses it")
    pattern = re.compile(rf"\b{re.escape(class_.name)}\.{re.escape(name)}\b")
    for path in context.sites.loaded:
        file = context.sites.file(path)
        found = pattern.search(file.text) if file is not None else None
        if file is not None and found is not None:
            raise Unplaced(f"{path}:{file.text.count(chr(10), 0, found.start()) + 1} uses it")


def _uses(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == name and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Attribute):
        return node.attr == name and isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
    return isinstance(node, ast.Constant) and node.value == name


# -- A class that goes ------------------------------------------------------------------------------------------


def class_gone(context: Context, site: TableSite, going: Sequence[str]) -> list[Edit]:
    """A class, and what names it: imports, `__all__`, relationships of other classes. Raises Unplaced for other uses.

    `going` are the classes that are to go, in the order of their findings, this one among them.
    """
    class_ = site.class_
    assert class_ is not None
    lines = site.file.lines_of(class_)
    if lines is None:
        raise Unplaced("other statements are on its lines")
    edits = [site.file.edit(lines[0], behind_blank_lines(site.file, lines[1]), "")]
    for path in context.sites.loaded:
        file = context.sites.file(path)
        if file is not None and re.search(rf"\b{class_.name}\b", file.text):
            edits += _Forgetting(context, file, class_.name, going, own=file is site.file).edits()
    for path, line in context.importers(class_.name):
        raise Unplaced(f"{path}:{line} imports {class_.name}")
    return list(dict.fromkeys(edits))


def behind_blank_lines(file: PythonFile, at: int) -> int:
    """Behind the empty lines at the beginning of a line."""
    while (match := _BLANK_LINE.match(file.text, at)) is not None:
        at = match.end()
    return at


def demand_not_between(context: Context, table: Table) -> None:
    """Raises Unplaced if a relationship goes over the table: `secondary="…"`."""
    for path in context.sites.loaded:
        file = context.sites.file(path)
        for word in (table.name, str(table)) if file is not None else ():
            for node in file.words.get(word, ()) if file is not None else ():
                given = file.holders[node] if file is not None else None
                if isinstance(given, ast.keyword) and given.arg == "secondary":
                    raise Unplaced(f"the relationship at {path}:{node.lineno} goes over it")


_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


class _Forgetting:
    """One file without the class `name`."""

    def __init__(self, context: Context, file: PythonFile, name: str, going: Sequence[str], *, own: bool) -> None:
        self._file, self._names, self._name, self._own = file, context.sites.names(file), name, own
        self._going = going
        self._skipped: set[int] = set()
        for node in file.tree.body:
            if isinstance(node, ast.ClassDef) and node.name in going:
                self._skip(node)

    def _skip(self, node: ast.AST) -> None:
        self._skipped.update(id(inner) for inner in ast.walk(node))

    def edits(self) -> list[Edit]:
        known = self._own or self._name in self._names.bound
        edits = self._imports() if known and not self._own else []
        edits += list(self._relationships())
        for node in self._file.words.get(self._name, ()):
            if id(node) in self._skipped or not self._means_it(node, known=known):
                continue
            listed = self._file.holders[node]
            parts = self._file.parts(listed) if _is_all(self._file.holders.get(listed)) else None
            if parts is None or not isinstance(listed, (ast.List, ast.Tuple)):
                raise Unplaced(f"{self._file.path}:{getattr(node, 'lineno', 1)} uses {self._name}")
            edits += self._file.removed(listed, parts, listed.elts.index(node))
        return edits

    def _imports(self) -> list[Edit]:
        """Where all classes of an import go, the last of them waits for the others, and takes the statement along."""
        file, edits = self._file, []
        for statement in file.holders:
            names = [alias.name for alias in statement.names] if isinstance(statement, ast.ImportFrom) else []
            if not isinstance(statement, ast.ImportFrom) or self._name not in names:
                continue
            last = max(names, key=lambda one: self._going.index(one) if one in self._going else len(self._going))
            made = removed_imports(file, statement, {self._name})
            if len(names) > 1 and last == self._name:
                made = [file.replace(statement, without_name(file, statement, self._name))]
            edits += made
        return edits

    def _means_it(self, node: ast.AST, *, known: bool) -> bool:
        if isinstance(node, ast.Name):
            return known and node.id == self._name
        return isinstance(node, ast.Constant) and node.value == self._name

    def _relationships(self) -> Iterator[Edit]:
        """Those of other classes that lead to it."""
        word = re.compile(rf"\b{re.escape(self._name)}\b")
        for class_ in self._file.classes:
            for statement in class_.body:
                if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not word.search(
                    self._file.source(statement)
                ):
                    continue
                lines = self._file.lines_of(statement)
                if lines is not None and any(self._names.called(one) in _RELATIONS for one in ast.walk(statement)):
                    self._skip(statement)
                    yield self._file.edit(*lines, "")


def _is_all(node: ast.AST | None) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(one, ast.Name) and one.id == "__all__" for one in targets)
