"""How a family of rules is written down: rows of rules, and the fields of the model that belong to each."""

from __future__ import annotations

from collections.abc import Iterable

from ...frozen import dataclass
from ...rule import Rule, Severity

ERROR, WARNING, NOTE, OFF = Severity.ERROR, Severity.WARNING, Severity.NOTE, Severity.OFF


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the model, the rule that its difference belongs to, and the words for it in a message.

    Without a `code` the field is not compared by itself, and `label` says why that loses nothing.
    """

    code: str | None
    label: str


#: (kind of object, field of the model) → what becomes of a difference in it.
Fields = dict[tuple[str, str], Fact]


def rows(*table: tuple[str, str, Severity, str], gap: bool = False) -> tuple[Rule, ...]:
    """Rules from rows of code, name, default severity and one-line summary; each text is `texts/<code>.md`."""
    return tuple(
        Rule(code, name, severity, summary, ("differ", "rules", "texts", f"{code}.md"), gap)
        for code, name, severity, summary in table
    )


def fields(kind: str, code: str, /, **labels: str) -> Fields:
    """The fields of `kind` that belong to the rule `code`, each with its label."""
    return {(kind, name): Fact(code, label) for name, label in labels.items()}


def exempt(kind: str, why: str, names: Iterable[str]) -> Fields:
    """Fields of `kind` that are not compared by themselves, and the reason."""
    return {(kind, name): Fact(None, why) for name in names}
