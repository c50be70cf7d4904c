"""The parts of the page, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ... import __version__
from ...findings import Report, Severity, Side, SourceSummary
from ..grouping import Cause, Grouping, Item
from .text import escape, number

_LEVELS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
#: Longer values are shown below their finding, and not beside it.
_SHORT = 32
_MARK = {Severity.ERROR: "✗", Severity.WARNING: "▲", Severity.NOTE: "·"}


def header(report: Report) -> str:
    """Title, verdict, and what each source holds."""
    drifting = report.drifting
    verdict = escape(report.verdict[0].upper() + report.verdict[1:])
    if drifting:
        gaps = f"; {report.gaps}" if report.gaps.total else ""
        others = number(len(report.sources) - 1, "source")
        verdict = f"{len(drifting)} of {others} {'drifts' if len(drifting) == 1 else 'drift'}{gaps}"
    state = "drift" if drifting or report.failures else "gaps" if report.gaps.total else "clean"
    counts = "".join(
        f'<li class="{level}"><b>{report.count(level)}</b> {level}{"s" if report.count(level) != 1 else ""}</li>'
        for level in _LEVELS
        if report.count(level)
    )
    if not report.made:
        return f"<header>\n<h1>driftcheck</h1>\n{_about(report)}{_failures(report)}</header>"
    rows = "".join(_source(source, report) for source in report.sources)
    return (
        f'<header>\n<h1>driftcheck</h1>\n{_about(report)}{_failures(report)}<p class="verdict {state}">{verdict}</p>\n'
        f'<ul class="counts">{counts}</ul>\n'
        '<div class="scroll" tabindex="0" role="group" aria-label="Sources"><table class="sources"><thead><tr>'
        f"<th>source</th><th>tables</th><th>columns</th><th>files</th></tr></thead><tbody>{rows}</tbody></table></div>\n</header>"
    )


def _about(report: Report) -> str:
    words = [*report.about, f"driftcheck {__version__}"]
    return f'<p class="about">{" · ".join(map(escape, words))}</p>\n'


def _failures(report: Report) -> str:
    """The sources that could not be read, and what else is to be known before the findings."""
    parts = [
        f'<p class="verdict drift">{escape(one.headline)}</p><p>'
        f"{escape(f'{one.where}: ' if one.where else '')}{escape(one.message)}</p>"
        f"<p>{escape(one.hint or '')}</p>\n"
        for one in report.failures
    ]
    items = "".join(f"<li>{escape(caution)}</li>" for caution in report.cautions)
    return "".join(parts) + (f"<ul>{items}</ul>\n" if items else "")


def _source(source: SourceSummary, report: Report) -> str:
    truth = ' <span class="tag">truth</span>' if source.name == report.truth else ""
    files = ", ".join(escape(file) for file in source.files[:4]) or escape(str(source.database or ""))
    more = f" and {len(source.files) - 4} more" if len(source.files) > 4 else ""
    return (
        f'<tr><th scope="row">{escape(source.name)}{truth}</th><td>{source.objects.tables}</td>'
        f"<td>{source.objects.columns}</td><td>{files}{more}</td></tr>"
    )


def filters(report: Report) -> str:
    """The controls; hidden until the script that makes them work has run."""
    if not report.findings:
        return ""
    levels = "".join(_box("severity", level, str(level)) for level in _LEVELS if report.count(level))
    drifting = {finding.source for finding in report.findings}
    sources = "".join(_box("source", s.name, s.name) for s in report.sources if s.name in drifting)
    return (
        '<form id="filters" hidden aria-label="Filter the findings">\n'
        '<label class="search">Table or name <input type="search" id="query" autocomplete="off"></label>\n'
        f"<fieldset><legend>Severity</legend>{levels}</fieldset>\n"
        f"<fieldset><legend>Source</legend>{sources}</fieldset>\n"
        '<output id="shown" aria-live="polite"></output> <button type="reset">Show all</button>\n</form>'
    )


def _box(group: str, value: str, label: str) -> str:
    return f'<label><input type="checkbox" name="{group}" value="{escape(value)}" checked> {escape(label)}</label>'


def findings(grouping: Grouping, report: Report) -> str:
    """What was not understood, then what was found, the most severe first."""
    unseen = [item for items in grouping.itself for item in items if items[0].rule.gap]
    about = [item for items in grouping.itself for item in items if not items[0].rule.gap]
    found = [(_worst([cause]), _cause(cause, report)) for cause in grouping.causes]
    blocks = [(level, _shared([text for worst, text in found if worst is level], level)) for level in _LEVELS]
    blocks += [(_worst(items), _section(title, items, report)) for title, items in _groups(grouping) if items]
    blocks += [(_worst(about), _section("About this check", about, report))] if about else []
    ordered = sorted(blocks, key=lambda block: -block[0].rank)
    first = [_section("Not understood", unseen, report)] if unseen else []
    return "\n".join(text for text in [*first, *(text for _, text in ordered)] if text)


def _groups(grouping: Grouping) -> list[tuple[str, Sequence[Item]]]:
    names = [name if schema in ("public", "") else f"{schema}.{name}" for schema, name in grouping.tables]
    titled = [(escape(name), items) for name, items in zip(names, grouping.tables.values(), strict=True)]
    return [("Tables, types and programs", grouping.loose), *titled]


def _worst(items: Iterable[Item | Cause]) -> Severity:
    return max((item.severity for item in items), key=lambda severity: severity.rank)


def _shared(causes: Sequence[str], level: Severity) -> str:
    if not causes:
        return ""
    title = f"The same on many objects: {level}s"
    return f'<section class="group"><h2>{title}</h2>\n' + "\n".join(causes) + "</section>"


def _cause(cause: Cause, report: Report) -> str:
    counts = " · ".join(f"{escape(name)} ({count})" for name, count in cause.counts().items())
    if cause.expected is not None and cause.actual is not None:
        says = f"{escape(report.truth)} says <code>{escape(cause.expected)}</code>; "
        says += f"<code>{escape(cause.actual)}</code> in {counts}"
    else:
        says = ("only in " if cause.extra else "not in ") + counts
    items = "\n".join(_finding(item, report) for item in cause.items)
    return (
        f'<details class="cause {cause.severity}"><summary><span class="mark">{_MARK[cause.severity]}</span> '
        f"<b>{cause.rule.name}</b> <small>{cause.rule.code}</small> {says}</summary>\n{items}</details>"
    )


def _section(title: str, items: Sequence[Item], report: Report) -> str:
    worst_first = sorted(items, key=lambda item: (-item.severity.rank, item.rule.code))
    body = "\n".join(_finding(item, report) for item in worst_first)
    return f'<section class="group"><h2>{title}</h2>\n{body}</section>'


def _finding(item: Item, report: Report) -> str:
    table = ".".join(item.table) if item.table else ""
    sources = " ".join(item.actual)
    places = dict.fromkeys(str(side.location) for side in item.actual.values() if side.location is not None)
    head = (
        f'<span class="mark">{_MARK[item.severity]}</span> <b>{item.rule.name}</b> <small>{item.rule.code}</small> '
        f'<span class="object">{escape(str(item.object))}</span> {_change(item)} '
        f'<span class="who">{escape(", ".join(item.actual))}</span> '
        f'<span class="place">{escape(" · ".join(places))}</span>'
    )
    related = ", ".join(f"{ref.kind} {ref.name}" for ref in item.related)
    follows = f'<p class="related">With it: {escape(related)}</p>' if related else ""
    words = f"{item.object} {item.rule.name} {item.rule.code}".lower()
    return (
        f'<details class="finding {item.severity}" data-severity="{item.severity}" data-sources="{escape(sources)}" '
        f'data-table="{escape(table)}" data-text="{escape(words)}">'
        f"<summary>{head}</summary>\n{_messages(item)}{_sides(item, report)}{follows}{_fixes(item)}</details>"
    )


def _change(item: Item) -> str:
    """What the truth says and what is there instead, where both are short enough for a line."""
    if item.one_sided or len(item.values) != 1:
        return ""
    values = [item.expected.value or "none", item.values[0] or "none"]
    if max(map(len, values)) > _SHORT:
        return ""
    return f'<span class="change">{" → ".join(f"<code>{escape(value)}</code>" for value in values)}</span>'


def _messages(item: Item) -> str:
    return "".join(f"<p>{escape(finding.message)}</p>" for finding in item.findings)


def _sides(item: Item, report: Report) -> str:
    known = report.values.get((item.findings[0].object, item.rule.code), {})
    sides: dict[str, Side] = {**known, report.truth: item.expected, **item.actual}
    rows = "".join(
        _side(source.name, sides[source.name], source.name in item.actual, report)
        for source in report.sources
        if source.name in sides
    )
    return f'<table class="sides"><tbody>{rows}</tbody></table>'


def _side(name: str, side: Side, drifts: bool, report: Report) -> str:
    value = "<i>none</i>" if side.value is None else f"<code>{escape(side.value)}</code>"
    place, line = "", ""
    if side.location is not None:
        place = escape(str(side.location))
        text = report.excerpts.get((side.location.path, side.location.line), "")
        line = f"<pre>{escape(text.strip())}</pre>" if text.strip() else ""
    mark = ' class="drifts"' if drifts else ""
    where = f'<span class="place">{place}</span>{line}'
    return f'<tr{mark}><th scope="row">{escape(name)}</th><td>{value}</td><td>{where}</td></tr>'


def _fixes(item: Item) -> str:
    fixes = [(finding.source, finding.fix) for finding in item.findings if finding.fix is not None]
    return "".join(
        f'<p class="fix">To fix {escape(source)} ({fix.risk}):</p><pre>{escape(fix.text)}</pre>'
        for source, fix in fixes
    )


def remarks(report: Report) -> str:
    """What was not compared and why, and what the readers have to say."""
    lines: list[str] = []
    for entry in report.not_compared:
        count = f" ({entry.count})" if entry.count else ""
        owner = f" in {entry.source}" if entry.source else ""
        lines.append(f"<b>{escape(entry.kind)}</b>{count}{escape(owner)}: {escape(entry.reason)}")
    parts = [_list("Not compared", lines)]
    notes = [f"<b>{escape(source.name)}</b>: {escape(note)}" for source in report.sources for note in source.notes]
    parts.append(_list("Notes", [*notes, *map(escape, report.notes)]))
    accepted = [f"{n} {word}" for n, word in ((report.ignored, "ignored"), (report.baselined, "in the baseline")) if n]
    if accepted:
        parts.append(f"<p>{', '.join(accepted)}</p>")
    return "<footer>" + "".join(parts) + "</footer>"


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<section><h2>{title}</h2><ul>{items}</ul></section>" if items else ""
