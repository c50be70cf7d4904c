"""What revisions come to: statements at their lines, and what they ask answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.project import Project
from driftcheck.readers.alembic.settings import settings
from driftcheck.reading import Reading

from .conftest import ENV, Revisions, written


def places(reading: Reading, table: str = "t") -> dict[str, str]:
    (found,) = [one for one in reading.schema.tables if one.name == table]
    items = (*found.columns, *found.uniques, *found.checks, *found.foreign_keys, *found.indexes)
    found = {item.name: item.location for item in items}
    found |= {f"{item.name}.{fact}": place for item in items for fact, place in item.places if fact == "type"}
    return {name: str(place).partition("versions/")[2] for name, place in found.items()}


def test_each_fact_is_at_the_line_that_set_it_last(revisions: Revisions) -> None:
    reading = revisions(
        {
            "a": """
                op.create_table(
                    "t",
                    sa.Column("id", sa.Integer(), nullable=False),
                    sa.Column("name", sa.String(20)),
                    sa.CheckConstraint("id > 0", name="positive"),
                    sa.UniqueConstraint("name", name="once"),
                )
            """,
            "b": """
                for name in ("x", "y"):
                    op.add_column("t", sa.Column(name, sa.Integer()))
                op.alter_column(
                    "t", "name", type_=sa.Text()
                )
            """,
            "c": '''
                op.execute("""
                    ALTER TABLE t
                        ADD COLUMN z bigint,
                        ADD CONSTRAINT small CHECK (z < 9)
                """)
                with op.batch_alter_table("t") as batch:
                    batch.add_column(sa.Column("w", sa.Date()))
                    batch.create_index("by_w", ["w"])
            ''',
        }
    )
    assert not reading.gaps
    assert places(reading) == {
        "id": "a.py:7", "name": "a.py:8", "name.type": "b.py:7", "positive": "a.py:9", "once": "a.py:10",
        "x": "b.py:6", "y": "b.py:6", "z": "c.py:7", "small": "c.py:8", "w": "c.py:11", "by_w": "c.py:12",
    }  # fmt: skip


def test_a_helper_outside_leaves_the_place_to_the_revision(revisions: Revisions) -> None:
    reading = revisions(
        {
            "helpers.py": "from alembic import op\nimport sqlalchemy as sa\n"
            "def standard(name):\n    op.create_table(name, sa.Column('id', sa.Integer(), primary_key=True))\n",
            "a": "from helpers import standard\nstandard('t')",
        }
    )
    assert places(reading) == {"id": "a.py:6"}


ASKS = {
    "whether a table is there": """
        if not sa.inspect(op.get_bind()).has_table("t"):
            op.create_table("t", sa.Column("a", sa.Integer()))
        if sa.inspect(op.get_bind()).has_table("t"):
            op.add_column("t", sa.Column("b", sa.Integer()))
    """,
    "which columns there are": """
        op.create_table("t", sa.Column("a", sa.Integer()))
        names = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("t")]
        assert names == ["a"], names
        op.add_column("t", sa.Column("b", sa.Integer()))
    """,
    "whether a type is there": """
        mood = sa.dialects.postgresql.ENUM("sad", "ok", name="mood")
        mood.create(op.get_bind(), checkfirst=True)
        mood.create(op.get_bind(), checkfirst=True)
        op.create_table("t", sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()))
    """,
    "the information schema, with a parameter": """
        op.execute("CREATE TABLE t (a integer)")
        query = sa.text("SELECT column_name FROM information_schema.columns WHERE table_name = :name")
        found = op.get_bind().execute(query, {"name": "t"}).scalars().all()
        assert found == ["a"], found
        op.execute("ALTER TABLE t ADD COLUMN b integer")
    """,
    "pg_type": """
        found = op.get_bind().execute(sa.text("SELECT 1 FROM pg_type WHERE typname = 'mood'")).scalar()
        assert found is None
        op.execute("CREATE TYPE mood AS ENUM ('sad')")
        found = op.get_bind().execute(sa.text("SELECT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood')")).scalar()
        assert found is True
        op.execute("CREATE TABLE t (a integer, b integer)")
    """,
    "the name of the dialect": """
        assert op.get_bind().dialect.name == "postgresql"
        assert op.get_context().dialect.server_version_info >= (15,)
        op.create_table("t", sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()))
    """,
    "Alembic's context": """
        from alembic import context
        assert not context.is_offline_mode()
        with context.get_context().autocommit_block():
            op.execute("CREATE TABLE t (a integer)")
        op.execute("ALTER TABLE t ADD COLUMN b integer")
    """,
    "an engine of its own": """
        engine = sa.create_engine("postgresql://nobody@nowhere/nothing")
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE t (a integer)"))
        op.execute("ALTER TABLE t ADD COLUMN b integer")
    """,
}


@pytest.mark.parametrize("body", ASKS.values(), ids=ASKS)
def test_what_it_asks_is_answered(revisions: Revisions, body: str) -> None:
    reading = revisions({"a": body})
    assert not reading.gaps
    assert [column.name for column in reading.schema.tables[0].columns] == ["a", "b"]


def test_rows_are_none_and_said(revisions: Revisions) -> None:
    reading = revisions(
        {
            "a": """
                op.create_table("t", sa.Column("a", sa.Integer()))
                op.bulk_insert(sa.table("t", sa.column("a")), [{"a": 1}])
                for row in op.get_bind().execute(sa.text("SELECT a FROM t")):
                    op.execute(f"UPDATE t SET a = {row.a} + 1")
                assert op.get_bind().execute(sa.text("SELECT count(*) FROM t")).scalar() == 0
            """
        }
    )
    assert not reading.gaps
    assert any("migrations/versions/a.py:7" in note and "there are none" in note for note in reading.notes)


def test_what_waits_for_rows_to_change_ends(revisions: Revisions) -> None:
    body = """
        op.create_table("t", sa.Column("a", sa.Integer()))
        while op.get_bind().execute(sa.text("UPDATE t SET a = 1 WHERE a IS NULL")).rowcount > 0:
            pass
    """
    assert not revisions({"a": body}).gaps


def test_a_setting_of_the_flask_app_is_not_known(revisions: Revisions) -> None:
    reading = revisions(
        {
            "migrations/env.py": "from flask import current_app\n" + ENV,
            "a": """
                from flask import current_app
                name = current_app.config["TABLE"]
                op.create_table("t", sa.Column("a", sa.Integer()))
                op.execute(f"CREATE TABLE {name} (a integer)")
            """,
        }
    )
    (gap,) = reading.gaps
    assert "a setting of the Flask app is in it" in gap.why
    assert any("TABLE" in caution for caution in reading.cautions)


def test_what_a_module_asks_when_it_is_loaded(revisions: Revisions) -> None:
    head = "import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = 'a', None\n"
    body = "bind = op.get_bind()\ndef upgrade():\n    bind.execute(sa.text('CREATE TABLE t (a integer)'))\n"
    assert len(revisions({"migrations/versions/a.py": head + body}).schema.tables) == 1


def test_a_revision_that_raises_costs_itself(revisions: Revisions) -> None:
    reading = revisions(
        {
            "a": """
                op.create_table("t", sa.Column("a", sa.Integer()))
                raise RuntimeError("no more")
                op.add_column("t", sa.Column("b", sa.Integer()))
            """,
            "b": 'op.create_table("u", sa.Column("a", sa.Integer()))',
        }
    )
    (gap,) = reading.gaps
    assert (str(gap.location), gap.why) == ("migrations/versions/a.py:6", "it raises RuntimeError: no more")
    tables = {table.name: table for table in reading.schema.tables}
    assert "columns" in tables["t"].unknown
    assert not tables["u"].unknown


def test_a_revision_that_cannot_be_loaded_costs_itself(revisions: Revisions) -> None:
    reading = revisions(
        {
            "a": 'op.create_table("t", sa.Column("a", sa.Integer()))',
            "migrations/versions/b.py": "revision, down_revision = 'b', 'a'\nrevision = 'b'\ndown_revision = 'a'\n"
            "import nothing_of_the_sort\ndef upgrade():\n    pass\n",
            "migrations/versions/c.py": "revision = 'c'\ndown_revision = 'b'\ndef upgrade():\n  ]\n",
        },
        stub_missing=False,
    )
    assert [str(gap.location) for gap in reading.gaps] == ["migrations/versions/b.py:4", "migrations/versions/c.py:4"]
    assert [table.name for table in reading.schema.tables] == ["t"]


def test_what_was_there_before_is_said_once(revisions: Revisions) -> None:
    bodies = {
        "a": """
            op.add_column("users", sa.Column("tier", sa.String(20), nullable=False))
            op.create_index("by_mail", "users", ["mail"])
            op.create_table("t", sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")))
        """,
        "b": 'op.alter_column("posts", "title", type_=sa.Text())',
    }
    reading = revisions(bodies)
    (gap,) = [gap for gap in reading.gaps if "do not begin with an empty database" in gap.why]
    assert "no revision makes posts, users:" in gap.why
    assert "after = " in gap.why
    assert {"t", "users"} <= {table.name for table in reading.schema.tables}
    assert len(reading.gaps) == 1


def test_what_was_there_before_may_be_named(revisions: Revisions) -> None:
    reading = revisions(
        {
            "db/baseline.sql": "CREATE TABLE users (id integer PRIMARY KEY, mail text);",
            "a": 'op.add_column("users", sa.Column("tier", sa.String(20)))',
        },
        after="db/baseline.sql",
    )
    assert not reading.gaps
    assert [column.name for column in reading.schema.tables[0].columns] == ["id", "mail", "tier"]


@pytest.mark.parametrize(
    ("env", "models"),
    [
        ("from models import Base\ntarget_metadata = Base.metadata\n", "Base = declarative_base(metadata=MetaData("),
        ("import flask\ntarget_metadata = flask.current_app.db.metadata\n", "db = dict(metadata=MetaData("),
    ],
    ids=["of env.py", "written down"],
)
def test_constraints_have_the_names_of_the_models(revisions: Revisions, env: str, models: str) -> None:
    convention = "{'pk': 'pk_%(table_name)s', 'uq': 'uq_%(table_name)s_%(column_0_name)s'}"
    reading = revisions(
        {
            "migrations/env.py": env + "raise SystemExit('env.py was run')\n",
            "models.py": "from sqlalchemy import MetaData\nfrom sqlalchemy.orm import declarative_base\n"
            f"{models}naming_convention={convention}))\n",
            "a": 'op.create_table("t", sa.Column("a", sa.Integer(), primary_key=True), sa.UniqueConstraint("a"))',
        }
    )
    (table,) = reading.schema.tables
    assert table.primary_key is not None
    assert table.primary_key.name == "pk_t"


def test_branches_and_dependencies_are_followed_to_all_heads(revisions: Revisions) -> None:
    head = "import sqlalchemy as sa\nfrom alembic import op\n"

    def revision(name: str, down: str, more: str, body: str) -> str:
        return f"{head}revision, down_revision = {name!r}, {down}\n{more}\ndef upgrade():\n    {body}\n"

    make = 'op.create_table("{}", sa.Column("id", sa.Integer()))'
    reading = revisions(
        {
            "alembic.ini": "[alembic]\nscript_location = migrations\n"
            "version_locations = migrations/versions, other/versions\n",
            "migrations/versions/z.py": revision("z", "None", "branch_labels = ('main',)", make.format("first")),
            "migrations/versions/y.py": revision("y", "'z'", "", make.format("left")),
            "migrations/versions/x.py": revision("x", "'z'", "", make.format("right")),
            "migrations/versions/w.py": revision("w", "('y', 'x')", "", "op.drop_table('left')"),
            "other/versions/v.py": revision("v", "None", "depends_on = 'w'", make.format("apart")),
        }
    )
    assert not reading.gaps
    assert {table.name for table in reading.schema.tables} == {"first", "right", "apart"}
    assert any(note.startswith("2 heads") for note in reading.notes)


def test_it_stops_where_it_is_told_to(revisions: Revisions) -> None:
    files = {
        "a": 'op.create_table("t", sa.Column("a", sa.Integer()))',
        "b": 'op.add_column("t", sa.Column("b", sa.Integer()))',
    }
    assert [column.name for column in revisions(files, "alembic.ini@a").schema.tables[0].columns] == ["a"]
    assert len(revisions(files, "migrations@b").schema.tables[0].columns) == 2
    with pytest.raises(SourceError, match="Can't locate revision"):
        revisions(files, "alembic.ini@nonsense")


def test_env_runs_where_that_is_wanted(revisions: Revisions) -> None:
    env = """
        from alembic import context
        from sqlalchemy import engine_from_config, text
        def run():
            connectable = engine_from_config({"sqlalchemy.url": "postgresql://x"})
            with connectable.connect() as connection:
                connection.execute(text("CREATE SCHEMA app"))
                connection.execute(text("SET search_path TO app"))
                context.configure(connection=connection, version_table="revisions")
                with context.begin_transaction():
                    context.run_migrations()
        assert not context.is_offline_mode()
        run()
    """
    files = {"migrations/env.py": env, "a": 'op.create_table("t", sa.Column("a", sa.Integer()))'}
    reading = revisions(files, run_env=True)
    assert not reading.gaps
    assert [(table.schema, table.name) for table in reading.schema.tables] == [("app", "t")]


def test_the_section_and_pyproject(revisions: Revisions, tmp_path: Path) -> None:
    files = {
        "alembic.ini": "[alembic]\nscript_location = nowhere\n[other]\nscript_location = %(here)s/migrations\n",
        "pyproject.toml": "[tool.alembic]\nscript_location = '%(here)s/migrations'\n",
        "a": 'op.create_table("t", sa.Column("a", sa.Integer()))',
    }
    for location in ("alembic.ini#other", "pyproject.toml", "migrations"):
        assert len(revisions(files, location).schema.tables) == 1
    for location, why in (
        ("alembic.ini", "names the folder nowhere"),
        ("alembic.ini#third", r"has no section \[third\]"),
        ("gone.ini", "does not exist"),
        ("migrations/versions", "there are no revisions in"),
    ):
        with pytest.raises(SourceError, match=why):
            revisions(files, location)


def test_where_a_config_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    written(tmp_path, {"app/alembic.ini": "[alembic]\n[core]\nscript_location = core\n[tenant]\nscript_location = x\n"})
    with pytest.raises(SourceError) as caught:
        settings("app/alembic.ini", Project(tmp_path))
    assert caught.value.hint == "other sections have one: write app/alembic.ini#core or app/alembic.ini#tenant"
    elsewhere = "[alembic]\nscript_location = /usr/src/app/migrations\n"
    written(tmp_path, {"migrations/alembic.ini": elsewhere, "migrations/env.py": "", "a": "pass"})
    found = settings("migrations/alembic.ini", Project(tmp_path))
    assert (found.script, found.directory) == (tmp_path / "migrations", tmp_path)


def test_an_interpreter_without_alembic_is_told_of(revisions: Revisions, tmp_path: Path) -> None:
    import subprocess
    import sys

    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    with pytest.raises(SourceError, match="there is no Alembic in bare/bin/python") as caught:
        revisions({"a": "pass"}, python="bare")
    assert "pip install alembic" in (caught.value.hint or "")


def test_a_schema_that_was_there_before_is_no_other_s(revisions: Revisions) -> None:
    reading = revisions(
        {
            "a": """
                op.add_column("t", sa.Column("a", sa.Integer()), schema="app")
                op.create_table("u", sa.Column("b", sa.Integer()), schema="app")
                op.execute('ALTER TABLE app.t RENAME CONSTRAINT one TO other')
                op.execute('ALTER TABLE app.t ALTER COLUMN b TYPE text')
            """
        }
    )
    (gap,) = reading.gaps
    assert "no revision makes app.t:" in gap.why
    tables = {table.name: table for table in reading.schema.tables}
    assert [column.name for column in tables["t"].columns] == ["a"]
    assert ("columns" in tables["t"].unknown, "columns" in tables["u"].unknown) == (True, False)
    assert "tables" in reading.schema.unknown
