"""Modules of the same package that define tables and that nobody imported: tables that the check would not see."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ...project import Project
from ...project.python import parse_python
from ...project.walking import below
from ...worker.layout import Layout

_HINT = re.compile(rb"__tablename__|\bTable\s*\(|\btable\s*=\s*True\b|\bdb\.Model\b")
_SKIPPED = frozenset(
    {"__pycache__", "tests", "test", "migrations", "alembic", "versions", "node_modules", "site-packages"}
)
#: More files than any package of models has.
_MOST_FILES = 5000


@dataclass(frozen=True, slots=True)
class Definitions:
    """A file that defines tables: how many, and those of their names that are written out."""

    path: Path
    count: int
    names: tuple[tuple[str, int], ...]


def definitions(layout: Layout, project: Project) -> list[Definitions]:
    """The files of the models' package that define tables, imported or not."""
    if layout.file is None:
        return []
    package = layout.file.parent
    if layout.file.name != "__init__.py" and not (package / "__init__.py").is_file() and package == layout.base:
        return []
    return [found for path in _files(project, package) if (found := tables_in(project, path)) is not None]


def _files(project: Project, folder: Path) -> list[Path]:
    entries = below(project, folder, lambda name: name not in _SKIPPED and not name.startswith("."))
    return [entry.path for entry in islice((entry for entry in entries if entry.name.endswith(".py")), _MOST_FILES)]


def tables_in(project: Project, path: Path) -> Definitions | None:
    """What `path` defines; None if no table, or if it is no Python of a version that this one reads."""
    try:
        data = project.data(path)
        if not _HINT.search(data):
            return None
        tree = parse_python(data)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None
    count, names = 0, []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and _is_table_class(node):
            count += 1
            names += _table_name(node)
        elif isinstance(node, ast.Call) and _is_table_call(node):
            count += 1
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                names.append((first.value, node.lineno))
    return Definitions(path, count, tuple(names)) if count else None


def _is_table_class(node: ast.ClassDef) -> bool:
    if any(keyword.arg == "table" and getattr(keyword.value, "value", None) is True for keyword in node.keywords):
        return True
    return bool(_table_name(node))


def _table_name(node: ast.ClassDef) -> list[tuple[str, int]]:
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        value = getattr(statement, "value", None)
        if (
            isinstance(statement, ast.Assign | ast.AnnAssign)
            and any(isinstance(target, ast.Name) and target.id == "__tablename__" for target in targets)
            and isinstance(value, ast.Constant)
            and isinstance(value.value, str)
        ):
            return [(value.value, statement.lineno)]
    return []


def _is_table_call(node: ast.Call) -> bool:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
    return name == "Table" and len(node.args) >= 2


def unimported(found: Iterable[Definitions], loaded: Iterable[str]) -> list[Definitions]:
    """Those of `found` whose file is not among the `loaded` ones."""
    known = {os.path.realpath(path) for path in loaded}
    return [item for item in found if os.path.realpath(item.path) not in known]


def sentence(missed: list[Definitions], root: Path, layout: Layout) -> str:
    """A note for the report."""
    total = sum(item.count for item in missed)
    places = ", ".join(
        f"{item.path.relative_to(root).as_posix() if item.path.is_relative_to(root) else item.path} ({item.count})"
        for item in missed[:6]
    )
    more = f" and {len(missed) - 6} more" if len(missed) > 6 else ""
    tables = "table is" if total == 1 else "tables are"
    package = layout.module if _is_package(layout) else layout.module.rpartition(".")[0]
    advice = "" if layout.every or not package else f" ({package}.* would import them)"
    return f"{total} {tables} defined in modules that nobody imported{advice}: {places}{more}"


def _is_package(layout: Layout) -> bool:
    return layout.file is not None and layout.file.name == "__init__.py"
