"""The README tells the truth: its report is today's, and its commands are those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import driftcheck
from driftcheck.render.text import Style, render
from tests.render.screens import without_interpreters

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def report_text() -> str:
    """What `driftcheck diff -C fixtures/pixcrawler` prints, 100 columns wide, but for the interpreters' paths."""
    report = driftcheck.diff(root=ROOT / "fixtures" / "pixcrawler")
    lines = render(report, Style(width=100)).splitlines()
    return "\n".join(without_interpreters(lines))


def test_the_report_is_what_the_archetype_gives_today() -> None:
    shown = re.search(r"<!-- report:.*?```text\n(.*?)\n```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] == report_text()


def test_the_example_is_a_real_check(tmp_path: Path) -> None:
    example = README[README.index("<!-- example:") :]
    typescript, sql, output = (re.search(rf"```{kind}\n(.*?)```", example, re.DOTALL) for kind in ("ts", "sql", "text"))
    assert typescript is not None
    assert sql is not None
    assert output is not None
    (tmp_path / "schema.ts").write_text(typescript[1])
    (tmp_path / "schema.sql").write_text(sql[1])
    report = driftcheck.diff("drizzle:schema.ts", "sql:schema.sql", root=tmp_path)
    assert output[1] in render(report, Style(fixes=True))


def test_links_work_wherever_it_is_shown() -> None:
    """PyPI shows it, too, and knows nothing of the repository's folders; each page that it names is there."""
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert all(link.startswith("https://") for link in links)
    pages = [link.partition("/blob/main/")[2] for link in links if "/blob/main/" in link]
    assert pages
    assert all((ROOT / page.partition("#")[0]).is_file() for page in pages)


def test_the_report_fits_a_page() -> None:
    report = driftcheck.diff(root=ROOT / "fixtures" / "pixcrawler")
    for width, most in ((80, 140), (100, 130), (160, 110), (None, 110)):
        assert len(render(report, Style(width=width)).splitlines()) <= most


def test_every_rule_option_and_format_named_exists() -> None:
    from driftcheck.render import FORMATS

    named = re.search(r"`--format` chooses.*?\((.*?)\)", README, re.DOTALL)
    assert named is not None
    assert set(re.findall(r"`(\w+)`", named[1])) == set(FORMATS)
