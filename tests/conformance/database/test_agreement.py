"""A database and the SQL that made it never drift from each other, whatever is in it and whoever looks."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from driftcheck.model import Schema
from driftcheck.normalize.views import columns_of_views
from driftcheck.writers.sql import write

from ...writers.strategies import schemas
from ..archetype import PRODUCTION, ROOT
from ..postgres import SUPABASE, BuildError, Server
from .reading import both_ways, database, declared, drift, not_compared, script

CASES = sorted((Path(__file__).parents[1] / "sql" / "cases").glob("*.sql"))
FIXTURES = sorted(path for path in (ROOT.parent / "cases").glob("*/schema.sql") if "gap" not in path.parent.name)
_JUDGED = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_every_kind_of_statement(case: Path, pg: Server) -> None:
    if case.stem == "postgres_18" and pg.version < 18:
        pytest.skip("needs PostgreSQL 18")
    with pg.database() as made:
        made.replay(case)
        declared_views, found = script(case), database(made.dsn)
        assert both_ways(declared_views, found) == []
        for source in (declared_views, found):
            _views_give_what_the_server_says(made.dsn, source.schema)


_GIVEN = """SELECT n.nspname, c.relname, a.attname, format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid), a.atttypmod)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN pg_type t ON t.oid = a.atttypid WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^(pg_|information_schema)'
    AND a.attnum > 0 ORDER BY c.oid, a.attnum"""


_LENGTH = re.compile(r" ?\([^)]*\)")


def _views_give_what_the_server_says(dsn: str, schema: Schema) -> None:
    """Names and types of columns as far as they are known; of a domain what it is made of, and no length."""
    found = columns_of_views(schema)
    real: dict[tuple[str, str], list[tuple[str, str]]] = {}
    with psycopg.connect(dsn) as connection:
        for namespace, view, column, kind in connection.execute(_GIVEN):
            real.setdefault((namespace, view), []).append((column, _LENGTH.sub("", kind.removeprefix("public."))))
    for key, columns in found.items():
        assert [name for name, _ in columns] == [name for name, _ in real[key]], key
        for (name, kind), (_, expected) in zip(columns, real[key], strict=True):
            said = None if kind is None else _LENGTH.sub("", str(kind).removeprefix("public."))
            assert said in (None, expected), (key, name)
    assert 2 * len(found) >= len(real)


def test_every_fixture(pg: Server) -> None:
    """But those that want what not every server has: a collation, an extension."""
    compared = 0
    for path in FIXTURES:
        with pg.database(SUPABASE) as made:
            try:
                made.replay(path)
            except BuildError:
                continue
            assert (path, both_ways(script(path), database(made.dsn))) == (path, [])
            compared += 1
    assert compared > 70


@_JUDGED
@given(schema=schemas())
def test_random_schemas(pg: Server, schema: Schema) -> None:
    with pg.database() as made:
        made.execute(write(schema))
        assert both_ways(declared(schema), database(made.dsn)) == []


def test_a_role_with_nothing_but_connect(pg: Server) -> None:
    """It sees all that there is, and what a platform keeps is left out, and counted."""
    with pg.database(SUPABASE) as made:
        made.replay(ROOT / PRODUCTION)
        made.execute("CREATE ROLE watcher LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC")
        dsn = psycopg.conninfo.make_conninfo(made.dsn, user="watcher")
        with psycopg.connect(dsn) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM public.profiles")
        sql, seen = script(ROOT / PRODUCTION), database(dsn)
        assert both_ways(sql, seen) == []
        assert seen.schema == database(made.dsn).schema
        said = {(one.kind, one.count): one.reason for one in not_compared(sql, seen)}
        assert "keeps them in auth, storage; compared as far as" in said["tables", 3]


def test_what_the_role_may_not_read_is_said(pg: Server) -> None:
    with pg.database() as made:
        made.execute("CREATE TABLE t (a int); CREATE ROLE blind LOGIN; REVOKE SELECT ON pg_proc, pg_policy FROM PUBLIC")
        found = database(psycopg.conninfo.make_conninfo(made.dsn, user="blind")).reading
        assert [(str(gap.location), gap.what, gap.why) for gap in found.gaps] == [
            (f"localhost/{made.name}", "policies", "the role may not read them: permission denied for table pg_policy"),
            (f"localhost/{made.name}", "functions", "the role may not read them: permission denied for table pg_proc"),
            (f"localhost/{made.name}", "comments", "the role may not read them: permission denied for table pg_policy"),
            (f"localhost/{made.name}", "unmodelled", "the role may not read them: permission denied for table pg_proc"),
        ]
        assert {"policies", "functions"} <= found.schema.unknown
        assert [str(table) for table in found.schema.tables] == ["public.t"]


OF_A_PROJECT = """
CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users (id), email text DEFAULT auth.email());
CREATE FUNCTION handle_new_user() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION handle_new_user();
CREATE POLICY files ON storage.objects FOR INSERT TO authenticated WITH CHECK (owner = auth.uid());
"""


def test_what_a_project_adds_to_a_platforms_tables_is_its_own(pg: Server, tmp_path: Path) -> None:
    """Its triggers and policies there are compared; what the platform has beside them is not, unless it is declared."""
    path = tmp_path / "schema.sql"
    path.write_text(OF_A_PROJECT)
    with pg.database(SUPABASE) as made:
        made.replay(path)
        assert both_ways(script(path), database(made.dsn)) == []
        made.execute("DROP TRIGGER on_auth_user_created ON auth.users; DROP POLICY files ON storage.objects")
        made.execute("CREATE FUNCTION auth.own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
        made.execute("CREATE TRIGGER platforms AFTER INSERT ON auth.users EXECUTE FUNCTION auth.own()")
        assert {message[:5] for message in drift(script(path), database(made.dsn))} == {"DR711", "DR821"}
        path.write_text("CREATE SCHEMA storage;\nCREATE TABLE storage.buckets (id text);\n")
        assert any("storage.buckets" in message for message in drift(script(path), database(made.dsn)))


def test_a_foreign_table_has_its_server_and_options(pg: Server, tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    path.write_text(
        "CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\n"
        "CREATE FOREIGN TABLE f (a int NOT NULL, b text) SERVER s OPTIONS (z 'last', \"Schema\" 'a=b');\n"
    )
    with pg.database() as made:
        made.replay(path)
        assert both_ways(script(path), database(made.dsn)) == []
        made.execute("ALTER FOREIGN TABLE f OPTIONS (SET z 'other')")
        (found,) = drift(script(path), database(made.dsn))
        assert "other" in found


def test_a_dump_makes_the_collations_that_it_needs(pg: Server, tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    path.write_text(
        "CREATE COLLATION \"Own one\" (provider = libc, locale = 'C');\n"
        "CREATE COLLATION split (lc_collate = 'C', lc_ctype = 'POSIX');\n"
        'CREATE TABLE t (a text COLLATE "Own one", b text COLLATE split);\n'
    )
    with pg.database() as made, pg.database() as again:
        made.replay(path)
        found = database(made.dsn)
        assert both_ways(script(path), found) == []
        again.replay(write(found.schema))
        assert both_ways(found, database(again.dsn)) == []
        assert len(database(again.dsn).schema.collations) == 2
