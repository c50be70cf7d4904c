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
    drifting = report.drifting
    if drifting:
        count = number(len(drifting), "source") + (" drifts" if len(drifting) == 1 else " drift")
        return style.paint(count, "red", "bold") + f" from {clean(report.truth)}"
    if any(finding.rule.name == "gap" for finding in report.findings):
        return style.paint("no drift in what was understood", "yellow", "bold")
    return style.paint("✓ no drift", "green", "bold")


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
        lines += paragraph(_dim("not compared:", style), f"{', '.join(kinds)}: {reason}", style.width)
    for source in report.sources:
        for note in source.notes:
            lines += paragraph(_dim(f"{source.name}:", style), note, style.width)
    for note in report.notes:
        lines += paragraph(_dim("note:", style), note, style.width)
    return lines


def verdict(report: Report, style: Style) -> list[str]:
    """What was found, how much was looked at, and what to do next."""
    compared = f"compared {_compared(report.compared)}"
    aside = [f"{n} {word}" for n, word in ((report.ignored, "ignored"), (report.baselined, "in the baseline")) if n]
    if not report.findings:
        return [", ".join([style.paint("✓ no drift", "green", "bold") + f": {compared}", *aside])]
    counts = [
        style.paint(number(report.count(level), str(level)), color, "bold")
        for level, color in ((Severity.ERROR, "red"), (Severity.WARNING, "yellow"), (Severity.NOTE, "cyan"))
        if report.count(level)
    ]
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
