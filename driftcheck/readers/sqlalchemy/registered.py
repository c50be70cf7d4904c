"""What an Alembic env.py registers with alembic_utils: objects that a run of the models alone does not show.

env.py opens a connection, so it is read and not run; what it registers is counted, and said not to be compared.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable
from itertools import islice

from ...project import Project
from ...project.python import parse_python
from ...project.walking import below
from ...worker.layout import Layout

_SKIPPED = frozenset({"__pycache__", "tests", "test", "versions", "node_modules", "site-packages", "venv", "env"})
#: More files than are looked through for an env.py.
_MOST_FILES = 20_000


def in_migrations(layout: Layout, project: Project, loaded: Iterable[str]) -> dict[str, int]:
    """How many entities each env.py beside the models registers that was not imported, by what to call them."""
    known = {os.path.realpath(path) for path in loaded}
    found = {}
    entries = below(project, layout.project, lambda name: name not in _SKIPPED and not name.startswith("."))
    for entry in islice(entries, _MOST_FILES):
        if entry.name != "env.py" or os.path.realpath(entry.path) in known:
            continue
        try:
            data = project.data(entry.path)
            count = _registered(parse_python(data)) if b"register_entities" in data else 0
        except (OSError, SyntaxError, ValueError, RecursionError):
            continue
        if count:
            found[f"alembic_utils entities of {project.shown(entry.path)}"] = count
    return found


def _registered(tree: ast.Module) -> int:
    """The entities in the calls of `register_entities`: of a list that is written out its length, else one."""
    count = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if name == "register_entities":
                entities = node.args[0] if node.args else None
                count += len(entities.elts) if isinstance(entities, ast.List | ast.Tuple) else 1
    return count
