"""What is wrong with the words of a command, said as every other error is; and colours, in every command."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from .running import project, run

#: Within this process, which is quicker by the start of an interpreter for each.
main_module = import_module("driftcheck.cli.main")


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (("diff", "--fromat", "json"), "there is no option --fromat", "did you mean --format?"),
        (("diff", "--zzz"), "there is no option --zzz", "driftcheck diff --help lists what there is"),
        (("dif",), "there is no command 'dif'", "did you mean diff?"),
        (("Explain",), "there is no command 'Explain'", "did you mean explain?"),
        (("diff", "--format", "josn"), "--format: 'josn' is not one of text, ", "did you mean json?"),
        (("diff", "--color", "off"), "--color: 'off' is not one of auto, always, never", ""),
        (("diff", "--timeout", "soon"), "--timeout: 'soon' is not a valid float", "driftcheck diff --help"),
        (("diff", "-C", "nowhere"), "--root: directory 'nowhere' does not exist", "driftcheck diff --help"),
        (("diff", "--report", "sarif"), "--report: 'sarif' is not FORMAT=PATH, such as sarif=", ""),
        (("export", "sql:schema.sql"), "--to is missing: one of sql, ", ""),
        (("explain", "colum-type"), "there is no rule 'colum-type'", "did you mean column-type?"),
        (("explain", "dr20x"), "there is no rule 'dr20x'", "did you mean DR2"),
        (("diff", "sql:schema.sql", "x=sql:scheme.sql"), "scheme.sql does not exist", "did you mean sql:schema.sql?"),
        (("diff", "sql:schema.sql", "drizzle:shema.ts"), "shema.ts does not exist", "did you mean drizzle:schema.ts?"),
        (("diff", "drizzle:schema.sql", "sql:schema.sql"), "schema.sql is not a Drizzle source", "sql:schema.sql"),
        (("diff", "drizzle:schema.ts", "sql:schema.ts"), "schema.ts is not a SQL source", "drizzle:schema.ts"),
        (
            ("diff", "sqlalchemy:schema.sql", "sql:schema.sql"),
            "schema.sql is not a SQLAlchemy source",
            "sql:schema.sql",
        ),
        (("diff", "snapshot:schema.sql", "sql:schema.sql"), "schema.sql is not a snapshot source", "SQL"),
        (("diff", "--statistics", "--format", "json"), "--statistics is for the text", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_error_says_what_and_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    error: str,
    hint: str,
) -> None:
    monkeypatch.chdir(project(tmp_path))
    monkeypatch.setattr(sys, "argv", ["driftcheck", *words])
    assert main_module._run() == 2
    said = capsys.readouterr().err
    first, *rest = said.splitlines()
    assert first.startswith("error")
    assert error in first
    assert hint in " ".join(rest)
    assert not {"Usage:", "Error:", "Choose"} & set(said.split())


def test_a_module_that_is_a_slip_is_named(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "models.py").write_text((tmp_path / "models.py").read_text())
    ran = run(tmp_path, "diff", "sql:schema.sql", "sqlalchemy:app.modls:Base")
    assert "did you mean app.models?" in ran.stderr


@pytest.mark.parametrize("words", [("explain", "DR203"), ("dif",), ("diff", "drizzle:schema.ts", "sql:schema.sql")])
def test_colours_are_what_the_environment_says(tmp_path: Path, words: tuple[str, ...]) -> None:
    root = project(tmp_path)
    painted = run(root, *words, FORCE_COLOR="1", NO_COLOR="")
    assert "\x1b[" in painted.stdout + painted.stderr
    for environment in ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"NO_COLOR": "", "FORCE_COLOR": ""}):
        plain = run(root, *words, **environment)
        assert "\x1b[" not in plain.stdout + plain.stderr


@pytest.mark.parametrize("selector", ["Column-TYPE", "dr2"])
def test_rules_are_named_in_any_case(tmp_path: Path, selector: str) -> None:
    root = project(tmp_path, schema_sql="CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);\n")
    ran = run(root, "diff", "drizzle:schema.ts", "sql:schema.sql", "--select", selector)
    assert "column-type DR203" in ran.stdout
