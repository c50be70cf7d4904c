"""A rule, apart from what it finds: what `explain` and a config need, without the rest of the package."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from .frozen import dataclass
from .opening import packaged

#: The page of the manual on all rules, each with a heading of its own.
_PAGE = "https://github.com/driftcheck/driftcheck/blob/main/docs/rules.md"


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
    """A kind of drift. `page` is where in the package its long text is, which few runs need: it is read when asked for.

    `gap` says that it reports no drift but what could not be looked at: what is meant for drift (a selection, an
    ignored family, a baseline) does not make such a finding vanish.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    page: tuple[str, ...] = field(default=(), compare=False, repr=False)
    gap: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """Markdown: what it means, why it matters in production, an example in each language, how to fix it."""
        return packaged(*self.page) if self.page else ""

    @property
    def url(self) -> str:
        """Its text on the web."""
        return f"{_PAGE}#{self.code.lower()}-{self.name}"

    def matches(self, selector: str) -> bool:
        """Whether `selector` (a code, a name, or the beginning of a code: `DR2`) means this rule."""
        return self.named(selector) or self.code.startswith(selector.upper())

    def named(self, selector: str) -> bool:
        """Whether `selector` means this rule and no other."""
        return selector.lower() == self.name or selector.upper() == self.code
