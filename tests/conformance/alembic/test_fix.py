"""The revision that `driftcheck fix` writes runs in the real Alembic, online and offline, forth and back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.cli.running import run

from ..catalog import Catalog, differences
from ..postgres import Server
from .case import Case, env
from .judge import write_case

_INI = "[alembic]\nscript_location = migrations\nfile_template = %%(year)d_%%(rev)s_%%(slug)s\n"
OLD = """
op.create_table(
    "users",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("mail", sa.String(30)),
    sa.Column("old", sa.Integer()),
    sa.Column("n", sa.Integer(), server_default="1"),
)
op.create_table("gone", sa.Column("id", sa.Integer(), nullable=False), sa.Column("t", sa.DateTime(timezone=True)))
op.create_index("by_mail", "users", ["mail"])
op.create_check_constraint("little", "users", "n < 9")
op.execute("CREATE TYPE mood AS ENUM ('a', 'b')")
"""
TRUTH = """
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE users (
    id serial PRIMARY KEY, mail varchar(60) NOT NULL UNIQUE, n integer DEFAULT 2, at time DEFAULT '12:30',
    m mood, CHECK (n > 0), CONSTRAINT little CHECK (n < 99)
);
CREATE INDEX by_n ON users (n DESC) WHERE n > 3;
CREATE INDEX by_lower ON users USING btree (lower(mail) text_pattern_ops);
CREATE TABLE posts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id integer REFERENCES users (id) ON DELETE CASCADE,
    data jsonb DEFAULT '{"a": ":b"}', tags text[] NOT NULL, price numeric(10,2),
    twice integer GENERATED ALWAYS AS (user_id * 2) STORED
);
CREATE UNIQUE INDEX ON posts (user_id) INCLUDE (price);
CREATE VIEW v AS SELECT id FROM users;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
"""
_ALEMBIC = "import sys; from alembic.config import main; main(sys.argv[1:])"
#: env.py for both modes.
BOTH = env().replace(
    'if context.is_offline_mode():\n    raise RuntimeError("not without a database")\n',
    "if context.is_offline_mode():\n    context.configure(url='postgresql+psycopg://', literal_binds=True)\n"
    "    with context.begin_transaction():\n        context.run_migrations()\n    raise SystemExit\n",
)


def alembic(root: Path, dsn: str, *words: str) -> str:
    environment = {**os.environ, "JUDGE_URL": dsn.replace("postgresql://", "postgresql+psycopg://", 1)}
    done = subprocess.run(
        [sys.executable, "-B", "-c", _ALEMBIC, *words],
        cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _ours(catalog: Catalog) -> Catalog:
    """Without Alembic's own table, and without the order in which columns were added."""
    return {
        kind: {
            name: {fact: value for fact, value in facts.items() if fact != "position"}
            for name, facts in things.items()
            if "alembic_version" not in name
        }
        for kind, things in catalog.items()
    }


def test_it_runs_forth_and_back(pg: Server, tmp_path: Path) -> None:
    files = {"migrations/env.py": BOTH, "schema.sql": TRUTH, "a": OLD}
    write_case(tmp_path, Case({**files, "alembic.ini": _INI}))
    with pg.database() as database:
        alembic(tmp_path, database.dsn, "upgrade", "heads")
        before = _ours(database.catalog())
        fixed = run(tmp_path, "fix", "--unsafe", "sql:schema.sql", "alembic:alembic.ini")
        assert fixed.returncode == 0, fixed.stdout + fixed.stderr
        (written,) = (tmp_path / "migrations" / "versions").glob("20*_follow_sql.py")
        assert "op.alter_column" in written.read_text()
        alembic(tmp_path, database.dsn, "upgrade", "heads")
        wanted = _ours(pg.catalog_of(TRUTH))
        assert differences(wanted, _ours(database.catalog())) == []
        offline = "\n".join(alembic(tmp_path, database.dsn, "upgrade", "heads", "--sql").splitlines())
        assert differences(wanted, _ours(pg.catalog_of(offline))) == []
        alembic(tmp_path, database.dsn, "downgrade", "-1")
        # A label of an enum is what nothing takes back: the revision says so.
        left = [one for one in differences(before, _ours(database.catalog())) if "mood" not in one]
        assert left == []
    assert run(tmp_path, "diff", "sql:schema.sql", "alembic:alembic.ini").returncode == 0


ROWS = """
op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("mail", sa.String(60)),
                sa.Column("old", sa.Integer()), sa.Column("n", sa.Integer(), server_default="1"))
op.create_table("gone", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("lost", sa.Column("gone_id", sa.Integer(), sa.ForeignKey("gone.id")))
op.execute("CREATE TYPE mood AS ENUM ('a', 'b')")
op.execute("CREATE TYPE size AS ENUM ('x', 'y')")
op.execute("ALTER TABLE users ADD COLUMN s size")
op.execute("CREATE VIEW lean AS SELECT mail FROM users")
op.execute("INSERT INTO users (id, mail, old, s) VALUES (1, 'a@example.org', 7, 'y')")
op.execute("INSERT INTO gone VALUES (5)")
"""
RICHER = """
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TYPE size AS ENUM ('y');
CREATE TABLE a_last (id serial PRIMARY KEY, w integer NOT NULL UNIQUE);
CREATE TABLE users (
    id serial PRIMARY KEY, mail varchar(30), n integer DEFAULT 2, s size, m mood DEFAULT 'c', must text NOT NULL,
    boss integer REFERENCES a_last (id)
);
CREATE TABLE z_first (id serial PRIMARY KEY, user_id integer REFERENCES users (id));
ALTER TABLE a_last ADD z integer REFERENCES z_first (id);
CREATE INDEX by_must ON users (must);
CREATE VIEW lean AS SELECT mail FROM users;
CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM z_first';
CREATE POLICY mine ON users USING (n % 2 = 0);
"""
#: What is left for somebody's decision.
_HELD = "    # destructive: "


def test_what_would_lose_something_is_a_comment_in_it(pg: Server, tmp_path: Path) -> None:
    files = {"migrations/env.py": BOTH, "schema.sql": RICHER, "a": ROWS}
    write_case(tmp_path, Case({**files, "alembic.ini": _INI}))
    with pg.database() as database:
        alembic(tmp_path, database.dsn, "upgrade", "heads")
        before = _ours(database.catalog())
        fixed = run(tmp_path, "fix", "sql:schema.sql", "alembic:alembic.ini")
        assert "users.must" in fixed.stdout.partition("rows want values first")[2], fixed.stdout + fixed.stderr
        (written,) = (tmp_path / "migrations" / "versions").glob("20*_follow_sql.py")
        text = written.read_text()
        for lost in (
            'op.execute("DROP TABLE public.gone CASCADE")',
            'op.drop_column("users", "old")',
            "TYPE size USING",
        ):
            assert any(lost in line for line in text.splitlines() if line.startswith(_HELD)), text
        alembic(tmp_path, database.dsn, "upgrade", "heads")
        alembic(tmp_path, database.dsn, "upgrade", "heads", "--sql")
        with psycopg.connect(database.dsn) as connection:
            kept = connection.execute("SELECT mail, old, must, m::text, gone.id FROM users, gone").fetchall()
        assert kept == [("a@example.org", 7, None, "c", 5)]
        alembic(tmp_path, database.dsn, "downgrade", "-1")
        assert [one for one in differences(before, _ours(database.catalog())) if "mood" not in one] == []
        written.write_text(text.replace(_HELD, "    "))
        alembic(tmp_path, database.dsn, "upgrade", "heads")
        assert differences(_ours(pg.catalog_of(RICHER)), _ours(database.catalog())) == []
