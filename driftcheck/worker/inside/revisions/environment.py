"""What revisions need of the project's env.py, which is not run: constants, and the models' naming convention."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from typing import Any

#: Folders without a module of the project.
_SKIPPED = frozenset(
    """node_modules site-packages dist-packages __pycache__ venv env dist build target .git .venv .tox""".split()
)
_MOST_FILES, _LONGEST = 20_000, 2_000_000
#: Where one of these is in no file, no name of a constraint is made by a convention. The packages bring one.
_WORDS = (b"naming_convention", b"advanced_alchemy")
_KEYS = frozenset({"ix", "uq", "ck", "fk", "pk"})
#: What of `context.configure()` shapes the statements of revisions.
_OPTIONS = frozenset({"version_table", "version_table_schema", "include_schemas", "schema_translate_map"})


def constants(tree: ast.Module | None) -> dict[str, Any]:
    """Those options of `context.configure()` and of its connection that are constants in env.py."""
    if tree is None:
        return {}
    bound = _bound(tree)
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in _OPTIONS:
            value: Any = bound.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
            try:
                found[node.arg] = ast.literal_eval(value)
            except (ValueError, TypeError):
                continue
    return found


def _bound(tree: ast.Module) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        target: Any = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and getattr(node, "value", None) is not None:
            found[target.id] = node.value  # type: ignore[attr-defined] # an Assign or an AnnAssign
    return found


def text(path: str) -> bytes:
    """What is in a file; nothing if it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read(_LONGEST)
    except OSError:
        return b""


def parsed(path: str) -> ast.Module | None:
    try:
        return ast.parse(text(path))
    except (SyntaxError, ValueError):
        return None


def target_metadata(env: str, tree: ast.Module | None, roots: list[str], without: list[str]) -> tuple[Any, str | None]:
    """The metadata whose naming convention counts, and what to say of it; (None, None) where there is no convention.

    It is env.py's `target_metadata`, of whose file only the lines run that this needs. `without` are folders of
    revisions, where no models are.
    """
    skipped = {os.path.abspath(folder) for folder in without}
    files = [path for root in roots for path in _speaking(root, skipped)]
    if not files:
        return None, None
    from sqlalchemy import MetaData

    try:
        found = _evaluated(env, tree, MetaData)
    except BaseException as error:  # noqa: BLE001 # the project's modules may raise anything, SystemExit included
        found, why = None, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    else:
        why = "env.py names no MetaData"
    if found is not None:
        return found, None
    conventions = {tuple(sorted(one.items())) for path in files for one in _written(path)}
    if len(conventions) == 1:
        return MetaData(naming_convention=dict(conventions.pop())), None
    number = "several of them are" if conventions else "it is not"
    return None, f"the naming convention of the models is not known: {why}, and {number} written down as constants"


def _speaking(root: str, skipped: set[str]) -> Iterator[str]:
    """The files of Python below `root` that speak of a naming convention."""
    seen = 0
    for folder, inner, names in os.walk(root):
        if os.path.abspath(folder) in skipped:
            inner.clear()
            continue
        inner[:] = sorted(name for name in inner if name not in _SKIPPED and not name.startswith("."))
        for name in names:
            if name.endswith(".py"):
                seen += 1
                if seen > _MOST_FILES:
                    return
                path = os.path.join(folder, name)
                content = text(path)
                if any(word in content for word in _WORDS):
                    yield path


def _written(path: str) -> Iterator[dict[str, str]]:
    """The naming conventions that the file holds as constants."""
    tree = parsed(path)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Dict) and node.keys:
            try:
                value = ast.literal_eval(node)
            except (ValueError, TypeError):
                continue
            if value.keys() <= _KEYS and all(isinstance(one, str) for one in value.values()):
                yield value


def _evaluated(env: str, tree: ast.Module | None, wanted: type) -> Any:
    """`target_metadata` of env.py, or None."""
    if tree is None:
        return None
    lines, value = _needed(tree)
    if value is None:
        return None
    space: dict[str, Any] = {"__file__": env, "__name__": "env_py"}
    exec(compile(ast.Module(lines, []), env, "exec"), space)  # noqa: S102 # the project's own lines, which import its models
    found = eval(compile(ast.Expression(value), env, "eval"), space)  # noqa: S307 # as above
    several = found if isinstance(found, (list, tuple)) else [found]
    return next((one for one in several if isinstance(one, wanted)), None)


def _needed(tree: ast.Module) -> tuple[list[ast.stmt], ast.expr | None]:
    """The lines of env.py without which `target_metadata` has no value, in their order, and that value."""
    value = _bound(tree).get("target_metadata")
    if value is None:
        value = next(
            (node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "target_metadata"),
            None,
        )
    if value is None:
        return [], None
    names = _names(value)
    kept = []
    for node in reversed(list(_statements(tree.body))):
        if _binds(node) & names or _changes(node) & names or "*" in _binds(node):
            names |= _names(node)
            kept.append(node)
    return kept[::-1], value


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those in `if` and `try` as if they stood by themselves."""
    for node in body:
        if isinstance(node, (ast.If, ast.Try)):
            yield from _statements(node.body)
        else:
            yield node


def _binds(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)} - {"target_metadata"}


def _changes(node: ast.stmt) -> set[str]:
    """The names whose attributes a statement sets, or calls: `Base.metadata.schema = …`, `sys.path.append(…)`."""
    if isinstance(node, ast.Assign):
        return {name for target in node.targets if not isinstance(target, ast.Name) for name in _names(target)}
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = ast.unparse(node.value.func)
        # The path is what the imports need, whatever else is called here is env.py's own business.
        return {"sys", *_ANY} if function.startswith("sys.path.") else set()
    return set()


#: A change of the path concerns whatever is imported: each name that may be wanted.
_ANY = frozenset({"target_metadata"})


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
