"""Whatever a user gets wrong is one clear message, exit status 2, and never a traceback of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from driftcheck.render import FORMATS

from .running import MODELS, SCHEMA_SQL, SCHEMA_TS, SOURCES, project, run

#: What is in a models module, and what the message must hold: where it went wrong, and what.
MODULES = {
    "raises": ("import os\nraise RuntimeError('no database')", [r"models\.py:2", "RuntimeError: no database"]),
    "missing package": ("import nowhere_to_be_found", [r"models\.py:1", "nowhere_to_be_found", "--python"]),
    "setting": ("import os\nos.environ['DATABASE_URL']", [r"models\.py:2", "DATABASE_URL", "env ="]),
    "exits": ("import sys\nsys.exit(0)", [r"models\.py:2", r"sys\.exit\(0\)"]),
    "exits at once": ("import os\nos._exit(0)", ["ended its process"]),
    "syntax": ("class Base(:\n    pass", [r"models\.py:1", "SyntaxError"]),
    "no table": (MODELS.split("class User")[0], [r"models:Base", "no table"]),
    "no such attribute": ("x = 1", ["models has no attribute 'Base'"]),
    "no metadata": ("Base = 5", ["Base"]),
}

TWO = (SOURCES[0], SOURCES[2])


def _refused(root: Path, *words: str) -> str:
    """What the command says on standard error; it must refuse."""
    ran = run(root, "diff", *words)
    assert ran.returncode == 2, ran.stdout
    assert ran.stdout == ""
    assert "driftcheck itself failed" not in ran.stderr
    assert not re.search(r'File ".*/driftcheck/(?!worker/inside)', ran.stderr)
    return ran.stderr


@pytest.mark.parametrize("what", MODULES)
def test_a_models_module_that_cannot_be_asked(tmp_path: Path, what: str) -> None:
    text, expected = MODULES[what]
    said = _refused(project(tmp_path, models=text), *TWO)
    assert said.startswith("error (sqlalchemy): ")
    for pattern in expected:
        assert re.search(pattern, said), said
    assert "hint: " in said


def test_a_models_module_that_hangs_is_stopped(tmp_path: Path) -> None:
    root = project(tmp_path, models="import time\ntime.sleep(600)")
    said = _refused(root, *TWO, "--timeout", "5")
    assert "models.py:2" in said
    assert "5 s" in said
    assert "--timeout" in said


@pytest.mark.parametrize("what", MODULES)
def test_what_can_be_read_is_compared_without_the_models(tmp_path: Path, what: str) -> None:
    text, expected = MODULES[what]
    drifted = SCHEMA_SQL.replace("320", "20")
    ran = run(project(tmp_path, models=text, schema_sql=drifted), "diff", *SOURCES)
    assert ran.returncode == 2
    assert ran.stderr == ""
    assert ran.stdout.startswith("✗ sqlalchemy could not be read: ")
    assert "DR203" in ran.stdout
    top = "\n".join(ran.stdout.splitlines()[:6])
    for pattern in (*expected, "hint: "):
        assert re.search(pattern, top), ran.stdout


def test_a_models_module_that_prints_is_read_and_its_words_go_nowhere(tmp_path: Path) -> None:
    noise = "import sys\nprint('x' * 100_000)\nsys.stderr.write('warning')\n"
    ran = run(project(tmp_path, models=noise + MODELS), "diff", *SOURCES)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "xxxx" not in ran.stdout
    assert ran.stderr == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("drizzle:nope.ts", "sql:schema.sql"), r"error \(drizzle\): nope\.ts"),
        (("drizzle:schema.ts", "sql:nope.sql"), r"error \(sql\): nope\.sql"),
        (("drizzle:empty", "sql:schema.sql"), r"error \(drizzle\): empty"),
        (("drizzle:schema.ts", "sql:empty"), r"error \(sql\): empty"),
        (("drizzle:schema.ts", "sqlalchemy:nope:Base"), "nope"),
        (("drizzle:schema.ts",), "only one source"),
        (("drizle:schema.ts", "sql:schema.sql"), "drizzle:schema.ts"),
        (("schema.ts", "schema.sql"), "write drizzle:schema.ts"),
        (("drizzle:schema.ts", "sql:schema.sql", "--truth", "sqll"), "drizzle, sql"),
        (("drizzle:schema.ts", "sql:schema.sql", "--select", "colum-type"), "column-type"),
        (("drizzle:schema.ts", "sql:schema.sql", "--report", "serif=x"), "serif"),
        (("sql:schema.sql", "sql:schema.sql"), "are the same source"),
        (("x=sql:schema.sql", "x=sql:other.sql"), "two sources are called 'x'"),
    ],
)
def test_words_that_do_not_fit(tmp_path: Path, words: tuple[str, ...], expected: str) -> None:
    project(tmp_path)
    (tmp_path / "empty").mkdir()
    assert re.search(expected, _refused(tmp_path, *words), re.IGNORECASE)


def test_nothing_to_find_says_what_was_looked_for(tmp_path: Path) -> None:
    said = _refused(tmp_path)
    assert "found nothing to compare" in said
    assert "looked for" in said


@pytest.mark.parametrize(
    ("config", "line", "word"),
    [
        ('truht = "drizzle"', 1, "truth"),
        ('fail-on = "warning"\n[rules]\ncolum-type = "off"', 3, "column-type"),
        ("fail-on = 3", 1, "fail-on"),
        ('[[ignore]]\nrule = "table-extra"\nreason = ""', 3, "reason"),
        ("truth = ", 1, "TOML"),
    ],
)
def test_a_config_that_makes_no_sense_is_pointed_into(tmp_path: Path, config: str, line: int, word: str) -> None:
    (project(tmp_path) / "driftcheck.toml").write_text(config)
    said = _refused(tmp_path, *SOURCES)
    assert f"driftcheck.toml:{line}" in said
    assert word in said


def test_a_syntax_error_in_typescript_costs_itself_only(tmp_path: Path) -> None:
    broken = (
        SCHEMA_TS
        + "export const broken = pgTable('broken', { id: serial('id' });\n"
        + SCHEMA_TS.split(";", 1)[1].replace("users", "others")
    )
    ran = run(project(tmp_path, schema_ts=broken), "diff", *SOURCES[:2])
    assert ran.returncode == 1
    assert "schema.ts:7" in ran.stdout
    assert "syntax error" in ran.stdout
    assert re.search(r"table-missing.*others", ran.stdout)
    assert "compared 1 table" in ran.stdout


def test_a_broken_statement_costs_itself_only(tmp_path: Path) -> None:
    broken = "CREATE TABLE oops (id integer, (((;\n" + SCHEMA_SQL
    ran = run(project(tmp_path, schema_sql=broken), "diff", *SOURCES[:2])
    assert ran.returncode == 1
    assert "schema.sql:1" in ran.stdout
    assert "CREATE TABLE oops" in ran.stdout
    assert "compared 1 table, 2 columns" in ran.stdout


def test_half_a_surrogate_pair_is_no_crash(tmp_path: Path) -> None:
    """JavaScript allows it in a string; UTF-8, and so every file and terminal, does not."""
    broken = SCHEMA_TS.replace("pgTable('users'", r"pgTable('us\ud800ers'").replace("'email', {", r"'e\udc00mail', {")
    project(tmp_path, schema_ts=broken.replace(".notNull()", r".notNull().default('x\ud800')"))
    for name in FORMATS:
        ran = run(tmp_path, "diff", *SOURCES[:2], "--format", name)
        assert (ran.returncode, ran.stderr) == (1, ""), name
    assert "us\ufffders" in run(tmp_path, "diff", *SOURCES[:2]).stdout
    assert run(tmp_path, "baseline", *SOURCES[:2]).returncode == 0
    assert run(tmp_path, "diff", *SOURCES[:2]).returncode == 0
    for form in ("sql", "json"):
        assert run(tmp_path, "export", SOURCES[0], "--to", form, "-o", "written").returncode == 0
        assert run(tmp_path, "export", SOURCES[0], "--to", form).stderr == ""


def test_a_terminal_that_is_not_of_unicode(tmp_path: Path) -> None:
    ran = run(project(tmp_path), "diff", *SOURCES[:2], PYTHONIOENCODING="latin-1")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert r"\u2713 no drift" in ran.stdout
