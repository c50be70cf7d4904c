"""What the config file comes to: checked, and every part with its place in the file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field

from ..budget import Limits
from ..frozen import dataclass
from ..location import Location
from ..rule import Rule, Severity
from .document import BASELINE, Comparable, CompareWord, DocumentTable, FailOn
from .sources import SourceSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Glob:
    """A glob over `schema.table` from `exclude`."""

    pattern: str
    place: Location | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Drift that is intended. `rule` is a selector (see `Rule.matches`), `source` None for every source.

    `object` is a glob over `schema.table`, `schema.table.column` or `schema.name`. `until` is the last day on which it
    holds.
    """

    rule: str
    object: str = "*"
    source: str | None = None
    reason: str
    until: datetime.date | None = None
    place: Location | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The config file at `path`, relative to the root. What is None or empty the file leaves open.

    `rules` holds severities by selector; `severity` decides which of them counts. `required` maps the demands that are
    made to their places ("row-level-security").
    """

    path: str = ""
    truth: str | None = None
    fail_on: FailOn | None = None
    dialect: str = ""
    exclude: tuple[Glob, ...] = ()
    baseline: str = BASELINE
    sources: tuple[SourceSpec, ...] = ()
    rules: Mapping[str, Severity] = field(default_factory=dict)
    compare: Mapping[Comparable, CompareWord] = field(default_factory=dict)
    required: Mapping[str, Location | None] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    documents: tuple[DocumentTable, ...] = ()
    allow_outside: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def severity(self, rule: Rule) -> Severity | None:
        """What the file says about `rule`: its name or whole code first, then the longest beginning of its code.

        Gaps are no drift, so that only their own name or code means them, and no family.
        """
        matches = rule.named if rule.gap else rule.matches
        matching = [selector for selector in self.rules if matches(selector)]
        if not matching:
            return None
        return self.rules[max(matching, key=lambda selector: (selector == rule.name, len(selector)))]
