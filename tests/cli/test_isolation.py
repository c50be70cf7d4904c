"""Nothing that lies in the folder where driftcheck is started runs for being there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .running import SOURCES, project

#: Of what driftcheck is made of, beside Python's library.
PACKAGES = "click deepdiff sqlalchemy tree_sitter tree_sitter_typescript orderly_set platformdirs sitecustomize".split()
TOUCHING = "import posix\nposix.close(posix.open('TOUCHED', posix.O_CREAT | posix.O_WRONLY))\nraise SystemExit(3)\n"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project in which every module that Python or driftcheck may look for has a namesake."""
    root = project(tmp_path)
    for name in (*sys.stdlib_module_names, *PACKAGES):
        (root / f"{name}.py").write_text(TOUCHING)
    return root


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    words = ["diff", *SOURCES[:2], "--no-exec", "--no-cache"]
    return subprocess.run([*command, *words], cwd=root, capture_output=True, text=True, check=False)


def _loaded_by_python(root: Path) -> set[str]:
    """What `python -m` itself loads before it gets to any module: nobody can help that (but for `python -P -m`)."""
    (root / "probe.py").write_text("import sys; print(*sys.modules)")
    ran = subprocess.run([sys.executable, "-m", "probe"], cwd=root, capture_output=True, text=True, check=True)
    (root / "probe.py").unlink()
    return {name.partition(".")[0] for name in ran.stdout.split()}


@pytest.mark.skipif(sys.platform == "win32", reason="the namesakes are written for POSIX")
@pytest.mark.parametrize(
    "command",
    [
        [str(Path(sys.executable).with_name("driftcheck"))],
        [sys.executable, "-I", "-m", "driftcheck"],
        [sys.executable, "-P", "-m", "driftcheck"],
    ],
    ids=["command", "isolated", "safe path"],
)
def test_of_all_namesakes_none_runs(hostile: Path, command: list[str]) -> None:
    ran = _run(hostile, *command)
    assert (ran.returncode, ran.stderr) == (0, "") or ran.returncode == 1
    assert not (hostile / "TOUCHED").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
def test_as_a_module_nothing_of_ours_is_taken_from_there(tmp_path: Path) -> None:
    root = project(tmp_path)
    own = _loaded_by_python(root)
    for name in {*sys.stdlib_module_names, *PACKAGES} - own:
        (root / f"{name}.py").write_text(TOUCHING)
    ran = _run(root, sys.executable, "-m", "driftcheck")
    assert ran.returncode in (0, 1), ran.stderr
    assert not (root / "TOUCHED").exists()
