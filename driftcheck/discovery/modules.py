"""Which Python modules of a project import which: by reading, never by importing."""

from __future__ import annotations

import ast
import posixpath
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from ..project.python import parse_python
from .files import Files, holds_one
from .graph import Reachable
from .imports import Import, imports_of

#: A package that imports its modules by looking for them.
_DYNAMIC = re.compile(r"\b(?:iter_modules|walk_packages|import_module|import_submodules)\b")
#: … or lists them in `__all__` for star imports.
_LISTED = re.compile(r"\b(?:glob|listdir|scandir|iterdir)\b")
#: Names that mean a library wherever they are imported, though a package of the project may hold a module so called.
_LIBRARIES = sys.stdlib_module_names | {"sqlalchemy", "sqlmodel", "alembic", "flask", "fastapi", "pydantic"}
#: A module that says so is part of a package.
_RELATIVE = re.compile(r"^\s*from\s*\.", re.MULTILINE)


class Modules:
    """The `.py` files of a project as modules. Paths are as in `Files`; a file that does not parse imports nothing."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._trees: dict[str, ast.Module] = {}
        self._imports: dict[str, frozenset[str]] = {}
        self._reachable = Reachable(self.imports)
        #: path → the names by which others were seen to import it, and how often.
        self._called: dict[str, Counter[str]] = defaultdict(Counter)
        #: folder → a module in it that others were seen to import by name.
        self._called_in: dict[str, str] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        return frozenset(self.files.ending(".py"))

    def tree(self, path: str) -> ast.Module:
        if path not in self._trees:
            try:
                self._trees[path] = parse_python(self.files.text(path))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self._trees[path] = ast.Module([], [])
        return self._trees[path]

    @cached_property
    def _tops(self) -> frozenset[str]:
        """The first words that a module of the project can have: of its files and folders."""
        return frozenset(word.removesuffix(".py") for path in self.paths for word in path.split("/"))

    def is_ours(self, name: str) -> bool:
        """Whether the dotted `name` can be the project's at all."""
        return name.partition(".")[0] in self._tops

    def resolve(self, name: str, importer: str) -> str | None:
        """The file of the module that `importer` means by the absolute `name`; None if it is not the project's."""
        if not self.is_ours(name):
            return None
        stem = name.replace(".", "/")
        for base in self._on_path(posixpath.dirname(importer), name):
            if path := self._file(f"{base}/{stem}" if base else stem):
                self._called[path][name] += 1
                if f"{base}/__init__.py" not in self.paths:
                    self._called_in.setdefault(posixpath.dirname(path), path)
                return path
        return None

    def _on_path(self, folder: str, name: str) -> Iterator[str]:
        """The folders to look in for what a module in `folder` imports, those that are packages last.

        A package is on nobody's path, but for programs that are started in it; a library is not found there.
        """
        inside = []
        for base in _bases(folder):
            if base and f"{base}/__init__.py" in self.paths:
                inside.append(base)
            else:
                yield base
        if name.partition(".")[0] not in _LIBRARIES:
            yield from inside

    def learn_name(self, path: str) -> None:
        """Looks for others that import the module, or a module beside it, by name, if none was seen."""
        if path in self._called:
            return
        stem = path.removesuffix("/__init__.py").removesuffix(".py")
        word = posixpath.basename(posixpath.dirname(stem)) or stem
        for other in sorted(self.paths):
            if word in self.files.text(other):
                self.imports(other)

    def _file(self, stem: str) -> str | None:
        return next((path for path in (f"{stem}/__init__.py", f"{stem}.py") if path in self.paths), None)

    def name(self, path: str) -> str:
        """The dotted name by which the project imports the file.

        What others were seen to call it counts, or a module beside it; else it is named from the folder that holds
        its topmost package.
        """
        stem = path.removesuffix(".py").removesuffix("/__init__")
        if path in self._called:
            return self._called_name(path)
        if (beside := self._called_in.get(posixpath.dirname(path))) is not None:
            known = beside.removesuffix(".py").removesuffix("/__init__")
            return _dotted(stem, known.removesuffix(self._called_name(beside).replace(".", "/")).rstrip("/"))
        if (package := self._topmost_package(posixpath.dirname(stem))) is not None:
            outside = posixpath.dirname(package)
        else:
            outside = posixpath.dirname(stem)
            if _RELATIVE.search(self.files.text(path)):
                outside = posixpath.dirname(outside)
        name = _dotted(stem, outside)
        return name if "src/__init__.py" in self.paths else name.removeprefix("src.")

    def _called_name(self, path: str) -> str:
        called = self._called[path]
        return max(called, key=lambda name: (called[name], len(name), name))

    def _topmost_package(self, folder: str) -> str | None:
        found = None
        while folder:
            if f"{folder}/__init__.py" in self.paths:
                found = folder
            folder = posixpath.dirname(folder)
        return found

    def bases(self, name: str) -> set[str]:
        """The folders that hold a module or a package of that dotted name."""
        stem = name.replace(".", "/")
        found = (re.match(rf"(?:(.*)/)?{re.escape(stem)}(?:\.py$|/)", path) for path in self.paths)
        return {match[1] or "" for match in found if match is not None}

    def imports(self, path: str) -> frozenset[str]:
        """The project's files that importing `path` imports at once, the packages above them included."""
        if path not in self._imports:
            found = self.named_by(path)
            for file in [path, *found]:
                found.update(self._packages(file))
            self._imports[path] = frozenset(found - {path})
        return self._imports[path]

    def named_by(self, path: str) -> set[str]:
        """The project's files that the import statements of `path` name."""
        return {file for file in self._imported(path) if file != path}

    def reach(self, path: str) -> frozenset[str]:
        """Everything of the project that is imported when `path` is, itself included."""
        return self._reachable.of(path)

    def binds(self, path: str, name: str, depth: int = 5) -> bool:
        """Whether the module has `name` at its top level."""
        if not holds_one(self.files.text(path), (name, "*")):
            return False
        for node in run_at_import(self.tree(path)):
            if name in _bound(node):
                return True
            if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names) and depth:
                file = self.source_of(node, path)
                if file is not None and self.binds(file, name, depth - 1):
                    return True
        return False

    def source_of(self, node: ast.ImportFrom, importer: str) -> str | None:
        """The file that `from … import` takes its names from."""
        return self._source(Import(node.module or "", level=node.level), importer)

    def _source(self, found: Import, importer: str) -> str | None:
        if found.level == 0:
            return self.resolve(found.module, importer) if found.module else None
        return self._file(_relative(found, importer))

    def _packages(self, path: str) -> Iterator[str]:
        folder = posixpath.dirname(path)
        while folder and f"{folder}/__init__.py" in self.paths:
            yield f"{folder}/__init__.py"
            folder = posixpath.dirname(folder)

    def _imported(self, path: str) -> Iterator[str]:
        text = self.files.text(path)
        for found in imports_of(text):
            if (source := self._source(found, path)) is not None:
                yield source
            for name in found.names:
                if found.level:
                    file = self._file(f"{_relative(found, path)}/{name}".lstrip("/"))
                else:
                    file = self.resolve(f"{found.module}.{name}", path)
                if file is not None:
                    yield file
            if found.names == ("*",) and source is not None and _LISTED.search(self.files.text(source)):
                yield from self._below(source)
        if path.endswith("/__init__.py") and _DYNAMIC.search(text) and looks_for_modules(self.tree(path)):
            yield from self._below(path)

    def _below(self, package: str) -> Iterator[str]:
        """The modules in a package, if it is one."""
        folder = package.removesuffix("__init__.py")
        return (file for file in self.paths if folder.endswith("/") and file.startswith(folder))


