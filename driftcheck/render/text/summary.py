"""The first lines and the last ones."""

from __future__ import annotations

from ...findings import Counts, Report, Severity, SourceSummary
from .layout import Style, clean, columns_of, paragraph
from .words import number


def heading(report: Report, style: Style) -> list[str]:
    """What each source holds and where it is, the truth first; how many drift."""
    ordered = sorted(report.sources, key=lambda source: source.name != report.truth)
    margin = max(len(clean(source.name)) for source in ordered) + 2
    return [_state(report, style), *(_source(source, source.name == report.truth, margin, style) for source in ordered)]


def _state(report: Report, style: Style) -> str:
    if report.count(Severity.ERROR) + report.count(Severity.WARNING) == 0:
        return style.paint("✓ no drift", "green", "bold")
    if not report.drifting:
        return style.paint("no drift in what was understood", "yellow", "bold")
    count = number(len(report.drifting), "source") + (" drifts" if len(report.drifting) == 1 else " drift")
    passes = "" if report.failed else f", nothing at or above {report.fail_on}"
    return style.paint(count, "red" if report.failed else "yellow", "bold") + f" from {clean(report.truth)}{passes}"


def _source(source: SourceSummary, truth: bool, margin: int, style: Style) -> str:
    counts = f"{number(source.objects.tables, 'table')}, {number(source.objects.columns, 'column')}"
    name = "  " + style.paint(clean(source.name), "bold") + " " * (margin - len(clean(source.name)))
    if not source.files:
        where = ""
    elif len(source.files) == 1:
        where = clean(source.files[0])
    else:
        where = f"{_common(source.files)} ({len(source.files)} files)"
    head = f"{name}{counts:<24}  "
    tail = "  the truth" if truth else ""
    room = None if style.width is None else style.width - columns_of(head) - len(tail)
    if room is not None and len(where) > room:
        where = "…" + where[-max(room - 1, 8) :]
    return head + style.paint(where, "dim") + tail


def _common(files: tuple[str, ...]) -> str:
    folders = [file.split("/")[:-1] for file in files]
    shared = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return clean("/".join(shared) + "/" if shared else files[0])


def remarks(report: Report, style: Style) -> list[str]:
    """What was not compared, and why; what was left out; what the readers have to say."""
    lines: list[str] = []
    reasons: dict[str, list[str]] = {}
    for entry in report.not_compared:
        owner = f" in {entry.source}" if entry.source else ""
        count = f" ({entry.count}{owner})" if entry.count else owner
        reasons.setdefault(entry.reason, []).append(entry.kind + count)
    for reason, kinds in reasons.items():
        lines += paragraph(_dim("not compared:", style), clean(f"{', '.join(kinds)}: {reason}"), style.width)
    for source in report.sources:
        for note in source.notes:
            lines += paragraph(_dim(f"{source.name}:", style), clean(note), style.width)
    for note in report.notes:
        lines += paragraph(_dim("note:", style), clean(note), style.width)
    return lines


def verdict(report: Report, style: Style) -> list[str]:
    """What was found, how much was looked at, and what to do next."""
    compared = f"compared {_compared(report.compared)}"
    aside = [f"{n} {word}" for n, word in ((report.ignored, "ignored"), (report.baselined, "in the baseline")) if n]
    counts = [
        style.paint(number(report.count(level), str(level)), color, "bold")
        for level, color in ((Severity.ERROR, "red"), (Severity.WARNING, "yellow"), (Severity.NOTE, "cyan"))
        if report.count(level)
    ]
    if not any(finding.severity in (Severity.ERROR, Severity.WARNING) for finding in report.findings):
        return paragraph("", ", ".join([_state(report, style) + f": {compared}", *counts, *aside]), style.width)
    worst = max(report.findings, key=lambda finding: finding.severity.rank)
    after = f"driftcheck explain {worst.rule.name} · diff --show-fixes · driftcheck baseline (accept these for now)"
    return [*_found([*counts, *aside], compared, style), *paragraph(_dim("next:", style), after, style.width)]


def _found(counts: list[str], compared: str, style: Style) -> list[str]:
    line = ", ".join(counts)
    return paragraph(line + " ", f"· {compared}", style.width)


def _dim(label: str, style: Style) -> str:
    return style.paint(clean(label), "dim") + " "


def _compared(counts: Counts) -> str:
    named = (("table", counts.tables), ("column", counts.columns), ("constraint", counts.constraints),
             ("index", counts.indexes), ("enum", counts.enums), ("policy", counts.policies))  # fmt: skip
    return ", ".join(number(count, name) for name, count in named if count) or "nothing"
