"""The report as plain values, which JSON in one piece and JSON by lines share."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .. import __version__
from ..findings import Counts, Failure, Finding, Fix, NotCompared, ObjectRef, Report, Severity, Side, SourceSummary
from ..model import Location


def document(report: Report) -> dict[str, Any]:
    """The whole. `error` is there if the check could not be made at all."""
    return {
        **({} if report.made else {"error": _failure(report.failures[0])}),
        "version": 1,
        "tool": {"name": "driftcheck", "version": __version__},
        "truth": report.truth or None,
        "sources": [_source(source) for source in report.sources],
        "compared": _counts(report.compared),
        "not_compared": [_not_compared(entry) for entry in report.not_compared],
        "findings": [finding_document(finding) for finding in report.findings],
        "errors": [_failure(failure) for failure in report.failures],
        "cautions": list(report.cautions),
        "notes": list(report.notes),
        "summary": {
            **{str(level): report.count(level) for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE)},
            "ignored": report.ignored,
            "baselined": report.baselined,
            "gaps": report.gaps.total,
        },
    }


def _counts(counts: Counts) -> dict[str, int]:
    return asdict(counts)


def _source(source: SourceSummary) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": source.kind,
        "files": list(source.files),
        "objects": _counts(source.objects),
        "statements": {"read": source.read, "irrelevant": source.irrelevant, "gaps": source.gaps},
        "notes": list(source.notes),
        **({"database": asdict(source.database)} if source.database is not None else {}),
    }


def _failure(failure: Failure) -> dict[str, Any]:
    """What could not be done; `path` and `line` are null where its place is not known, `source` if it is of none."""
    known = asdict(failure) | {"source": failure.source or None}
    return {name: value for name, value in known.items() if name != "detail" or value is not None}


def _not_compared(entry: NotCompared) -> dict[str, Any]:
    optional = {"source": entry.source, "count": entry.count}
    return {"kind": entry.kind, "reason": entry.reason} | {k: v for k, v in optional.items() if v is not None}


def finding_document(finding: Finding) -> dict[str, Any]:
    """One finding."""
    document: dict[str, Any] = {
        "rule": finding.rule.code,
        "name": finding.rule.name,
        "severity": str(finding.severity),
        "source": finding.source,
        "object": _object(finding.object),
        "expected": _side(finding.expected),
        "actual": _side(finding.actual),
        "message": finding.message,
        "fingerprint": finding.fingerprint,
    }
    if finding.remark is not None:
        document["remark"] = finding.remark
    if finding.accepted:
        document["accepted"] = True
    if finding.related:
        document["related"] = [_object(related) for related in finding.related]
    if finding.fix is not None:
        document["fix"] = _fix(finding.fix)
    return document


def _object(ref: ObjectRef) -> dict[str, Any]:
    document: dict[str, Any] = {"kind": ref.kind, "schema": ref.schema}
    if ref.table is not None:
        document["table"] = ref.table
    document["name"] = ref.name
    if ref.columns:
        document["columns"] = list(ref.columns)
    if ref.signature is not None:
        document["signature"] = list(ref.signature)
    return document


def _side(side: Side) -> dict[str, Any]:
    return {"value": side.value, "location": _location(side.location)}


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    document: dict[str, Any] = {"path": location.path, "line": location.line, "column": location.column}
    if location.end_line is not None:
        document["endLine"] = location.end_line
    if location.object is not None:
        document["object"] = location.object
    return document


def _fix(fix: Fix) -> dict[str, Any]:
    document: dict[str, object] = {"language": fix.language, "text": fix.text, "risk": fix.risk}
    if fix.destructive:
        document["destructive"] = True
    if fix.edits:
        document["edits"] = [
            {"path": edit.path, "start": edit.start, "end": edit.end, "text": edit.whole} for edit in fix.edits
        ]
    return document | ({"unplaced": fix.unplaced} if fix.unplaced else {})
