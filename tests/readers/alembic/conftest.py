"""Projects of revisions, written in a few lines."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.readers.alembic import Options, read
from driftcheck.reading import Reading

#: An env.py that nothing may run.
ENV = "raise SystemExit('env.py was run')\n"
#: Reads a project whose revisions are given by their names: the body of each `upgrade()`, or a whole file.
Revisions = Callable[..., Reading]


def written(root: Path, files: dict[str, str]) -> None:
    """Files by their paths; `rNAME` is the body of `upgrade()` of a revision that follows the one before."""
    previous: str | None = None
    for name, text in files.items():
        text = textwrap.dedent(text).strip("\n") + "\n"
        if "/" not in name and "." not in name:
            body = textwrap.indent(text, "    ") or "    pass\n"
            head = (
                f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = {name!r}, {previous!r}\n"
            )
            previous, name, text = name, f"migrations/versions/{name}.py", f"{head}def upgrade():\n{body}"
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def revisions(tmp_path: Path) -> Revisions:
    """Reads what is written in `tmp_path`, a project with an alembic.ini."""

    def act(files: dict[str, str], location: str = "alembic.ini", **options: object) -> Reading:
        defaults = {"alembic.ini": "[alembic]\nscript_location = migrations\n", "migrations/env.py": ENV}
        written(tmp_path, {**defaults, **files})
        return read(location, tmp_path, Options(**options))  # type: ignore[arg-type] # by their names

    return act
