"""A check that cannot be made: each format that was asked for says so, with what to do."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from driftcheck.render import FORMATS

from .running import project, run

MISSING = ("diff", "drizzle:schema.ts", "sql:nowhere/at/all.sql")
#: Ways to fail before, while and after the sources are read: the words, and what each format has to say of it.
FAILURES = {
    "a source": (MISSING, "nowhere/at/all.sql"),
    "a config": (("diff", "--config", "wrong.toml"), "wrong.toml"),
    "one source": (("diff", "sql:schema.sql"), "only one source"),
    "a rule": (("diff", *MISSING[1:2], "sql:schema.sql", "--select", "DR9999"), "DR9999"),
    "an option": (("diff", "--fromat", "json", "sql:schema.sql"), "--fromat"),
    "a value": (("diff", "--fail-on", "sometimes"), "sometimes"),
    "a script": (("diff", "drizzle:schema.ts", "sql:schema.sql", "--to-sql", "nobody=x.sql"), "nobody"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "wrong.toml").write_text("truth = [1]\n")
    return project(tmp_path)


@pytest.mark.parametrize("failure", FAILURES)
def test_each_report_says_what_failed(root: Path, failure: str) -> None:
    words, told = FAILURES[failure]
    reports = [word for name in FORMATS for word in ("--report", f"{name}=out/{name}")]
    ran = run(root, *words, *reports)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert told in ran.stderr
    for name in FORMATS:
        text = (root / "out" / name).read_text()
        assert told in text, name
        _PARSERS.get(name, str)(text)


@pytest.mark.parametrize("format_", ["json", "github"])
def test_standard_output_says_what_failed(root: Path, format_: str) -> None:
    ran = run(root, *MISSING, f"--format={format_}")
    assert ran.returncode == 2
    assert "at/all.sql" in ran.stderr
    _PARSERS[format_](ran.stdout)


def _json(text: str) -> None:
    document = json.loads(text)
    assert document["version"] == 1
    assert document["error"]["message"]
    assert document["findings"] == []


def _jsonl(text: str) -> None:
    (line,) = text.splitlines()
    assert json.loads(line)["error"]["message"]


def _sarif(text: str) -> None:
    (run_,) = json.loads(text)["runs"]
    (invocation,) = run_["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    assert run_["results"] == []


def _junit(text: str) -> None:
    suites = ElementTree.fromstring(text)
    assert suites.attrib["errors"] == "1"
    assert len(suites.findall("testsuite/testcase/error")) == 1


def _gitlab(text: str) -> None:
    (entry,) = json.loads(text)
    assert entry["severity"] == "blocker"
    assert entry["location"]["path"]


def _github(text: str) -> None:
    assert [line[:8] for line in text.splitlines()] == ["::error "]


_PARSERS = {"json": _json, "jsonl": _jsonl, "sarif": _sarif, "junit": _junit, "gitlab": _gitlab, "github": _github}


def test_places_are_those_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "web").mkdir()
    project(tmp_path / "web")
    ran = run(tmp_path, *MISSING, "-C", "web", "--format", "github")
    assert ran.stdout.startswith("::error file=web/nowhere/at/all.sql,line=1,")


def test_a_report_that_cannot_be_written_stops_no_other(root: Path) -> None:
    (root / "taken").mkdir()
    ran = run(root, *MISSING, "--report", "json=taken", "--report", "junit=r.xml")
    assert ran.returncode == 2
    assert "at/all.sql" in (root / "r.xml").read_text()


def test_other_commands_print_no_report(root: Path) -> None:
    ran = run(root, "export", "sql:nowhere.sql", "--to", "sql")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "nowhere.sql does not exist" in ran.stderr


def test_passwords_stay_secret(root: Path) -> None:
    ran = run(root, "diff", "sql:schema.sql", "database:postgresql://me:s3cr3t@127.0.0.1:1/x", "--format", "json")
    assert ran.returncode == 2
    assert "s3cr3t" not in ran.stdout + ran.stderr
