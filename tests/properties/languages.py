"""The three languages: how a schema is written in each, and read by its real reader."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import driftcheck.worker as worker_room
from driftcheck.model import Location
from driftcheck.normalize import normalize
from driftcheck.readers import drizzle, sql
from driftcheck.readers.sqlalchemy.capabilities import capabilities
from driftcheck.readers.sqlalchemy.model import Build
from driftcheck.reading import Reading, Source
from driftcheck.worker.answer import Description, understood

from . import write_drizzle, write_sql, write_sqlalchemy
from .spec import Schema, Text

WRITERS: dict[str, Callable[[Schema, Random], Text]] = {
    "drizzle": write_drizzle.write,
    "sql": write_sql.write,
    "sqlalchemy": write_sqlalchemy.write,
}
NAMES = tuple(WRITERS)
#: The file that a text in each language is in; models are imported, and so have one of their own each time.
FILES = {"drizzle": "schema.ts", "sql": "schema.sql", "sqlalchemy": "models_{}.py"}


@dataclass(frozen=True)
class Side:
    """A schema in one language: as text, and as it was read."""

    text: Text
    source: Source


class Languages:
    """Writes and reads schemas below one folder; `close` ends the process that SQLAlchemy runs in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root
        self._numbers = itertools.count()
        worker = Path(worker_room.__file__).parent / "inside"
        script = Path(__file__).with_name("sqlalchemy_process.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script), str(worker), str(root)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def close(self) -> None:
        self._process.communicate(timeout=30)

    def side(self, language: str, schema: Schema, style: int) -> Side:
        """`schema` written in `language` in the spelling number `style`, and read. A gap is a bug."""
        text = WRITERS[language](schema, Random(style))
        return Side(text, self.source(language, str(text)))

    def source(self, language: str, text: str) -> Source:
        """What `text` says, which stays in the file at `path`. A gap is a bug."""
        self.path = self.root / FILES[language].format(next(self._numbers))
        self.path.write_text(text)
        reading = {"drizzle": self._drizzle, "sql": self._sql, "sqlalchemy": self._sqlalchemy}[language](self.path)
        assert reading.gaps == (), (reading.gaps, text)
        return Source(language, language, replace(reading, schema=normalize(reading.schema)))

    def _drizzle(self, path: Path) -> Reading:
        return drizzle.read(path.name, self.root)

    def _sql(self, path: Path) -> Reading:
        return sql.read(path.name, self.root)

    def _sqlalchemy(self, path: Path) -> Reading:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        document = json.loads(self._process.stdout.readline())
        answer = understood(json.dumps(document).encode(), Description)
        assert isinstance(answer, Description), (document["error"], path.read_text())
        build = Build(answer, self.root, Location(path.name))
        return Reading(
            build.schema, capabilities(answer), (path.name,), gaps=tuple(build.gaps), home=Location(path.name)
        )
