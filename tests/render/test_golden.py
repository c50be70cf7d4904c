"""Whole outputs, to be looked at when they change. `GOLDEN=write pytest tests/render/test_golden.py` writes them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from driftcheck import __version__
from driftcheck.render import FORMATS, renderer
from tests.render.reports import drifted

GOLDEN = Path(__file__).with_name("golden")
FILES = {
    "text": "report.txt",
    "concise": "concise.txt",
    "json": "report.json",
    "jsonl": "report.jsonl",
    "html": "report.html",
    "github": "github.txt",
    "sarif": "report.sarif",
    "markdown": "report.md",
    "junit": "junit.xml",
    "gitlab": "gitlab.json",
}


def test_every_format_has_one() -> None:
    assert set(FILES) == set(FORMATS)
    assert {path.name for path in GOLDEN.iterdir()} == set(FILES.values())


def output(name: str) -> str:
    text = renderer(name)(drifted()).replace(f'"{__version__}"', '"…"')
    if name != "sarif":
        return text
    document = json.loads(text)
    driver = document["runs"][0]["tool"]["driver"]
    driver["version"] = "…"
    for rule in driver["rules"]:
        rule["help"] = dict.fromkeys(rule["help"], "…")
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", FILES)
def test_golden(name: str) -> None:
    path = GOLDEN / FILES[name]
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(output(name), encoding="utf-8", newline="\n")
    assert output(name) == path.read_bytes().decode("utf-8")
