"""What holds the metadata of a project: declarative bases, Flask's db, MetaData objects."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .files import holds_one
from .modules import Modules, run_at_import

_CLASSES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta"})
_MAKERS = frozenset({"declarative_base", "automap_base", "SQLAlchemy", "MetaData", "generate_base"})
_MAKE = ("DeclarativeBase", "declarative", "automap_base", "SQLAlchemy", "MetaData", "generate_base")


class Bases:
    """The bases of a project's modules."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._names: dict[str, tuple[str, ...]] = {}

    def names(self, path: str) -> tuple[str, ...]:
        """The names of the bases that the module itself makes."""
        if path not in self._names:
            makes = holds_one(self._modules.files.text(path), _MAKE)
            self._names[path] = tuple(_bases_of(self._modules.tree(path))) if makes else ()
        return self._names[path]

    def of(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of `paths` that make a base."""
        return frozenset(path for path in paths if self.names(path))

    def attribute(self, path: str, reached: Iterable[str]) -> str | None:
        """A name in the module for a base that it, or one of the modules it has `reached`, makes; None without one."""
        for file in (path, *sorted(set(reached) - {path})):
            for name in self.names(file):
                if self._modules.binds(path, name):
                    return name
        return "SQLModel" if self._modules.binds(path, "SQLModel") else None


def _bases_of(tree: ast.Module) -> Iterator[str]:
    """The bases first, the bare MetaData objects after them: a base's own metadata is often a variable, too."""
    plain: list[str] = []
    for node in run_at_import(tree):
        match node:
            case ast.ClassDef(name=name, bases=bases, decorator_list=decorators):
                words = {_last(base) for base in bases} | {_last(decorator) for decorator in decorators}
                if words & _CLASSES or "as_declarative" in words:
                    yield name
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function))
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.Call(func=function))
            ) if _last(function) in _MAKERS:
                if _last(function) != "MetaData":
                    yield name
                else:
                    plain.append(name)
    yield from plain


def _last(node: ast.expr) -> str:
    """The last word of `a.b.C`, `a.b.C(…)` or `C[…]`."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
