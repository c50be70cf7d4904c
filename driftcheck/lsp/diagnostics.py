"""Answers as diagnostics: each finding where the drifting source says it, and at the truth what drifts from it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from lsprotocol import types

from ..findings import Failure, Finding, Severity
from ..plain import plain
from ..render.locations import place
from .kept import Known
from .showing import Showing, whole_line

SOURCE = "driftcheck"
#: How much of a message is shown, and of how many findings one diagnostic speaks.
_LONGEST, _MOST = 2_000, 20
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_BEFORE = "what is said of {} is of the last check that could read it"


def diagnostics(showing: Showing) -> dict[str, list[types.Diagnostic]]:
    """By URI, all that there is to say of a project."""
    found: dict[str, list[types.Diagnostic]] = {}
    for located, diagnostic in (*_drift(showing), *_from_the_truth(showing), *_failures(showing)):
        found.setdefault(located.uri, []).append(diagnostic)
    return found


def _drift(showing: Showing) -> Iterator[tuple[types.Location, types.Diagnostic]]:
    for known in showing.kept.findings():
        finding = known.finding
        located = showing.location(known.answer, place(finding))
        if located is not None:
            doubt = finding.rule.gap and finding.source in showing.kept.doubted
            text = f"{finding.message}; {_BEFORE.format(finding.source)}" if doubt else finding.message
            text = plain(text, _LONGEST)
            severity = types.DiagnosticSeverity.Information if finding.accepted else _SEVERITIES[finding.severity]
            yield located, _diagnostic(located.range, text, severity, [finding], _truth_of(showing, known, located))


def _truth_of(showing: Showing, known: Known, located: types.Location) -> list[types.DiagnosticRelatedInformation]:
    """What the truth says, and where, unless that is the place itself."""
    finding = known.finding
    there = showing.location(known.answer, finding.expected.location)
    if there is None or there == located:
        return []
    said = "nothing" if finding.expected.value is None else finding.expected.value
    text = plain(f"{known.answer.report.truth} says {said}")
    return [types.DiagnosticRelatedInformation(there, text)]


def at_the_truth(showing: Showing) -> dict[tuple[str, int], list[tuple[types.Location, Known]]]:
    """By URI and line, the findings that drift from what the truth says there, each with the truth's place."""
    found: dict[tuple[str, int], list[tuple[types.Location, Known]]] = {}
    for known in showing.kept.findings():
        actual = known.finding.actual.location
        located = showing.location(known.answer, known.finding.expected.location)
        if located is not None and actual is not None and actual.is_file and not known.finding.rule.gap:
            found.setdefault((located.uri, located.range.start.line), []).append((located, known))
    return found


def _from_the_truth(showing: Showing) -> Iterator[tuple[types.Location, types.Diagnostic]]:
    for mine in at_the_truth(showing).values():
        located, findings = mine[0][0], [known.finding for _, known in mine]
        lines = [plain(finding.message) for finding in findings[:_MOST]]
        lines += [f"and {len(mine) - _MOST} more"] if len(mine) > _MOST else []
        related = []
        for _, known in mine[:_MOST]:
            there = showing.location(known.answer, known.finding.actual.location)
            if there is not None:
                related.append(types.DiagnosticRelatedInformation(there, plain(known.finding.message)))
        severity = types.DiagnosticSeverity.Information
        yield located, _diagnostic(located.range, "\n".join(lines), severity, findings, related)


def _diagnostic(
    where: types.Range,
    text: str,
    severity: types.DiagnosticSeverity,
    findings: Iterable[Finding],
    related: list[types.DiagnosticRelatedInformation],
) -> types.Diagnostic:
    """One whose text is harmless already."""
    rules = {finding.rule.code: finding.rule for finding in findings}
    rule = next(iter(rules.values())) if len(rules) == 1 else None
    return types.Diagnostic(
        range=where,
        message=text,
        severity=severity,
        source=SOURCE,
        code=rule.code if rule is not None else None,
        code_description=types.CodeDescription(rule.url) if rule is not None else None,
        related_information=related or None,
    )


def _failures(showing: Showing) -> Iterator[tuple[types.Location, types.Diagnostic]]:
    """What could not be read, at its place if it has one."""
    last, doubted = showing.kept.last, showing.kept.doubted
    for failure in showing.kept.failures():
        if last is None or (path := failed_in(showing, failure)) is None:
            continue
        where = whole_line(max(failure.line or 1, 1) - 1)
        located = types.Location(showing.folders.uri(os.path.join(last.root, path)), where)
        kept = _BEFORE.format(failure.source) if failure.source in doubted else "the drift shown is of an earlier check"
        text = said(failure) + (f"\n{kept}" if doubted else "")
        diagnostic = types.Diagnostic(
            where, plain(text, _LONGEST, keep="\n"), types.DiagnosticSeverity.Error, source=SOURCE
        )
        yield located, diagnostic


def failed_in(showing: Showing, failure: Failure) -> str | None:
    """The file that a failure is about: its own, else the first of its source that is a file."""
    if failure.path is not None:
        return failure.path
    named = (source.files for source, _ in showing.kept.sources() if source.name == failure.source)
    return next((files[0] for files in named if files), None)


def said(failure: Failure) -> str:
    """A failure in words, with what to do."""
    return f"{failure.headline}: {failure.message}" + (f"\n{failure.hint}" if failure.hint else "")