def _dotted(stem: str, outside: str) -> str:
    """The name under which the file is imported where the folder `outside` is on the path."""
    return (stem[len(outside) + 1 :] if outside else stem).replace("/", ".")


def _relative(found: Import, importer: str) -> str:
    """The folder or file, without its ending, that a relative import means."""
    folder = posixpath.dirname(importer)
    for _ in range(found.level - 1):
        folder = posixpath.dirname(folder)
    return posixpath.join(folder, *found.module.split(".")).rstrip("/")


def _bases(folder: str) -> Iterator[str]:
    """Folders that may be on the path of what lies in `folder`, from the root down."""
    parts = folder.split("/") if folder else []
    for depth in range(len(parts) + 1):
        base = "/".join(parts[:depth])
        yield base
        yield f"{base}/src" if base else "src"


def looks_for_modules(tree: ast.Module) -> bool:
    """Whether importing the module imports what it finds: itself, or by a function of its own that it calls."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in run_at_import(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            continue
        names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        called = [functions[name] for name in names & functions.keys()]
        if any(_DYNAMIC.search(ast.unparse(one)) for one in (node, *called)):
            return True
    return False


def run_at_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements that run when the module is imported, those inside `if` and `try` included."""
    waiting: list[ast.stmt] = list(reversed(tree.body))
    while waiting:
        node = waiting.pop()
        yield node
        inner: list[ast.stmt] = []
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            inner = [*node.body, *node.orelse]
        elif isinstance(node, ast.If):
            inner = node.orelse
        elif isinstance(node, ast.Try):
            handlers = [statement for handler in node.handlers for statement in handler.body]
            inner = [*node.body, *handlers, *node.orelse, *node.finalbody]
        elif isinstance(node, ast.With):
            inner = node.body
        waiting += reversed(inner)


def _bound(node: ast.stmt) -> set[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.Import(names=names):
            return {alias.asname or alias.name.partition(".")[0] for alias in names}
        case ast.ImportFrom(names=names):
            return {alias.asname or alias.name for alias in names}
    return set()
