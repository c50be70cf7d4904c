"""Models of all sorts, edited: each fact where it is written, byte for byte as it stands in `after.py.txt`.

`GOLDEN=write pytest tests/fixes/test_models.py` writes those files anew; look at what has changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Server
from .editing import created, run

MODELS = Path(__file__).with_name("models")
#: What no edit of one line can end: tables that share it, and of which the truth says different things.
_SHARED = ["public.b has the column from the same line (models.py:113), and agrees with the truth there"]
CASES = {"all_sorts": _SHARED, "dataclasses": [], "flask": [], "odd_names": []}


@pytest.mark.parametrize("case", CASES)
def test_each_fact_where_it_is_written(case: str, pg: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, path = MODELS / case, tmp_path / "models.py"
    for file in folder.glob("*.txt"):
        shutil.copy(file, tmp_path / file.name.removesuffix(".txt"))
    before = (tmp_path / "before.py").rename(path).read_bytes()
    shutil.copy(folder / "truth.sql", tmp_path / "truth.sql")
    done = run(tmp_path, "truth=sql:truth.sql", "sqlalchemy:models:Base")
    assert [one.message for one in done.taken_back] == []
    assert [one.why for one in done.left] == CASES[case]
    golden = folder / "after.py.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(path.read_bytes())
    assert path.read_bytes() == golden.read_bytes()
    assert _complaints(path.read_bytes()) <= _complaints(before)
    if not done.left:
        monkeypatch.syspath_prepend(tmp_path)
        assert_same_catalog(pg.catalog_of((folder / "truth.sql").read_text()), pg.catalog_of(created(path)))


def _complaints(text: bytes) -> set[str]:
    """What ruff says of a file: new lines in the style of old ones may be said the same of."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--output-format", "concise", "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=False)
    return {line.split()[1] for line in done.stdout.decode().splitlines() if line.startswith("-:")}
