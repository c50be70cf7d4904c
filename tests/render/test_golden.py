"""Whole outputs, to be looked at when they change. `GOLDEN=write pytest tests/render/test_golden.py` writes them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from driftcheck import __version__
from driftcheck.render import FORMATS, renderer
from driftcheck.render.text.layout import columns_of
from tests.render.reports import drifted
from tests.render.screens import PROJECTS, WIDTHS, shown

GOLDEN = Path(__file__).with_name("golden")
SCREENS = ("archetype", *PROJECTS)
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


def output(name: str) -> str:
    text = renderer(name)(drifted()).replace(f'"{__version__}"', '"…"')
    text = text.replace(f"driftcheck {__version__}<", "driftcheck …<")
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
    _is_golden(GOLDEN / FILES[name], output(name))


@pytest.mark.parametrize("screen", SCREENS)
def test_screens(screen: str, tmp_path: Path) -> None:
    for width in WIDTHS:
        text = shown(screen, tmp_path, width)
        assert max(columns_of(line) for line in text.splitlines()) <= width
        _is_golden(GOLDEN / f"screen-{screen}-{width}.txt", text)


def _is_golden(path: Path, text: str) -> None:
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_bytes().decode("utf-8")


def test_every_format_has_one() -> None:
    assert set(FILES) == set(FORMATS)
    screens = {f"screen-{screen}-{width}.txt" for screen in SCREENS for width in WIDTHS}
    assert {path.name for path in GOLDEN.iterdir()} == {*FILES.values(), *screens}
