"""Whatever treats kinds of sources differently asks the registry: a kind that is new there is known everywhere."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from click.shell_completion import ShellComplete

from driftcheck.cli.main import _run, cli
from driftcheck.config.schema import json_schema
from driftcheck.discovery import discover
from driftcheck.kinds import KINDS, Lazy, SourceKind
from tests.docs.pages import DOCS

from .toy import TOY

Run = Callable[..., "Outcome"]

LAZY = [
    pytest.param(getattr(kind, field.name), id=f"{kind.name}-{field.name}")
    for kind in (*KINDS.values(), TOY)
    for field in fields(SourceKind)
    if isinstance(getattr(kind, field.name), Lazy)
]


@pytest.mark.parametrize("reference", LAZY)
def test_what_a_kind_names_is_there(reference: Lazy[object]) -> None:
    assert callable(reference.load())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_read_in_one_way(kind: SourceKind) -> None:
    assert [kind.read, kind.start, kind.connect].count(None) == 2
    assert kind.example.startswith(f"{kind.name}:")
    assert set(kind.offered) <= set(kind.suffixes)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of SQL and the toy kind, in a driftcheck that knows that kind."""
    monkeypatch.setitem(KINDS, "toy", TOY)
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "schema.sql").write_text("CREATE TABLE a (id integer, size bigint);\n")
    (tmp_path / "other.toy").write_text("a id integer\na size text\n")
    return tmp_path


class Outcome(NamedTuple):
    status: int
    stdout: str
    output: str


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """The command in this process, which knows the toy kind."""

    def run(*words: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["driftcheck", words[0], "-C", str(project), *words[1:]])
        status = _run()
        out, err = capsys.readouterr()
        return Outcome(status, out, " ".join((out + err).split()))

    return run


def test_it_is_read_and_fixed_in_its_own_words(run: Run) -> None:
    result = run("diff", "sql:schema.sql", "toy:other.toy", "--format", "json")
    assert result.status == 1, result.output
    (found,) = [one for one in json.loads(result.stdout)["findings"] if one["severity"] == "error"]
    assert (found["source"], found["actual"]["location"]["path"], found["actual"]["location"]["line"]) == (
        "toy", "other.toy", 2,
    )  # fmt: skip
    assert found["fix"]["language"] == "toy"
    assert found["fix"]["text"] == "write DR203 like a toy"


def test_a_kind_without_fixes_gets_none_of_another(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "toy", replace(TOY, fix=None))
    result = run("diff", "sql:schema.sql", "toy:other.toy", "--format", "json")
    assert all("fix" not in found for found in json.loads(result.stdout)["findings"])


@pytest.mark.parametrize(("language", "said"), [("", "toy"), ("plastic", "plastic")])
def test_a_kind_with_edits_alone_says_in_its_language_why_there_is_none(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    edits = replace(TOY, fix=None, edit=Lazy("tests.kinds.toy:edit"), language=language)
    monkeypatch.setitem(KINDS, "toy", edits)
    result = run("diff", "sql:schema.sql", "toy:other.toy", "--format", "json")
    (fix,) = [found["fix"] for found in json.loads(result.stdout)["findings"] if "fix" in found]
    assert (fix["language"], fix["text"]) == (said, "toys are edited by hand")


def test_ignores_stand_in_its_own_comments(project: Path, run: Run) -> None:
    (project / "other.toy").write_text("a id integer\na size text ; driftcheck: ignore[DR203] meant\n")
    assert run("diff", "sql:schema.sql", "toy:other.toy").status == 0


def test_it_is_found_where_nothing_is_configured(project: Path, run: Run) -> None:
    assert [str(found.spec) for found in discover(project).sources] == ["sql:schema.sql", "toy:other.toy"]
    assert "toy:other.toy" in run("diff").output


def test_a_bare_file_is_known_by_its_suffix(project: Path, run: Run) -> None:
    assert "toy:other.toy" in run("diff", "sql:schema.sql", "other.toy").output


def test_the_config_takes_it(project: Path, run: Run) -> None:
    config = project / "driftcheck.toml"
    config.write_text('[sources]\nsql = "sql:schema.sql"\nt = {kind = "toy", location = "other.toy", timeout = 3}\n')
    assert run("diff").status == 1
    config.write_text('[sources]\nsql = "sql:schema.sql"\nt = {kind = "toy", location = "other.toy", python = "p"}\n')
    refused = run("diff")
    assert refused.status == 2
    assert "'python' is for sqlalchemy and alembic sources" in refused.output
    assert "toy" in json.dumps(json_schema()["properties"]["sources"])


def test_the_shell_offers_it_and_its_files(project: Path, run: Run) -> None:
    def offered(word: str) -> list[str]:
        words = ["diff", "-C", str(project)]
        return [item.value for item in ShellComplete(cli, {}, "driftcheck", "_X").get_completions(words, word)]

    assert "toy:" in offered("t")
    assert offered("toy:o") == ["toy:other.toy"]


def test_the_manual_lists_it(project: Path, run: Run) -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    pages: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    assert "| `toy` | a `.toy` file |" in pages.configuration()
