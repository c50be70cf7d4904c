"""The manual as a site: it builds, and no link or anchor of it leads nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .pages import DOCS, REPOSITORY


def _build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", site]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    )


def test_the_site_builds(tmp_path: Path) -> None:
    built = _build(REPOSITORY / "mkdocs.yml", tmp_path)
    assert built.returncode == 0, built.stderr
    pages = {path.stem for path in DOCS.glob("*.md") if not path.name.endswith(".head.md")} - {"README"}
    assert pages == {path.parent.name for path in tmp_path.glob("*/index.html")}


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("[x](gone.md)\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    built = _build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert built.returncode == 1
    assert "gone.md" in built.stdout + built.stderr
