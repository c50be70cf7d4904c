"""Where the new revision goes, what it is called, and what it follows."""

from __future__ import annotations

import ast
import datetime
import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...errors import SourceError
from ...frozen import dataclass
from ...readers.alembic.settings import settings
from ..edits import Editing
from ..files import Files
from .words import quoted

_TEMPLATE = "%(rev)s_%(slug)s"
_IMPORTS = {
    "sa": "import sqlalchemy as sa",
    "op": "from alembic import op",
    "postgresql": "from sqlalchemy.dialects import postgresql",
}
_HEAD = '''\
"""{doc}

Revision ID: {revision}
Revises: {revises}

What loses something, needs what does, or wants a value of yours follows "# destructive:"; uncomment what you want.
"""

{imports}

revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade():
'''


class Unknown(Exception):
    """Why no revision can be written, as a clause."""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """The path of the file, relative to the root, and all of it up to the first operation."""

    path: str
    head: str


def new_revision(editing: Editing, operations: Iterable[str]) -> NewRevision:
    """The revision behind all heads of the drifting history, for any of those operations. Raises Unknown."""
    between, files = editing.drifts[0].between, editing.files
    if files.project is None:
        raise Unknown("there are no files to write to")
    read = between.other.reading.files
    revisions = {path: links for path in read if path.endswith(".py") and (links := files.made(path, _links))}
    if not revisions:
        raise Unknown("none of its revisions can be read")
    followed = {name for links in revisions.values() for name in links["down_revision"]}
    heads = sorted(links["revision"] for links in revisions.values() if links["revision"] not in followed)
    if not heads:
        raise Unknown("its revisions follow each other in a circle")
    if later := next(_later(editing.files, revisions, frozenset(heads)), None):
        raise Unknown(f"{later} follows the last revision that was read: name the source without @REVISION")
    name = hashlib.sha256("\0".join(["driftcheck", *heads]).encode()).hexdigest()[:12]
    last = next(path for path, links in revisions.items() if links["revision"] == heads[-1])
    slug = f"follow_{re.sub(r'[^a-z0-9]+', '_', between.truth.name.lower())}"
    path = posixpath.join(posixpath.dirname(last), _file_name(editing, read, name, slug))
    if files.there(path):
        raise Unknown(f"{path} is there already")
    down = f"({', '.join(map(quoted, heads))})" if len(heads) > 1 else quoted(heads[0])
    doc = f"Follow what {between.truth.name} says"
    imports = _imports("\n".join(operations))
    head = _HEAD.format(doc=doc, revision=name, revises=", ".join(heads), down=down, imports=imports)
    return NewRevision(path, head)


def _imports(operations: str) -> str:
    """Those that any of the operations needs."""
    return "\n".join(line for name, line in _IMPORTS.items() if re.search(rf"\b{name}\.", operations))


def _later(files: Files, revisions: Mapping[str, Any], heads: frozenset[str]) -> Iterator[str]:
    """Revisions beside those that were read, and behind them."""
    project = files.project
    if project is None:
        return
    for folder in {posixpath.dirname(path): None for path in revisions}:
        for entry in project.entries(project.root / folder):
            path = posixpath.join(folder, entry.name)
            if path.endswith(".py") and path not in revisions:
                links = files.made(path, _links)
                if links is not None and heads & set(links["down_revision"]):
                    yield path


def _file_name(editing: Editing, read: tuple[str, ...], revision: str, slug: str) -> str:
    """By the project's `file_template`, where its config has one."""
    template = None
    if read and read[0].endswith((".ini", ".toml")) and editing.files.project is not None:
        try:
            template = settings(read[0], editing.files.project).template
        except (SourceError, OSError):
            template = None
    now = datetime.datetime.now()  # as Alembic's own, in local time
    fields = {
        "rev": revision, "slug": slug, "epoch": int(now.timestamp()), "year": now.year, "month": now.month,
        "day": now.day, "hour": now.hour, "minute": now.minute, "second": now.second,
    }  # fmt: skip
    try:
        return (template or _TEMPLATE) % fields + ".py"
    except (KeyError, ValueError, TypeError):
        return _TEMPLATE % fields + ".py"


def _links(_path: str, data: bytes) -> dict[str, Any] | None:
    """`revision`, and `down_revision` as a tuple, of a file of Python; None where they are no constants."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found: dict[str, Any] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value.elts if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) else [value]
            for name, one in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and isinstance(one, ast.expr):
                    try:
                        found[name.id] = ast.literal_eval(one)
                    except (ValueError, TypeError):
                        continue
    if not isinstance(found.get("revision"), str):
        return None
    down = found.get("down_revision")
    several = down if isinstance(down, tuple | list) else [down] if isinstance(down, str) else []
    return {"revision": found["revision"], "down_revision": tuple(map(str, several))}
