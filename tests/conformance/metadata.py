"""`metadata.create_all`: the native way of SQLAlchemy models into a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import importlib, sys
from sqlalchemy import MetaData, create_engine, schema
module, _, attribute = sys.argv[1].partition(":")
found = importlib.import_module(module)
for part in filter(None, attribute.split(".")):
    found = getattr(found, part)
metadata = found if isinstance(found, MetaData) else found.metadata
url = sys.argv[2].replace("postgresql://", "postgresql+psycopg://", 1)
engine = create_engine(url)
with engine.begin() as connection:
    for name in sorted({table.schema for table in metadata.tables.values() if table.schema}):
        connection.execute(schema.CreateSchema(name, if_not_exists=True))
    metadata.create_all(connection)
engine.dispose()
"""


class CreateAllError(AssertionError):
    """The models could not be imported or created; the message is the traceback."""


def create_all(location: str, root: Path, dsn: str, *, python: str = sys.executable) -> None:
    """Create what `location` (`module:attribute`, as a `sqlalchemy:` source) declares in the database at `dsn`.

    Schemas that tables name are made first; extensions are the prelude's business. Runs in a process of its own, in
    `root`, because projects' packages may shadow libraries (an `alembic/` folder) and cannot be imported twice.
    """
    done = subprocess.run(
        [python, "-B", "-c", _PROGRAM, location, dsn],
        cwd=root, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CreateAllError(done.stderr.strip())
