"""What models say of themselves: the docstring of a class, `doc=` of a column, the string below it or `#:` above it.

The string below and the comment above are Sphinx's: https://www.sphinx-doc.org/en/master/usage/extensions/autodoc.html
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping, Sequence

from ...project.python import parse_python

_Definition = ast.ClassDef | ast.Assign | ast.AnnAssign | ast.Expr


def describe(text: str, places: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
    """The words beside what is declared at each of `places`: a class at its head, a statement in any of its lines."""
    try:
        tree = parse_python(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}  # the project's own Python read it; this one may be older
    lines = text.splitlines()
    starts: dict[int, str] = {}
    for definition, below, owner in _definitions(tree):
        words = _words(definition, below, lines)
        if owner is not None and _names_table(definition):
            words = ast.get_docstring(owner) or ""
        # A class is what is at its head; a statement is all of its lines.
        last = definition.body[0].lineno - 1 if isinstance(definition, ast.ClassDef) else definition.end_lineno
        for line in range(definition.lineno, max(last or 0, definition.lineno) + 1):
            starts[line] = words
    return {place: starts[place[0]] for place in places if starts.get(place[0])}


def _definitions(tree: ast.Module) -> Iterator[tuple[_Definition, ast.stmt | None, ast.ClassDef | None]]:
    """Classes, and statements of modules and classes, each with what is below it and the class that it is in."""
    bodies: list[tuple[Sequence[ast.stmt], ast.ClassDef | None]] = [(tree.body, None)]
    while bodies:
        body, owner = bodies.pop()
        for number, statement in enumerate(body):
            if isinstance(statement, _Definition):
                yield statement, body[number + 1] if number + 1 < len(body) else None, owner
            inner = statement if isinstance(statement, ast.ClassDef) else owner
            bodies += [(part, inner) for name in ("body", "orelse") if (part := getattr(statement, name, None))]


def _names_table(definition: _Definition) -> bool:
    """Whether it is by this that a class has a table: a table is declared where it is named."""
    targets = definition.targets if isinstance(definition, ast.Assign) else [getattr(definition, "target", None)]
    return any(isinstance(one, ast.Name) and one.id in ("__tablename__", "__table__") for one in targets)


def _words(definition: _Definition, below: ast.stmt | None, lines: Sequence[str]) -> str:
    if isinstance(definition, ast.ClassDef):
        return ast.get_docstring(definition) or ""
    return _doc_argument(definition.value) or _string(below) or _comment(definition, lines)


def _doc_argument(value: ast.expr | None) -> str:
    arguments = value.keywords if isinstance(value, ast.Call) else []
    return next((_text(one.value) for one in arguments if one.arg == "doc"), "")


def _string(below: ast.stmt | None) -> str:
    return inspect.cleandoc(_text(below.value)) if isinstance(below, ast.Expr) else ""


def _text(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def _comment(definition: ast.stmt, lines: Sequence[str]) -> str:
    """The lines of `#:` right above."""
    found: list[str] = []
    for line in reversed(lines[: definition.lineno - 1]):
        if not line.strip().startswith("#:"):
            break
        found.append(line.strip().removeprefix("#:").strip())
    return "\n".join(reversed(found))
