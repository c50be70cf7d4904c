"""Workflow commands, which GitHub's runner turns into annotations on the lines of a pull request.

The runner's rules: https://docs.github.com/actions/reference/workflow-commands-for-github-actions and
`ActionCommand` in https://github.com/actions/runner.
"""

from __future__ import annotations

from collections import Counter

from ..findings import Failure, Finding, Report, Severity
from ..plain import guarded, plain
from .locations import place

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
#: Longer messages are folded away by GitHub.
_LONGEST = 2_000
#: How many annotations of a level GitHub shows of a step.
#: https://docs.github.com/en/actions/reference/limits
_SHOWN = 10


def render(report: Report) -> str:
    """One command a line, then what was compared in plain words.

    The runner shows only the first ten of each level, so one finding of each kind comes before the second of any.
    """
    lines = [_failure(failure) for failure in report.failures]
    lines += [_command(finding, report.truth, others) for finding, *others in _spread(_together(report.findings))]
    return "".join(f"{line}\n" for line in [*lines, *_account(report)])


def _failure(failure: Failure) -> str:
    place = {} if failure.path is None else {"file": failure.path, "line": str(failure.line or 1)}
    words = {**place, "title": failure.headline}
    text = "\n".join(plain(part, _LONGEST) for part in (failure.message, failure.hint) if part)
    return f"::error {','.join(f'{name}={_property(value)}' for name, value in words.items())}::{_data(text)}"


def _together(findings: tuple[Finding, ...]) -> list[list[Finding]]:
    """The findings, those together that are the same at the same place: a mixin's line is reported once."""
    places: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule.code, finding.source, finding.expected.value, finding.actual, finding.object.name)
        alone = finding.actual.value is None or finding.object.table is None
        places.setdefault((id(finding),) if alone else key, []).append(finding)
    return list(places.values())


def _spread(groups: list[list[Finding]]) -> list[list[Finding]]:
    seen: Counter[tuple[object, ...]] = Counter()
    rounds = []
    for finding, *_ in groups:
        kind = (finding.rule.code, finding.source, finding.expected.value, finding.actual.value)
        rounds.append(seen[kind])
        seen[kind] += 1
    return [group for _, group in sorted(zip(rounds, groups, strict=True), key=lambda pair: pair[0])]


def _command(finding: Finding, truth: str, others: list[Finding]) -> str:
    location = place(finding)
    properties: dict[str, str] = {}
    if location is not None and location.is_file:
        properties["file"] = location.path
        properties["line"] = str(location.line)
        properties["endLine"] = str(max(location.end_line or location.line, location.line))
        properties["col"] = str(location.column)
        if properties["endLine"] != properties["line"]:
            del properties["col"]
    properties["title"] = f"{finding.rule.name} ({finding.rule.code})"
    words = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {words}::{_data(_message(finding, truth, others))}"


def _message(finding: Finding, truth: str, others: list[Finding]) -> str:
    lines = [plain(finding.message, _LONGEST)]
    if others:
        names = ", ".join(str(other.object) for other in others)
        lines.append(plain(f"the same line says so in {len(others)} more: {names}"))
    actual, expected = finding.actual.location, finding.expected.location
    if actual is not None and not actual.is_file:
        lines.append(plain(f"{finding.source}: {actual}"))
    if actual is not None and expected is not None:
        lines.append(plain(f"{truth}: {expected}"))
    if finding.fix is not None:
        lines.append(f"to fix it: {plain(finding.fix.text, _LONGEST, keep=chr(10))}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")


def _unshown(report: Report) -> list[str]:
    """That GitHub passes over most of it, where it does."""
    counts = Counter(first.severity for first, *_ in _together(report.findings))
    counts[Severity.ERROR] += len(report.failures)
    cut = [f"{_SHOWN} of {counts[level]} {level}s" for level in _COMMANDS if counts[level] > _SHOWN]
    if not cut:
        return []
    return [f"GitHub shows {_SHOWN} annotations of a level ({', '.join(cut)}): the rest is in this log and in the "
            "job's summary, if the action wrote one"]  # fmt: skip


def _account(report: Report) -> list[str]:
    """Lines of the log that are no commands, whatever is in them."""
    if not report.made:
        return []
    counts = [f"{(n := report.count(level))} {level}{'' if n == 1 else 's'}" for level in _COMMANDS]
    tables, columns = (
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((report.compared.tables, "table"), (report.compared.columns, "column"))
    )
    compared = f"{tables}, {columns} compared with {report.truth}"
    gaps = [str(report.gaps)] if report.gaps.total else []
    lines = [f"driftcheck: {'; '.join([', '.join(counts), *gaps, compared])}", *_unshown(report), *report.cautions]
    for entry in report.not_compared:
        owner = f" in {entry.source}" if entry.source else ""
        count = f" ({entry.count}{owner})" if entry.count else owner
        lines.append(f"not compared: {entry.kind}{count}: {entry.reason}")
    return [guarded(plain(line)) for line in lines]
