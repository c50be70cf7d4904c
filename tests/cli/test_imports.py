"""What a command loads, counted in modules: the start of a program is slow by its imports, and a clock would waver."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from driftcheck.dialects import DIALECTS
from driftcheck.kinds import KINDS

from .running import SCHEMA_SQL, SCHEMA_TS, SOURCES, project

#: Runs the command as the console script does, then tells the modules that are loaded.
PROBE = """
import json, os, sys
tell = lambda *_: open(os.environ["PROBE"], "w").write(json.dumps(sorted(sys.modules)))
{when}
from driftcheck.cli import main
main()
"""
AT_THE_END = """
end = os._exit
os._exit = lambda status: (tell(), end(status))
"""
#: When another program is started; this stays what was told.
AT_THE_START = """
def hear(event, _):
    if event == "subprocess.Popen" and not os.path.exists(os.environ["PROBE"]):
        tell()
sys.addaudithook(hear)
"""


def loaded(root: Path, *words: str, cache: Path, when: str = AT_THE_END) -> set[str]:
    """The modules that `driftcheck WORDS` has loaded by then."""
    import os

    answer = root / "modules.json"
    environment = {**os.environ, "PROBE": str(answer), "DRIFTCHECK_CACHE_DIR": str(cache)}
    environment.pop("PYTEST_CURRENT_TEST", None)
    command = [sys.executable, "-c", PROBE.format(when=when), *words]
    subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True)
    modules = set(json.loads(answer.read_text()))
    answer.unlink()
    return modules


#: One small module a kind of source, however many kinds there will be.
KINDS_OF_SOURCES = {f"driftcheck.kinds.{kind}" for kind in KINDS}
#: And one an engine: what is in it is loaded where a schema of that engine is at hand.
ENGINES = {f"driftcheck.dialects.{name}" for name in DIALECTS}


def own(modules: set[str]) -> set[str]:
    return {name for name in modules - KINDS_OF_SOURCES - ENGINES if name.split(".")[0] == "driftcheck"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.mark.parametrize(
    ("words", "most"), [(("--help",), 21), (("--version",), 8), (("explain", "column-type"), 25)], ids=str
)
def test_what_reads_no_source_loads_little(root: Path, words: tuple[str, ...], most: int) -> None:
    modules = loaded(root, *words, cache=root)
    assert len(own(modules)) <= most, sorted(own(modules))
    assert not {"sqlalchemy", "deepdiff", "tree_sitter", "driftcheck.typescript", "driftcheck.readers"} & modules


def test_a_static_check_loads_no_third_library(root: Path) -> None:
    modules = loaded(root, "diff", *SOURCES[:2], "--no-cache", cache=root)
    assert not {"sqlalchemy", "sqlglot", "deepdiff", "driftcheck.readers.sqlalchemy", "driftcheck.discovery"} & modules
    assert len(own(modules)) <= 397, len(own(modules))


def test_sqlglot_is_loaded_for_sqlite_alone(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);")
    (tmp_path / "b.sql").write_text("CREATE TABLE a (id INTEGER PRIMARY KEY);")
    words = ("diff", "one=sql:a.sql", "two=sql:b.sql", "--fail-on", "never", "--no-cache")
    modules = loaded(tmp_path, *words, cache=tmp_path)
    assert "sqlglot" in modules
    assert not {"psycopg", "driftcheck.readers.drizzle", "driftcheck.readers.sqlalchemy"} & modules


def test_an_answer_that_was_kept_is_shown_without_the_rest_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    root, cache = project(tmp_path / "project"), tmp_path / "cache"
    for _ in range(2):
        modules = loaded(root, "diff", *SOURCES[:2], cache=cache)
    assert not {"driftcheck.model", "driftcheck.findings", "driftcheck.normalize", "tree_sitter"} & modules
    assert len(own(modules)) <= 26, sorted(own(modules))


def test_after_an_edit_only_what_reads_the_edited_file_is_loaded(tmp_path: Path) -> None:
    """Where something drifts, too: what would end it is worked out for who asks for fixes."""
    (tmp_path / "project").mkdir()
    root, cache = project(tmp_path / "project", schema_sql=SCHEMA_SQL.replace("320", "32")), tmp_path / "cache"
    words = ("diff", *SOURCES[:2], "--fail-on", "never")
    loaded(root, *words, cache=cache)
    (root / "schema.ts").write_text(SCHEMA_TS + "// a comment\n")
    edited = loaded(root, *words, cache=cache)
    assert "driftcheck.readers.drizzle" in edited
    assert not {"driftcheck.readers.sql", "driftcheck.fixes.sql", "driftcheck.fixes.sqlfiles"} & edited
    (root / "schema.sql").write_text(SCHEMA_SQL)
    edited = loaded(root, *words, cache=cache)
    assert "driftcheck.readers.sql" in edited
    assert not {"driftcheck.readers.drizzle", "driftcheck.typescript", "tree_sitter"} & edited


def test_the_projects_python_is_started_before_the_house_is_loaded(root: Path, tmp_path: Path) -> None:
    modules = loaded(root, "diff", *SOURCES, "--no-cache", cache=tmp_path, when=AT_THE_START)
    assert not {"driftcheck.model", "driftcheck.findings", "driftcheck.normalize", "driftcheck.cache"} & modules
    assert len(own(modules)) <= 53, sorted(own(modules))
