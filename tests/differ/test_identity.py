"""Two objects that share a name, of every kind that allows it: each has its own finding, fix and baseline entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.check import Request, check, update_baseline
from driftcheck.findings import Finding, Report
from driftcheck.fixes.script import fix_script
from driftcheck.model import KINDS

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Server

#: Kinds whose name alone tells them apart, in the whole database.
UNIQUE_BY_NAME = {"schema", "role", "extension"}

GROUND = """\
CREATE SCHEMA s;
CREATE TABLE a (x integer NOT NULL, r int4range);
CREATE TABLE b (x integer NOT NULL, r int4range);
CREATE TABLE s.a (x integer NOT NULL, r int4range);
CREATE TABLE p (x integer PRIMARY KEY);
CREATE FUNCTION hook() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION ground(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE MATERIALIZED VIEW m AS SELECT x FROM a;
CREATE MATERIALIZED VIEW s.m AS SELECT x FROM s.a;
"""

#: (kind of object, what tells the two apart) → two statements.
NAMESAKES: dict[tuple[str, str], tuple[str, str]] = {
    ("table", "schema"): ("CREATE TABLE t (x integer);", "CREATE TABLE s.t (x integer);"),
    ("column", "table"): ("ALTER TABLE a ADD COLUMN n text;", "ALTER TABLE b ADD COLUMN n text;"),
    ("column", "schema"): ("ALTER TABLE a ADD COLUMN n text;", "ALTER TABLE s.a ADD COLUMN n text;"),
    ("primary-key", "schema"): (
        "ALTER TABLE a ADD CONSTRAINT k PRIMARY KEY (x);",
        "ALTER TABLE s.a ADD CONSTRAINT k PRIMARY KEY (x);",
    ),
    ("foreign-key", "table"): (
        "ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES p (x);",
        "ALTER TABLE b ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES p (x);",
    ),
    ("unique", "schema"): (
        "ALTER TABLE a ADD CONSTRAINT k UNIQUE (x);",
        "ALTER TABLE s.a ADD CONSTRAINT k UNIQUE (x);",
    ),
    ("exclusion", "schema"): (
        "ALTER TABLE a ADD CONSTRAINT k EXCLUDE USING gist (r WITH &&);",
        "ALTER TABLE s.a ADD CONSTRAINT k EXCLUDE USING gist (r WITH &&);",
    ),
    ("check", "table"): (
        "ALTER TABLE a ADD CONSTRAINT k CHECK (x > 1);",
        "ALTER TABLE b ADD CONSTRAINT k CHECK (x > 1);",
    ),
    ("index", "schema"): ("CREATE INDEX i ON a (x);", "CREATE INDEX i ON s.a (x);"),
    ("index", "view"): ("CREATE INDEX i ON m (x);", "CREATE INDEX i ON s.m (x);"),
    ("enum", "schema"): ("CREATE TYPE e AS ENUM ('v');", "CREATE TYPE s.e AS ENUM ('v');"),
    ("domain", "schema"): ("CREATE DOMAIN d AS integer;", "CREATE DOMAIN s.d AS integer;"),
    ("composite", "schema"): ("CREATE TYPE c AS (v integer);", "CREATE TYPE s.c AS (v integer);"),
    ("range", "schema"): (
        "CREATE TYPE g AS RANGE (SUBTYPE = float8);",
        "CREATE TYPE s.g AS RANGE (SUBTYPE = float8);",
    ),
    ("sequence", "schema"): ("CREATE SEQUENCE q;", "CREATE SEQUENCE s.q;"),
    ("view", "schema"): ("CREATE VIEW v AS SELECT 1 AS x;", "CREATE VIEW s.v AS SELECT 1 AS x;"),
    ("policy", "table"): ("CREATE POLICY l ON a USING (true);", "CREATE POLICY l ON b USING (true);"),
    ("policy", "schema"): ("CREATE POLICY l ON a USING (true);", "CREATE POLICY l ON s.a USING (true);"),
    ("function", "signature"): (
        "CREATE FUNCTION f(n integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
        "CREATE FUNCTION f(n date) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
    ),
    ("function", "no arguments"): (
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
        "CREATE FUNCTION f(n integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
    ),
    ("function", "array"): (
        "CREATE FUNCTION f(n integer[]) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
        "CREATE FUNCTION f(n integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
    ),
    ("function", "length"): (
        "CREATE FUNCTION f(n text, m text) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
        "CREATE FUNCTION f(n text) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
    ),
    ("function", "schema"): (
        "CREATE FUNCTION f(n integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
        "CREATE FUNCTION s.f(n integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
    ),
    ("function", "kind"): (
        "CREATE FUNCTION f(n integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';",
        "CREATE PROCEDURE f(n text) LANGUAGE sql AS 'SELECT 1';",
    ),
    ("trigger", "table"): (
        "CREATE TRIGGER g BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION hook();",
        "CREATE TRIGGER g BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION hook();",
    ),
    ("trigger", "schema"): (
        "CREATE TRIGGER g BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION hook();",
        "CREATE TRIGGER g BEFORE INSERT ON s.a FOR EACH ROW EXECUTE FUNCTION hook();",
    ),
}  # fmt: skip

_WORDS = ("policies", "views", "sequences", "triggers", "functions", "domains", "types", "schemas", "roles")
_ALWAYS = "[compare]\n" + "".join(f'{word} = "always"\n' for word in _WORDS)


def _request(folder: Path, truth: str, other: str) -> Request:
    (folder / "driftcheck.toml").write_text(_ALWAYS)
    (folder / "truth.sql").write_text(truth)
    (folder / "other.sql").write_text(other)
    return Request(root=folder, sources=("truth=sql:truth.sql", "other=sql:other.sql"))


def _report(folder: Path, truth: str, other: str) -> Report:
    return check(_request(folder, truth, other))


def test_every_kind_is_drawn() -> None:
    assert {kind for kind, _ in NAMESAKES} == KINDS.keys() - UNIQUE_BY_NAME


@pytest.mark.parametrize("case", NAMESAKES, ids=" by ".join)
def test_each_has_its_own_finding_and_fix(case: tuple[str, str], pg: Server, tmp_path: Path) -> None:
    one, two = NAMESAKES[case]
    truth = f"{GROUND}{one}\n{two}\n"
    report = _report(tmp_path, truth, GROUND)
    assert len(report.findings) == 2
    assert {finding.object.kind for finding in report.findings} == {case[0]}
    assert len({finding.object for finding in report.findings}) == 2
    assert len({str(finding.object) for finding in report.findings}) == 2
    assert len({finding.fingerprint for finding in report.findings}) == 2
    assert len({finding.message for finding in report.findings}) == 2
    assert len({_fix(finding) for finding in report.findings}) == 2
    script = fix_script(report.findings, truth=report.truth, source="other", destructive=True)
    assert_same_catalog(pg.catalog_of(truth), pg.catalog_of(f"{GROUND}\n{script}"))


@pytest.mark.parametrize("case", NAMESAKES, ids=" by ".join)
@pytest.mark.parametrize("first", [0, 1])
def test_a_baseline_of_one_hides_no_other(case: tuple[str, str], first: int, tmp_path: Path) -> None:
    known, new = NAMESAKES[case][first], NAMESAKES[case][1 - first]
    truth = f"{GROUND}{known}\n{new}\n"
    update_baseline(_request(tmp_path, truth, f"{GROUND}{new}\n"), prune=False)
    report = _report(tmp_path, truth, f"{GROUND}{new}\n")
    assert (report.findings, report.baselined) == ((), 1)
    report = _report(tmp_path, truth, f"{GROUND}{known}\n")
    assert report.failed
    assert {finding.object.kind for finding in report.findings} == {case[0], "baseline"}


def _fix(finding: Finding) -> str:
    assert finding.fix is not None
    return finding.fix.text


_TYPES = ("integer", "text", "date", "boolean", "integer[]", "numeric(5,2)", "varchar(7)", "timestamptz", "e", "s.e")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.sampled_from(_TYPES), max_size=3).map(tuple), min_size=2, max_size=4, unique=True))
def test_overloads_of_any_signatures(tmp_path: Path, signatures: list[tuple[str, ...]]) -> None:
    ground = (
        "CREATE SCHEMA s; CREATE TYPE e AS ENUM ('v'); CREATE TYPE s.e AS ENUM ('v'); CREATE TABLE a (x integer);\n"
    )
    functions = [f"CREATE FUNCTION f({', '.join(one)}) RETURNS text LANGUAGE sql AS 'SELECT 1';" for one in signatures]
    report = _report(tmp_path, ground + "\n".join(functions), ground)
    assert [finding.rule.code for finding in report.findings] == ["DR811"] * len(signatures)
    assert len({finding.fingerprint for finding in report.findings}) == len(signatures)
    fixes = {_fix(finding) for finding in report.findings}
    assert len(fixes) == len(signatures)
