"""Where a project keeps Alembic's migrations."""

from __future__ import annotations

import posixpath
import re
import shlex

from .files import Files, doubt
from .found import Candidate, Sighting

LOOKED_FOR = "Alembic's migrations (env.py with a folder of versions)"

_CREATE = re.compile(r"""\bcreate_table\(\s*(?:table_name\s*=\s*)?["'](\w+)["']""")
_DROP = re.compile(r"""\bdrop_table\(\s*(?:table_name\s*=\s*)?["'](\w+)["']""")
_UPGRADE = re.compile(r"^def upgrade\b.*?(?=^def |\Z)", re.MULTILINE | re.DOTALL)


def search(files: Files) -> Sighting:
    """Every folder of revisions, by the env.py in it or above."""
    environments = [path for path in files.ending("/env.py") if "alembic" in files.text(path)]
    found = [one for path in environments if (one := _candidate(files, path)) is not None]
    return Sighting(tuple(found), (), LOOKED_FOR)


def _candidate(files: Files, env: str) -> Candidate | None:
    folder = posixpath.dirname(env)
    versions = [path for path in files.paths if path.startswith(f"{folder}/") and _is_revision(files, path)]
    steps = [step[0] for path in versions for step in _UPGRADE.finditer(files.text(path))]
    if not versions:
        return None
    made = {name for step in steps for name in _CREATE.findall(step)}
    gone = {name for step in steps for name in _DROP.findall(step)}
    config = _config(files, folder)
    return Candidate(
        kind="alembic",
        location=config or folder,
        why=f"Alembic, {len(versions)} revision{'' if len(versions) == 1 else 's'}",
        word="alembic",
        tables=frozenset(made - gone),
        vague=True,
        doubt=doubt(env),
        unfit=f"Alembic's migrations are not read as they are; {_command(files, env, config)}",
        files=frozenset(versions),
    )


def _is_revision(files: Files, path: str) -> bool:
    return path.endswith(".py") and "down_revision" in files.text(path)


def _config(files: Files, folder: str) -> str | None:
    """The nearest alembic.ini, or pyproject.toml that speaks of Alembic, in the folder or above."""
    while True:
        for name in ("alembic.ini", "pyproject.toml"):
            path = posixpath.join(folder, name)
            if files.holds(path) and (name == "alembic.ini" or "[tool.alembic" in files.text(path)):
                return path
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _command(files: Files, env: str, config: str | None) -> str:
    """The commands that make SQL of the migrations and compare it."""
    folder = posixpath.dirname(config or env)
    into = posixpath.join(folder, "alembic.sql")
    enter = f"cd {shlex.quote(folder)} && " if folder else ""
    run = "flask db upgrade --sql" if "current_app" in files.text(env) else "alembic upgrade head --sql"
    if "current_app" in files.text(env):
        into, enter = "alembic.sql", ""
    return f"make SQL of them, ({enter}{run} > alembic.sql), and add {shlex.quote(f'sql:{into}')}"
