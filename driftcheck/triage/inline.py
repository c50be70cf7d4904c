"""Ignores written beside what they ignore: `-- driftcheck: ignore[DR203] why`, with `//` or `#` in the others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..frozen import dataclass
from ..model import Location
from ..project import Project
from ..reading import Source
from ..regex import lazy
from .comments import comments

_DIRECTIVE = lazy(r"(?<![\w.])driftcheck:[ \t]*(?P<verb>[\w-]+)[ \t]*(?P<rules>\[[^\]\n]*\])?[ \t]*(?P<reason>.*)")
_MARK = "driftcheck:"


@dataclass(frozen=True, slots=True)
class Directive:
    """One rule of one ignore comment. `rule` is a selector, `line` the line of code that it is about.

    `source` is the name of the source that read the file. `problem` says what is wrong with a comment that looks like
    an ignore and is none.
    """

    rule: str
    place: Location
    line: int
    source: str
    reason: str = ""
    problem: str | None = None


def read_directives(root: Path | Project, sources: Iterable[Source]) -> tuple[Directive, ...]:
    """The ignore comments in every file that the sources read. A file that has gone meanwhile has none."""
    project = Project.of(root)
    found: list[Directive] = []
    seen: set[str] = set()
    for source in sources:
        for name in source.reading.files:
            if name not in seen:
                seen.add(name)
                found += _of_file(project, name, source)
    return tuple(found)


def _of_file(project: Project, name: str, source: Source) -> Iterator[Directive]:
    try:
        content = project.data(name)
    except OSError:
        return iter(())
    if _MARK.encode() not in content:
        return iter(())
    return directives(content.decode("utf-8", "replace"), name, source.kind, source.name)


def directives(text: str, path: str, kind: str, source: str) -> Iterator[Directive]:
    """The ignore comments in `text`.

    A comment after code is about its own line; one that is alone is about the next line that holds code.
    """
    if _MARK not in text:
        return
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    spans = comments(text, path, kind)
    code = _code_lines(text, spans)
    for start, end in spans:
        for match in _DIRECTIVE.finditer(text, start, end):
            line = bisect_right(starts, match.start())
            place = Location(path, line, match.start() - starts[line - 1] + 1)
            following = bisect_left(code, line)
            target = code[following] if following < len(code) else line
            yield from _parse(match, place, target, source)


def _code_lines(text: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """The lines, in order, that hold more than comments."""
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    bare = "".join([*kept, text[at:]])
    return [number for number, line in enumerate(bare.split("\n"), 1) if line.strip()]


def _parse(match: re.Match[str], place: Location, line: int, source: str) -> Iterator[Directive]:
    reason = match["reason"].removesuffix("*/").strip()
    selectors = [part.strip() for part in (match["rules"] or "")[1:-1].split(",")]
    if match["verb"] != "ignore":
        if match["rules"]:
            yield Directive("", place, line, source, reason, f"'{match['verb']}' means nothing; write ignore[RULE] why")
    elif not all(selectors):
        yield Directive("", place, line, source, reason, "this ignore names no rule; write ignore[RULE] why")
    else:
        yield from (Directive(selector, place, line, source, reason) for selector in selectors)
