"""The judge itself: what it sees, and that it can say no."""

from __future__ import annotations

from pathlib import Path

import pytest

from .catalog import assert_same_catalog, differences
from .drizzle import DrizzleKit, DrizzleKitError
from .metadata import CreateAllError, create_all
from .postgres import SUPABASE, BuildError, Server

#: A statement, the kind of object it makes or changes, and that object's name.
STATEMENTS = [
    ("CREATE SCHEMA s", "namespace", "s"),
    ("CREATE EXTENSION vector", "extension", "vector"),
    ("CREATE ROLE somebody CREATEDB", "role", "somebody"),
    ("CREATE TABLE t (a int)", "column", "public.t.a"),
    ("CREATE UNLOGGED TABLE t () WITH (fillfactor = 70)", "table", "public.t"),
    ("CREATE TABLE t (a int PRIMARY KEY)", "constraint", "public.t.t_pkey"),
    ("CREATE TABLE t (a int); CREATE INDEX i ON t (a)", "index", "public.i"),
    ("CREATE TYPE e AS ENUM ('b', 'a')", "enum", "public.e"),
    ("CREATE DOMAIN d AS text CHECK (VALUE <> '')", "domain", "public.d"),
    ("CREATE TYPE c AS (a int, b text)", "composite", "public.c"),
    ("CREATE TYPE r AS RANGE (subtype = time)", "range", "public.r"),
    ("CREATE TABLE t (a serial)", "sequence", "public.t_a_seq"),
    ("CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY)", "sequence", "public.t_a_seq"),
    ("CREATE VIEW v AS SELECT 1 AS one", "view", "public.v"),
    ("CREATE TABLE t (); CREATE POLICY p ON t TO anon USING (true)", "policy", "public.t.p"),
    ("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "function", "public.f(integer)"),
    ("CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)", "function", "public.total(integer)"),
    (
        "CREATE TABLE t (); CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "trigger",
        "public.t.g",
    ),
    ("CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'x'", "comment", "public.t.a"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "kind", "name"), STATEMENTS, ids=[name for _, _, name in STATEMENTS])
def test_a_catalog_holds_what_was_made(pg: Server, statement: str, kind: str, name: str) -> None:
    assert name in pg.catalog_of(statement)[kind]


def test_an_empty_database_holds_nothing(pg: Server) -> None:
    assert not any(pg.catalog_of("").values())


def test_the_prelude_is_left_out_unless_it_was_changed(pg: Server) -> None:
    assert not any(pg.catalog_of("", prelude=SUPABASE).values())
    changed = pg.catalog_of("ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY", prelude=SUPABASE)
    assert set(changed["table"]) == {"storage.objects"}


def test_databases_and_roles_do_not_outlive_their_case(pg: Server) -> None:
    first = pg.catalog_of("CREATE ROLE passing; CREATE TABLE t ()")
    assert "passing" in first["role"]
    assert not any(pg.catalog_of("").values())


def test_scripts_run_as_psql_runs_them(pg: Server) -> None:
    """One transaction would refuse the new label's use, and CONCURRENTLY; psql's own commands are no SQL."""
    catalog = pg.catalog_of(
        "\\set ON_ERROR_ROLLBACK off\nCREATE TYPE e AS ENUM ('a');\nALTER TYPE e ADD VALUE 'b';\n"
        "CREATE TABLE t (a e DEFAULT 'b');\nCREATE INDEX CONCURRENTLY i ON t (a);\nCOPY t FROM stdin;\nb\n\\.\n"
    )
    assert catalog["column"]["public.t.a"]["default"] == "'b'::public.e"


def test_differences_are_told_one_by_one(pg: Server) -> None:
    expected = pg.catalog_of("CREATE TABLE t (a int NOT NULL, b int)")
    actual = pg.catalog_of("CREATE TABLE t (a bigint, c int)")
    assert [line.partition(" ")[2].split(", is")[0] for line in differences(expected, actual)] == [
        "public.t.b: missing",
        f"public.t.c: extra: {actual['column']['public.t.c']}",
        "public.t.a.notnull: expected True",
        "public.t.a.type: expected 'integer'",
    ]
    with pytest.raises(AssertionError, match=r"public\.t\.b: missing"):
        assert_same_catalog(expected, actual)


def test_what_postgresql_refuses_fails_with_its_own_words(pg: Server) -> None:
    with pytest.raises(BuildError, match='relation "nowhere" does not exist'):
        pg.catalog_of("CREATE TABLE t ();\nALTER TABLE nowhere ADD a int;")


def test_create_all_makes_schemas_and_tables(pg: Server, tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text(
        "from sqlalchemy import Column, Integer, MetaData, Table\nmetadata = MetaData()\n"
        "Table('t', metadata, Column('id', Integer, primary_key=True), schema='app')\n"
    )
    with pg.database() as database:
        create_all("models:metadata", tmp_path, database.dsn)
        assert {"app.t"} == set(database.catalog()["table"])
        with pytest.raises(CreateAllError, match="No module named 'absent'"):
            create_all("absent:metadata", tmp_path, database.dsn)


SCHEMA = (
    "import { pgTable, text } from 'drizzle-orm/pg-core'\nexport const t = pgTable('t', { a: text('a').notNull() })\n"
)


def test_drizzle_kit_exports_schema_files(pg: Server, drizzle_kit: DrizzleKit, tmp_path: Path) -> None:
    (tmp_path / "schema.ts").write_text(SCHEMA)
    catalog = pg.catalog_of(drizzle_kit.export(tmp_path, schema="schema.ts"))
    assert catalog["column"]["public.t.a"]["notnull"]
    with pytest.raises(DrizzleKitError):
        drizzle_kit.export(tmp_path, schema="absent.ts")


def test_the_next_drizzle_kit_exports_schema_files(pg: Server, drizzle_kit_next: DrizzleKit, tmp_path: Path) -> None:
    (tmp_path / "schema.ts").write_text(SCHEMA)
    catalog = pg.catalog_of(drizzle_kit_next.export(tmp_path, schema="schema.ts"))
    assert catalog["column"]["public.t.a"]["notnull"]
