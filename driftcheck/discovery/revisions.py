"""Where a project keeps Alembic's migrations."""

from __future__ import annotations

import posixpath
import re

from ..errors import SourceError
from ..readers.alembic.settings import settings
from .files import Files, doubt
from .found import Candidate, Sighting

LOOKED_FOR = "Alembic's migrations (env.py with a folder of versions)"

_CREATE = re.compile(r"""\bcreate_table\(\s*(?:table_name\s*=\s*)?["'](\w+)["']""")
_SQL = re.compile(r"""\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"?public"?\.)?"?(\w+)"?\s*\(""", re.IGNORECASE)
_DROP = re.compile(r"""\bdrop_table\(\s*(?:table_name\s*=\s*)?["'](\w+)["']""")
_UPGRADE = re.compile(r"^def upgrade\b.*?(?=^def |\Z)", re.MULTILINE | re.DOTALL)


def search(files: Files) -> Sighting:
    """Every folder of revisions, by the env.py in it or above."""
    environments = [path for path in files.ending("/env.py") if "alembic" in files.text(path).lower()]
    found = [one for path in environments if (one := _candidate(files, path)) is not None]
    return Sighting(tuple(found), (), LOOKED_FOR)


def _candidate(files: Files, env: str) -> Candidate | None:
    folder = posixpath.dirname(env)
    versions = [path for path in files.paths if path.startswith(f"{folder}/") and _is_revision(files, path)]
    steps = [step[0] for path in versions for step in _UPGRADE.finditer(files.text(path))]
    if not versions:
        return None
    made = {name for step in steps for pattern in (_CREATE, _SQL) for name in pattern.findall(step)}
    gone = {name for step in steps for name in _DROP.findall(step)}
    return Candidate(
        kind="alembic",
        location=_location(files, folder),
        why=f"Alembic, {len(versions)} revision{'' if len(versions) == 1 else 's'}",
        word="alembic",
        tables=frozenset(made - gone),
        vague=True,
        doubt=doubt(env),
        files=frozenset(versions),
    )


def _is_revision(files: Files, path: str) -> bool:
    return path.endswith(".py") and "down_revision" in files.text(path)


def _location(files: Files, folder: str) -> str:
    """The nearest alembic.ini, or pyproject.toml that speaks of Alembic, that means the folder; else the folder."""
    above = folder
    while True:
        for name in ("alembic.ini", "pyproject.toml"):
            path = posixpath.join(above, name)
            if files.holds(path) and _means(files, path, folder):
                return path
        if not above:
            return folder
        above = posixpath.dirname(above)


def _means(files: Files, config: str, folder: str) -> bool:
    if not config.endswith(".ini") and "[tool.alembic" not in files.text(config):
        return False
    try:
        return files.project.shown(settings(config, files.project).script) == folder
    except (OSError, SourceError):
        return False
