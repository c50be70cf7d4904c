"""Markdown for GitHub and GitLab: a job's summary, or a comment on a pull request that is updated in place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from ..findings import Failure, Finding, NotCompared, Report, Severity
from ..plain import LONGEST as LONGEST_TEXT
from ..plain import guarded, plain
from .grouping import Cause, Item, group
from .mermaid import diagram

#: By this a later run finds its own comment.
MARKER = "<!-- driftcheck -->"
#: A comment may have 65,536 characters; a margin for those who add a line of their own.
LONGEST = 64_000
#: More rows than this in one list are only counted.
_ROWS = 100
_LEVELS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def render(report: Report) -> str:
    """The marker, the counts, the sources, then the causes and the tables, as many as there is room for."""
    head = "\n".join([MARKER, *_heading(report), ""])
    foot = "\n".join(["", *_not_compared(report.not_compared), *_notes(report), *_accepted(report)])
    room = LONGEST - _size(head) - _size(foot) - 200
    body, left = [], 0
    for block, findings in _blocks(report):
        if left == 0 and _size(block) <= room:
            body.append(block)
            room -= _size(block)
        else:
            left += findings
    if left:
        body.append(f"\n{_number(left, 'more finding')} did not fit here; the check's own output has them.\n")
    text = head + "".join(body) + foot
    return guarded(re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _heading(report: Report) -> Iterator[str]:
    counts = _counts([finding for finding in report.findings if not finding.rule.gap])
    if report.drifting:
        counts += f"; {report.gaps}" if report.gaps.total else ""
    else:
        counts = ", ".join([report.verdict, counts] if counts else [report.verdict])
    yield f"## driftcheck: {counts}"
    yield ""
    for failure in report.failures:
        hint = f" ({words(failure.hint)})" if failure.hint else ""
        what = f"{code(failure.source)} could not be read" if failure.source else "The check could not be made"
        yield f"**{what}**: {_failed_at(failure, report.blobs)}{words(failure.message)}{hint}"
        yield ""
    if not report.made:
        return
    yield from (f"- {words(caution)}" for caution in report.cautions[:_ROWS])
    yield ""
    yield f"Compared with {code(report.truth)}, the truth: {_compared(report)}."
    yield ""
    yield "| source | tables | columns | errors | warnings | notes |"
    yield "|---|--:|--:|--:|--:|--:|"
    for source in report.sources:
        own = [finding for finding in report.findings if finding.source == source.name]
        levels = [str(sum(finding.severity is level for finding in own) or "") for level in _LEVELS]
        name = code(source.name) + (" (the truth)" if source.name == report.truth else "")
        cells = [name, str(source.objects.tables), str(source.objects.columns), *levels]
        yield "| " + " | ".join(cells) + " |"


def _failed_at(failure: Failure, blobs: str) -> str:
    if not failure.path or not failure.where:
        return ""
    return f"{linked(failure.where, failure.path, failure.line or 1, blobs)}: "


def _counts(findings: Sequence[Finding]) -> str:
    levels = [(sum(finding.severity is level for finding in findings), level) for level in _LEVELS]
    return ", ".join(_number(count, str(level)) for count, level in levels if count)


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _compared(report: Report) -> str:
    counts = report.compared
    words = [_number(counts.tables, "table"), _number(counts.columns, "column")]
    words += [_number(counts.constraints, "constraint")] if counts.constraints else []
    words += [f"{counts.indexes} index{'' if counts.indexes == 1 else 'es'}"] if counts.indexes else []
    return ", ".join(words)


def _blocks(report: Report) -> Iterator[tuple[str, int]]:
    """Each block, and how many findings it shows."""
    groups = group(report)
    blobs = report.blobs
    if groups.itself:
        yield "\n### About this check\n\n", 0
    for items in groups.itself:
        yield _itself(items, blobs), _size_of(items)
    if groups.causes:
        yield "\n### The same on many objects\n\n", 0
        for cause in groups.causes:
            yield _cause(cause, report), sum(len(item.findings) for item in cause.items)
    if groups.loose:
        yield "\n### Whole objects\n\n" + _table(groups.loose, report), _size_of(groups.loose)
    if groups.tables:
        yield "\n### By table\n\n", 0
    for (schema, name), items in groups.tables.items():
        title = name if schema in ("public", "") else f"{schema}.{name}"
        counts = _counts([finding for item in items for finding in item.findings])
        yield _details(f"{_html(title)}: {counts}", _table(items, report) + _fixes(items)), _size_of(items)
    if drawn := diagram(report):
        title = f"### The tables that drift, as {words(report.truth)} has them"
        yield f"\n{title}\n{_fenced('mermaid', [drawn.rstrip()])}", 0


def _itself(items: Sequence[Item], blobs: str) -> str:
    """What the check has to say of itself: the reason once, with all that it concerns."""
    finding = items[0].findings[0]
    rule = f"**{finding.rule.name}** ({finding.rule.code}, {items[0].severity})"
    if finding.cause is None:
        return f"{rule}: {words(finding.message)} {_where(items[0], blobs)}\n\n"
    lines = ["| what | where |", "|---|---|"]
    lines += [f"| {_value(item.findings[0].actual.value)} | {_where(item, blobs)} |" for item in items[:_ROWS]]
    lines += [f"| and {len(items) - _ROWS} more | |"] if len(items) > _ROWS else []
    return f"{rule}: {code(finding.source)}: {words(finding.cause)}\n\n" + "\n".join(lines) + "\n\n"


def _size_of(items: Iterable[Item]) -> int:
    return sum(len(item.findings) for item in items)


def _cause(cause: Cause, report: Report) -> str:
    rule = f"**{cause.rule.name}** ({cause.rule.code}, {cause.severity})"
    counts = ", ".join(f"{code(source)} ({count})" for source, count in cause.counts().items())
    title = _number(len(cause.items), "object")
    if cause.expected is None:
        return f"{rule}: {words(cause.rule.summary)} {counts}\n\n" + _details(title, _table(cause.items, report))
    change = f"{code(report.truth)} says {code(cause.expected)}; {code(cause.actual)} in {counts}"
    return f"{rule}: {change}\n\n" + _details(title, _places(cause.items, report.blobs) + _fixes(cause.items))


def _places(items: Sequence[Item], blobs: str) -> str:
    """Objects that differ in the same way: only which they are and where is left to show."""
    lines = ["| object | where |", "|---|---|"]
    lines += [f"| {_object(item)} | {_where(item, blobs)} |" for item in items[:_ROWS]]
    lines += [f"| and {len(items) - _ROWS} more | |"] if len(items) > _ROWS else []
    return "\n".join(lines) + "\n"


def _details(summary: str, body: str) -> str:
    """`summary` must be HTML already. The empty lines are what makes GitHub read the body as markdown."""
    return f"<details><summary>{summary}</summary>\n\n{body}\n</details>\n\n"


def _table(items: Sequence[Item], report: Report) -> str:
    lines = [f"| | rule | object | {code(report.truth)} | drift | where |", "|---|---|---|---|---|---|"]
    for item in items[:_ROWS]:
        drift = "<br>".join(f"{code(source)} {_value(side.value)}" for source, side in item.actual.items())
        rule = f"{item.rule.name} {item.rule.code}"
        cells = [
            str(item.severity),
            rule,
            _object(item),
            _value(item.expected.value),
            drift,
            _where(item, report.blobs),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    if len(items) > _ROWS:
        lines.append(f"| | | and {len(items) - _ROWS} more | | | |")
    return "\n".join(lines) + "\n"


def _where(item: Item, blobs: str) -> str:
    places = [side.location for side in (item.expected, *item.actual.values()) if side.location is not None]
    return "<br>".join(
        linked(str(place), place.path, place.line, blobs) if place.is_file else code(str(place))
        for place in dict.fromkeys(places)
    )


def linked(text: str, path: str, line: int, blobs: str) -> str:
    """`text` as code, and a link to the line of the file if it is below the root, whose URL `blobs` is."""
    if not blobs or path.startswith(("/", "../")) or path[1:3] == ":/":
        return code(text)
    return f"[{code(text)}]({blobs}/{quote(path, safe='/', errors='replace')}#L{line})"


def _object(item: Item) -> str:
    text = f"{item.object.kind.replace('-', ' ')} {code(str(item.object))}"
    if item.related:
        text += "<br>with " + ", ".join(code(ref.name) for ref in item.related[:5])
        text += f" and {len(item.related) - 5} more" if len(item.related) > 5 else ""
    return text


def _value(value: str | None) -> str:
    return "has none" if value is None else code(value)


def _fixes(items: Sequence[Item]) -> str:
    """What to write, in a block for each language."""
    texts: dict[str, list[str]] = {}
    for item in items[:_ROWS]:
        for finding in item.findings:
            if finding.fix is not None:
                language = "diff" if finding.fix.edits else finding.fix.language
                texts.setdefault(language, []).append(plain(finding.fix.text, 2_000, keep="\n"))
    return "".join(_fenced(language, list(dict.fromkeys(parts))) for language, parts in texts.items())


def _fenced(language: str, texts: list[str]) -> str:
    body = "\n".join(texts)
    fence = "`" * max(3, _longest_run(body) + 1)
    return f"\n{fence}{language}\n{body}\n{fence}\n"


def _not_compared(entries: Sequence[NotCompared]) -> Iterator[str]:
    if not entries:
        return
    yield "### Not compared"
    yield ""
    for entry in entries[:_ROWS]:
        owner = f" in {code(entry.source)}" if entry.source else ""
        count = f" ({entry.count})" if entry.count else ""
        yield f"- {words(entry.kind)}{count}{owner}: {words(entry.reason)}"
    if len(entries) > _ROWS:
        yield f"- and {len(entries) - _ROWS} more"
    yield ""


def _notes(report: Report) -> Iterator[str]:
    notes = [*report.notes, *(f"{source.name}: {note}" for source in report.sources for note in source.notes)]
    yield from (f"- {words(note)}" for note in notes[:_ROWS])
    if notes:
        yield ""


def _accepted(report: Report) -> Iterator[str]:
    accepted = [
        f"{count} {word}"
        for count, word in ((report.ignored, "ignored"), (report.baselined, "in the baseline"))
        if count
    ]
    if accepted:
        yield f"{', '.join(accepted)}."
    if report.findings:
        worst = max(report.findings, key=lambda finding: finding.severity.rank)
        yield f"What a rule means: `driftcheck explain {worst.rule.name}`."


def code(text: str | None, longest: int = 200) -> str:
    """`text` as code, also within a table: there is nothing in it that markdown would read, and nobody is mentioned."""
    shown = plain(text or "", longest)
    if "|" in shown:
        # How a backslash before a pipe is read in a table differs from one renderer to the next; entities do not.
        return f"<code>{''.join(char if char.isalnum() or char == ' ' else f'&#{ord(char)};' for char in shown)}</code>"
    fence = "`" * (_longest_run(shown) + 1) if "`" in shown else "`"
    padded = f" {shown} " if shown.strip("` ") != shown or not shown else shown
    return f"{fence}{padded}{fence}"


def words(text: str, longest: int = LONGEST_TEXT) -> str:
    """`text` as running words: its punctuation means nothing, and its at-signs call nobody."""
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~$!])", r"\\\1", plain(text, longest))
    return (
        escaped.replace("&", "&amp;").replace("@", "@\u2060").replace("://", ":\u2060//").replace("www.", "www\u2060.")
    )


def _html(text: str) -> str:
    return f"<code>{html.escape(plain(text, 200)).replace('@', '@&#8288;')}</code>"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
