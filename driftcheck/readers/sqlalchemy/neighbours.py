"""Modules that define tables and that nobody imported: tables that the check would not see.

In the package of the models every such module counts; in the packages beside it those that take their Base or MetaData
from a module that was imported, for only these add to what is compared.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ...frozen import dataclass
from ...project import Project
from ...project.python import parse_python
from ...project.walking import below
from ...regex import lazy
from ...worker.layout import Layout

_HINT = lazy(rb"__tablename__|\bTable\s*\(|\btable\s*=\s*True\b|\bdb\.Model\b")
_SKIPPED = frozenset(
    {"__pycache__", "tests", "test", "migrations", "alembic", "versions", "node_modules", "site-packages"}
)
#: More files than any package of models has.
_MOST_FILES = 5000


@dataclass(frozen=True, slots=True)
class Definitions:
    """A file that defines tables: how many, and those of their names that are written out.

    `origins` are the dotted modules, as Python would look for them, that its bases and MetaData are imported from;
    `beside` says that it is not in the package of the models.
    """

    path: Path
    count: int
    names: tuple[tuple[str, int], ...]
    origins: tuple[str, ...] = ()
    beside: bool = False


def definitions(layout: Layout, project: Project) -> list[Definitions]:
    """The files of the models' package, and of those beside it, that define tables, imported or not."""
    if layout.file is None:
        return []
    package = layout.file.parent
    if layout.file.name != "__init__.py" and not (package / "__init__.py").is_file() and package == layout.base:
        return []
    whole = layout.base / layout.module.partition(".")[0]
    folder = whole if package.is_relative_to(whole) else package
    found = [item for path in _files(project, folder) if (item := tables_in(project, path)) is not None]
    return [replace(item, beside=not item.path.is_relative_to(package)) for item in found]


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
    count, names, bases = 0, [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and _is_table_class(node):
            count += 1
            names += _table_name(node)
            bases |= {_root(base) for base in node.bases}
        elif isinstance(node, ast.Call) and _is_table_call(node):
            count += 1
            bases.add(_root(node.args[1]))
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                names.append((first.value, node.lineno))
    return Definitions(path, count, tuple(names), tuple(_origins(tree, bases))) if count else None


def _root(node: ast.expr) -> str:
    """The first name of `db.Model`, `Base.metadata`, …; "" for anything else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _origins(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """The modules that `names` are imported from: `app.db`, or with a dot for each level `..db`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                if (alias.asname or alias.name) in names:
                    yield module
                    yield f"{module}{'' if module.endswith('.') else '.'}{alias.name}"  # it may be a module itself
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if (alias.asname or alias.name.partition(".")[0]) in names:
                    yield alias.name


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


def unimported(found: Iterable[Definitions], loaded: Iterable[str], layout: Layout) -> list[Definitions]:
    """Those of `found` whose file is not among the `loaded` ones, and whose tables would be compared if it were."""
    known = {os.path.realpath(path) for path in loaded}

    def counts(item: Definitions) -> bool:
        return not item.beside or any(
            os.path.realpath(path) in known for origin in item.origins for path in _places(origin, item.path, layout)
        )

    return [item for item in found if os.path.realpath(item.path) not in known and counts(item)]


def _places(origin: str, importer: Path, layout: Layout) -> Iterator[Path]:
    """Where the module `origin`, imported by the file `importer`, may be."""
    name = origin.lstrip(".")
    level = len(origin) - len(name)
    folders = [importer.parents[min(level, len(importer.parents)) - 1]] if level else [layout.base, *layout.path]
    for folder in folders:
        path = folder.joinpath(*name.split(".")) if name else folder
        yield path / "__init__.py"
        if name:
            yield path.with_name(f"{path.name}.py")


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
    beside = [item for item in missed if item.beside]
    while package and not all(item.path.is_relative_to(layout.base.joinpath(*package.split("."))) for item in beside):
        package = package.rpartition(".")[0]
    advice = "" if (layout.every and not beside) or not package else f" ({package}.* would import them)"
    return f"{total} {tables} defined in modules that nobody imported{advice}: {places}{more}"


def _is_package(layout: Layout) -> bool:
    return layout.file is not None and layout.file.name == "__init__.py"
