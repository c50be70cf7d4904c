"""The first lines and the last ones."""

from __future__ import annotations

from ...findings import Counts, Failure, Report, Severity, SourceSummary
from .layout import Style, clean, columns_of, paragraph
from .places import elided
from .words import number


def heading(report: Report, style: Style) -> list[str]:
    """What each source holds and where it is, the truth first; how many drift."""
    ordered = sorted(report.sources, key=lambda source: source.name != report.truth)
    margin = max(len(clean(source.name)) for source in ordered) + 2
    return [_state(report, style), *(_source(source, source.name == report.truth, margin, style) for source in ordered)]


#: How many cautions are shown unless all are asked for.
_CAUTIONS = 6


def failures(report: Report, style: Style) -> list[str]:
    """The sources that could not be read, each with what to do."""
    lines: list[str] = []
    for one in report.failures:
        place = f"{one.where}: " if one.where else ""
        head = f"{style.paint('✗', 'red')} {_headline(one, style)}: "
        lines += paragraph(head, clean(" ".join(f"{place}{one.message}".split())), style.width)
        for line in (one.detail or "").splitlines() if style.verbose else ():
            lines.append(f"    {clean(line.expandtabs())}")
        for count, line in enumerate((one.hint or "").splitlines()):
            lines += paragraph(f"    {'' if count else 'hint: '}", clean(line), style.width)
    return lines


def _headline(one: Failure, style: Style) -> str:
    name = clean(one.source)
    return style.paint(name, "bold") + clean(one.headline).removeprefix(name)


def cautions(report: Report, style: Style) -> list[str]:
    """What was stood in for, and what was left out."""
    shown = report.cautions if style.verbose else report.cautions[:_CAUTIONS]
    lines = [line for text in shown for line in paragraph(f"{style.paint('!', 'yellow')} ", clean(text), style.width)]
    if rest := len(report.cautions) - len(shown):
        lines.append(style.paint(f"  … {rest} more (-v lists all)", "dim"))
    return lines


def _state(report: Report, style: Style) -> str:
    if not report.drifting:
        return _agreement(report, style)
    passes = "" if report.failed else f", nothing at or above {report.fail_on}"
    count, _, rest = clean(report.verdict).partition(" from ")
    return style.paint(count, "red" if report.failed else "yellow", "bold") + f" from {rest}{passes}"


def _agreement(report: Report, style: Style) -> str:
    """That nothing drifts: with a tick only where all was understood, and the check has nothing to say of itself."""
    if report.gaps.total or report.baselined or report.failed:
        return style.paint(report.verdict, "yellow" if report.gaps.total or report.failed else "green", "bold")
    return style.paint(f"✓ {report.verdict}", "green", "bold")


def _source(source: SourceSummary, truth: bool, margin: int, style: Style) -> str:
    counts = f"{number(source.objects.tables, 'table')}, {number(source.objects.columns, 'column')}"
    name = "  " + style.paint(clean(source.name), "bold") + " " * (margin - len(clean(source.name)))
    if not source.files:
        where = clean(str(source.database or ""))
    elif len(source.files) == 1:
        where = clean(source.files[0])
    else:
        where = f"{_common(source.files)} ({len(source.files)} files)"
    head = f"{name}{counts:<24}  "
    tail = "  the truth" if truth else ""
    room = None if style.width is None else style.width - columns_of(head) - len(tail)
    if room is not None:
        where = elided([where], max(room, 8))[where]
        where = where if len(where) <= room else "…" + where[-max(room - 1, 8) :]
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


def following(report: Report, style: Style) -> list[str]:
    """What to do next about the worst of the findings."""
    above_notes = [finding for finding in report.findings if finding.severity is not Severity.NOTE]
    if not above_notes:
        return []
    worst = max(above_notes, key=lambda finding: finding.severity.rank)
    again = f" {clean(style.again)}" if style.again else ""
    words = [f"driftcheck explain {worst.rule.name}"]
    if report.remedy == "edits":
        words.append(f"driftcheck fix{again} --dry-run")
    elif report.remedy and not style.fixes:
        words.append(f"driftcheck diff{again} --show-fixes")
    if report.drifted and report.drifting and not report.failures:
        words.append(f"driftcheck baseline{again} (accept these for now)")
    return paragraph(_dim("next:", style), " · ".join(words), style.width)


def verdict(report: Report, style: Style) -> list[str]:
    """The last line: what was found, how much was looked at, and how much was not understood."""
    compared = f"compared {_compared(report.compared)}"
    counts = [_count(report, level, style) for level in _COLORS]
    accepted = [f"{n} {word}" for n, word in ((report.ignored, "ignored"), (report.baselined, "in the baseline")) if n]
    unread = "".join(f"; {clean(one.headline)}" for one in report.failures)
    if not report.drifting:
        shown = accepted[:-1] if report.baselined else accepted
        words = [f"{_agreement(report, style)}{unread}: {compared}", *filter(None, counts), *shown]
        return paragraph("", ", ".join(words), style.width)
    found = ", ".join([*filter(None, counts), *accepted])
    gaps = f"; {report.gaps}" if report.gaps.total else ""
    return paragraph("", f"{found}{gaps}{unread} · {compared}", style.width)


_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def _count(report: Report, level: Severity, style: Style) -> str:
    """How many findings of a level there are, without gaps, which are counted as what they are."""
    count = sum(finding.severity is level and not finding.rule.gap for finding in report.findings)
    return style.paint(number(count, str(level)), _COLORS[level], "bold") if count else ""


def _dim(label: str, style: Style) -> str:
    return style.paint(clean(label), "dim") + " "


def _compared(counts: Counts) -> str:
    named = (("table", counts.tables), ("column", counts.columns), ("constraint", counts.constraints),
             ("index", counts.indexes), ("enum", counts.enums), ("policy", counts.policies))  # fmt: skip
    return ", ".join(number(count, name) for name, count in named if count) or "nothing"
