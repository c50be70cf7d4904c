"""The README tells the truth: its report is today's, and its commands are those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import driftcheck
from driftcheck.render.text import Style, render

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def report_text() -> str:
    """What `driftcheck diff -C fixtures/pixcrawler` prints, 100 columns wide, but for the interpreter's path."""
    report = driftcheck.diff(root=ROOT / "fixtures" / "pixcrawler")
    lines = render(report, Style(width=100)).splitlines()
    using = next(number for number, line in enumerate(lines) if line.startswith("sqlalchemy: using "))
    end = next(number for number in range(using + 1, len(lines)) if not lines[number].startswith("    "))
    return "\n".join([*lines[:using], *lines[end:]])


def test_the_report_is_what_the_archetype_gives_today() -> None:
    shown = re.search(r"<!-- report:.*?```text\n(.*?)\n```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] == report_text()


def test_the_report_fits_a_page() -> None:
    report = driftcheck.diff(root=ROOT / "fixtures" / "pixcrawler")
    for width in (80, 100, 160, None):
        assert len(render(report, Style(width=width)).splitlines()) <= 120


def test_every_rule_option_and_format_named_exists() -> None:
    from driftcheck.render import FORMATS

    named = re.search(r"`--format` chooses.*?\((.*?)\)", README, re.DOTALL)
    assert named is not None
    assert set(re.findall(r"`(\w+)`", named[1])) == set(FORMATS)
