"""What counts: from all differences to the findings of the report."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..config import Config, unknown_rule
from ..differ.rules import RULES, rule
from ..errors import UsageError
from ..findings import Finding, ObjectRef, Severity, Side
from .baseline import Baseline, Entry
from .ignores import Ignores
from .inline import Directive


@dataclass(frozen=True, slots=True)
class Verdict:
    """`findings` are those that count, those about ignores and baseline last; the others are in the two counts.

    `accepted` are what a baseline written now would hold, selected or not.
    """

    findings: tuple[Finding, ...]
    ignored: int
    baselined: int
    accepted: tuple[Finding, ...]


def decide(
    findings: Iterable[Finding],
    config: Config,
    *,
    sources: Collection[str],
    today: datetime.date,
    inline: Sequence[Directive] = (),
    baseline: Baseline | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Verdict:
    """`findings`, in their order, as the config, the ignores and the baseline would have them.

    `sources` are the names of those compared. `select` and `ignore` narrow what is reported and nothing else: what an
    ignore or the baseline covers counts as covered whether it is selected or not.
    """
    ignores = Ignores(config.ignores, inline, today)
    ignored: list[Finding] = []
    live: list[Finding] = []
    for finding in findings:
        covered = ignores.accept(finding)
        severity = _severity(finding, config, select)
        if severity is not Severity.OFF:
            (ignored if covered else live).append(finding.with_severity(severity))
    known = frozenset() if baseline is None else baseline.fingerprints
    stale = () if baseline is None else baseline.stale(live, sources)
    counting = [finding for finding in live if finding.fingerprint not in known]
    for finding in (*ignores.findings(sources), *map(_stale, stale)):
        severity = _severity(finding, config, select)
        if severity is not Severity.OFF:
            counting.append(finding.with_severity(severity))
    return Verdict(
        findings=tuple(_selected(counting, select, ignore)),
        ignored=len(_selected(ignored, select, ignore)),
        baselined=len(_selected((finding for finding in live if finding.fingerprint in known), select, ignore)),
        accepted=tuple(live),
    )


def _severity(finding: Finding, config: Config, select: Sequence[str]) -> Severity:
    """The config's word, else the finding's own. A rule that is off is on again where it is selected by name."""
    severity = config.severity(finding.rule) or finding.severity
    if severity is Severity.OFF and any(word in (finding.rule.name, finding.rule.code) for word in select):
        return Severity.WARNING
    return severity


def _selected(findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if (not select or any(finding.rule.matches(word) for word in select))
        and not any(finding.rule.matches(word) for word in ignore)
    ]


def _stale(entry: Entry) -> Finding:
    found = rule("DR903")
    what = f"the baseline accepts {entry.rule} of {entry.object} in {entry.source}"
    message = f"{what}, which no longer occurs; drop it: driftcheck baseline --prune"
    if entry.is_ambiguous:
        message = f"{what} without its argument types, so that it may mean another function; accept what drifts "
        message += "again: driftcheck baseline"
    return Finding(
        rule=found,
        severity=found.severity,
        source=entry.source,
        object=ObjectRef("baseline", "", f"{entry.rule} {entry.object} {entry.fingerprint}"),
        expected=Side(None),
        actual=Side(entry.actual, entry.place),
        message=message,
    )


def check_selectors(words: Iterable[str], option: str) -> None:
    """Raises UsageError for a word of `option` ("--select") that means no rule."""
    for word in words:
        if not word or not any(known.matches(word) for known in RULES):
            message, hint = unknown_rule(word, RULES)
            raise UsageError(f"{option}: {message}", hint=hint)
