"""Which Python a project asks for, which of the machine's is taken, and what a lock file says of a package."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from driftcheck.worker import newer
from driftcheck.worker.inside.pins import version_of


@pytest.mark.parametrize(
    ("file", "text", "wanted"),
    [
        ("pyproject.toml", '[project]\nrequires-python = ">=3.12,<4"\n', ">=3.12,<4"),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.12"\n', ">=3.12"),
        ("setup.cfg", "[options]\npython_requires = >=3.12\n", ">=3.12"),
        (".python-version", "3.12.4\n", "==3.12.*"),
        ("runtime.txt", "python-3.12.4\n", "==3.12.*"),
        ("pyproject.toml", "[project]\nname = 'x'\n", None),
    ],
)
def test_what_is_wanted(tmp_path: Path, file: str, text: str, wanted: str | None) -> None:
    (tmp_path / file).write_text(text)
    assert newer.wanted_by(tmp_path) == (None if wanted is None else (file, wanted))


@pytest.mark.skipif(sys.platform == "win32", reason="the layout of pyenv and uv on POSIX")
def test_the_oldest_that_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert newer.newest() is None
    minor = sys.version_info.minor
    names = [f".pyenv/versions/3.{minor + 3}.1", f".local/share/uv/python/cpython-3.{minor + 2}.4-linux-x86_64-gnu"]
    for name in (*names, f".pyenv/versions/3.{minor - 1}.0", ".pyenv/versions/shop-3.99"):
        python = tmp_path / name / "bin" / "python3"
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\n")
        python.chmod(0o755)
    last, first = (tmp_path / name / "bin" / "python3" for name in names)
    assert newer.newest() == last
    assert newer.newer(f">=3.{minor + 1}") == first
    assert newer.newer(f">=3.{minor}") is None
    assert newer.newer(f"==3.{minor + 1}.*") is None


@pytest.mark.parametrize(
    ("file", "text", "version"),
    [
        ("uv.lock", '[[package]]\nname = "sqlmodel"\nversion = "0.0.22"\n', (0, 0, 22)),
        ("Pipfile.lock", '{"default": {"sqlmodel": {"hashes": [], "version": "==0.0.8"}}}', (0, 0, 8)),
        ("requirements.txt", "sqlmodel==0.0.14 ; python_version > '3'\n", (0, 0, 14)),
        ("pyproject.toml", '[tool.poetry.dependencies]\nsqlmodel = "^0.0.16"\n', (0, 0, 16)),
        ("requirements.txt", "sqlmodel>=0.0.14\nsqlmodel-crud==9.9\n", None),
    ],
)
def test_what_a_lock_file_says(tmp_path: Path, file: str, text: str, version: tuple[int, ...] | None) -> None:
    (tmp_path / file).write_text(text)
    assert version_of("sqlmodel", [str(tmp_path)]) == version
