"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from ..findings import Failure, Finding, Report, Severity
from ..model import Location
from ..plain import guarded_json, plain
from .locations import place

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """A JSON array. What has no place of its own is at the top of the source's first file: GitLab needs a place."""
    seen: Counter[str] = Counter()
    homes = {source.name: source.files[0] for source in report.sources if source.files}
    entries = [_failure(failure) for failure in report.failures]
    for finding in report.findings:
        entries.append(_entry(finding, seen[finding.fingerprint], homes))
        seen[finding.fingerprint] += 1
    return guarded_json(json.dumps(entries, indent=2) + "\n")


def _entry(finding: Finding, repetition: int, homes: dict[str, str]) -> dict[str, Any]:
    location = place(finding) or Location(homes.get(finding.source, finding.source))
    lines = {"begin": location.line}
    if location.end_line is not None and location.end_line > location.line:
        lines["end"] = location.end_line
    return {
        "description": plain(f"{finding.rule.code}: {finding.message}", 1_000),
        "check_name": finding.rule.name,
        "fingerprint": _fingerprint(finding, repetition),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": location.path, "lines": lines},
    }


def _failure(failure: Failure) -> dict[str, Any]:
    """What could not be done: GitLab wants a place, and where nobody knows one it is the folder of the check."""
    text = plain(f"{failure.headline}: {failure.message}", 1_000)
    return {
        "description": text,
        "check_name": "source-unreadable" if failure.source else "check-failed",
        "fingerprint": hashlib.sha256(f"{failure.source} {failure.kind}".encode()).hexdigest(),
        "severity": "blocker",
        "location": {"path": failure.path or failure.source or ".", "lines": {"begin": failure.line or 1}},
    }


def _fingerprint(finding: Finding, repetition: int) -> str:
    """Every entry needs its own; two alike findings of one file are told apart by their order."""
    return hashlib.sha256(f"{finding.fingerprint} {repetition}".encode()).hexdigest()
