"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..findings import Failure, Finding, Fix, ObjectRef, Report, Rule, Severity
from ..model import Location
from ..plain import guarded_json, plain
from .locations import place

_HOME = "https://github.com/driftcheck/driftcheck"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: The version of the fingerprint's recipe: a viewer must not compare fingerprints of different recipes.
_FINGERPRINT = "driftcheck/v1"
_LONGEST = 2_000


def render(report: Report) -> str:
    """One log of one run, in ASCII: whatever reads it, nothing in it can be mistaken."""
    return guarded_json(json.dumps(document(report), indent=2) + "\n")


def document(report: Report) -> dict[str, Any]:
    """The same as plain values."""
    rules = list({finding.rule.code: finding.rule for finding in report.findings}.values())
    rules.sort(key=lambda rule: rule.code)
    places = {rule.code: index for index, rule in enumerate(rules)}
    driver = {
        "name": "driftcheck",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [_rule(rule) for rule in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, places[finding.rule.code], report) for finding in report.findings],
    }
    if report.against_baseline:
        # What the baseline accepts is not among the findings, so that code scanning raises no alert for it; but gaps.
        for finding, result in zip(report.findings, run["results"], strict=True):
            result["baselineState"] = "unchanged" if finding.accepted else "new"
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    on = rule.severity is not Severity.OFF
    tags = dict.fromkeys(["database", "schema", "drift", rule.name.partition("-")[0]])
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _first_paragraph(rule.text) or rule.summary},
        "help": {"text": rule.text or rule.summary, "markdown": rule.text or rule.summary},
        "helpUri": rule.url,
        "defaultConfiguration": {"enabled": on, "level": str(rule.severity) if on else "none"},
        "properties": {"tags": list(tags), "precision": "high"},
    }


def _first_paragraph(text: str) -> str:
    """What a rule's page says first behind its heading, as plain text."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return next((part.replace("`", "") for part in paragraphs if part and not part.startswith("#")), "")


def _invocation(report: Report) -> dict[str, Any]:
    """Whether the check could be made, and the other half of the answer: what it did not look at."""
    notes = [
        _message(f"not compared: {entry.kind}{f' in {entry.source}' if entry.source else ''}: {entry.reason}")
        for entry in report.not_compared
    ]
    notes += [_message(note) for note in report.notes]
    notifications: list[dict[str, Any]] = [*map(_failure, report.failures)]
    if report.gaps.total:
        notifications.append({"level": "warning", "message": _message(f"not understood: {report.gaps}")})
    notifications += [{"level": "warning", "message": _message(caution)} for caution in report.cautions]
    notifications += [{"level": "note", "message": message} for message in notes]
    return {"executionSuccessful": not report.failures, "toolExecutionNotifications": notifications}


def _failure(failure: Failure) -> dict[str, Any]:
    """What could not be done."""
    text = f"{failure.headline}: {failure.message}"
    hint = f"; {failure.hint}" if failure.hint else ""
    found: dict[str, Any] = {"level": "error", "message": _message(text + hint)}
    if failure.path is not None:
        found["locations"] = [{"physicalLocation": _physical(Location(failure.path, failure.line or 1))}]
    return found


def _result(finding: Finding, index: int, report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": str(finding.severity),
        "message": _message(finding.message),
        "locations": [_location(place(finding), finding.object)],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.fix is not None and (fixes := _fixes(finding.fix)):
        result["fixes"] = fixes
    truth = finding.expected.location
    if truth is not None and truth.is_file and finding.actual.location is not None:
        said = "nothing" if finding.expected.value is None else finding.expected.value
        note = _message(f"{report.truth} says {said}")
        result["relatedLocations"] = [{"id": 1, "physicalLocation": _physical(truth), "message": note}]
    return result


def _properties(finding: Finding) -> dict[str, Any]:
    values: dict[str, Any] = {
        "source": finding.source,
        "expected": finding.expected.value,
        "actual": finding.actual.value,
    }
    if finding.fix is not None:
        values["fix"] = {"language": finding.fix.language, "text": finding.fix.text, "risk": finding.fix.risk}
    return values


def _fixes(fix: Fix) -> list[dict[str, Any]]:
    """The edits as SARIF has them (3.55): what is deleted, in lines and columns, and what is inserted."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit, (start, end) in zip(fix.edits, fix.regions, strict=False):
        region = {"startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1]}
        replacement = {"deletedRegion": region, "insertedContent": {"text": edit.whole}}
        changes.setdefault(edit.path, []).append(replacement)
    if not changes:
        return []
    located = [
        {"artifactLocation": _artifact(path), "replacements": replacements} for path, replacements in changes.items()
    ]
    return [{"description": _message(fix.risk), "artifactChanges": located}]


def _message(text: str) -> dict[str, str]:
    """Plain text: `[words](1)` would be a link in it."""
    return {"text": plain(text, _LONGEST).replace("](", "] (")}


def _location(location: Location | None, ref: ObjectRef) -> dict[str, Any]:
    names = [part for part in (ref.schema, ref.table, ref.name) if part]
    logical = {"name": ref.name, "fullyQualifiedName": ".".join(names), "kind": ref.kind}
    found: dict[str, Any] = {"logicalLocations": [logical]}
    if location is not None:
        found["physicalLocation"] = _physical(location)
    return found


def _physical(location: Location) -> dict[str, Any]:
    region = {"startLine": max(location.line, 1), "startColumn": max(location.column, 1)}
    if location.end_line is not None and location.end_line >= location.line:
        region["endLine"] = location.end_line
    return {"artifactLocation": _artifact(location.path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    """A relative path is one below the repository's root, as code scanning takes it."""
    encoded = quote(path, safe="/", errors="replace")
    if path.startswith("/"):
        return {"uri": f"file://{encoded}"}
    if path[1:3] == ":/":
        return {"uri": f"file:///{path[0]}:{encoded[4:]}"}
    return {"uri": encoded, "uriBaseId": "%SRCROOT%"}
