"""What is released: complete, nothing beside it, and at work in a clean environment of every Python."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import driftcheck

from .pythons import VERSIONS, found
from .tree import REPOSITORY

PYTHONS = found()
#: Every file of the package, as it is in the repository.
SOURCES = {
    path.relative_to(REPOSITORY).as_posix()
    for path in (REPOSITORY / "driftcheck").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}


def _only(dist: Path, pattern: str) -> Path:
    (path,) = dist.glob(pattern)
    return path


def test_the_wheel_holds_the_package_and_nothing_else(dist: Path) -> None:
    with zipfile.ZipFile(_only(dist, "*.whl")) as wheel:
        names = set(wheel.namelist())
    packed = {name for name in names if ".dist-info/" not in name}
    assert packed == SOURCES
    assert {name.partition(".dist-info/")[2] for name in names - packed} == {
        "METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE",
    }  # fmt: skip
    for needed in (
        "driftcheck/py.typed",
        "driftcheck/config/schema.json",
        "driftcheck/differ/rules/texts/DR203.md",
        "driftcheck/render/html/assets/report.js",
        "driftcheck/render/html/assets/report.css",
    ):
        assert needed in packed


def test_the_sdist_holds_what_the_tests_need(dist: Path) -> None:
    with tarfile.open(_only(dist, "*.tar.gz")) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert names >= SOURCES
    assert {"tests/__init__.py", "fixtures/pixcrawler/pyproject.toml", "CHANGELOG.md", "LICENSE"} <= names
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name]


def test_the_package_index_would_take_it(dist: Path) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *dist.iterdir()]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.count("PASSED")) == (0, 2), ran.stdout + ran.stderr


def test_the_running_python_is_one_it_is_meant_for() -> None:
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in PYTHONS


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_works_in_a_clean_environment(dist: Path, tmp_path: Path, version: str) -> None:
    subprocess.run([PYTHONS[version], "-m", "venv", tmp_path / "clean"], check=True, timeout=120)
    binaries = tmp_path / "clean" / "bin"
    install = [binaries / "pip", "install", "-q", "--disable-pip-version-check", _only(dist, "*.whl")]
    installed = subprocess.run(install, capture_output=True, text=True, check=False, timeout=300)
    assert installed.returncode == 0, installed.stderr

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [binaries / "driftcheck", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    said = run("--version").stdout
    assert said.startswith(f"driftcheck {driftcheck.__version__}\n")
    assert f"\npython {version}." in said
    reports = [f"--report={name}={tmp_path / name}" for name in ("html", "sarif", "json")]
    checked = run("diff", "-C", str(REPOSITORY / "fixtures" / "pixcrawler"), *reports)
    assert (checked.returncode, checked.stderr) == (1, ""), checked.stdout + checked.stderr
    assert "column-type DR203" in checked.stdout
    assert "compared 13 tables, 161 columns" in checked.stdout
    assert "<script>" in (tmp_path / "html").read_text()
    assert "Why it matters" in run("explain", "column-type").stdout


def test_every_python_it_promises_is_tested_somewhere() -> None:
    workflow = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text()
    project = (REPOSITORY / "pyproject.toml").read_text()
    for version in VERSIONS:
        assert f'"{version}"' in workflow
        assert f"Programming Language :: Python :: {version}" in project
