"""What the sources come to: normalize, leave out, compare, triage."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from .. import triage
from ..budget import Budget
from ..config import SourceSpec
from ..differ.finders.check_itself import gap_findings
from ..errors import ConfigError
from ..findings import Counts, Finding, NotCompared, Report, Severity
from ..fixes.files import Files
from ..frozen import dataclass
from ..project import Project
from ..reading import Source
from .excerpts import excerpts
from .gathering import Gathered, gather
from .left_out import cautions, left_out_findings
from .plan import Plan
from .readings import Arrival
from .request import BaselineUpdate, Request
from .sides import sides
from .summaries import summary, unmodelled

Arrivals = Iterable[tuple[SourceSpec, Arrival]]


@dataclass(frozen=True, slots=True)
class _Compared:
    """All differences between the sources, before anything is verdict."""

    plan: Plan
    gathered: Gathered
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    not_compared: tuple[NotCompared, ...]
    counts: Counts
    notes: tuple[str, ...]


def report(request: Request, planned: Plan, arrivals: Arrivals, files: Files | None = None) -> Report:
    """The report on the sources of `planned` as they arrive. `files` are those that fixes are made for."""
    return report_and_sources(request, planned, arrivals, files)[0]


def report_and_sources(
    request: Request, planned: Plan, arrivals: Arrivals, files: Files | None = None
) -> tuple[Report, tuple[Source, ...]]:
    """`report`, and the sources as they were compared, the truth first."""
    triage.check_selectors(request.select, "--select")
    triage.check_selectors(request.ignore, "--ignore")
    compared = _compare(planned, arrivals, files, fixes=request.fixes)
    baseline = triage.read_baseline(planned.project, planned.baseline) if request.use_baseline else None
    verdict = _decide(request, compared, baseline)
    found = Report(
        truth=compared.sources[0].name,
        sources=tuple(summary(source) for source in compared.sources),
        compared=compared.counts,
        findings=verdict.findings,
        not_compared=compared.not_compared,
        ignored=verdict.ignored,
        baselined=verdict.baselined,
        against_baseline=baseline is not None,
        values=sides(verdict.findings, compared.sources),
        notes=(*compared.plan.notes, *compared.notes),
        schema=compared.sources[0].schema,
        dialect=compared.sources[0].reading.dialect,
        excerpts=excerpts(planned.project, verdict.findings),
        fail_on=request.fail_on or planned.config.fail_on or "warning",
        gaps=verdict.gaps,
        failures=tuple(compared.gathered.failures),
        remedy=compared.gathered.comparisons.remedy(
            one for one in verdict.findings if one.severity is not Severity.NOTE
        ),
        cautions=cautions([*planned.left_out, *compared.gathered.left_out], compared.sources),
    )
    return found, compared.sources


def baseline_update(request: Request, planned: Plan, arrivals: Arrivals, *, prune: bool) -> BaselineUpdate:
    """Writes the baseline: the findings in `arrivals`, or with `prune` only without what no longer occurs.

    Raises SourceError if a source cannot be read: nobody knows what would be accepted of it.
    """
    compared = _compare(planned, arrivals, fixes=False)
    for error in compared.gathered.errors:
        raise error
    before = triage.read_baseline(planned.project, planned.baseline) or triage.Baseline()
    verdict = _decide(request, compared, before)
    drifting = _drifting(compared)
    after = before.pruned(verdict.accepted, drifting) if prune else before.accepting(verdict.accepted, drifting)
    text = after.to_text()
    Budget.current = None  # the check is over: nothing interrupts the writing of what came of it
    _write(planned.project, planned.baseline, text)
    return BaselineUpdate(
        path=planned.baseline,
        kept=sum(entry.count for entry in after.entries),
        dropped=len(before.fingerprints - after.fingerprints),
        unparsed=sum(finding.rule.name == "syntax-error" for finding in verdict.accepted),
    )


def _write(project: Project, name: str, text: str) -> None:
    """A baseline's name is the config's: nothing outside of the project is written over because it says so."""
    try:
        project.to_write(name).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise ConfigError(f"cannot write the baseline: {error.strerror}", path=name) from error


def _compare(planned: Plan, arrivals: Arrivals, files: Files | None = None, *, fixes: bool = True) -> _Compared:
    gathered = gather(planned, arrivals, files or Files(planned.project), fixes=fixes)
    comparisons = gathered.comparisons
    sources = comparisons.sources
    findings = [*comparisons.findings, *_gaps(sources)]
    findings += triage.required_findings(sources, planned.config, findings)
    not_compared = [*comparisons.not_compared, *(entry for source in sources for entry in unmodelled(source))]
    findings += left_out_findings(planned.left_out, sources[0])
    return _Compared(
        planned,
        gathered,
        sources,
        tuple(sorted(findings, key=_order(sources))),
        tuple(dict.fromkeys(not_compared)),
        comparisons.counts,
        comparisons.notes,
    )


def _gaps(sources: Sequence[Source]) -> Iterator[Finding]:
    """What a source could not read, unless it is a file that it passes over and another source reads."""
    for source in sources:
        others = {path for other in sources if other is not source for path in other.reading.files}
        elsewhere = others - set(source.reading.files)
        for finding in gap_findings(source):
            if finding.actual.location is None or finding.actual.location.path not in elsewhere:
                yield finding


def _decide(request: Request, compared: _Compared, baseline: triage.Baseline | None) -> triage.Verdict:
    return triage.decide(
        compared.findings,
        compared.plan.config,
        sources=_drifting(compared),
        today=datetime.date.today(),
        inline=triage.read_directives(compared.plan.project, compared.sources),
        baseline=baseline,
        select=request.select,
        ignore=request.ignore,
    )


def _drifting(compared: _Compared) -> list[str]:
    """The sources that findings can be about: gaps are found in the truth, too."""
    return [source.name for source in compared.sources]


def _order(sources: Iterable[Source]) -> Callable[[Finding], tuple[object, ...]]:
    names = [source.name for source in sources]

    def key(finding: Finding) -> tuple[object, ...]:
        ref = finding.object
        table = ref.name if ref.kind == "table" else ref.table or ""
        return ref.schema, table, finding.rule.code, ref.columns or (), ref.called, names.index(finding.source)

    return key
