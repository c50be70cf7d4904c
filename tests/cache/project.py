"""A small project with all that a check can depend on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from driftcheck.cache.remember import Memory
from driftcheck.cache.secret import key
from driftcheck.cache.store import Store
from driftcheck.check import readings
from driftcheck.check.kept import KeptReadings
from driftcheck.config import SourceSpec
from driftcheck.errors import SourceError
from driftcheck.project import Project as Root
from driftcheck.reading import Reading

from ..cli.running import quiet_environment, run

CONFIG = """\
[sources]
drizzle = "drizzle:web/schema.ts"
sql = "sql:migrations"
models = "sqlalchemy:app.models:Base"

[[ignore]]
rule = "table-extra"
object = "public.nothing"
reason = "a table that once was"
"""
SCHEMA = """\
import { pgTable, integer } from "drizzle-orm/pg-core";
import { named } from "./names";
export const users = pgTable("users", { id: integer().primaryKey(), ...named });
"""
NAMES = """\
import { text } from "drizzle-orm/pg-core";
export const named = { name: text().notNull() };
"""
SQL = "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n"
MODELS = """\
from pathlib import Path

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .words import NAME

TABLE = Path(__file__).with_name("table.txt").read_text().strip()


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = TABLE
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(NAME)
"""
#: Without the source that takes longest, for tests to which it makes no difference.
STATIC = CONFIG.replace('models = "sqlalchemy:app.models:Base"\n', "")
FILES = {
    "driftcheck.toml": CONFIG,
    "web/schema.ts": SCHEMA,
    "web/names.ts": NAMES,
    "migrations/1.sql": SQL,
    "app/__init__.py": "",
    "app/models.py": MODELS,
    "app/words.py": "from sqlalchemy import Text\nNAME = Text()\n",
    "app/table.txt": "users\n",
}


class Project:
    """`root` holds the sources; answers are kept in a folder of its own."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = folder / "project"
        self.cache = folder / "cache"
        patch.setenv("DRIFTCHECK_CACHE_DIR", str(self.cache))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))  # of the key
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "driftcheck", "diff", "-C", str(self.root), *words]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quiet_environment()
        )

    def diff(self, *words: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        done = run(Path.cwd(), "diff", "-C", str(self.root), *words)
        return done.returncode, done.stdout, done.stderr

    def keep(self, *words: str) -> tuple[int, str, str]:
        """Makes the check until its answer is kept: it is not if anything else, an installed package say, is touched
        meanwhile, as other tests may do."""
        for _ in range(10):
            answer = self.diff(*words)
            if self.entries():
                break
        return answer

    def remember(self, *words: str) -> None:
        """Has the answer of the check kept, and marks it."""
        self.keep(*words)
        self.mark()

    def entries(self) -> list[Path]:
        return sorted(self.cache.glob("*/*.json"))

    def document(self) -> dict[str, Any]:
        """What is kept, whole: with the answer all that it depends on."""
        (entry,) = self.entries()
        document = self.store().get(entry.stem)
        assert document is not None
        return document

    def store(self) -> Store:
        """The store as this user's driftcheck has it."""
        secret = key()
        assert secret is not None
        return Store(self.cache, secret)

    def mark(self) -> None:
        """Makes the kept answer tell that it is the kept one."""
        (entry,) = self.entries()
        document = self.document()
        document["answer"]["text"] = "kept\n"
        self.store().put(entry.stem, document)

    def remembers(self, *words: str) -> bool:
        """Whether the check is answered from what is kept, if nothing is touched between it and the one before."""
        for _ in range(10):
            self.remember(*words)
            if self.is_kept(*words):
                return True
            for entry in self.entries():
                entry.unlink()
        return False

    def is_kept(self, *words: str) -> bool:
        """Whether the next answer is the one that was kept and marked."""
        return self.diff(*words)[1] == "kept\n"

    def holds(self) -> bool:
        """Whether the one answer that is kept would be given for the same request; asked here, and nothing is read."""
        (entry,) = self.entries()

        def find() -> dict[str, Any]:
            raise LookupError

        try:
            Memory(self.root, entry.stem).answer(find)
        except LookupError:
            return False
        return True


class Files:
    """All files below `root` as they are now, to be brought back."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._data = {path: path.read_bytes() for path in self._all()}

    def _all(self) -> list[Path]:
        return [path for path in self._root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]

    def restore(self) -> None:
        """All files as they were, and nothing of the others touched."""
        for path in set(self._all()) - set(self._data):
            path.unlink()
        for folder in sorted((path for path in self._root.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
        for path, data in self._data.items():
            if not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)


class Readings:
    """Reads sources below `root` as one run after the other would, each with nothing in memory."""

    def __init__(self, root: Path, specs: list[SourceSpec], patch: pytest.MonkeyPatch) -> None:
        self.root, self._specs = root, specs
        self._begun: list[str] = []
        self.last: dict[str, Reading] = {}
        start = readings._start

        def begin(project: Root, spec: SourceSpec, *rest: Any) -> Any:
            self._begun.append(spec.name)
            return start(project, spec, *rest)

        patch.setattr(readings, "_start", begin)

    def look(self) -> dict[str, str]:
        """For each source whether its reading was kept, made anew, or failed."""
        os.environ.pop("PYTEST_CURRENT_TEST", None)  # an entry is of one environment, and this is another in each phase
        found: dict[str, str] = {}
        self._begun.clear()
        with readings.reading(Root(self.root), self._specs, kept=KeptReadings()) as arrivals:
            for spec, arrive in arrivals:
                try:
                    self.last[spec.name] = arrive().reading
                    found[spec.name] = "anew" if spec.name in self._begun else "kept"
                except SourceError:
                    found[spec.name] = "failed"
        return found

    def settle(self) -> set[str]:
        """Reads until all is kept; what never is. Nothing is while anybody touches an installed package, say."""
        for _ in range(10):
            found = {kind for kind, how in self.look().items() if how != "kept"}
            if not found:
                break
        return found
