"""What sources say of their own tables and columns."""

from __future__ import annotations

from pathlib import Path

from driftcheck.check.descriptions import words_of
from driftcheck.project import Project
from driftcheck.readers import drizzle
from driftcheck.readers.sqlalchemy.docstrings import describe

from ..cli.running import run

SCHEMA = """\
/** About the file. */
import { integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';

/** When it was made. */
const made = text('made');
const shared = {
  /** Who made it, wherever. */
  maker: text('maker'),
};

/**
 * Who signed up.
 *
 * `id` is ours.
 * @see https://example.org
 */
export const users = pgTable('users', {
  /** Counted by us. */
  id: integer('id').primaryKey(),
  // no JSDoc
  name: text('name'),
  /** About nothing below. */

  /* nor this */
  other: text(),
  naïve: text('naïve'), /** behind, for the next: */
  next: text('next'),
  ...shared,
});

/** How they were. */
export const mood = pgEnum('mood', ['fine']);

export const posts = pgTable('posts', { id: integer() /** behind */ });
"""


def test_jsdoc_above_tables_and_columns(tmp_path: Path) -> None:
    (tmp_path / "schema.ts").write_text(SCHEMA)
    project = Project(tmp_path)
    assert words_of(drizzle.read("schema.ts", project).schema, project) == {
        ("public", "users"): "Who signed up.\n\n`id` is ours.",
        ("public", "users", "id"): "Counted by us.",
        ("public", "users", "next"): "behind, for the next:",
        ("public", "users", "maker"): "Who made it, wherever.",
        ("public", "mood"): "How they were.",
    }


def test_a_file_that_does_not_parse_whole_still_says_what_it_can(tmp_path: Path) -> None:
    (tmp_path / "schema.ts").write_text(SCHEMA + "export const broken = pgTable('x', {;\n")
    project = Project(tmp_path)
    assert words_of(drizzle.read("schema.ts", project).schema, project)["public", "users", "id"] == "Counted by us."


MODELS = '''\
from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All models."""


class Stamped:
    #: When it
    #: was made.
    made: Mapped[str] = mapped_column(String(9))


class User(Stamped, Base):
    """Who signed up.

    Once.
    """

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True, doc="Counted by us.")
    name: Mapped[str] = mapped_column(
        String(20),
    )
    """What people call them."""
    mail: Mapped[str] = mapped_column(String(20), comment="Where letters go.", doc="less than a comment")


tags = Table("tags", Base.metadata, Column("id", Integer, primary_key=True))
"""Words on things."""
'''


def test_docstrings_of_models_and_what_is_beside_columns(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(MODELS)
    done = run(tmp_path, "export", "sqlalchemy:models:Base", "--to", "markdown")
    assert done.returncode == 0, done.stderr
    users = done.stdout[done.stdout.index("### users") :]
    assert "Who signed up.\n\nOnce.\n" in users
    for name, words in {
        "id": "Counted by us.",
        "name": "What people call them.",
        "mail": "Where letters go.",
        "made": "When it was made.",
    }.items():
        row = next(line for line in users.splitlines() if line.startswith(f"| `{name}` |"))
        assert row.endswith(f"| {words} |")
    assert "Words on things." in done.stdout
    assert "less than" not in done.stdout


def test_python_that_is_too_new_or_none_says_nothing() -> None:
    assert describe("class A(:\n", [(1, 1)]) == {}
    assert describe("(" * 5_000, [(1, 1)]) == {}
    assert describe("", [(7, 1)]) == {}
