"""The HTML report: complete without its script, and harmless whatever a schema calls its tables."""

from __future__ import annotations

import base64
import hashlib
import html
import random
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from driftcheck import __version__
from driftcheck.findings import ObjectRef, Report
from driftcheck.model import Column, ForeignKey, Schema, Table
from driftcheck.render.html import render
from driftcheck.render.html.edges import Router
from driftcheck.render.html.layout import HEAD, ROW, boxes
from driftcheck.sql import parse_type

from .reports import HOSTILE, column, drifted, finding, hostile, report, schema

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


def test_findings_come_first_and_the_worst_of_them() -> None:
    warning = finding("DR502", ObjectRef("index", "public", "i", "aaa"), None, "(a)")
    page = render(report(warning, finding("DR203", column("z", "zzz"), "text", "uuid")))
    assert page.index("column-type") < page.index("index-extra") < page.index("<svg")


def test_a_table_that_the_truth_lacks_is_drawn() -> None:
    (extra,) = schema().tables[1:]
    found = replace(finding("DR102", ObjectRef("table", "public", "posts"), None, "t"), subjects=(None, extra))
    page = render(report(found, schema=Schema(tables=schema().tables[:1])))
    assert 'class="table drifts warning extra"' in page
    assert 'data-table="public.posts"' in page
    assert '<path d="M' in page[page.index('class="edges"') :]
    assert "not in drizzle" in page


def test_the_policy_allows_this_style_and_this_script_alone() -> None:
    page = render(drifted())
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert "unsafe" not in policy
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        text = page[page.index(f"<{element}>") + len(element) + 2 : page.index(f"</{element}>")]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_page_says_what_it_is_about() -> None:
    page = render(report(about=("shop", "2026-12-01", "commit 0123456789ab")))
    assert "<title>driftcheck: shop</title>" in page
    assert f"shop · 2026-12-01 · commit 0123456789ab · driftcheck {__version__}" in page


@pytest.mark.parametrize("seed", range(20))
def test_lines_go_around_the_boxes(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"t{number}" for number in range(chance.randint(2, 40))]
    tables = [
        Table(
            schema="public",
            name=name,
            columns=tuple(Column(name=f"c{n}", type=parse_type("text")) for n in range(chance.randint(1, 25))),
            foreign_keys=tuple(
                ForeignKey(name=f"k{n}", columns=("c0",), target_schema="public", target_table=chance.choice(names))
                for n in range(chance.randint(0, 4))
            ),
        )
        for name in names
    ]
    placed = boxes(tables, {table.key: len(table.columns) for table in tables})
    router = Router(placed)
    by_name = {box.table.name: box for box in placed}
    for box in placed:
        for key in box.table.foreign_keys:
            way = router.way(box, HEAD + ROW / 2, by_name[key.target_table])
            for (x1, y1), (x2, y2) in pairwise(way):
                assert x1 == x2 or y1 == y2
                for other in placed:
                    left, right, top, bottom = other.x, other.x + other.width, other.y, other.y + other.height
                    across = min(x1, x2) < right and max(x1, x2) > left and min(y1, y2) < bottom and max(y1, y2) > top
                    assert not across, (box.table.name, key.target_table, other.table.name)


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
