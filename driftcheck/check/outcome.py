"""What the sources come to: normalize, leave out, compare, triage."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .. import triage
from ..differ.finders.check_itself import gap_findings
from ..errors import ConfigError
from ..findings import Counts, Finding, NotCompared, Report
from ..project import Project
from ..reading import Source
from .comparisons import Comparisons
from .excerpts import excerpts
from .plan import Plan
from .request import BaselineUpdate, Request
from .sides import sides
from .summaries import summary, unmodelled


@dataclass(frozen=True, slots=True)
class _Compared:
    """All differences between the sources, before anything is verdict."""

    plan: Plan
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    not_compared: tuple[NotCompared, ...]
    counts: Counts
    notes: tuple[str, ...]


def report(request: Request, planned: Plan, readings: Iterable[Source]) -> Report:
    """The report on `readings`, the sources of `planned` as they are read."""
    triage.check_selectors(request.select, "--select")
    triage.check_selectors(request.ignore, "--ignore")
    compared = _compare(planned, readings)
    config = planned.config
    baseline = triage.read_baseline(planned.project, config.baseline) if request.use_baseline else None
    verdict = _decide(request, compared, baseline)
    return Report(
        truth=compared.plan.truth,
        sources=tuple(summary(source) for source in compared.sources),
        compared=compared.counts,
        findings=verdict.findings,
        not_compared=compared.not_compared,
        ignored=verdict.ignored,
        baselined=verdict.baselined,
        values=sides(verdict.findings, compared.sources),
        notes=(*compared.plan.notes, *compared.notes),
        schema=compared.sources[0].schema,
        excerpts=excerpts(planned.project, verdict.findings),
        fail_on=request.fail_on or config.fail_on or "warning",
        gaps=verdict.gaps,
    )


def baseline_update(request: Request, planned: Plan, readings: Iterable[Source], *, prune: bool) -> BaselineUpdate:
    """Writes the baseline: the findings in `readings`, or with `prune` only without what no longer occurs."""
    compared = _compare(planned, readings)
    config = planned.config
    before = triage.read_baseline(planned.project, config.baseline) or triage.Baseline()
    verdict = _decide(request, compared, before)
    drifting = _drifting(planned)
    after = before.pruned(verdict.accepted, drifting) if prune else before.accepting(verdict.accepted, drifting)
    _write(planned.project, config.baseline, after.to_text())
    return BaselineUpdate(
        path=config.baseline,
        kept=sum(entry.count for entry in after.entries),
        dropped=len(before.fingerprints - after.fingerprints),
        unparsed=sum(finding.rule.name == "syntax-error" for finding in verdict.accepted),
    )


def _write(project: Project, name: str, text: str) -> None:
    """A baseline's name is the config's: nothing outside of the project is written over because it says so."""
    try:
        project.real(name).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise ConfigError(f"cannot write the baseline: {error.strerror}", path=name) from error


def _compare(planned: Plan, readings: Iterable[Source]) -> _Compared:
    comparisons = Comparisons([spec.name for spec in planned.sources], planned.config, planned.project)
    for source in readings:
        comparisons.add(source)
    sources = comparisons.sources
    findings = [*comparisons.findings, *(finding for source in sources for finding in gap_findings(source))]
    findings += triage.required_findings(sources, planned.config, findings)
    not_compared = [*comparisons.not_compared, *(entry for source in sources for entry in unmodelled(source))]
    return _Compared(
        planned,
        sources,
        tuple(sorted(findings, key=_order(sources))),
        tuple(dict.fromkeys(not_compared)),
        comparisons.counts,
        comparisons.notes,
    )


def _decide(request: Request, compared: _Compared, baseline: triage.Baseline | None) -> triage.Verdict:
    return triage.decide(
        compared.findings,
        compared.plan.config,
        sources=_drifting(compared.plan),
        today=datetime.date.today(),
        inline=triage.read_directives(compared.plan.project, compared.sources),
        baseline=baseline,
        select=request.select,
        ignore=request.ignore,
    )


def _drifting(planned: Plan) -> list[str]:
    """The sources that findings can be about: gaps are found in the truth, too."""
    return [spec.name for spec in planned.sources]


def _order(sources: Iterable[Source]) -> Callable[[Finding], tuple[object, ...]]:
    names = [source.name for source in sources]

    def key(finding: Finding) -> tuple[object, ...]:
        ref = finding.object
        table = ref.name if ref.kind == "table" else ref.table or ""
        return ref.schema, table, finding.rule.code, ref.columns or (), ref.called, names.index(finding.source)

    return key
