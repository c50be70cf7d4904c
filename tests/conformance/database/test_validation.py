"""`export --to validation`: the script passes where nothing differs, and names what does, whoever runs it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from driftcheck.readers import drizzle
from driftcheck.readers.sql import read
from driftcheck.reading import Source
from driftcheck.writers.validation import write

from ..archetype import PRODUCTION, ROOT
from ..postgres import SUPABASE, Database, Server
from .reading import compared, database
from .test_agreement import CASES

DRIZZLE = "frontend/lib/db/schema.ts"
#: A change of the database, and the name that the script must say.
MUTATIONS = [
    ("DROP TABLE public.usage_metrics CASCADE", "usage_metrics"),
    ("ALTER TABLE public.profiles RENAME TO people", "profiles"),
    ("CREATE TABLE public.surplus (id int)", "surplus"),
    ("ALTER TABLE public.profiles RENAME COLUMN email TO mail", "profiles.email"),
    ("ALTER TABLE public.profiles ADD COLUMN nick text", "profiles.nick"),
    ("ALTER TABLE public.images DROP COLUMN hash CASCADE", "images.hash"),
    ("ALTER TABLE public.profiles ALTER COLUMN email TYPE varchar(320)", "profiles.email"),
    ("ALTER TABLE public.profiles ALTER COLUMN email TYPE text", "profiles.email"),
    ("ALTER TABLE public.projects ALTER COLUMN created_at TYPE timestamp", "projects.created_at"),
    ("ALTER TABLE public.usage_metrics ALTER COLUMN metric_date TYPE timestamp", "usage_metrics.metric_date"),
    ("ALTER TABLE public.crawl_jobs ALTER COLUMN max_images TYPE bigint", "crawl_jobs.max_images"),
    ("ALTER TABLE public.credit_accounts ALTER COLUMN current_balance TYPE numeric", "credit_accounts.current_balance"),
    ("ALTER TABLE public.profiles ALTER COLUMN email DROP NOT NULL", "profiles.email"),
    ("ALTER TABLE public.projects ALTER COLUMN user_id DROP NOT NULL", "projects.user_id"),
    ("ALTER TABLE public.profiles ALTER COLUMN avatar_url SET NOT NULL", "profiles.avatar_url"),
    ("ALTER TABLE public.images ALTER COLUMN id DROP IDENTITY IF EXISTS, ALTER COLUMN id DROP DEFAULT", "images.id"),
    ("ALTER TABLE public.profiles ALTER COLUMN role SET DEFAULT 'admin'", "profiles.role"),
    ("ALTER TABLE public.profiles ALTER COLUMN role DROP DEFAULT", "profiles.role"),
    ("ALTER TABLE public.profiles ALTER COLUMN created_at SET DEFAULT clock_timestamp()", "profiles.created_at"),
    ("ALTER TABLE public.profiles ALTER COLUMN avatar_url SET DEFAULT ''", "profiles.avatar_url"),
    ("ALTER TABLE public.crawl_jobs ALTER COLUMN max_images SET DEFAULT 1001", "crawl_jobs.max_images"),
    ("ALTER TABLE public.activity_logs DROP CONSTRAINT activity_logs_pkey", "activity_logs"),
    ("ALTER TABLE public.activity_logs DROP CONSTRAINT activity_logs_pkey, ADD PRIMARY KEY (id, timestamp)",
     "activity_logs"),
    ("ALTER TABLE public.usage_metrics DROP CONSTRAINT uq_usage_metrics_user_date", "usage_metrics"),
    ("ALTER TABLE public.usage_metrics ADD UNIQUE (metric_date)", "usage_metrics_metric_date_key"),
    ("ALTER TABLE public.usage_metrics DROP CONSTRAINT uq_usage_metrics_user_date, "
     "ADD CONSTRAINT uq_usage_metrics_user_date UNIQUE (user_id, metric_date) DEFERRABLE", "usage_metrics"),
    ("ALTER TABLE public.projects DROP CONSTRAINT projects_user_id_fkey", "projects"),
    ("ALTER TABLE public.projects DROP CONSTRAINT projects_user_id_fkey, "
     "ADD FOREIGN KEY (user_id) REFERENCES public.profiles (id)", "projects"),
    ("ALTER TABLE public.projects DROP CONSTRAINT projects_user_id_fkey, "
     "ADD FOREIGN KEY (user_id) REFERENCES public.profiles (id) ON DELETE SET NULL", "projects"),
    ("ALTER TABLE public.projects DROP CONSTRAINT projects_user_id_fkey, "
     "ADD FOREIGN KEY (user_id) REFERENCES public.profiles (id) ON DELETE CASCADE ON UPDATE CASCADE", "projects"),
    ("ALTER TABLE public.projects DROP CONSTRAINT projects_user_id_fkey, "
     "ADD FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE", "projects"),
    ("ALTER TABLE public.projects DROP CONSTRAINT projects_user_id_fkey, "
     "ADD FOREIGN KEY (user_id) REFERENCES public.profiles (id) ON DELETE CASCADE NOT VALID", "projects"),
    ("ALTER TABLE public.projects ALTER CONSTRAINT projects_user_id_fkey DEFERRABLE INITIALLY DEFERRED", "projects"),
    ("ALTER TABLE public.images ADD FOREIGN KEY (id) REFERENCES public.images (id)", "images_id_fkey"),
    ("ALTER TABLE public.api_keys DROP CONSTRAINT ck_api_keys_status_valid", "ck_api_keys_status_valid"),
    ("ALTER TABLE public.api_keys DROP CONSTRAINT ck_api_keys_rate_limit_positive, "
     "ADD CONSTRAINT ck_api_keys_rate_limit_positive CHECK (rate_limit >= 0)", "ck_api_keys_rate_limit_positive"),
    ("ALTER TABLE public.api_keys DROP CONSTRAINT ck_api_keys_rate_limit_positive, "
     "ADD CONSTRAINT ck_api_keys_rate_limit_positive CHECK (rate_limit > 0) NOT VALID",
     "ck_api_keys_rate_limit_positive"),
    ("ALTER TABLE public.images ADD CONSTRAINT odd CHECK (id <> 7)", "odd"),
    ("ALTER TABLE public.notifications ADD CONSTRAINT never EXCLUDE (type WITH =)", "never"),
    ("DROP INDEX public.ix_profiles_email", "ix_profiles_email"),
    ("CREATE INDEX by_role_and_email ON public.profiles (role, email)", "by_role_and_email"),
    ("DROP INDEX public.ix_profiles_role; CREATE INDEX ix_profiles_role ON public.profiles (role DESC)",
     "ix_profiles_role"),
    ("DROP INDEX public.ix_profiles_role; CREATE UNIQUE INDEX ix_profiles_role ON public.profiles (role)",
     "ix_profiles_role"),
    ("DROP INDEX public.ix_profiles_role; CREATE INDEX ix_profiles_role ON public.profiles (lower(role))",
     "ix_profiles_role"),
    ("DROP INDEX public.ix_profiles_role; CREATE INDEX ix_profiles_role ON public.profiles USING hash (role)",
     "ix_profiles_role"),
    ("DROP INDEX public.ix_profiles_role; CREATE INDEX ix_profiles_role ON public.profiles (role) WHERE role <> ''",
     "ix_profiles_role"),
    ("DROP INDEX public.ix_profiles_role; CREATE INDEX ix_profiles_role ON public.profiles (role) INCLUDE (email)",
     "ix_profiles_role"),
    ("DROP INDEX public.ix_profiles_role; CREATE INDEX ix_profiles_role ON public.profiles (role text_pattern_ops)",
     "ix_profiles_role"),
    ("ALTER INDEX public.ix_profiles_role SET (fillfactor = 70)", "ix_profiles_role"),
    ("ALTER TABLE public.projects DISABLE ROW LEVEL SECURITY", "projects"),
    ("ALTER TABLE public.projects FORCE ROW LEVEL SECURITY", "projects"),
    ("{first policy} DROP", "{name}"),
    ("{first policy} USING (true)", "{name}"),
    ("{first policy} TO anon", "{name}"),
    ("{first policy} RENAME TO other", "{name}"),
    ("CREATE POLICY surplus ON public.projects FOR SELECT USING (true)", "surplus"),
    ("CREATE POLICY hard ON public.projects AS RESTRICTIVE USING (true)", "hard"),
    ("{first trigger} DROP", "{name}"),
    ("{first trigger} DISABLE", "{name}"),
    ("{first trigger} RENAME", "{name}"),
    ("{first function} body", "{name}"),
    ("{first function} STABLE", "{name}"),
    ("{first function} SET work_mem = '1MB'", "{name}"),
    ("{first function} RENAME TO other_function", "{name}"),
    ("CREATE FUNCTION surplus_function() RETURNS int LANGUAGE sql AS 'SELECT 1'", "surplus_function"),
    ("CREATE TRIGGER surplus AFTER DELETE ON public.projects EXECUTE FUNCTION {function}()", "surplus"),
    ("ALTER TABLE public.projects SET SCHEMA auth", "projects"),
]  # fmt: skip


@pytest.fixture(scope="module")
def archetype(pg: Server) -> Iterator[Database]:
    with pg.database(SUPABASE) as made:
        made.replay(ROOT / PRODUCTION)
        yield made


@pytest.fixture(scope="module")
def truth() -> str:
    return write(read(PRODUCTION, ROOT).schema, "sql")


def run(pg: Server, dsn: str, script: str) -> tuple[int, list[str]]:
    """psql's status, and what it prints: NOTICEs and the lines of the exception."""
    done = subprocess.run(
        [pg.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", dsn],
        input=script, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    lines = [re.sub(r"^psql:<stdin>:\d+: ", "", line).strip() for line in done.stderr.splitlines()]
    return done.returncode, [line for line in lines if not line.startswith("CONTEXT:")]


def test_it_passes_on_what_it_was_written_of(pg: Server, archetype: Database, truth: str) -> None:
    before = archetype.catalog()
    status, lines = run(pg, archetype.dsn, truth)
    assert (status, {line.partition("ok: ")[0] for line in lines}) == (0, {"NOTICE:  "})
    assert lines[0] == "NOTICE:  ok: 11 tables exist"
    assert len(lines) == 12
    assert archetype.catalog() == before


def test_a_role_with_nothing_but_connect_may_run_it(pg: Server, archetype: Database, truth: str) -> None:
    archetype.execute("CREATE ROLE checker LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC")
    status, lines = run(pg, psycopg.conninfo.make_conninfo(archetype.dsn, user="checker"), truth)
    archetype.execute("GRANT USAGE ON SCHEMA public TO PUBLIC; DROP ROLE checker")
    assert status == 0
    # Without the right to look into the schema, its functions and types cannot be named in a twin: that is said.
    assert [line for line in lines if not line.startswith(("NOTICE:  ok", "WARNING:  not checked"))] == []


def test_where_nothing_may_be_made_what_is_not_checked_is_said(pg: Server, archetype: Database, truth: str) -> None:
    status, lines = run(pg, archetype.dsn, f"SET default_transaction_read_only = on;\n{truth}")
    assert status == 0
    assert [line for line in lines if "WARNING" in line] == [
        f"WARNING:  not checked: {group} (cannot execute CREATE TABLE in a read-only transaction)"
        for group in ("defaults", "checks", "indexes", "policies", "triggers")
    ]


def test_it_says_what_the_diff_says(pg: Server, archetype: Database) -> None:
    reading = drizzle.read(DRIZZLE, ROOT)
    status, lines = run(pg, archetype.dsn, write(reading.schema, "drizzle"))
    said = [line for line in lines if not line.startswith(("NOTICE", "ERROR"))]
    comparison, _ = compared(Source("drizzle", "drizzle", reading), database(archetype.dsn))
    drift = [one for one in comparison.findings if str(one.severity) != "note"]
    assert (status, len(said)) == (3, len(drift))
    for finding in drift:
        ref = finding.object
        words = {ref.table or ref.name, *(ref.columns if ref.kind == "foreign-key" else {ref.name})}
        kind = ref.kind.replace("-", " ")
        assert any(line.startswith(kind) and all(word in line for word in words) for line in said), finding.message


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_every_kind_of_statement(case: Path, pg: Server) -> None:
    if case.stem == "postgres_18" and pg.version < 18:
        pytest.skip("needs PostgreSQL 18")
    with pg.database() as made:
        made.replay(case)
        status, lines = run(pg, made.dsn, write(read(case.name, case.parent).schema, "sql"))
        other = [
            line for line in lines if not line.startswith(("NOTICE:  ok:", "NOTICE:  not checked by this script:"))
        ]
        assert (status, other) == (0, [])


def test_each_change_is_named(pg: Server, archetype: Database, truth: str) -> None:
    """Every mutation, in a transaction that is undone: the script ends in an exception with the object's name."""
    schema = read(PRODUCTION, ROOT).schema
    body = truth.replace("\nBEGIN;\n", "\n", 1).replace("\nROLLBACK;\n", "\n", 1)
    for template, name in MUTATIONS:
        mutation, named = _filled(template, name, schema)
        status, lines = run(pg, archetype.dsn, f"BEGIN;\n{mutation};\n{body}\nROLLBACK;\n")
        errors = [line for line in lines if not line.startswith(("NOTICE", "WARNING"))]
        assert status == 3, mutation
        assert " differences from sql:" in errors[0], (mutation, errors)
        assert any(named in line for line in errors[1:]), (mutation, errors)
    assert len(MUTATIONS) >= 60


def _filled(template: str, name: str, schema: object) -> tuple[str, str]:
    """A mutation of the first policy, trigger or function, whatever it is called."""
    policy, trigger, function = schema.policies[0], schema.triggers[0], schema.functions[0]  # type: ignore[attr-defined]
    on = f"{trigger.schema}.{trigger.table}"
    called = f"{function.schema}.{function.name}()"
    statements = {
        "{first policy}": lambda rest: (
            f'DROP POLICY "{policy.name}" ON {policy.schema}.{policy.table}' if rest == "DROP"
            else f'ALTER POLICY "{policy.name}" ON {policy.schema}.{policy.table} {rest}', policy.name),
        "{first trigger}": lambda rest: (
            {"DROP": f'DROP TRIGGER "{trigger.name}" ON {on}',
             "DISABLE": f'ALTER TABLE {on} DISABLE TRIGGER "{trigger.name}"',
             "RENAME": f'ALTER TRIGGER "{trigger.name}" ON {on} RENAME TO other_trigger'}[rest], trigger.name),
        "{first function}": lambda rest: (
            f"CREATE OR REPLACE FUNCTION {called} RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
            if rest == "body" else f"ALTER FUNCTION {called} {rest}", function.name),
    }  # fmt: skip
    for start, make in statements.items():
        if template.startswith(start):
            return make(template.removeprefix(start).strip())
    return template.replace("{function}", f"{function.schema}.{function.name}"), name


def test_only_some_groups(pg: Server, archetype: Database) -> None:
    script = write(read(PRODUCTION, ROOT).schema, "sql", ("tables", "row-level-security"))
    status, lines = run(pg, archetype.dsn, script)
    assert (status, lines) == (
        0, ["NOTICE:  ok: 11 tables exist", "NOTICE:  ok: 11 tables have their row-level security"],
    )  # fmt: skip
    assert "CREATE TEMPORARY TABLE" not in script
