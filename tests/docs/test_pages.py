"""The manual: generated pages are today's, links lead somewhere, examples are valid."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import driftcheck
from driftcheck.config import load
from driftcheck.differ.rules import RULES
from driftcheck.kinds import KINDS
from driftcheck.render import FORMATS
from driftcheck.render.documents import document
from tests.render.reports import drifted

from .pages import DOCS, PAGES, REPOSITORY, anchors, blocks, prose

TEXTS = {path: path.read_text(encoding="utf-8") for path in PAGES}


def test_generated_pages_are_what_would_be_generated_today() -> None:
    ran = subprocess.run([sys.executable, DOCS / "generate.py", "--check"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{ran.stdout}{ran.stderr}\nrun: python docs/generate.py"


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    for path in DOCS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    page = tmp_path / "rules.md"
    page.write_text(page.read_text().replace("column-type", "column-kind"))
    command = [sys.executable, tmp_path / "generate.py"]
    checked = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (1, "rules.md is stale\n")
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "rules.md written\n"
    assert page.read_text() == (DOCS / "rules.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(TEXTS[page]))):
        if target.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(found.read_text(encoding="utf-8")), f"{page.name}: {target}"


def test_the_readme_lists_every_kind_of_source() -> None:
    rows = [f"| `{kind.name}` | {kind.location} |" for kind in KINDS.values()]
    assert "| kind | location |\n|---|---|\n" + "\n".join(rows) + "\n\n" in TEXTS[REPOSITORY / "README.md"]


def test_every_page_of_the_manual_is_listed_and_the_readme_leads_to_it() -> None:
    index = TEXTS[DOCS / "README.md"]
    assert all(f"({page.name})" in index for page in PAGES if page.parent == DOCS and page.name != "README.md")
    assert "/blob/main/docs/README.md)" in TEXTS[REPOSITORY / "README.md"]


def test_every_rule_has_its_place() -> None:
    text = TEXTS[DOCS / "rules.md"]
    assert {f"{rule.code.lower()}-{rule.name}" for rule in RULES} <= anchors(text)
    assert all(f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} |" in text for rule in RULES)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_examples_of_configs_are_configs(page: Path, tmp_path: Path) -> None:
    examples = [text for text in blocks(TEXTS[page], "toml") if "tool.driftcheck" in text]
    if page.name == "configuration.md":
        assert examples
    for text in examples:
        assert tomllib.loads(text)
        (tmp_path / "pyproject.toml").write_text(text)
        assert load(tmp_path) is not None


def test_every_field_of_the_json_report_is_explained() -> None:
    text = TEXTS[DOCS / "json.md"]

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return {str(key) for key in value} | {name for item in value.values() for name in names(item)}
        return {name for item in value for name in names(item)} if isinstance(value, list) else set()

    written = names(json.loads(json.dumps(document(drifted()))))
    assert written - set(re.findall(r"`(\w+)`", text)) == set()


def test_versions_named_are_this_one() -> None:
    for page, text in TEXTS.items():
        for version in re.findall(r"driftcheck(?:/driftcheck@v|==)([\d.]+)|rev: v([\d.]+)", text):
            assert "".join(version) == driftcheck.__version__, page.name


def test_formats_named_exist() -> None:
    for page, text in TEXTS.items():
        for name in re.findall(r"--report ([a-z]+)=", text):
            assert name in FORMATS, page.name
