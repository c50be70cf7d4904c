"""`driftcheck explain`: what a rule means."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from . import completion
from .door import show

if TYPE_CHECKING:
    from ..rule import Rule

#: Longer lines of prose are hard to read.
_WIDEST = 100


@click.command(
    short_help="Say what a rule means, why it matters, and how to fix it.",
    epilog="""\b
Examples:
  driftcheck explain column-type
  driftcheck explain DR314
  driftcheck explain DR2      list a family of rules
  driftcheck explain          list all rules
""",
)
@click.argument("rules", nargs=-1, metavar="[RULE]...", shell_complete=completion.rules)
def explain(rules: tuple[str, ...]) -> None:
    """Say what a RULE means, why it matters, and how to fix what it finds, in all three languages."""
    from ..differ.rules import RULES
    from .markdown import to_terminal

    if not rules:
        _list(RULES)
        return
    for number, word in enumerate(rules):
        if number:
            show("\n")
        rule = _find(word, RULES)
        if rule is None:
            _list(_family(word, RULES))
            continue
        show(click.style(f"{rule.code} {rule.name}", bold=True) + f" ({rule.severity})\n\n")
        # The text begins with the rule's name as its heading, which has just been said.
        text = rule.text.partition("\n")[2].strip()
        if not text.startswith(rule.summary):
            show(f"{rule.summary}\n\n")
        show(to_terminal(text, min(shutil.get_terminal_size().columns, _WIDEST)) + "\n")


def _list(rules: Sequence[Rule]) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    show("".join(f"{_row(rule, width)}\n" for rule in rules))


def _row(rule: Rule, width: int | None) -> str:
    """One rule of the list; on a terminal its summary goes on below itself, elsewhere it stays on its line."""
    head = f"{rule.code}  {rule.name:<28} {rule.severity:<8} "
    if width is None or width < 2 * len(head) - 12:
        return head + rule.summary
    return textwrap.fill(rule.summary, width, initial_indent=head, subsequent_indent=" " * len(head))


def _find(word: str, rules: Sequence[Rule]) -> Rule | None:
    return next((rule for rule in rules if word.lower() in (rule.name, rule.code.lower())), None)


def _family(word: str, rules: Sequence[Rule]) -> list[Rule]:
    """The rules whose code, or whole first words of whose name, `word` is: `DR2`, `column`, `foreign-key`."""
    found = [rule for rule in rules if rule.matches(word) or rule.name.startswith(f"{word.lower()}-")]
    if found and word:
        return found
    from ..errors import UsageError
    from .usage import nearest

    hint = nearest(word, (name for rule in rules for name in (rule.name, rule.code)))
    raise UsageError(f"there is no rule '{word}'", hint=hint or "driftcheck explain lists them all")
