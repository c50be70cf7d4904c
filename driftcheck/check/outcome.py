"""What the sources come to: normalize, leave out, compare, judge."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .. import judgement
from ..differ.finders.check_itself import gap_findings
from ..findings import Counts, Finding, NotCompared, Report
from ..reading import Source
from .comparisons import Comparisons
from .excerpts import excerpts
from .plan import Plan
from .request import BaselineUpdate, Request
from .sides import sides
from .summaries import summary, unmodelled


@dataclass(frozen=True, slots=True)
class _Compared:
    """All differences between the sources, before anything is judged."""

    plan: Plan
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    not_compared: tuple[NotCompared, ...]
    counts: Counts
    notes: tuple[str, ...]


def report(request: Request, planned: Plan, readings: Iterable[Source]) -> Report:
    """The report on `readings`, the sources of `planned` as they are read."""
    judgement.check_selectors(request.select, "--select")
    judgement.check_selectors(request.ignore, "--ignore")
    compared = _compare(request.root, planned, readings)
    config = planned.config
    baseline = judgement.read_baseline(request.root, config.baseline) if request.use_baseline else None
    judged = _judge(request, compared, baseline)
    return Report(
        truth=compared.plan.truth,
        sources=tuple(summary(source) for source in compared.sources),
        compared=compared.counts,
        findings=judged.findings,
        not_compared=compared.not_compared,
        ignored=judged.ignored,
        baselined=judged.baselined,
        values=sides(judged.findings, compared.sources),
        notes=(*compared.plan.notes, *compared.notes),
        schema=compared.sources[0].schema,
        excerpts=excerpts(request.root, judged.findings),
        fail_on=request.fail_on or config.fail_on or "warning",
    )


def baseline_update(request: Request, planned: Plan, readings: Iterable[Source], *, prune: bool) -> BaselineUpdate:
    """Writes the baseline: the findings in `readings`, or with `prune` only without what no longer occurs."""
    compared = _compare(request.root, planned, readings)
    config = planned.config
    before = judgement.read_baseline(request.root, config.baseline) or judgement.Baseline()
    judged = _judge(request, compared, before)
    drifting = _drifting(planned)
    after = before.pruned(judged.accepted, drifting) if prune else before.accepting(judged.accepted, drifting)
    path = request.root / config.baseline
    path.write_text(after.to_text(), encoding="utf-8", errors="backslashreplace", newline="\n")
    return BaselineUpdate(config.baseline, len(after.entries), len(before.fingerprints - after.fingerprints))


def _compare(root: Path, planned: Plan, readings: Iterable[Source]) -> _Compared:
    comparisons = Comparisons([spec.name for spec in planned.sources], planned.config, root)
    for source in readings:
        comparisons.add(source)
    sources = comparisons.sources
    findings = [*comparisons.findings, *(finding for source in sources for finding in gap_findings(source))]
    findings += judgement.required_findings(sources, planned.config, findings)
    not_compared = [*comparisons.not_compared, *(entry for source in sources for entry in unmodelled(source))]
    return _Compared(
        planned,
        sources,
        tuple(sorted(findings, key=_order(sources))),
        tuple(dict.fromkeys(not_compared)),
        comparisons.counts,
        comparisons.notes,
    )


def _judge(request: Request, compared: _Compared, baseline: judgement.Baseline | None) -> judgement.Judged:
    return judgement.judge(
        compared.findings,
        compared.plan.config,
        sources=_drifting(compared.plan),
        today=datetime.date.today(),
        inline=judgement.read_directives(request.root, compared.sources),
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
        return ref.schema, table, finding.rule.code, ref.columns or (), ref.name, names.index(finding.source)

    return key
