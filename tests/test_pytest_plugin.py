"""In a project's own tests: `assert not report.failed, report` shows the text report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import driftcheck

TEST = """
import driftcheck

def test_drift():
    report = driftcheck.diff("a=sql:a.sql", "b=sql:b.sql")
    assert not report.failed, report
"""


def _project(root: Path, other: str) -> Path:
    (root / "a.sql").write_text("CREATE TABLE t (id integer PRIMARY KEY, name text);\n")
    (root / "b.sql").write_text(f"CREATE TABLE t (id integer PRIMARY KEY, name {other});\n")
    (root / "test_drift.py").write_text(TEST)
    return root


def _run(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(root)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_a_report_prints_as_text(tmp_path: Path) -> None:
    report = driftcheck.diff("a=sql:a.sql", "b=sql:b.sql", root=_project(tmp_path, "varchar(9)"))
    assert "  ✗ column-type DR203  name:  a text  b varchar(9)  b.sql:1\n" in str(report)
    assert repr(report) == "<driftcheck.Report: 1 source drifts from a>"


def test_a_failed_assert_shows_all_of_it(tmp_path: Path) -> None:
    ran = _run(_project(tmp_path, "varchar(9)"))
    assert ran.returncode == 1
    assert "AssertionError: <driftcheck.Report: 1 source drifts from a>" in ran.stdout
    assert "  ✗ column-type DR203  name:  a text  b varchar(9)  b.sql:1\n" in ran.stdout


def test_agreement_passes(tmp_path: Path) -> None:
    assert _run(_project(tmp_path, "text")).returncode == 0


def test_what_is_public_is_what_dir_shows() -> None:
    assert dir(driftcheck) == ["DriftcheckError", "Report", "__version__", "diff"]
    assert all(hasattr(driftcheck, name) for name in dir(driftcheck))
