"""A rule, apart from what it finds: what `explain` and a config need, without the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """SARIF's words, and GitHub's one to one. OFF silences a rule."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return ("off", "note", "warning", "error").index(self.value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of drift. `page` is the file that holds its long text; few runs need it, so it is read when asked for."""

    code: str
    name: str
    severity: Severity
    summary: str
    page: Path | None = field(default=None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """Markdown: what it means, why it matters in production, an example in each language, how to mend it."""
        return self.page.read_text(encoding="utf-8") if self.page else ""

    def matches(self, selector: str) -> bool:
        """Whether `selector` (a code, a name, or the beginning of a code: `DR2`) means this rule."""
        return selector == self.name or self.code.startswith(selector.upper())
