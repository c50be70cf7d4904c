"""What a pull request may put into a schema, to run when somebody runs our scripts: it is a gap, and in no script."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from ..cli.running import run
from ..conformance import psql
from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Server

pytestmark = pytest.mark.slow

_BASE = "CREATE TABLE guests(id integer PRIMARY KEY);\n"
_HEAD = """\
import { sql } from "drizzle-orm";
import * as p from "drizzle-orm/pg-core";
"""
_TABLE = _HEAD + 'export const guests = p.pgTable("guests", { id: p.integer("id").primaryKey(), %s }, (t) => [%s]);\n%s'


def _column(text: str) -> str:
    return _TABLE % (text, "", "")


def _extra(text: str) -> str:
    return _TABLE % ("", text, "")


def _beside(text: str) -> str:
    return _TABLE % ("", "", text)


#: Schemas, each with one thing that is more than it claims to be.
_SCHEMAS = {
    "a check that ends": _extra('p.check("fine", sql`true); DROP TABLE keepsake; SELECT (1`)'),
    "a check with one bracket more": _extra('p.check("fine", sql`true)); DROP TABLE keepsake; SELECT ((1`)'),
    "a check with a shell command": _extra('p.check("fine", sql`true\n\\\\! touch TOUCHED #`)'),
    "a check with \\o": _extra('p.check("fine", sql`true\n\\\\o TOUCHED\n`)'),
    "a check with \\gexec": _extra('p.check("fine", sql`true) \\\\gexec\n --`)'),
    "a check with backquotes": _extra('p.check("fine", sql`true\n\\\\set x \\`touch TOUCHED\\`\n`)'),
    "a check in pieces": _extra("p.check('fine', sql`'' <> E'a'\n'\\\\'\n\\\\! touch TOUCHED\n' || $1`)"),
    "a default of psql's": _column("host: p.text('host').default(sql`:'HOST'`),"),
    "a default of psql's in brackets": _column("host: p.text('host').default(sql`lower(:HOST)`),"),
    "a default that ends": _column("n: p.integer('n').default(sql`1)); DROP TABLE keepsake; SELECT ((1`),"),
    "a default that goes on": _column("n: p.integer('n').default(sql`1, evil integer`),"),
    "a default with a constraint": _column("n: p.integer('n').default(sql`1 NOT NULL`),"),
    "a default with an open comment": _column("n: p.integer('n').default(sql`1 /*`),"),
    "a generated column": _column("n: p.integer('n').generatedAlwaysAs(sql`1) STORED; DROP TABLE keepsake; (1`),"),
    "a type": _column(
        "n: p.customType({ dataType: () => 'text); DROP TABLE keepsake; CREATE TABLE left_over (n text' })('n'),"
    ),
    "an index key": _extra("p.index('i').on(sql`(1)); DROP TABLE keepsake; SELECT ((1)`)"),
    "an index predicate": _extra("p.index('i').on(t.id).where(sql`true; DROP TABLE keepsake`)"),
    "a policy": _extra("p.pgPolicy('own', { for: 'insert', withCheck: sql`true)); DROP TABLE keepsake; SELECT ((1` })"),
    "a view": _beside("export const v = p.pgView('v', {}).as(sql`SELECT 1 AS n; DROP TABLE keepsake`);"),
    "a materialized view": _beside(
        "export const v = p.pgMaterializedView('v', {}).as(sql`SELECT 1 AS n\n\\\\! touch TOUCHED\n`);"
    ),
}  # fmt: skip


@pytest.mark.parametrize("schema", _SCHEMAS.values(), ids=_SCHEMAS)
def test_what_is_more_than_it_claims_is_a_gap_and_in_no_script(tmp_path: Path, pg: Server, schema: str) -> None:
    (tmp_path / "schema.ts").write_text(schema)
    (tmp_path / "base.sql").write_text(_BASE)
    checked = run(
        tmp_path, "diff", "drizzle:schema.ts", "sql:base.sql", "--format", "json", "--to-sql", "fix.sql", "--no-cache"
    )
    assert checked.returncode == 1, checked.stderr
    gaps = [one for one in json.loads(checked.stdout)["findings"] if one["rule"] == "DR901"]
    assert gaps
    assert all(gap["actual"]["location"]["path"] == "schema.ts" for gap in gaps)
    exported = run(tmp_path, "export", "drizzle:schema.ts", "--to", "sql")
    assert "schema.ts:" in exported.stderr
    for script, prelude in (((tmp_path / "fix.sql").read_text(), _BASE), (exported.stdout, "")):
        for word in ("keepsake", "TOUCHED", "HOST", "evil", "left_over", "\\"):
            assert word not in script
        judged = psql.run(pg, script, prelude)
        assert (judged.kept, judged.files, judged.errors) == (True, (), "")


_SNAPSHOTS = {
    "an attribute's type": ('"date"', '"date); DROP TABLE keepsake; CREATE TYPE other AS (a date"'),
    "a result": ('"text"', '"text LANGUAGE sql AS $$ SELECT 1::text $$; DROP TABLE keepsake; --"'),
    "an argument": ('"n integer"', '"n integer) RETURNS int LANGUAGE sql AS $$SELECT 1$$; DROP TABLE keepsake; --"'),
    "a storage mode": ('"external"', '"external; DROP TABLE keepsake"'),
    "a partition key": ('"range (at)"', '"range (at); DROP TABLE keepsake"'),
    "a bound": ("\"FOR VALUES IN ('a')\"", "\"FOR VALUES IN ('a'); DROP TABLE keepsake\""),
    "a sequence's type": ('"smallint"', '"smallint; DROP TABLE keepsake"'),
    "an operator": ('"&&"', '"&&); DROP TABLE keepsake; --"'),
}  # fmt: skip
_SNAPSHOT_OF = """
CREATE TYPE pair AS (a integer, b date);
CREATE FUNCTION twice(n integer) RETURNS text LANGUAGE sql AS $$ SELECT (2 * n)::text $$;
CREATE TABLE guests(id integer, note varchar STORAGE EXTERNAL, r int4range, EXCLUDE USING gist (r WITH &&));
CREATE TABLE stays(at date) PARTITION BY RANGE (at);
CREATE TABLE kinds(k varchar) PARTITION BY LIST (k);
CREATE TABLE kind_a PARTITION OF kinds FOR VALUES IN ('a');
CREATE SEQUENCE numbers AS smallint;
"""


@pytest.mark.parametrize(("text", "instead"), _SNAPSHOTS.values(), ids=_SNAPSHOTS)
def test_a_snapshot_written_by_hand_is_no_better(tmp_path: Path, pg: Server, text: str, instead: str) -> None:
    (tmp_path / "base.sql").write_text(_SNAPSHOT_OF)
    assert run(tmp_path, "snapshot", "sql:base.sql", "-o", "snapshot.json").returncode == 0
    snapshot = (tmp_path / "snapshot.json").read_text()
    assert text in snapshot
    (tmp_path / "snapshot.json").write_text(snapshot.replace(text, instead))
    exported = run(tmp_path, "export", "snapshot:snapshot.json", "--to", "sql")
    assert "not understood" in exported.stderr
    assert "DROP TABLE" not in exported.stdout
    judged = psql.run(pg, exported.stdout)
    assert (judged.kept, judged.files) == (True, ())


_VALUES = {
    "a line break": "Dear guest,\n  welcome.\n",
    "carriage returns": "a\r\nb\rc",
    "a backslash": "a\\nb\\",
    "quotes": "it's \"so\" ''",
    "a psql command": "x\n\\! touch TOUCHED\n",
    "a variable": ":'HOST' :HOST",
    "a remark": "a -- b\n-- c",
    "a line that begins as a remark": "x\n--",
    "a semicolon": "x; DROP TABLE keepsake; --",
    "dollars": "$$ $body$ $body",
    "blanks and tabs": "  a\t\tb  ",
    "letters": "ü 表 \u2028 \u00a0",
}  # fmt: skip


@pytest.mark.parametrize("value", _VALUES.values(), ids=_VALUES)
def test_a_default_survives_byte_for_byte_and_ends_the_drift(tmp_path: Path, pg: Server, value: str) -> None:
    (tmp_path / "schema.ts").write_text(_column(f"hello: p.text('hello').default({json.dumps(value)}),"))
    (tmp_path / "base.sql").write_text(_BASE)
    assert run(tmp_path, "diff", "drizzle:schema.ts", "sql:base.sql", "--to-sql", "fix.sql").returncode == 1
    script = (tmp_path / "fix.sql").read_bytes().decode()
    assert psql.run(pg, script, _BASE).errors == ""
    with pg.database(_BASE) as database:
        database.replay(tmp_path / "fix.sql")
        with psycopg.connect(database.dsn) as connection:
            connection.execute("INSERT INTO guests (id) VALUES (1)")
            assert connection.execute("SELECT hello FROM guests").fetchall() == [(value,)]
    (tmp_path / "both").mkdir()
    (tmp_path / "both/1.sql").write_text(_BASE)
    (tmp_path / "both/2.sql").write_bytes((tmp_path / "fix.sql").read_bytes())
    again = run(tmp_path, "diff", "drizzle:schema.ts", "sql:both")
    assert again.returncode == 0, again.stdout


def test_a_remark_in_a_default_swallows_nothing(tmp_path: Path, pg: Server) -> None:
    (tmp_path / "schema.ts").write_text(_column("seats: p.integer('seats').default(sql`2 + 2 -- a table`),"))
    (tmp_path / "base.sql").write_text(_BASE)
    run(tmp_path, "diff", "drizzle:schema.ts", "sql:base.sql", "--to-sql", "fix.sql")
    with pg.database(_BASE) as database:
        database.replay(tmp_path / "fix.sql")
        with psycopg.connect(database.dsn) as connection:
            connection.execute("INSERT INTO guests (id) VALUES (1)")
            assert connection.execute("SELECT seats FROM guests").fetchall() == [(4,)]


def test_a_type_that_is_not_known_is_said(tmp_path: Path, pg: Server) -> None:
    odd = "extra: p.customType({ dataType: () => process.env.KIND_OF_COLUMN })('extra'),"
    (tmp_path / "schema.ts").write_text(_column(odd))
    (tmp_path / "base.sql").write_text(_BASE)
    checked = run(tmp_path, "diff", "drizzle:schema.ts", "sql:base.sql", "--to-sql", "fix.sql")
    assert "DR901" in checked.stdout
    script = (tmp_path / "fix.sql").read_text()
    assert "ADD COLUMN" not in script
    assert "-- not fixed here: column-missing of guests.extra" in script
    assert psql.run(pg, script, _BASE).errors == ""


def test_a_name_in_a_remark_does_not_end_it(tmp_path: Path, pg: Server) -> None:
    """A table that cannot be altered is spoken of in a remark, by a name of more lines than one."""
    name = '"t\n; DROP TABLE keepsake; --\n\\! touch TOUCHED\n"'
    (tmp_path / "base.sql").write_text(f"CREATE TABLE {name} (id integer);")
    (tmp_path / "truth.sql").write_text(f"CREATE TABLE {name} (id integer) PARTITION BY RANGE (id);")
    run(tmp_path, "diff", "truth=sql:truth.sql", "sql:base.sql", "--to-sql", "sql=fix.sql")
    script = (tmp_path / "fix.sql").read_text()
    assert "cannot be altered" in script
    judged = psql.run(pg, script, f"CREATE TABLE {name} (id integer);")
    assert (judged.kept, judged.files) == (True, ())


def test_constants_mean_the_same_whatever_the_server_is_set_to(tmp_path: Path, pg: Server) -> None:
    (tmp_path / "schema.ts").write_text(_column("path: p.text('path').default('C:\\\\new\\\\table'),"))
    script = run(tmp_path, "export", "drizzle:schema.ts", "--to", "sql").stdout
    with pg.database() as database:
        with psycopg.connect(database.dsn, autocommit=True) as connection:
            for setting in ("standard_conforming_strings = off", "client_encoding = 'LATIN1'"):
                connection.execute(f'ALTER DATABASE "{database.name}" SET {setting}'.encode())
        database.replay(script)
        with psycopg.connect(database.dsn) as connection:
            connection.execute("INSERT INTO guests (id) VALUES (1)")
            assert connection.execute("SELECT path FROM guests").fetchall() == [("C:\\new\\table",)]


_PROGRAMS = """
CREATE FUNCTION f(a text DEFAULT 'x
  y', b   text DEFAULT $$a  b$$) RETURNS text LANGUAGE sql AS $$SELECT a || b$$;
CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text, INITCOND = 'a
  b');
CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql
    BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END; END;
CREATE VIEW v AS SELECT 'a
  b' AS one, E'a\\nb' AS two, (ARRAY[1, 2, 3])[1:2] AS three;
CREATE TABLE t (a text DEFAULT E'a\\nb' CHECK (a <> E'x'
  '\\'y'), n varchar(3) DEFAULT U&'d!0061' UESCAPE '!');
COMMENT ON TABLE t IS 'a
--
b';
"""


def test_what_programs_hold_survives_byte_for_byte(tmp_path: Path, pg: Server) -> None:
    (tmp_path / "schema.sql").write_text(_PROGRAMS)
    exported = run(tmp_path, "export", "sql:schema.sql", "--to", "sql")
    assert exported.stderr == ""
    assert_same_catalog(pg.catalog_of(_PROGRAMS), pg.catalog_of(exported.stdout))
    (tmp_path / "base.sql").write_text("CREATE TABLE other (id integer);")
    run(tmp_path, "diff", "truth=sql:schema.sql", "sql:base.sql", "--to-sql", "sql=fix.sql")
    # In a database without the other table, which is one that the script would drop if it was told to.
    fixed = pg.catalog_of((tmp_path / "fix.sql").read_text())
    assert_same_catalog(pg.catalog_of(_PROGRAMS), fixed)
