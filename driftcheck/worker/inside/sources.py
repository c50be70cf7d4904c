"""The project's files as syntax trees: classes by their qualified names, calls by their lines."""

from __future__ import annotations

import ast
import bisect
import functools
import tokenize
from collections.abc import Iterator
from typing import Any

#: [file, line, column, last line]; lines and columns count from 1.
Place = list[Any]


class SourceFile:
    """One parsed file. `classes` also holds those in functions, by `__qualname__`.

    The models wait for an answer, and most of a file is never asked about: so nothing is walked that need not be.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.tree = ast.parse(text)
        self.classes: dict[str, ast.ClassDef] = {}
        self._declared: dict[ast.ClassDef, dict[str, ast.stmt]] = {}
        self._calls: dict[int, list[ast.Call]] = {}
        self._named: dict[ast.Call, dict[str, ast.Call]] = {}
        self._starts = [_first_line(statement) for statement in self.tree.body]
        self._add_classes(self.tree.body, "")

    def _add_classes(self, body: list[ast.stmt], prefix: str) -> None:
        for statement in statements(body):
            if isinstance(statement, ast.ClassDef):
                self.classes.setdefault(prefix + statement.name, statement)
                self._add_classes(statement.body, f"{prefix}{statement.name}.")
            elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._add_classes(statement.body, f"{prefix}{statement.name}.<locals>.")

    def place(self, node: Any) -> Place:
        return [self.path, node.lineno, node.col_offset + 1, node.end_lineno]

    def declaration(self, node: ast.ClassDef, name: str) -> Any:
        """The statement in the body of `node` that gives `name` its meaning: an assignment, or a function."""
        if node not in self._declared:
            self._declared[node] = _declarations(node.body)
        return self._declared[node].get(name)

    def call_in(self, call: ast.Call, name: str) -> ast.Call | None:
        """The first call in `call` whose first argument is the string `name`: `Column("id", …)`."""
        if call not in self._named:
            self._named[call] = _calls_by_name(call)
        return self._named[call].get(name)

    def calls_over(self, line: int) -> list[ast.Call]:
        """The calls whose text covers `line`, the innermost last."""
        if line not in self._calls:
            # Statements of a module follow each other: the last one that begins at the line or above it covers it.
            first = max(0, bisect.bisect_left(self._starts, line) - 1)
            near = self.tree.body[first : bisect.bisect_right(self._starts, line)]
            calls = [call for statement in near for call in _calls_over(statement, line)]
            self._calls[line] = sorted(calls, key=lambda call: (call.lineno, -(call.end_lineno or call.lineno)))
        return self._calls[line]


def _calls_over(node: ast.AST, line: int) -> Iterator[ast.Call]:
    """The calls in `node`, itself included, whose text covers `line`, the outermost first."""
    # What has no place of its own (arguments, a comprehension) is looked into.
    if (_first_line(node) or line) <= line <= (getattr(node, "end_lineno", None) or line):
        if isinstance(node, ast.Call):
            yield node
        for child in ast.iter_child_nodes(node):
            yield from _calls_over(child, line)


def _calls_by_name(call: ast.Call) -> dict[str, ast.Call]:
    found: dict[str, ast.Call] = {}
    for inner in ast.walk(call):
        if inner is not call and isinstance(inner, ast.Call) and inner.args:
            first = inner.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, inner)
    return found


def _first_line(node: ast.AST) -> int:
    """The line on which `node` begins, with its decorators; 0 if it has no place."""
    decorators = getattr(node, "decorator_list", None)
    return _first_line(decorators[0]) if decorators else getattr(node, "lineno", 0)


#: A syntax tree takes a hundred times as much memory as its text, and tables come file by file.
_MOST_FILES = 64


@functools.lru_cache(maxsize=_MOST_FILES)
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
    """The statement that gives `name` its meaning in a class body."""
    return _declarations(body).get(name)


def _declarations(body: list[ast.stmt]) -> dict[str, ast.stmt]:
    """name → the first statement of a class body that gives it its meaning."""
    found: dict[str, ast.stmt] = {}
    for statement in statements(body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.setdefault(statement.name, statement)
        for name in assigned(statement):
            found.setdefault(name, statement)
    return found


def assigned(statement: ast.stmt) -> Iterator[str]:
    """The names in the targets of an assignment."""
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
            yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


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
