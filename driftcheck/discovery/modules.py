"""Which Python modules of a project import which: by reading, never by importing."""

from __future__ import annotations

import ast
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from .files import Files

#: A package that imports its modules by looking for them.
_DYNAMIC = re.compile(r"\b(?:iter_modules|walk_packages|import_module|import_submodules)\b")


class Modules:
    """The `.py` files of a project as modules. Paths are as in `Files`; a file that does not parse imports nothing."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._trees: dict[str, ast.Module] = {}
        self._imports: dict[str, frozenset[str]] = {}
        #: path → the names by which others were seen to import it, and how often.
        self._called: dict[str, Counter[str]] = defaultdict(Counter)

    @cached_property
    def paths(self) -> frozenset[str]:
        return frozenset(self.files.ending(".py"))

    def tree(self, path: str) -> ast.Module:
        if path not in self._trees:
            try:
                self._trees[path] = ast.parse(self.files.text(path))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self._trees[path] = ast.Module([], [])
        return self._trees[path]

    def resolve(self, name: str, importer: str) -> str | None:
        """The file of the module that `importer` means by the absolute `name`; None if it is not the project's."""
        folder = posixpath.dirname(importer)
        for base in _bases(folder):
            if path := self._file(posixpath.join(base, *name.split("."))):
                self._called[path][name] += 1
                return path
        return None

    def _file(self, stem: str) -> str | None:
        return next((path for path in (f"{stem}/__init__.py", f"{stem}.py") if path in self.paths), None)

    def name(self, path: str) -> str:
        """The dotted name by which the project imports the file.

        What others were seen to call it counts; else it is named from the folder that holds its topmost package.
        """
        if called := self._called.get(path):
            return max(called, key=lambda name: (called[name], len(name)))
        stem = path.removesuffix(".py").removesuffix("/__init__")
        folder = posixpath.dirname(stem)
        while folder and f"{folder}/__init__.py" in self.paths:
            folder = posixpath.dirname(folder)
        relative = posixpath.relpath(stem, folder) if folder else stem
        return relative.replace("/", ".").removeprefix("src.")

    def imports(self, path: str) -> frozenset[str]:
        """The project's files that importing `path` imports at once, the packages above them included."""
        if path not in self._imports:
            found = {file for file in self._imported(path) if file != path}
            for file in [path, *found]:
                found.update(self._packages(file))
            self._imports[path] = frozenset(found - {path})
        return self._imports[path]

    def reach(self, path: str) -> frozenset[str]:
        """Everything of the project that is imported when `path` is, itself included."""
        seen, waiting = {path}, [path]
        while waiting:
            for file in self.imports(waiting.pop()) - seen:
                seen.add(file)
                waiting.append(file)
        return frozenset(seen)

    def binds(self, path: str, name: str, depth: int = 5) -> bool:
        """Whether the module has `name` at its top level."""
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
        if node.level == 0:
            return self.resolve(node.module, importer) if node.module else None
        return self._file(self._relative(node, importer))

    def _relative(self, node: ast.ImportFrom, importer: str) -> str:
        folder = posixpath.dirname(importer)
        for _ in range(node.level - 1):
            folder = posixpath.dirname(folder)
        return posixpath.join(folder, *(node.module or "").split(".")).rstrip("/")

    def _packages(self, path: str) -> Iterator[str]:
        folder = posixpath.dirname(path)
        while folder and f"{folder}/__init__.py" in self.paths:
            yield f"{folder}/__init__.py"
            folder = posixpath.dirname(folder)

    def _imported(self, path: str) -> Iterator[str]:
        for node in run_at_import(self.tree(path)):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
                yield from (file for name in names if (file := self.resolve(name, path)))
            elif isinstance(node, ast.ImportFrom):
                yield from self._imported_from(node, path)
        if path.endswith("/__init__.py") and _DYNAMIC.search(self.files.text(path)):
            folder = posixpath.dirname(path) + "/"
            yield from (file for file in self.paths if file.startswith(folder))

    def _imported_from(self, node: ast.ImportFrom, path: str) -> Iterator[str]:
        if (source := self.source_of(node, path)) is not None:
            yield source
        for alias in node.names:
            if node.level:
                file = self._file(posixpath.join(self._relative(node, path), alias.name))
            else:
                file = self.resolve(f"{node.module}.{alias.name}", path)
            if file is not None:
                yield file


def _bases(folder: str) -> Iterator[str]:
    """Folders that may be on the path of what lies in `folder`, from the root down."""
    parts = folder.split("/") if folder else []
    for depth in range(len(parts) + 1):
        base = "/".join(parts[:depth])
        yield base
        yield posixpath.join(base, "src")


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
