"""What holds for every test."""

from __future__ import annotations

import compileall
from pathlib import Path

import pytest

import driftcheck


def pytest_configure(config: pytest.Config) -> None:
    """Compiles driftcheck once, as pip does for those who install it: hundreds of tests start the command."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(driftcheck.__file__).parent, quiet=2)
