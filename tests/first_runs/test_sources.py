"""The first `driftcheck diff` in a project of Drizzle and SQL: what it takes, and what it says of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from .building import Layout, outcome
from .journals import JOURNALS
from .layouts import LAYOUTS

EVERY = {**LAYOUTS, **JOURNALS}


@pytest.mark.parametrize("layout", EVERY.values(), ids=EVERY)
def test_first_run(tmp_path: Path, layout: Layout) -> None:
    check(layout, tmp_path)


def check(layout: Layout, root: Path) -> None:
    found = outcome(root, layout)
    assert found.status == layout.status, found.text
    assert found.files >= set(layout.takes)
    assert not found.files & set(layout.passes_over)
    top = "\n".join(found.text.splitlines()[:12])
    assert [part for part in layout.says if part not in found.text] == [], found.text
    assert [part for part in layout.top if part not in top] == [], found.text
    assert [part for part in layout.never if part in found.text] == [], found.text
