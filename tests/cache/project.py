"""A small project with all that a check can depend on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from driftcheck.cache.secret import key
from driftcheck.cache.store import Store

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
        # pytest says in its environment which part of which test it runs; an answer belongs to one environment.
        environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)

    def diff(self, *words: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        process = self.start(*words)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors

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
