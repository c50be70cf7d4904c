"""The command in a folder of its own, and PostgreSQL as judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conformance.conftest import pg as pg
from .checking import Checking


@pytest.fixture
def checking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Checking:
    root = tmp_path / "project"
    root.mkdir()
    return Checking(root, monkeypatch, capfd)
