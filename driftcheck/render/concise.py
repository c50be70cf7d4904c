"""One line a finding, as editors, grep and reviewdog read them: `path:line:col: DR203 message`."""

from __future__ import annotations

from collections.abc import Iterable

from ..findings import Failure, Finding, Report, Severity
from ..model import Location
from ..plain import guarded, plain
from .locations import place

_LONGEST = 2_000


def render(report: Report) -> str:
    """The findings, then a line that says how much was compared. What has no place is at its source's first file."""
    found = [*map(_failure, report.failures), *lines(report, report.findings), *_account(report)]
    return guarded("".join(f"{line}\n" for line in found))


def lines(report: Report, findings: Iterable[Finding]) -> list[str]:
    """A line for each of `findings`, which are of `report` or of one like it."""
    homes = {source.name: Location(source.files[0]) for source in report.sources if source.files}
    return [_line(finding, place(finding) or homes.get(finding.source)) for finding in findings]


def _line(finding: Finding, location: Location | None) -> str:
    at = location or Location(finding.source)
    message = plain(finding.message, _LONGEST)
    if not at.is_file:  # of two databases
        return f"{plain(str(at))}: {finding.rule.code} {message}"
    return f"{plain(at.path)}:{at.line}:{at.column}: {finding.rule.code} {message}"


def _failure(failure: Failure) -> str:
    where = f"{plain(failure.path)}:{failure.line or 1}:1: " if failure.path else ""
    hint = f"; {failure.hint}" if failure.hint else ""
    return where + plain(f"error: {failure.headline}: {failure.message}{hint}", _LONGEST)


def _account(report: Report) -> list[str]:
    if not report.made:
        return []
    counts = [(report.count(level), level) for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
    found = [f"{count} {level}{'' if count == 1 else 's'}" for count, level in counts if count]
    compared = [_number(report.compared.tables, "table"), _number(report.compared.columns, "column")]
    gaps = [str(report.gaps)] if report.gaps.total and report.drifting else []
    said = [report.verdict, *gaps, *([", ".join(found)] if found else []), f"compared {', '.join(compared)}"]
    return [plain("; ".join([*said, *report.cautions]), _LONGEST)]


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
