"""The HTML report in a real browser: filters and diagram work, nothing fails, nothing leaves the page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from driftcheck.render.html import render
from tests.conformance.drizzle import installed
from tests.render.screens import checked

from .reports import drifted, hostile

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if (CHROMIUM is None or DRIVER is None) and not os.environ.get("CI"):
    pytest.skip("needs Debian's chromium and chromium-driver (apt-get install)", allow_module_level=True)

#: The width of a desk and of a phone.
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Chrome:
    file = tmp_path / "report.html"
    file.write_text(render(drifted()), encoding="utf-8")
    browser.get(file.as_uri())
    return browser


def _requests(browser: Chrome) -> list[str]:
    """What the page asked for since the last call."""
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("data:", "chrome"))]


def _shown(browser: Chrome) -> list[str]:
    return [e.get_attribute("data-text") or "" for e in browser.find_elements("css selector", ".finding:not([hidden])")]


@pytest.mark.parametrize("make", [drifted, hostile])
def test_nothing_fails_and_nothing_leaves_the_page(browser: Chrome, tmp_path: Path, make: object) -> None:
    browser.get_log("browser")
    _requests(browser)
    file = tmp_path / "report.html"
    file.write_text(render(make()), encoding="utf-8")  # type: ignore[operator]
    browser.get(file.as_uri())
    assert _requests(browser) == [file.as_uri()]
    assert browser.get_log("browser") == []


def test_filters_narrow_the_list_and_reset_brings_it_back(page: Chrome) -> None:
    everything = len(_shown(page))
    page.find_element("id", "query").send_keys("project_id")
    assert _shown(page) == ["posts.project_id column-extra dr202"]
    assert page.find_element("id", "shown").text == f"1 of {everything} facts"
    page.find_element("css selector", "#filters button[type=reset]").click()
    page.find_element("css selector", "input[name=severity][value=error]").click()
    assert _shown(page) == ["users.u2 unique-name dr329"]


def test_a_table_of_the_diagram_chooses_its_findings(page: Chrome) -> None:
    table = page.find_element("css selector", 'svg .table[data-table="public.posts"]')
    table.click()
    button = table.find_element("css selector", "[role=button]")
    assert {text.split(".")[0] for text in _shown(page)} == {"posts"}
    assert button.get_attribute("aria-pressed") == "true"
    button.send_keys("\n")
    assert button.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_no_wider_than_the_screen(page: Chrome, width: int) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    for details in page.find_elements("css selector", "details"):
        page.execute_script("arguments[0].open = true", details)
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker of https://github.com/dequelabs/axe-core, which npm installs."""
    if shutil.which("npm") is None and not os.environ.get("CI"):
        pytest.skip("needs npm")
    return (installed(Path(__file__).with_name("axe")) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("media", ["light", "dark", "print"])
def test_the_page_is_for_everybody(browser: Chrome, tmp_path: Path, axe: str, media: str, width: int) -> None:
    file = tmp_path / "report.html"
    file.write_text(render(drifted()), encoding="utf-8")
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"features": [{"name": "prefers-color-scheme", "value": media}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"} if media == "print" else scheme)
    try:
        browser.get(file.as_uri())
        for details in browser.find_elements("css selector", "details"):
            browser.execute_script("arguments[0].open = true", details)
        browser.execute_script(axe)
        found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    finally:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 15


def test_a_printed_page_holds_fifteen_findings(browser: Chrome, tmp_path: Path) -> None:
    """A4 less its margins, at 96 dots an inch; what the script does before it prints is done."""
    file = tmp_path / "report.html"
    file.write_text(render(checked("archetype", tmp_path)), encoding="utf-8")
    browser.get(file.as_uri())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    metrics = {"width": 703, "height": 1031, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    bottoms = browser.execute_script(
        "return [...document.querySelectorAll('.finding')].map((one) => one.getBoundingClientRect().bottom + scrollY)"
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert sum(bottom < 1031 for bottom in bottoms) >= 15


def test_dark_mode_has_its_own_colours(page: Chrome) -> None:
    def paper(scheme: str) -> str:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        return str(page.execute_script("return getComputedStyle(document.body).backgroundColor"))

    assert paper("light") != paper("dark")
