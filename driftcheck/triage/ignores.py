"""Findings that are meant: by a comment beside the drift, or by an entry of the config."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from ..config import Ignore, unknown_rule
from ..differ.rules import RULES, rule
from ..findings import Finding, ObjectRef, Side
from ..model import Location
from .globs import concerns, names_one
from .inline import Directive


class Ignores:
    """The ignores of one check. `accepts` says whether one covers a finding, and remembers that it did."""

    def __init__(self, config: Sequence[Ignore], inline: Sequence[Directive], today: datetime.date) -> None:
        self._expired = [ignore for ignore in config if ignore.until is not None and today > ignore.until]
        self._config = [ignore for ignore in config if ignore not in self._expired]
        self._inline: dict[str, list[Directive]] = defaultdict(list)
        for directive in inline:
            self._inline[directive.place.path].append(directive)
        self._used: set[int] = set()

    def accept(self, finding: Finding) -> bool:
        """Whether any ignore covers `finding`; every one that does counts as used."""
        covering: list[Ignore | Directive] = [ignore for ignore in self._config if _covers(ignore, finding)]
        covering += self._beside(finding)
        self._used.update(map(id, covering))
        return bool(covering)

    def _beside(self, finding: Finding) -> Iterator[Directive]:
        """On either side: on the truth's line an ignore holds for every source that drifts from it."""
        paths = {side.location.path for side in (finding.actual, finding.expected) if side.location is not None}
        for path in paths:
            for directive in self._inline.get(path, ()):
                if directive.problem is None and finding.rule.matches(directive.rule) and _on(directive, finding):
                    yield directive

    def findings(self, sources: Collection[str]) -> Iterator[Finding]:
        """DR905 for the expired and DR904 for the unused. An ignore for a source that was not compared is neither."""
        for ignore in self._expired:
            if ignore.source is None or ignore.source in sources:
                yield _expired(ignore)
        for ignore in self._config:
            if id(ignore) not in self._used and (ignore.source is None or ignore.source in sources):
                yield _unused_entry(ignore)
        for directives in self._inline.values():
            for directive in directives:
                if id(directive) not in self._used:
                    yield _unused_comment(directive)


def _covers(ignore: Ignore, finding: Finding) -> bool:
    """Whether an entry of the config covers `finding`. A gap has to be named: the rule itself, and one object."""
    if finding.rule.gap and not (finding.rule.named(ignore.rule) and names_one(ignore.object)):
        return False
    return (
        finding.rule.matches(ignore.rule)
        and ignore.source in (None, finding.source)
        and (ignore.object == "*" or concerns(ignore.object, finding.object))
    )


def _on(directive: Directive, finding: Finding) -> bool:
    return any(
        side.location is not None
        and side.location.path == directive.place.path
        and side.location.line <= directive.line <= _last_line(side, finding.object)
        for side in (finding.actual, finding.expected)
    )


def _last_line(side: Side, ref: ObjectRef) -> int:
    """Within what drifts, any of its lines will do; a table's lines belong to what depends on them."""
    assert side.location is not None
    inner = side.value is not None and ref.table is not None
    return (side.location.end_line or side.location.line) if inner else side.location.line


def _own(code: str, source: str, name: str, place: Location | None, value: str, message: str) -> Finding:
    found = rule(code)
    return Finding(
        rule=found,
        severity=found.severity,
        source=source,
        object=ObjectRef("ignore", "", name),
        expected=Side(None),
        actual=Side(value, place),
        message=message,
    )


def _expired(ignore: Ignore) -> Finding:
    name = f"{ignore.rule} on {ignore.object}"
    message = f"the ignore of {name} ended on {ignore.until}; what it covered counts again ({ignore.reason})"
    return _own("DR905", ignore.source or "config", name, ignore.place, f"until {ignore.until}", message)


def _unused_entry(ignore: Ignore) -> Finding:
    name = f"{ignore.rule} on {ignore.object}"
    where = f" in {ignore.source}" if ignore.source else ""
    message = f"the ignore of {name}{where} matches no finding; remove it"
    if any(known.gap and known.named(ignore.rule) for known in RULES) and not names_one(ignore.object):
        message = f"the ignore of {name}{where} hides no gap: name the object, or write an ignore at the gap's line"
    return _own("DR904", ignore.source or "config", name, ignore.place, ignore.reason, message)


def _unused_comment(directive: Directive) -> Finding:
    if directive.problem is not None:
        message = directive.problem
    elif not any(known.matches(directive.rule) for known in RULES):
        message = f"this ignore can match nothing: {unknown_rule(directive.rule, RULES)[0]}"
    else:
        message = f"ignore[{directive.rule}] matches no finding on line {directive.line}; remove it"
    name = f"{directive.rule or 'nothing'} at {directive.place}"
    return _own("DR904", directive.source, name, directive.place, directive.reason or directive.rule, message)
