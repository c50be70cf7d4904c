"""Exit statuses, output and surfaces of the command, run for real."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import driftcheck
from driftcheck.differ.rules import RULES
from driftcheck.render import FORMATS

from .running import PIXCRAWLER, SCHEMA_SQL, SOURCES, project, run

DRIFTED = SCHEMA_SQL.replace("varchar(320)", "varchar(255)")


def test_agreement_is_0_drift_is_1_and_fail_on_decides(tmp_path: Path) -> None:
    project(tmp_path)
    agreeing = run(tmp_path, "diff", *SOURCES)
    assert (agreeing.returncode, agreeing.stderr) == (0, "")
    assert "no drift: compared 1 table, 2 columns" in agreeing.stdout
    (tmp_path / "schema.sql").write_text(DRIFTED)
    assert run(tmp_path, "diff", *SOURCES).returncode == 1
    assert run(tmp_path, "diff", *SOURCES, "--fail-on", "never").returncode == 0
    assert run(tmp_path, "diff", *SOURCES, "--ignore", "column-type").returncode == 0
    assert run(tmp_path, "diff", *SOURCES, "--select", "DR5,index-extra").returncode == 0


def test_the_truth_is_the_first_unless_it_is_named(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    assert json.loads(run(tmp_path, "diff", *SOURCES, "--format", "json").stdout)["truth"] == "drizzle"
    report = json.loads(run(tmp_path, "diff", *SOURCES, "--truth", "sql", "--format", "json").stdout)
    assert report["truth"] == "sql"
    assert {finding["source"] for finding in report["findings"]} == {"drizzle", "sqlalchemy"}


def test_without_words_and_config_it_looks_around_and_says_what_it_took(tmp_path: Path) -> None:
    ran = run(project(tmp_path), "diff")
    assert ran.returncode == 0, ran.stderr
    for word in ("took drizzle:schema.ts", "took sql:schema.sql", "took sqlalchemy:models:Base"):
        assert word in ran.stdout


def test_every_format_is_rendered_and_reports_are_written_beside(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    reports = [f"--report={name}={tmp_path / 'out' / name}" for name in FORMATS]
    assert run(tmp_path, "diff", *SOURCES, *reports).returncode == 1
    for name in FORMATS:
        assert (
            "column-type" in (tmp_path / "out" / name).read_text() or "DR203" in (tmp_path / "out" / name).read_text()
        )


def test_baseline_accepts_shrinks_and_prunes(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    accepted = run(tmp_path, "baseline", *SOURCES)
    assert "accepted 1 finding" in accepted.stderr
    ran = run(tmp_path, "diff", *SOURCES)
    assert ran.returncode == 0
    assert "no new drift (1 accepted): compared 1 table" in ran.stdout
    (tmp_path / "schema.sql").write_text(SCHEMA_SQL)
    stale = run(tmp_path, "diff", *SOURCES)
    assert (stale.returncode, "stale-baseline" in stale.stdout) == (1, True)
    assert run(tmp_path, "baseline", "--prune", *SOURCES).returncode == 0
    assert run(tmp_path, "diff", *SOURCES).returncode == 0


def test_init_writes_what_diff_then_reads_and_never_overwrites(tmp_path: Path) -> None:
    project(tmp_path)
    assert run(tmp_path, "init").returncode == 0
    text = (tmp_path / "driftcheck.toml").read_text()
    assert run(tmp_path, "diff").returncode == 0
    again = run(tmp_path, "init")
    assert again.returncode == 2
    assert (tmp_path / "driftcheck.toml").read_text() == text


def test_export_takes_a_source_or_its_name_in_the_config(tmp_path: Path) -> None:
    project(tmp_path)
    run(tmp_path, "init")
    for word in ("sql:schema.sql", "sql", "sqlalchemy", "drizzle"):
        exported = run(tmp_path, "export", word, "--to", "sql")
        assert (exported.returncode, exported.stderr) == (0, "")
        assert "CREATE TABLE" in exported.stdout


def test_a_snapshot_stands_for_the_models_until_they_change(tmp_path: Path) -> None:
    project(tmp_path)
    run(tmp_path, "init")
    refused = run(tmp_path, "diff", "--no-exec")
    assert refused.returncode == 2
    assert "driftcheck snapshot" in refused.stdout
    assert run(tmp_path, "snapshot").returncode == 0
    fresh = run(tmp_path, "diff", "--no-exec")
    assert (fresh.returncode, fresh.stderr) == (0, "")
    models = tmp_path / "models.py"
    models.write_text(models.read_text().replace("String(320)", "String(10)"))
    stale = run(tmp_path, "diff", "--no-exec")
    assert "models.py" in stale.stdout
    assert "driftcheck snapshot" in stale.stdout


def test_a_snapshot_needs_no_other_source(tmp_path: Path) -> None:
    """A back end without a front end beside it: its models are what a snapshot is made of."""
    project(tmp_path)
    for other in ("schema.ts", "schema.sql"):
        (tmp_path / other).unlink()
    made = run(tmp_path, "snapshot")
    assert (made.returncode, "1 table of models:Base" in made.stderr) == (0, True), made.stderr
    (tmp_path / "models.py").unlink()
    assert "there is no sqlalchemy or alembic source to take a snapshot of" in run(tmp_path, "snapshot").stderr


def test_explain_knows_every_rule_by_code_and_name() -> None:
    listed = run(Path.cwd(), "explain").stdout
    for rule in RULES:
        assert rule.code in listed
    shown = run(Path.cwd(), "explain", "column-type", "dr314").stdout
    assert "DR203 column-type" in shown
    assert "DR314 foreign-key-on-delete" in shown
    family = run(Path.cwd(), "explain", "DR40").stdout
    assert [line[:5] for line in family.splitlines()] == [rule.code for rule in RULES if rule.code.startswith("DR40")]
    assert run(Path.cwd(), "explain", "check").stdout == family
    unknown = run(Path.cwd(), "explain", "colum-type")
    assert (unknown.returncode, "column-type" in unknown.stderr) == (2, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_no_space_left_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "driftcheck", "diff", *SOURCES[:2]]
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            command, cwd=project(tmp_path), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: there is no space left to write to\n")


def test_version_names_what_an_answer_depends_on() -> None:
    said = run(Path.cwd(), "--version").stdout
    assert said.startswith(f"driftcheck {driftcheck.__version__}\n")
    assert re.search(r"^tree-sitter \d", said, re.MULTILINE)


@pytest.mark.parametrize("words", [(), ("--help",), ("diff", "--help"), ("explain", "--help")])
def test_help_teaches_by_example(words: tuple[str, ...]) -> None:
    said = run(Path.cwd(), *words)
    assert "driftcheck diff" in said.stdout + said.stderr or "driftcheck explain" in said.stdout


def test_colour_is_asked_for_and_refused(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    assert "\x1b" not in run(tmp_path, "diff", *SOURCES).stdout
    assert "\x1b[31m" in run(tmp_path, "diff", *SOURCES, FORCE_COLOR="1").stdout
    assert "\x1b" not in run(tmp_path, "diff", *SOURCES, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[31m" in run(tmp_path, "diff", *SOURCES, "--color", "always", NO_COLOR="1").stdout


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = f"{sys.executable} -m driftcheck diff -C {PIXCRAWLER} -v --format json | head -c 10"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert ran.stderr == b""


def test_help_and_explain_load_nothing_heavy() -> None:
    code = (
        "import sys\nfrom driftcheck.cli.main import cli\n"
        "cli.main(sys.argv[1:], standalone_mode=False)\n"
        "heavy = {'sqlglot', 'sqlalchemy', 'deepdiff', 'rich', 'tree_sitter'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
    )
    for words in (["--help"], ["--version"], ["explain", "column-type"]):
        subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True)


def test_sources_are_read_at_the_same_time(tmp_path: Path) -> None:
    """The models wait for a file that only the other readers' time could give: they run meanwhile, not before."""
    from driftcheck.check.readings import reading
    from driftcheck.config import parse_source
    from driftcheck.project import Project
    from driftcheck.readers import sql

    project(tmp_path)
    started = tmp_path / "started"
    (tmp_path / "models.py").write_text(f"open({str(started)!r}, 'w').close()\n" + (tmp_path / "models.py").read_text())
    seen: list[bool] = []
    original = sql.read

    def read(location: str, root: Path) -> object:
        import time

        for _ in range(200):
            if started.exists():
                break
            time.sleep(0.05)
        seen.append(started.exists())
        return original(location, root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sql, "read", read)
        words = ("sql:schema.sql", "sqlalchemy:models:Base")
        with reading(Project(tmp_path), [parse_source(word) for word in words]) as arrivals:
            assert [arrive().name for _, arrive in arrivals] == ["sql", "sqlalchemy"]
    assert seen == [True]


def test_from_python(tmp_path: Path) -> None:
    report = driftcheck.diff(*SOURCES[:2], root=project(tmp_path, schema_sql=DRIFTED))
    assert report.failed
    assert [finding.rule.name for finding in report.findings] == ["column-type"]
    with pytest.raises(driftcheck.DriftcheckError):
        driftcheck.diff("sql:nowhere.sql", "drizzle:schema.ts", root=tmp_path)


def test_pytest_plugin(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    (tmp_path / "test_it.py").write_text(
        "def test_no_drift(driftcheck):\n"
        "    assert not driftcheck('drizzle:schema.ts', 'sqlalchemy:models:Base').failed\n"
    )
    # pytest-lsp fails at every item that is not a function.
    without = ("-p", "no:cacheprovider", "-p", "no:pytest-lsp", "-p", "no:asyncio")
    command = [sys.executable, "-m", "pytest", "-q", *without, "--rootdir", str(tmp_path)]
    passing = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 passed" in passing.stdout
    failing = subprocess.run([*command, "--driftcheck"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed" in failing.stdout
    assert "column-type DR203" in failing.stdout
