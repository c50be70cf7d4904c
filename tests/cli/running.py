"""Runs the real command in a process of its own, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .warm import warm

PIXCRAWLER = Path(__file__).parents[2] / "fixtures" / "pixcrawler"

SCHEMA_TS = """
import { pgTable, serial, varchar } from 'drizzle-orm/pg-core';
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: varchar('email', { length: 320 }).notNull(),
});
"""
SCHEMA_SQL = """
CREATE TABLE users (
    id serial PRIMARY KEY,
    email varchar(320) NOT NULL
);
"""
MODELS = """
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
"""


def quiet_environment() -> dict[str, str]:
    """This process's, but for what pytest says in it of the test that runs: kept answers belong to an environment."""
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}


def run(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`driftcheck WORDS` with `root` as the working directory; no terminal, no colour."""
    whole = quiet_environment() | environment
    server = warm()
    if server is not None and server.serves(whole):
        done = server.run(root, words, whole)
        return subprocess.CompletedProcess(["driftcheck", *words], done.status, done.stdout, done.stderr)
    return subprocess.run(
        [sys.executable, "-m", "driftcheck", *words], cwd=root, capture_output=True, text=True, check=False, env=whole
    )


def project(root: Path, **files: str) -> Path:
    """Three agreeing sources in `root`; `files` (`models`, `schema_ts`, `schema_sql`) replace what they hold."""
    texts = {"schema_ts": SCHEMA_TS, "schema_sql": SCHEMA_SQL, "models": MODELS, **files}
    for name, text in texts.items():
        path = root / {"schema_ts": "schema.ts", "schema_sql": "schema.sql", "models": "models.py"}[name]
        path.write_text(text)
    return root


SOURCES = ("drizzle:schema.ts", "sql:schema.sql", "sqlalchemy:models:Base")
