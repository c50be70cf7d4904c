"""Statements of the project that a stand-in makes fail: what they would have bound is a stand-in, too, and is said.

A setting that is computed from a missing package (`timedelta(seconds=parse("1d"))`) need not end the import of models
that have nothing to do with it. What might make a table is never passed over.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.machinery
import sys
from collections.abc import Iterator
from types import ModuleType, TracebackType
from typing import Any

from . import losses, stubs
from .loading import is_project_file
from .sources import source
from .standins import RECORD, StandIn

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
#: Flags of `from __future__ import …`, which hold for a whole file.
_FUTURE = 0x1FF0000
#: Functions of SQLAlchemy that make no part of a schema by themselves.
_HARMLESS = frozenset(
    """create_engine create_async_engine engine_from_config async_engine_from_config sessionmaker async_sessionmaker
    scoped_session async_scoped_session Session AsyncSession Engine AsyncEngine URL make_url select text""".split()
)


def install(roots: list[str], *, last: bool = False) -> None:
    """From now on a module of the project goes on behind a statement that fails for want of what is missing.

    As a `last` resort behind any: what tables that may cost is noted as lost.
    """
    loader: Any = importlib.machinery.SourceFileLoader
    original = loader.exec_module

    def exec_module(self: Any, module: ModuleType) -> None:
        if is_project_file(self.path, roots):
            _run(self, module, last)
        else:
            original(self, module)

    loader.exec_module = exec_module


def _run(loader: Any, module: ModuleType, last: bool) -> None:
    code = loader.get_code(module.__name__)
    while code is not None:
        try:
            exec(code, module.__dict__)  # noqa: S102 # the project's module, as importlib does
            return
        except (Exception, SystemExit) as error:
            if isinstance(error, (ImportError, SystemExit)) and not last:
                raise  # what is missing and cannot be replaced
            rest = _behind(loader.path, module, error, code.co_flags & _FUTURE, last)
            if rest is None:
                raise
            code = rest


def _behind(path: str, module: ModuleType, error: BaseException, flags: int, last: bool) -> Any:
    """The code behind the statement of `module` that failed, its names bound to stand-ins; None if it must not fail."""
    line = _line(error.__traceback__, module)
    file = source(path)
    if line is None or file is None or not (last or stubs.found() or RECORD.unset):
        return None
    for number, statement in enumerate(file.tree.body):
        if _first(statement) <= line <= (statement.end_lineno or 0):
            names = _bound(statement)
            used = [] if isinstance(statement, _IMPORTS) else list(_used(statement, module.__dict__))
            harmless = names is not None and not any(map(_is_of_a_schema, used))
            if not harmless and not last:
                return None
            if harmless or not isinstance(statement, _IMPORTS) or not _import(path, statement, error, module):
                RECORD.passed.append((path, line, type(error).__name__))
            if not harmless and not isinstance(statement, _IMPORTS):
                losses.of_statement(path, statement, error, module, used)
            for name in _all_bound(statement) if names is None else names:
                if names is not None or name not in module.__dict__:
                    module.__dict__[name] = StandIn(f"{module.__name__}.{name}")
            behind = ast.Module(body=file.tree.body[number + 1 :], type_ignores=[])
            return compile(behind, path, "exec", flags=flags, dont_inherit=True)
    return None


def _import(path: str, statement: Any, error: BaseException, module: ModuleType) -> bool:
    """Imports what can be of an import that failed; whether it was a module of the project's that it failed for."""
    if isinstance(statement, ast.ImportFrom) and isinstance(error, ImportError) and len(statement.names) > 1:
        for one in statement.names:
            alone = ast.Module(body=[ast.copy_location(_from(statement, one), statement)], type_ignores=[])
            with contextlib.suppress(Exception):
                exec(compile(alone, path, "exec"), module.__dict__)  # noqa: S102 # as above
    if isinstance(error, ImportError) and not _is_of_the_project(error):
        return False
    named = getattr(statement, "module", None) or statement.names[0].name
    losses.of_module(named, error, path, statement.lineno)
    return True


def _from(statement: ast.ImportFrom, one: ast.alias) -> ast.ImportFrom:
    return ast.ImportFrom(module=statement.module, names=[one], level=statement.level)


def _is_of_the_project(error: ImportError) -> bool:
    """Whether it is a module of the project's that is not there, or lacks a name."""
    top = str(error.name or "").partition(".")[0]
    held = sys.modules.get(str(error.name))
    if held is not None and getattr(held, "__file__", None):
        return is_project_file(str(held.__file__), RECORD.roots)
    return top not in getattr(sys, "stdlib_module_names", ()) and stubs.is_project(top)


def _all_bound(statement: ast.stmt) -> Iterator[str]:
    """The names that any statement may bind."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, (*_Function, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.alias) and node.name != "*":
            yield node.asname or node.name.partition(".")[0]


def _line(trace: TracebackType | None, module: ModuleType) -> int | None:
    while trace is not None:
        if trace.tb_frame.f_globals is module.__dict__ and trace.tb_frame.f_code.co_name == "<module>":
            return trace.tb_lineno
        trace = trace.tb_next
    return None


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _bound(statement: ast.stmt) -> list[str] | None:
    """The names that a statement binds; None for one that is no simple statement."""
    if isinstance(statement, ast.Expr):
        return []
    if isinstance(statement, (*_Function, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        found = (node for target in targets for node in ast.walk(target))
        return [node.id for node in found if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return None


def _used(statement: ast.stmt, names: dict[str, Any]) -> Iterator[Any]:
    """What the names and attributes are that run with `statement`; the body of a function does not."""
    parts: list[Any] = [statement]
    if isinstance(statement, _Function):
        parts = [*statement.decorator_list, *statement.args.defaults, *filter(None, statement.args.kw_defaults)]
    for node in (node for part in parts for node in ast.walk(part)):
        if isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            above = names.get(node.value.id)
            if isinstance(above, ModuleType) and not isinstance(above, stubs.StandInModule):
                yield getattr(above, node.attr, None)


def _is_of_a_schema(value: Any) -> bool:
    """Whether tables come of it: a part of SQLAlchemy's, a MetaData, a base, an object that has one."""
    if isinstance(value, (StandIn, ModuleType)):
        return False
    if str(getattr(value, "__module__", "")).partition(".")[0] in ("sqlalchemy", "sqlmodel"):
        return getattr(value, "__name__", type(value).__name__) not in _HARMLESS
    metadata = sys.modules["sqlalchemy"].MetaData
    return isinstance(value, metadata) or _holds(value)


def _holds(value: Any) -> bool:
    try:
        return isinstance(getattr(value, "metadata", None), sys.modules["sqlalchemy"].MetaData)
    except Exception:  # noqa: BLE001 # a property of the project's may raise anything
        return False


def passed() -> list[list[Any]]:
    """[file, line, name of the exception] of each statement that was passed over."""
    return [list(one) for one in RECORD.passed]
