"""The release, built once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .tree import copy

PACKED = ("driftcheck", "fixtures", "tests", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore")


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist, and the wheel made from it."""
    tree = copy(tmp_path_factory.mktemp("release") / "tree", *PACKED)
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PIP_REQUIRE")}
    ran = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", "dist"],
        cwd=tree, env=outside, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return tree / "dist"
