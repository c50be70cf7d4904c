"""What counts: from all differences to the findings of the report."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import field, replace

from ..config import Config, unknown_rule
from ..differ.rules import RULES, rule
from ..errors import UsageError
from ..findings import Finding, Gaps, ObjectRef, Severity, Side
from ..frozen import dataclass
from .baseline import Baseline, BaselineEntry
from .ignores import Ignores
from .inline import Directive


@dataclass(frozen=True, slots=True)
class Verdict:
    """`findings` are those that count, those about ignores and baseline last; the others are in the counts.

    `gaps` counts what was not understood, in whatever way it is treated; `ignored` and `baselined` count all else.
    `accepted` are what a baseline written now would hold, selected or not.
    """

    findings: tuple[Finding, ...]
    ignored: int
    baselined: int
    accepted: tuple[Finding, ...]
    gaps: Gaps


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
    ignore or the baseline covers counts as covered whether it is selected or not. Neither narrows gaps: a check that
    could not look must not read as one that found nothing.
    """
    ignores = Ignores(config.ignores, inline, today)
    sorted_out = _sorted_out(findings, config, ignores, select)
    ignored, live = sorted_out.ignored, sorted_out.live
    baseline = baseline or Baseline()
    known, stale = baseline.accepted(live), baseline.stale(live, sources)
    counting = [
        _counting(one, number in known) for number, one in enumerate(live) if one.rule.gap or number not in known
    ]
    for finding in (*ignores.findings(sources), *map(_stale, stale)):
        severity = _severity(finding, config, select)
        if severity is not Severity.OFF:
            counting.append(finding.with_severity(severity))
    baselined = [live[number] for number in sorted(known) if not live[number].rule.gap]
    return Verdict(
        findings=tuple(_selected(counting, select, ignore)),
        ignored=len(_selected((finding for finding in ignored if not finding.rule.gap), select, ignore)),
        baselined=len(_selected(baselined, select, ignore)),
        accepted=tuple(live),
        gaps=Gaps(
            total=sum(finding.rule.gap for finding in (*live, *ignored, *sorted_out.off)),
            ignored=sum(finding.rule.gap for finding in ignored),
            off=sum(finding.rule.gap for finding in sorted_out.off),
            baselined=sum(finding.accepted for finding in counting),
        ),
    )


@dataclass(slots=True)
class _Sorted:
    """Findings that an ignore covers, that the config turns off, and all others."""

    live: list[Finding] = field(default_factory=list)
    ignored: list[Finding] = field(default_factory=list)
    off: list[Finding] = field(default_factory=list)


def _sorted_out(findings: Iterable[Finding], config: Config, ignores: Ignores, select: Sequence[str]) -> _Sorted:
    result = _Sorted()
    for finding in findings:
        covered = ignores.accept(finding)
        severity = _severity(finding, config, select)
        if severity is Severity.OFF:
            result.off.append(finding)
        else:
            (result.ignored if covered else result.live).append(finding.with_severity(severity))
    return result


def _counting(finding: Finding, accepted: bool) -> Finding:
    """A gap that the baseline accepts stays in the report, as a note that fails nothing."""
    return replace(finding, severity=Severity.NOTE, accepted=True) if accepted else finding


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
        if finding.rule.gap
        or (
            (not select or any(finding.rule.matches(word) for word in select))
            and not any(finding.rule.matches(word) for word in ignore)
        )
    ]


def _stale(entry: BaselineEntry) -> Finding:
    found = rule("DR903")
    times = f" {entry.count} times" if entry.count > 1 else ""
    what = f"the baseline accepts {entry.rule} of {entry.object} in {entry.source}{times}"
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
