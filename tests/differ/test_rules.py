"""Rules as data: their codes, their severities, and texts that say something."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import driftcheck
from driftcheck.differ import rules
from driftcheck.differ.rules import RULES, rule
from driftcheck.findings import Rule, Severity

SECTIONS = ["Why it matters", "Drizzle", "SQL", "SQLAlchemy", "How to fix it", "When it is fine"]

#: What was promised from the start, and so may never mean anything else.
PROMISED = {
    "error": "101 103 201 202 203 204 206 210 301 311 313 314 315 321 323 331 333 401 403 504 601 603 611 613 621 623 "
    "641 701 704 711 713 714 715 716 717 801 803 811 813 821 823 906",
    "warning": "102 205 207 208 312 316 322 324 332 402 501 502 503 505 506 507 508 510 602 604 612 622 702 703 712 "
    "802 812 822 901 903 904 905",
    "note": "109 209 211 309 319 325 329 409 509 902",
    "off": "212",
}


@pytest.mark.parametrize(
    ("code", "severity"),
    [(f"DR{number}", severity) for severity, numbers in PROMISED.items() for number in numbers.split()],
)
def test_severities_are_as_promised(code: str, severity: str) -> None:
    assert rule(code).severity == Severity(severity)


def test_no_code_and_no_name_twice() -> None:
    assert len({one.code for one in RULES}) == len({one.name for one in RULES}) == len(RULES)


def test_rules_stand_in_the_order_of_their_codes() -> None:
    assert [one.code for one in RULES] == sorted(one.code for one in RULES)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_every_rule_explains_itself(one: Rule) -> None:
    what, *sections = re.split(r"^## (.*)$", one.text, flags=re.MULTILINE)
    assert len(what.split()) >= 6
    assert sections[::2] == SECTIONS
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        fence = {"Drizzle": "```ts\n", "SQL": "```sql\n", "SQLAlchemy": "```python\n"}.get(title, "")
        assert fence in body
        assert len(body.split()) >= 2, title
    assert re.fullmatch(r"[A-Z].*\.", one.summary)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.name)


def test_no_text_without_a_rule() -> None:
    pages = Path(driftcheck.__file__).parent.joinpath(*RULES[0].page).parent
    assert {page.stem for page in pages.iterdir()} == {one.code for one in RULES}


@pytest.mark.parametrize("word", ["DR203", "dr203", "column-type"])
def test_a_rule_is_found_by_code_and_by_name(word: str) -> None:
    assert rule(word).name == "column-type"


def test_an_unknown_rule_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        rule("DR000")


def test_rules_cost_no_heavy_import() -> None:
    """`--help` and `explain` are to answer at once."""
    code = f"import sys, {rules.__name__}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"deepdiff", "sqlglot", "sqlalchemy", "tree_sitter", "rich", "click"} & set(loaded)
