"""What edits leave over in a file of models: imports that nothing needs any more, empty `__table_args__`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

from ...findings import Edit
from ..edits import applied
from .lists import PythonFile, parsed
from .names import alias_parts, import_order, removed_imports
from .table_args import NAME

#: Packages whose import does nothing but give names; a module of the project may register what it declares.
_GIVING = frozenset({"sqlalchemy", "sqlmodel", "pgvector", "geoalchemy2", "sqlalchemy_utils"})


def tidy(path: str, before: bytes, after: bytes) -> bytes:
    """`after` without what only `before` needed, and with the names of imports in order where they were."""
    old, new = parsed(path, before), parsed(path, after)
    for step in (_without_empty, _without_unused, _without_gaps, _in_order, _not_too_wide):
        if old is None or new is None:
            break
        if edits := step(old, new):
            after = applied(after, edits, new.encoding)
            new = parsed(path, after)
    return after


def _without_empty(old: PythonFile, new: PythonFile) -> list[Edit]:
    """`__table_args__` from which the last argument was taken."""
    had = {class_.name for class_, value in _table_args(old) if not value.elts}
    edits = []
    for class_, value in _table_args(new):
        statement = new.holders[value]
        lines = new.lines_of(statement) if isinstance(statement, ast.stmt) else None
        if value.elts or class_.name in had or lines is None or "#" in new.source(value) or len(class_.body) < 2:
            continue
        start, end = lines
        blank = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))+\Z").search(new.text, 0, start)
        last = class_.body[-1] is statement
        first = blank.start() if blank is not None and last else start
        first = new.behind_line(first) if first != start else start
        edits.append(new.edit(first, end, ""))
    return edits


def _table_args(file: PythonFile) -> Iterator[tuple[ast.ClassDef, ast.Tuple]]:
    for class_ in ast.walk(file.tree):
        for statement in class_.body if isinstance(class_, ast.ClassDef) else ():
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
                target = statement.targets[0]
                if isinstance(target, ast.Name) and target.id == NAME and isinstance(class_, ast.ClassDef):
                    yield class_, statement.value


def _without_unused(old: PythonFile, new: PythonFile) -> list[Edit]:
    """Imports of names that were used before, and are not used now."""
    gone = _used(old) - _used(new)
    # Whatever classes are made of is imported by others, too.
    others = gone if _is_empty(new) else gone & _bases(old)
    bases = set() if new.path.endswith("__init__.py") else others
    edits: list[Edit] = []
    for statement in ast.walk(new.tree):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            edits += removed_imports(new, statement, gone if _gives_names(statement) else bases)
    return edits


def _without_gaps(old: PythonFile, new: PythonFile) -> list[Edit]:
    """More than an empty line between imports, where a section of them went."""
    imports = [one for one in new.tree.body if isinstance(one, (ast.Import, ast.ImportFrom))]
    edits = []
    for one, two in pairwise(imports):
        start, end = new.span(one)[1], new.span(two)[0]
        gap = new.text[start:end]
        if gap.count("\n") > 2 and not gap.strip() and gap not in old.text:
            edits.append(new.edit(start, end, "\n\n"))
    if _is_empty(new) and new.text != new.text.rstrip():
        edits.append(new.edit(len(new.text.rstrip()), len(new.text), "\n"))
    return edits


def _is_empty(file: PythonFile) -> bool:
    """Whether nothing but imports is left."""
    return all(isinstance(one, (ast.Import, ast.ImportFrom, ast.Expr)) for one in file.tree.body)


def _bases(file: PythonFile) -> set[str]:
    classes = [one for one in ast.walk(file.tree) if isinstance(one, ast.ClassDef)]
    return {base.id for one in classes for base in one.bases if isinstance(base, ast.Name)}


def _used(file: PythonFile) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.update(re.findall(r"\w+", node.value) if len(node.value) < 200 else ())
    return found


def _gives_names(statement: ast.Import | ast.ImportFrom) -> bool:
    modules = (
        [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
    )
    relative = isinstance(statement, ast.ImportFrom) and statement.level
    tops = {module.partition(".")[0] for module in modules}
    return not relative and tops <= _GIVING | sys.stdlib_module_names - {"__future__"}


def _in_order(old: PythonFile, new: PythonFile) -> list[Edit]:
    """The names of an import sorted, if they were and are not any more."""
    unsorted = {_module(one) for one in ast.walk(old.tree) if isinstance(one, ast.ImportFrom) and not _is_sorted(one)}
    edits: list[Edit] = []
    for statement in ast.walk(new.tree):
        if not isinstance(statement, ast.ImportFrom) or _is_sorted(statement) or _module(statement) in unsorted:
            continue
        items = alias_parts(new, statement).items
        names = sorted((new.text[item.start : item.end] for item in items), key=import_order)
        edits += [new.edit(item.start, item.end, name) for item, name in zip(items, names, strict=True)]
    return edits


def _not_too_wide(old: PythonFile, new: PythonFile) -> list[Edit]:
    """Imports that have become wider than imports are here, with a name on each line."""
    lines = [len(old.source(one)) for one in old.tree.body if isinstance(one, ast.ImportFrom) and _is_flat(one)]
    known = {old.source(one) for one in old.tree.body if isinstance(one, ast.ImportFrom)}
    edits: list[Edit] = []
    for one in new.tree.body:
        wide = isinstance(one, ast.ImportFrom) and _is_flat(one) and len(new.source(one)) > max([_WIDTH, *lines])
        if isinstance(one, ast.ImportFrom) and wide and new.source(one) not in known and "(" not in new.source(one):
            items = alias_parts(new, one).items
            names = "".join(f"    {new.text[item.start : item.end]},\n" for item in items)
            edits.append(new.edit(items[0].start, items[-1].end, f"(\n{names})"))
    return edits


#: How wide lines are by default, for ruff and black.
_WIDTH = 88


def _is_flat(statement: ast.stmt) -> bool:
    return statement.lineno == statement.end_lineno


def _module(statement: ast.ImportFrom) -> str:
    return "." * statement.level + (statement.module or "")


def _is_sorted(statement: ast.ImportFrom) -> bool:
    keys = [import_order(alias.name) for alias in statement.names]
    return keys == sorted(keys)
