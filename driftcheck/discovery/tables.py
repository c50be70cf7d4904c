"""Which Python files of a project define tables when they are imported: by their syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..frozen import dataclass
from ..project.python import parse_python
from .files import Files, holds_one, preference
from .modules import run_at_import

#: A file that defines tables holds one of the first and one of the second: quick to check, as most hold neither.
_USES = ("sqlalchemy", "sqlmodel", "db.Model", "__tablename__")
_DEFINES = ("__tablename__", "table=True", "table = True", "Table(", "db.Model", "Column(", "mapped_column(")
#: Alembic's own steps, which define tables of the past.
_MIGRATION = re.compile(r"^(?:down_revision\b|from alembic import op\b)", re.MULTILINE)
_COLUMNS = frozenset({"Column", "mapped_column"})
_BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta", "MappedAsDataclass", "object", "type"})


@dataclass(frozen=True, slots=True)
class Defined:
    """How many tables a file seems to define, and the names of those that say theirs. Compared, never shown."""

    count: int
    names: frozenset[str] = frozenset()


def tables_of(files: Files) -> dict[str, Defined]:
    """path → what it defines, for every file that defines a table. Tests and the like only if there is nothing else."""
    found: dict[str, Defined] = {}
    for path in files.ending(".py"):
        text = files.text(path)
        if holds_one(text, _USES) and holds_one(text, _DEFINES) and not _MIGRATION.search(text):
            found[path] = _defined(text)
    found = {path: defined for path, defined in found.items() if defined.count}
    real = {path: defined for path, defined in found.items() if not preference(path)[0]}
    return real or found


def _defined(text: str) -> Defined:
    try:
        tree = parse_python(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = re.findall(r"""^\s+__tablename__\s*[:=]\s*["']?(\w*)""", text, re.MULTILINE)
        return Defined(len(found), frozenset(filter(None, found)))
    known = _Known(tree)
    nodes = list(run_at_import(tree))
    classes = [node for node in nodes if isinstance(node, ast.ClassDef) and not _is_abstract(node)]
    named = [_table_of(node) for node in classes if _names_a_table(node)]
    made = [_constant(call.args[0]) for node in nodes for call in _calls(node) if known.makes_table(call)]
    # A class whose table gets its name elsewhere still assigns its columns.
    count = len(named) + len(made) or int(any(known.has_columns(node) for node in classes))
    return Defined(count, frozenset(name for name in (*named, *made) if name))


def _table_of(node: ast.ClassDef) -> str | None:
    """The name of a class's table: what it says, or what SQLModel and Flask-SQLAlchemy make of the class's name."""
    said = dict(_assigned(node))
    if "__tablename__" in said:
        return _constant(said["__tablename__"])
    if "__table__" in said:
        return None  # it is counted where it is made
    if any(keyword.arg == "table" for keyword in node.keywords):
        return node.name.lower()
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", node.name).lower()


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


class _Known:
    """What a file calls SQLAlchemy's things."""

    def __init__(self, tree: ast.Module) -> None:
        self._names: set[str] = set()
        self._modules = {"db"}
        self._all = False
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                self._modules |= {
                    alias.asname or alias.name.partition(".")[0] for alias in node.names if _is_alchemy(alias.name)
                }
            elif isinstance(node, ast.ImportFrom):
                self._add(node)

    def _add(self, node: ast.ImportFrom) -> None:
        if node.level or _is_alchemy(node.module or ""):
            bound = {alias.asname or alias.name for alias in node.names}
            self._names |= bound
            self._all = self._all or "*" in bound
            if not node.level:
                self._modules |= bound  # `from sqlalchemy import orm`

    def _is(self, call: ast.expr, names: frozenset[str]) -> bool:
        match call:
            case ast.Call(func=ast.Name(id=name)):
                return name in names and (name in self._names or self._all)
            case ast.Call(func=ast.Attribute(value=value, attr=name)):
                while isinstance(value, ast.Attribute):
                    value = value.value
                return name in names and isinstance(value, ast.Name) and value.id in self._modules
        return False

    def makes_table(self, call: ast.Call) -> bool:
        """Whether it is `Table(name, metadata, …)`. `Table` may be imported from a module of the project, too."""
        return len(call.args) > 1 and _last(call.func) == "Table" and isinstance(call.args[1], ast.Name | ast.Attribute)

    def has_columns(self, node: ast.ClassDef) -> bool:
        """Whether a class that has a base assigns columns. A class without one is a mixin."""
        if not {_last(base) for base in node.bases} - _BASES:
            return False
        values = [getattr(statement, "value", None) for statement in node.body]
        return any(value is not None and self._is(value, _COLUMNS) for value in values)


def _is_alchemy(module: str) -> bool:
    top = module.partition(".")[0]
    return "alchemy" in top or top == "sqlmodel"


def _calls(node: ast.stmt) -> Iterator[ast.Call]:
    """The calls in a statement that run with it, those in the body of a class included."""
    waiting: list[ast.AST] = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.If | ast.Try | ast.With):
            continue  # what is in `if`, `try` and `with` is a statement of its own
        if isinstance(inner, ast.Call):
            yield inner
        waiting += ast.iter_child_nodes(inner)


def _names_a_table(node: ast.ClassDef) -> bool:
    if any(keyword.arg == "table" and getattr(keyword.value, "value", None) is True for keyword in node.keywords):
        return True
    if any(isinstance(base, ast.Attribute) and ast.unparse(base) == "db.Model" for base in node.bases):
        return True
    return any(name in ("__tablename__", "__table__") for name, _ in _assigned(node))


def _is_abstract(node: ast.ClassDef) -> bool:
    return any(name == "__abstract__" and getattr(value, "value", None) is True for name, value in _assigned(node))


def _assigned(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else "?"
