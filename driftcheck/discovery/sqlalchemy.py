"""Where a project keeps its SQLAlchemy models, and which module brings all of them in."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..config import SourceSpec
from .alembic import Target, targets
from .files import Files, preference
from .found import Found, Sighting
from .modules import Modules, run_at_import

LOOKED_FOR = "Alembic's env.py, or Python with a declarative base (DeclarativeBase, declarative_base(), SQLModel)"

_USES = ("sqlalchemy", "sqlmodel", "db.Model", "__tablename__")
_TABLE = re.compile(
    r"^\s+__tablename__\s*[:=]|^class\b[^:]*\btable\s*=\s*True|=\s*(?:\w+\.)?Table\(\s*[\"']|^class\s+\w+\([^)]*\bdb\.Model\b",
    re.MULTILINE,
)
#: A class whose tables get their names elsewhere still assigns its columns.
_MAPPED = re.compile(r"^[ \t]+\w+[ \t]*(?::[^=\n]*)?=[ \t]*(?:\w+\.)?(?:mapped_column|Column)\(", re.MULTILINE)
_MIGRATION = re.compile(r"^down_revision\b", re.MULTILINE)
_BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta"})
_MAKERS = frozenset({"declarative_base", "automap_base", "SQLAlchemy", "MetaData", "generate_base"})
#: Importing one of these starts an application.
_PROGRAM = re.compile(r"(?:^|/)(?:main|app|wsgi|asgi|manage|cli|__main__|conftest|run|server|celery\w*|env)\.py$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A module to import, the attribute of it that has the metadata, and why it."""

    path: str
    attribute: str | None
    why: str


def search(files: Files) -> Sighting:
    """The module that Alembic names, or the one that brings in the most tables."""
    modules = Modules(files)
    tables = _tables(files)
    entry = next((entry for target in targets(modules) if (entry := _of_alembic(modules, target, tables))), None)
    if entry is None and (path := _best(modules, tables, list(_candidates(modules, tables)))) is not None:
        entry = _Entry(path, _attribute(modules, path), f"brings in {_counted(modules, path, tables)}")
    if entry is None:
        return Sighting(None, (), LOOKED_FOR)
    module = modules.name(entry.path)
    location = module + (f":{entry.attribute}" if entry.attribute else "")
    found = Found(SourceSpec(name="sqlalchemy", kind="sqlalchemy", location=location), entry.why)
    return Sighting(found, tuple(_unreached(modules, module, entry.path, tables)), LOOKED_FOR)


def _tables(files: Files) -> dict[str, int]:
    """path → how many tables it seems to define. Only compared, never shown as a fact."""
    found: dict[str, int] = {}
    for path in files.ending(".py"):
        text = files.text(path)
        if not any(word in text for word in _USES) or _MIGRATION.search(text):
            continue
        if count := len(_TABLE.findall(text)) or int(_MAPPED.search(text) is not None):
            found[path] = count
    real = {path: count for path, count in found.items() if not preference(path)[0]}
    return real or found


def _of_alembic(modules: Modules, target: Target, tables: dict[str, int]) -> _Entry | None:
    """What env.py names, or, where that alone would leave tables out, the import in env.py that brings in more."""
    candidates = [path for path in (target.module, *target.imported) if path is not None]
    best = _best(modules, tables, candidates)
    if best is None:
        return None
    named = target.module
    if named is not None and _weight(modules, named, tables) >= _weight(modules, best, tables):
        return _Entry(named, target.attribute, f"target_metadata in {target.env}")
    known = target.attribute is not None and modules.binds(best, target.attribute)
    attribute = target.attribute if known else _attribute(modules, best)
    return _Entry(best, attribute, f"imported by {target.env}, brings in {_counted(modules, best, tables)}")


def _weight(modules: Modules, path: str, tables: dict[str, int]) -> int:
    return sum(tables.get(file, 0) for file in modules.reach(path))


def _best(modules: Modules, tables: dict[str, int], candidates: list[str]) -> str | None:
    """The one that brings in the most tables; among equals no program, then what imports the least beside them."""
    weights = {path: _weight(modules, path, tables) for path in dict.fromkeys(candidates)}
    fitting = [path for path, weight in weights.items() if weight]

    def rank(path: str) -> tuple[object, ...]:
        program = _PROGRAM.search(path) is not None
        unnamed = _attribute(modules, path) is None
        return program, -weights[path], len(modules.reach(path)), unnamed, preference(path)

    return min(fitting, key=rank, default=None)


def _candidates(modules: Modules, tables: dict[str, int]) -> Iterator[str]:
    """The modules with tables, what lies beside them, and the packages above: one of them is the way in."""
    for path in tables:
        yield path
        folder = posixpath.dirname(path)
        while folder:
            if (package := f"{folder}/__init__.py") in modules.paths:
                yield package
            folder = posixpath.dirname(folder)
    folders = {posixpath.dirname(path) for path in tables}
    folders |= {posixpath.dirname(folder) for folder in folders}
    yield from (path for path in sorted(modules.paths) if posixpath.dirname(path) in folders)


def _attribute(modules: Modules, path: str) -> str | None:
    """A name in the module that is a declarative base, Flask's db, or a MetaData; None if it has none of its own."""
    reached = [path, *sorted(modules.reach(path) - {path})]
    for file in reached:
        for name in _bases_of(modules.tree(file)):
            if modules.binds(path, name):
                return name
    return "SQLModel" if modules.binds(path, "SQLModel") else None


def _bases_of(tree: ast.Module) -> Iterator[str]:
    """The bases first, the bare MetaData objects after them: a base's own metadata is often a variable, too."""
    plain: list[str] = []
    for node in run_at_import(tree):
        match node:
            case ast.ClassDef(name=name, bases=bases, decorator_list=decorators):
                words = {_last(base) for base in bases} | {_last(decorator) for decorator in decorators}
                if words & _BASES or "as_declarative" in words:
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


def _counted(modules: Modules, path: str, tables: dict[str, int]) -> str:
    files = len(modules.reach(path) & tables.keys())
    return f"{files} module{'' if files == 1 else 's'} with tables"


def _unreached(modules: Modules, module: str, path: str, tables: dict[str, int]) -> Iterator[str]:
    """Modules with tables that the entry point does not bring in: no drift can be seen in them."""
    left = sorted(tables.keys() - modules.reach(path), key=preference)
    if left:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        verb = "seem" if len(left) > 1 else "seems"
        yield f"{module} does not import {', '.join(left[:3])}{more}, which {verb} to define tables"
