"""What is written of the architecture is true: the files that are named, the layers that are drawn."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from .pages import DOCS, REPOSITORY, blocks

CONTRIBUTING = REPOSITORY / ".github" / "CONTRIBUTING.md"


@pytest.mark.parametrize("page", [DOCS / "life-of-a-column.md", CONTRIBUTING], ids=lambda page: page.name)
def test_each_file_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"`((?:driftcheck|tests|fixtures|docs|benchmarks)/[\w./-]+)`", page.read_text()))
    assert len(named) > 5
    assert not [name for name in named if not (REPOSITORY / name).exists()]


def test_the_picture_shows_the_layersthat_the_contract_demands() -> None:
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [re.split(r" \| ", layer) for layer in contracts[0]["layers"]]
    picture = blocks(CONTRIBUTING.read_text(), "")[0]
    drawn = [re.findall(r"[\w]+", line.partition("  ")[0]) for line in picture.splitlines()]
    assert [set(line) for line in drawn if line] == [
        set(layer) - {"__main__"} for layer in layers if layer != ["__main__"]
    ]
