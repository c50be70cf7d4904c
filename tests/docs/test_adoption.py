"""The README's way from nothing to a green check, line by line as it is there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.release.tree import copy

from .pages import REPOSITORY

SHIPPED = ("driftcheck", "fixtures/pixcrawler", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
#: What the comment behind a command promises → its exit status.
PROMISES = {"red": 1, "green": 0}


@pytest.mark.slow
def test_from_nothing_to_red_to_a_baseline_to_green(tmp_path: Path) -> None:
    found = re.search(r"<!-- adoption -->\n```sh\n(.*?)```", (REPOSITORY / "README.md").read_text(), re.DOTALL)
    assert found is not None
    copy(tmp_path / "driftcheck", *SHIPPED)
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    folder, kept = tmp_path, []
    for line in found[1].splitlines():
        command, _, comment = line.partition("#")
        expected = PROMISES.get(comment.split(":")[0].strip(), 0)
        ran = subprocess.run(
            ["bash", "-c", f'{command}\nstatus=$?; pwd > "{tmp_path}/pwd"; exit $status'],
            cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert ran.returncode == expected, f"{line}\n{ran.stdout}{ran.stderr}"
        folder = Path((tmp_path / "pwd").read_text().strip())
        kept.append((comment.split(":")[0].strip(), ran.stdout))
    assert [word for word, _ in kept if word in PROMISES] == ["red", "green"]
    red, green = (output for word, output in kept if word in PROMISES)
    assert "column-type DR203" in red
    assert "no new drift (" in green
    assert (folder / ".driftcheck-baseline.json").exists()
