"""Where in a report's files a reader has to look."""

from __future__ import annotations

from dataclasses import replace
from posixpath import normpath

from ..findings import Finding, Fix, Report, Side
from ..model import Location


def place(finding: Finding) -> Location | None:
    """Where a reader has to look first: the drifting source, else the truth; a file before a database."""
    both = [side.location for side in (finding.actual, finding.expected) if side.location is not None]
    return next((location for location in both if location.is_file), next(iter(both), None))


def below(report: Report, folder: str) -> Report:
    """`report` with its paths relative to a folder further up, in which the root of the check is `folder`.

    Annotations of a pull request need paths from the repository's root, wherever in it the check was made.
    """
    prefix = folder.strip("/")
    if prefix in ("", "."):
        return report

    def moved(side: Side) -> Side:
        location = side.location
        if (
            location is None
            or not location.is_file
            or location.path.startswith("/")
            or location.path[1:3] in (":/", ":\\")
        ):
            return side
        return replace(side, location=replace(location, path=normpath(f"{prefix}/{location.path}")))

    findings = tuple(
        replace(one, expected=moved(one.expected), actual=moved(one.actual), fix=one.fix and _below(one.fix, prefix))
        for one in report.findings
    )
    failures = tuple(
        replace(one, path=normpath(f"{prefix}/{one.path}")) if one.path and not one.path.startswith("/") else one
        for one in report.failures
    )
    return replace(report, findings=findings, failures=failures)


def _below(fix: Fix, prefix: str) -> Fix:
    moved = (
        one if one.path.startswith("/") else replace(one, path=normpath(f"{prefix}/{one.path}")) for one in fix.edits
    )
    return replace(fix, edits=tuple(moved))
