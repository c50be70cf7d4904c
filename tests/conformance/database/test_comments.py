"""Comments on what the model has no other room for: they are in a dump, and those on what is left out are not."""

from __future__ import annotations

from pathlib import Path

from driftcheck.triage import without_kept
from driftcheck.writers.sql import write

from ..postgres import SUPABASE, Server
from .reading import database, script

COMMENTED = """
CREATE SCHEMA s; COMMENT ON SCHEMA s IS 'a schema';
CREATE TABLE t (a int PRIMARY KEY, b text CHECK (b <> ''));
COMMENT ON CONSTRAINT t_pkey ON t IS 'key'; COMMENT ON INDEX t_pkey IS E'its\\nindex';
CREATE VIEW v AS SELECT a FROM t; COMMENT ON VIEW v IS 'it''s a view';
CREATE MATERIALIZED VIEW s.m AS SELECT a FROM t; COMMENT ON MATERIALIZED VIEW s.m IS 'stored';
COMMENT ON COLUMN v.a IS 'shown'; COMMENT ON COLUMN s.m.a IS 'stored, too';
CREATE SEQUENCE q; COMMENT ON SEQUENCE q IS 'counts';
CREATE TYPE e AS ENUM ('a'); COMMENT ON TYPE e IS 'enum';
CREATE DOMAIN d AS int; COMMENT ON DOMAIN d IS 'domain';
CREATE TYPE c AS (x int); COMMENT ON TYPE c IS 'composite';
CREATE TYPE r AS RANGE (subtype = float8); COMMENT ON TYPE r IS 'range';
CREATE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1'; COMMENT ON FUNCTION f(int, text) IS 'f';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; COMMENT ON PROCEDURE p() IS 'p';
CREATE AGGREGATE a(int) (sfunc = int4pl, stype = int); COMMENT ON AGGREGATE a(int) IS 'a';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g(); COMMENT ON TRIGGER g ON t IS 'trigger';
CREATE POLICY "p o" ON t; COMMENT ON POLICY "p o" ON t IS 'policy';
"""
#: What has no room in the model, each of which is counted.
UNMODELLED = """
CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE VIEW v AS SELECT a FROM t; COMMENT ON COLUMN v.a IS 'x';
GRANT SELECT ON t TO PUBLIC; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
ALTER TABLE t REPLICA IDENTITY FULL; ALTER TABLE t CLUSTER ON t_pkey;
ALTER TABLE t ALTER b SET STATISTICS 100; ALTER TABLE t ALTER b SET (n_distinct = 5);
CREATE OPERATOR FAMILY o USING btree;
CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE u (a int) USING am;
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE f (a int OPTIONS (x 'y')) SERVER s;
CREATE TYPE shell; COMMENT ON ACCESS METHOD am IS 'x';
CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION e(); COMMENT ON EVENT TRIGGER e IS 'x';
CREATE SCHEMA more; GRANT USAGE ON SCHEMA more TO PUBLIC; GRANT SELECT (a) ON u TO PUBLIC;
DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'x'); END $$;
"""


def test_a_dump_has_them_all(pg: Server, tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(COMMENTED)
    with pg.database() as made:
        made.replay(COMMENTED)
        found = database(made.dsn).schema
    declared = script(tmp_path / "schema.sql").schema
    assert len(found.comments) == 17
    assert set(found.comments) == set(declared.comments)
    with pg.database() as made:
        made.replay(write(found))
        assert set(database(made.dsn).schema.comments) == set(found.comments)


def test_those_on_what_a_platform_keeps_are_its_own(pg: Server) -> None:
    with pg.database(SUPABASE) as made:
        made.execute(
            "COMMENT ON INDEX auth.users_pkey IS 'theirs'; COMMENT ON FUNCTION auth.uid() IS 'theirs';\n"
            "COMMENT ON SCHEMA auth IS 'theirs'; CREATE VIEW own AS SELECT 1 AS a; COMMENT ON VIEW own IS 'ours'"
        )
        found, _ = without_kept(database(made.dsn))
    assert [(one.name, one.text) for one in found.schema.comments if one.kind != "constraint"] == [("own", "ours")]


def test_what_no_dump_has_is_counted(pg: Server) -> None:
    with pg.database() as made:
        made.replay(UNMODELLED)
        counted = database(made.dsn).reading.statements.unmodelled
    once = (
        "comments on columns of views", "default privileges", "replica identities", "indexes to cluster on",
        "statistics targets", "attribute options", "operator families", "access methods", "access methods of tables",
        "base types", "foreign data wrappers", "foreign servers", "servers of foreign tables",
        "options of foreign columns", "event triggers", "comments on event triggers", "comments on other objects",
        "comments on databases",
    )  # fmt: skip
    assert counted == dict.fromkeys(once, 1) | {"grants": 5}
