"""The archetype, brought to what its truth says: it agrees, it can be imported, and nothing is lost unasked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from driftcheck.check import Request, check
from driftcheck.check.fixing import Fixed, Wishes, fix
from driftcheck.check.readings import PythonChoice

PIXCRAWLER = Path(__file__).parents[2] / "fixtures" / "pixcrawler"
README = Path(__file__).parents[2] / "README.md"
PYTHON = PythonChoice(python=sys.executable)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return shutil.copytree(PIXCRAWLER, tmp_path / "pixcrawler")


def run(root: Path, *sources: str, truth: str, unsafe: bool) -> Fixed:
    request = Request(root=root, home=root, sources=sources, truth=truth, interpreter=PYTHON)
    return fix(request, Wishes(unsafe=unsafe))


def test_the_models_become_what_the_schema_is(root: Path) -> None:
    done = run(root, "drizzle", "sqlalchemy", truth="drizzle", unsafe=True)
    assert [one.message for one in done.taken_back] == []
    assert done.status == 0
    assert all(path.startswith("backend/models/") for path in done.changed)
    subprocess.run([sys.executable, "-c", "import backend.models"], cwd=root, check=True)
    report = check(Request(root=root, home=root, sources=("drizzle", "sqlalchemy"), interpreter=PYTHON))
    assert not report.failed


def test_the_readme_shows_it(root: Path) -> None:
    words = ("-C", str(root), "--python", sys.executable)
    shown = re.search(r"<!-- fixing -->\n```text\n\$ driftcheck fix (.*)\n(.*)\n…\n(.*)\n```", README.read_text())
    assert shown is not None
    command = [sys.executable, "-m", "driftcheck", "fix", *words, *shown[1].split()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert (lines[0], lines[-1]) == (shown[2], shown[3])


def test_the_schema_becomes_what_the_sql_is(root: Path) -> None:
    before = (root / "frontend/lib/db/schema.ts").read_text()
    done = run(root, "drizzle", "sql", truth="sql", unsafe=True)
    assert [one.message for one in done.taken_back] == []
    assert done.status == 0
    assert done.changed == ("frontend/lib/db/schema.ts",)
    after = (root / "frontend/lib/db/schema.ts").read_text()
    comments = [line for line in before.splitlines() if line.startswith(("//", " *"))]
    assert [line for line in after.splitlines() if line.startswith(("//", " *"))] == comments


def test_without_unsafe_nothing_is_lost(root: Path) -> None:
    for truth, sources in (("sql", ("drizzle", "sql")), ("drizzle", ("drizzle", "sqlalchemy"))):
        done = run(root, *sources, truth=truth, unsafe=False)
        assert {one.fix.risk for one in done.made if one.fix is not None} == {"safe"}
        reasons = {one.why for one in done.left}
        assert {"drops an object; --unsafe does it", "loses data; --unsafe does it"} & reasons
        assert done.status == 1
