"""The texts of the rules on a terminal: nothing of the marks is printed, no line is wider than the terminal."""

from __future__ import annotations

import click
import pytest

from driftcheck.cli.markdown import to_terminal
from driftcheck.differ.rules import RULES
from driftcheck.rule import Rule


def test_marks_become_styles_and_a_span_may_wrap() -> None:
    text = (
        "One **bold** word, and `a span of code`, then more.\n\n- an item of\n  two lines\n- `x`\n\n```sql\nA `b`\n```"
    )
    plain = click.unstyle(to_terminal(text, 20))
    prose = ["One bold word, and a", "span of code, then", "more."]
    assert plain.split("\n") == [*prose, "", "- an item of two", "  lines", "- x", "", "    A `b`"]
    assert to_terminal("`aa bb`", 4) == f"{click.style('aa', fg='cyan')}\n{click.style('bb', fg='cyan')}"


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_prints_its_marks(rule: Rule, width: int) -> None:
    prose = [line for line in click.unstyle(to_terminal(rule.text, width)).split("\n") if not line.startswith("    ")]
    assert not [line for line in prose if "`" in line or "**" in line]
    headings = {line.lstrip("# ") for line in rule.text.splitlines() if line.startswith("#")}
    wide = [line for line in prose if len(line) > width and line not in headings]
    assert not [line for line in wide if " " in line.removeprefix("- ").strip()]
