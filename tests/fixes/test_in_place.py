"""Edits of single columns: on the line that drifts, in that file's own names and style, they end the drift."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editing import mended

TRUTH = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE teams (id integer PRIMARY KEY, name varchar(80) NOT NULL);
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(320) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  team_id integer CONSTRAINT {key} REFERENCES teams (id) ON DELETE CASCADE,
  mood mood DEFAULT 'ok',
  score numeric(10, 2) NOT NULL DEFAULT 0,
  tags text[] NOT NULL DEFAULT '{{}}',
  meta jsonb DEFAULT '{{"a": [1, "b"]}}'
);
"""

_IMPORTS = """\
from sqlalchemy import *
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


class Base(DeclarativeBase):
    pass
"""

COLUMN = f"""{_IMPORTS}

class Team(Base):
    __tablename__ = "teams"
    id = Column(Integer, primary_key=True, autoincrement=False)
    title = Column("name", String(50))


class User(Base):
    __tablename__ = "users"
    id = Column(Uuid, primary_key=True)
    email = Column(Text, nullable=False)
    created_at = Column(DateTime)
    team_id = Column(Integer, ForeignKey("teams.id", name="users_team"))
    mood = Column(Enum("sad", "ok", name="mood"))
    score = Column(Numeric)
    tags = Column(ARRAY(Text))
    meta = Column(JSONB)
"""

MAPPED = f"""{_IMPORTS}

class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str | None] = mapped_column("name", String(50))


class User(Base):
    __tablename__ = "users"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime | None] = mapped_column()
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", name="users_team"))
    mood: Mapped[str | None] = mapped_column(Enum("sad", "ok", name="mood"))
    score: Mapped[Decimal | None] = mapped_column()
    tags: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    meta: Mapped[Any | None] = mapped_column(JSONB)
"""

TABLE = """\
from sqlalchemy import *
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()
teams = Table(
    "teams",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(50)),
)
users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False),
    Column("created_at", DateTime),
    Column("team_id", Integer, ForeignKey("teams.id", name="users_team")),
    Column("mood", Enum("sad", "ok", name="mood")),
    Column("score", Numeric),
    Column("tags", ARRAY(Text)),
    Column("meta", JSONB),
)
"""

FILES = {
    "Column": ("models.py", "sqlalchemy:models", "users_team", COLUMN),
    "mapped_column": ("models.py", "sqlalchemy:models", "users_team", MAPPED),
    "Table": ("models.py", "sqlalchemy:models", "users_team", TABLE),
}


def _fixed(root: Path, truth: str, style: str) -> str:
    name, source, _, text = FILES[style]
    (root / "truth.sql").write_text(truth)
    (root / name).write_text(text)
    mended(root, "truth=sql:truth.sql", source)
    changed = (root / name).read_text()
    compile(changed, name, "exec")
    return changed


@pytest.mark.parametrize("style", FILES)
def test_facts_of_columns(style: str, tmp_path: Path) -> None:
    text = FILES[style][3]
    changed = _fixed(tmp_path, TRUTH.format(key=FILES[style][2]), style)
    assert changed.count("Mapped[") == text.count("Mapped[")
    assert changed.splitlines()[0] == text.splitlines()[0]
