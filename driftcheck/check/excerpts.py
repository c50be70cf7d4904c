"""The lines that findings point to, as they are in the files."""

from __future__ import annotations

from collections.abc import Iterable

from ..findings import Finding
from ..project import Project

#: Longer lines are cut: they are generated, and nobody reads them in a report.
_LONGEST = 400


def excerpts(project: Project, findings: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """(path, line) → the text of that line, for every place in `findings` whose file can still be read.

    Nothing that lies outside of the project is quoted, even if a source says that it is declared there.
    """
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        for side in (finding.expected, finding.actual):
            if side.location is not None and side.location.is_file:
                wanted.setdefault(side.location.path, set()).add(side.location.line)
    found: dict[tuple[str, int], str] = {}
    for path, numbers in wanted.items():
        lines = lines_of(project, path)
        found |= {(path, number): lines[number - 1][:_LONGEST] for number in numbers if 1 <= number <= len(lines)}
    return found


def lines_of(project: Project, path: str) -> list[str]:
    """The lines of the file `path`, relative to the root; none if it cannot be read."""
    try:
        return project.text(path).splitlines()
    except OSError:
        return []
