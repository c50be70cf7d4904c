"""The HTML report: complete without its script, and harmless whatever a schema calls its tables."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from driftcheck.findings import Report
from driftcheck.model import Schema
from driftcheck.render.html import render

from .reports import HOSTILE, drifted, hostile, report

#: Elements that never have an end tag.
_VOID = {"meta", "input", "br", "rect", "path", "link", "img", "hr"}


class _Checker(HTMLParser):
    """Notes scripts, event attributes and anything that loads; fails on a tag that is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0
        self.loads: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        loading = ("src", "href", "srcset", "action")
        self.loads += [name for name, _ in attrs if name in loading or name.startswith("on")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<rect/>`: opened and closed."""

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _parsed(document: Report) -> _Checker:
    checker = _Checker()
    checker.feed(render(document))
    checker.close()
    assert checker.open == []
    return checker


@pytest.mark.parametrize("make", [drifted, hostile, report])
def test_the_page_is_well_formed_and_loads_nothing(make: object) -> None:
    checker = _parsed(make())  # type: ignore[operator]
    assert checker.scripts == 1
    assert checker.loads == []


def test_all_findings_and_their_sides_are_there_without_the_script() -> None:
    text = " ".join(_parsed(drifted()).text)
    for words in ("column-type", "posts.project_id", "SET NOT NULL", "email varchar(320),", "drizzle declares none"):
        assert words in text


def test_drifted_tables_and_columns_stand_out_in_the_diagram() -> None:
    page = render(drifted())
    assert 'class="table drifts error"' in page
    assert 'class="column drifts error"' in page


def test_agreement_has_no_filters_and_says_so() -> None:
    page = render(report())
    assert "No drift" in page
    assert 'id="filters"' not in page


def test_a_truth_without_tables_has_no_diagram() -> None:
    assert "<svg" not in render(report(schema=Schema()))


def test_hostile_names_are_text() -> None:
    page = render(hostile())
    assert "<script>alert" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert len(HOSTILE) > 10_000
    assert len(page) < 60_000
