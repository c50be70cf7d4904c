"""The page in a real browser: nothing fails, nothing leaves it, the search and the diagram work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from driftcheck.documents import page

from ..render.test_html_in_browser import WIDTHS, _requests, browser
from .test_golden import DESCRIBED
from .test_hostile import DESCRIBED as HOSTILE_DESCRIBED

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from driftcheck.documents.described import Described

__all__ = ["browser"]


@pytest.mark.parametrize("described", [DESCRIBED, HOSTILE_DESCRIBED], ids=["example", "hostile"])
def test_nothing_fails_and_nothing_leaves_the_page(browser: Chrome, tmp_path: Path, described: Described) -> None:
    browser.get_log("browser")
    _requests(browser)
    file = tmp_path / "schema.html"
    file.write_text(page(described, "html"), encoding="utf-8")
    browser.get(file.as_uri())
    assert _requests(browser) == [file.as_uri()]
    assert browser.get_log("browser") == []
    boxes = browser.find_elements("css selector", "svg .table")
    assert len(boxes) == len(described.tables)


@pytest.fixture
def schema(browser: Chrome, tmp_path: Path) -> Chrome:
    file = tmp_path / "schema.html"
    file.write_text(page(DESCRIBED, "html"), encoding="utf-8")
    browser.get(file.as_uri())
    return browser


def test_the_search_finds_columns_and_fades_what_is_not_meant(schema: Chrome) -> None:
    query = schema.find_element("id", "query")
    query.send_keys("embedding VECTOR")
    shown = schema.find_elements("css selector", ".entity:not([hidden])")
    assert [one.get_attribute("data-table") for one in shown] == ["app.accounts", None]
    assert shown[1].text.startswith("accounts_open"), "a view that gives all its columns"
    away = schema.find_elements("css selector", "svg .table.away")
    assert len(away) == len(DESCRIBED.tables) - 1
    schema.find_element("css selector", "#filters button[type=reset]").click()
    schema.execute_async_script("setTimeout(arguments[0], 50)")
    assert not schema.find_elements("css selector", "svg .table.away, .entity[hidden]")


def test_a_table_of_the_diagram_opens_its_description(schema: Chrome) -> None:
    box = schema.find_element("css selector", 'svg .table[data-table="public.items"]')
    box.find_element("css selector", "[role=button]").send_keys("\n")
    entity = schema.find_element("css selector", '.entity[data-table="public.items"]')
    assert entity.get_attribute("open") is not None
    assert "items_room_fkey" in entity.text
    assert "chosen" in (box.get_attribute("class") or "")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_no_wider_than_the_screen(schema: Chrome, width: int) -> None:
    schema.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    for details in schema.find_elements("css selector", "details"):
        schema.execute_script("arguments[0].open = true", details)
    assert schema.execute_script("return document.documentElement.scrollWidth") <= width
