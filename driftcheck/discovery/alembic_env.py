"""What Alembic's env.py says is the project's metadata."""

from __future__ import annotations

import ast

from ..frozen import dataclass
from .files import preference
from .modules import Modules, run_at_import


@dataclass(frozen=True, slots=True)
class Target:
    """`target_metadata` of an env.py: a name in a file of the project, or None where it is somebody else's.

    `imported` are the project's files that the env.py imports, as in `from app import models  # noqa`. `several` says
    that it is a list of more than one MetaData of the project, of which this is the first.
    """

    env: str
    module: str | None
    attribute: str | None
    imported: tuple[str, ...]
    several: bool = False


def targets(modules: Modules) -> list[Target]:
    """One for each env.py that names its metadata, the likeliest first."""
    found = []
    for path in sorted(modules.files.ending("env.py"), key=preference):
        if path.rpartition("/")[2] != "env.py" or "target_metadata" not in modules.files.text(path):
            continue
        imported = tuple(sorted(modules.named_by(path), key=preference))
        named = [_resolve(modules, path, words) for words in _targets(modules.tree(path))]
        if not named:
            continue
        ours = list(dict.fromkeys(one for one in named if one[0] is not None))
        module, attribute = ours[0] if ours else named[0]
        if module is not None or imported:
            found.append(Target(path, module, attribute, imported, several=len(ours) > 1))
    return found


def _targets(tree: ast.Module) -> list[list[str]]:
    """The words of the expressions that `target_metadata` is, names of the file itself followed: `[["Base"]]`."""
    values: dict[str, ast.expr] = {}
    for node in run_at_import(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            values[node.target.id] = node.value
    value = values.get("target_metadata", _given(tree))
    for _ in range(5):
        if isinstance(value, ast.Name) and value.id in values:
            value = values[value.id]
    listed = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
    return [words for one in listed if (words := _followed(one, values))]


def _followed(value: ast.expr | None, values: dict[str, ast.expr]) -> list[str] | None:
    for _ in range(5):
        words = _words(value)
        if not words:
            return None
        if words[-1] == "metadata" and len(words) > 1:
            words = words[:-1]
        if len(words) > 1 or words[0] not in values:
            return words
        value = values[words[0]]
    return None


def _given(tree: ast.Module) -> ast.expr | None:
    """The `target_metadata` of a call of `context.configure`, where no variable holds it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "target_metadata":
            return node.value.func if isinstance(node.value, ast.Call) else node.value
    return None


def _words(node: ast.expr | None) -> list[str] | None:
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=value, attr=name) if (words := _words(value)) is not None:
            return [*words, name]
    return None


def _resolve(modules: Modules, env: str, words: list[str]) -> tuple[str | None, str | None]:
    """The file and the attribute in it that `words` mean in `env`."""
    head, *rest = words
    for node in ast.walk(modules.tree(env)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if head == (alias.asname or alias.name):
                    return _imported_name(modules, node, alias.name, rest, env)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                prefix = [alias.asname] if alias.asname else alias.name.split(".")
                if words[: len(prefix)] == prefix:
                    return modules.resolve(alias.name, env), ".".join(words[len(prefix) :]) or None
    return None, None


def _imported_name(
    modules: Modules, node: ast.ImportFrom, name: str, rest: list[str], env: str
) -> tuple[str | None, str | None]:
    if rest and (file := modules.resolve(f"{node.module}.{name}", env)):
        return file, ".".join(rest)
    return modules.source_of(node, env), ".".join([name, *rest])
