"""The project's files as syntax trees: classes by their qualified names, calls by their lines."""

from __future__ import annotations

import ast
import functools
import tokenize
from collections.abc import Iterator
from typing import Any

#: [file, line, column, last line]; lines and columns count from 1.
Place = list[Any]


class SourceFile:
    """One parsed file. `classes` also holds those in functions, by `__qualname__`."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        tree = ast.parse(text)
        self.tree = tree
        self.classes: dict[str, ast.ClassDef] = {}
        self.calls: list[ast.Call] = []
        self._index(tree, "")
        self.calls.sort(key=lambda call: (call.lineno, -(call.end_lineno or call.lineno)))

    def _index(self, node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = prefix
            if isinstance(child, ast.ClassDef):
                self.classes.setdefault(prefix + child.name, child)
                inner = f"{prefix}{child.name}."
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inner = f"{prefix}{child.name}.<locals>."
            elif isinstance(child, ast.Call):
                self.calls.append(child)
            self._index(child, inner)

    def place(self, node: Any) -> Place:
        return [self.path, node.lineno, node.col_offset + 1, node.end_lineno]

    def calls_over(self, line: int) -> list[ast.Call]:
        """The calls whose text covers `line`, the innermost last."""
        return [call for call in self.calls if call.lineno <= line <= (call.end_lineno or call.lineno)]


@functools.cache
def source(path: str) -> SourceFile | None:
    """The file at `path`, parsed; None if it is no Python text any more."""
    try:
        with tokenize.open(path) as stream:
            text = stream.read()
        return SourceFile(path, text)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a class body or module, those under `if`, `try`, `with` and `for` included."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from statements(getattr(statement, field, []))
        for handler in getattr(statement, "handlers", []):
            yield from statements(handler.body)


def declaration(body: list[ast.stmt], name: str) -> Any:
    """The node that gives `name` its meaning in a class body: an assignment's target, or a function (its `def`)."""
    for statement in statements(body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name == name:
            return statement
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            for target in targets:
                if any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target or ast.Pass())):
                    return statement
    return None


def constants(node: ast.AST, value: str) -> Iterator[Any]:
    """The strings in `node` that are exactly `value`."""
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Constant) and inner.value == value)


def constant(node: ast.AST, value: str) -> Any:
    """The first string in `node` that is exactly `value`; None if there is none."""
    return next(constants(node, value), None)


def mentions(node: ast.AST, name: str) -> bool:
    """Whether `name` occurs in `node` as a string, a variable or an attribute."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and inner.value == name:
            return True
        if isinstance(inner, ast.Name) and inner.id == name:
            return True
        if isinstance(inner, ast.Attribute) and inner.attr == name:
            return True
    return False


def function_name(call: ast.Call) -> str:
    """The last word of what is called: `Index` of `sa.Index(…)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
